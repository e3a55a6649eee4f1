"""Scenarios of duties and targets."""

from collections.abc import Callable

from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Passage
from lotrinh.apps.targets import services as targets
from tests.cast import Cast
from tests.factories import (
    NOW,
    TODAY,
    a_promise,
    act,
    an_assignment,
    key,
    make_document,
    make_duty,
    make_rendition,
    make_target,
)

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]

_ON = {"on": TODAY, "at": NOW}


def draft_duty(cast: Cast) -> Act:
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    return lambda: duties.draft_duty(
        assignment=an_assignment(cast.ho_sen),
        owed_to=cast.city,
        user=cast.chi,
        passage=Passage(rendition=rendition, start=0, end=5),
        **_ON,
    )


def draft_duties(cast: Cast) -> Act:
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    passage = Passage(rendition=rendition, start=0, end=5)
    draft = duties.Draft(an_assignment(cast.ho_sen), passage, key(), helpers=(cast.sen_tay,))
    return lambda: duties.draft_duties(drafts=[draft], owed_to=cast.city, user=cast.chi, **_ON)


def owe_reports(cast: Cast) -> Act:
    owed = duties.ReportOwed(an_assignment(cast.ho_sen, cast.person(cast.ha)), key())
    by = act(cast.chi, 1)
    return lambda: duties.owe_reports(owed=[owed], owed_to=cast.city, act=by)


def owe_programmes(cast: Cast) -> Act:
    owed = duties.ReportOwed(an_assignment(cast.ho_sen, cast.person(cast.ha)), key())
    passage = Passage(make_rendition(make_document(keeper=cast.city, user=cast.chi)), 0, 5)
    given = {"owed_to": cast.city, "passage": passage, "act": act(cast.chi, 1)}
    return lambda: duties.owe_programmes(owed=[owed], **given)


def import_duties(cast: Cast) -> Act:
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    grid = [("Nhiệm vụ", "Chủ trì"), ("Rà soát trường lớp", cast.ho_sen.code)]
    given = {"grid": grid, "rendition": rendition, "client_key": key(), "language": "vi"}
    return lambda: duties.import_duties(**given, user=cast.chi, **_ON)


def amend_draft(cast: Cast) -> Act:
    duty = make_duty(owed_to=cast.city, user=cast.chi)
    return lambda: duties.amend_draft(
        duty_id=duty.pk, act=act(cast.chi, 1), assignment=an_assignment(cast.ho_sen)
    )


def issue_duty(cast: Cast) -> Act:
    duty = make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=cast.person(cast.ha)
    )
    return lambda: duties.issue_duty(duty_id=duty.pk, act=act(cast.chi, 1))


def withdraw_draft(cast: Cast) -> Act:
    duty = make_duty(owed_to=cast.city, user=cast.chi)
    return lambda: duties.withdraw_draft(duty_id=duty.pk, act=act(cast.chi, 1))


def draft_target(cast: Cast) -> Act:
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    return lambda: targets.draft_target(
        promise=a_promise(),
        owed_to=cast.city,
        rendition=rendition,
        start=0,
        end=5,
        user=cast.chi,
        **_ON,
    )


def climb_ladder(cast: Cast) -> Act:
    person = cast.person(cast.ha)
    duty = make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=person, is_issued=True
    )
    return lambda: duties.climb_ladder(on=duty.binding_due or TODAY, at=NOW)


def urge_duties(cast: Cast) -> Act:
    person = cast.person(cast.ha)
    given = {"owed_to": cast.city, "user": cast.chi, "unit": cast.ho_sen, "person": person}
    versions = {duty.pk: duty.version for duty in (make_duty(**given, is_issued=True),)}
    return lambda: duties.urge_duties(versions=versions, act=act(cast.chi, 0))


def withdraw_target(cast: Cast) -> Act:
    target = make_target(owed_to=cast.city, user=cast.chi)
    return lambda: targets.withdraw_target(target_id=target.pk, user=cast.chi, **_ON)


DUTY_SCENARIOS: dict[str, Scenario] = {
    "duties.draft_duty": draft_duty,
    "duties.draft_duties": draft_duties,
    "duties.owe_programmes": owe_programmes,
    "duties.owe_reports": owe_reports,
    "duties.import_duties": import_duties,
    "duties.amend_draft": amend_draft,
    "duties.issue_duty": issue_duty,
    "duties.withdraw_draft": withdraw_draft,
    "duties.climb_ladder": climb_ladder,
    "duties.urge_duties": urge_duties,
    "targets.draft_target": draft_target,
    "targets.withdraw_target": withdraw_target,
}
