"""A duty is issued once, when all six clarities are there, by who may issue to its unit."""

from dataclasses import replace
from datetime import date

import pytest

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.clarities import Clarity
from lotrinh.rules.duty_states import DutyState
from tests.factories import (
    NOW,
    TODAY,
    act,
    an_assignment,
    appoint,
    key,
    make_document,
    make_duty,
    make_officer,
    make_person,
    make_post,
    make_rendition,
    make_unit,
)
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    return make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=cast.person(cast.ha)
    )


def issue(duty, user, *, client_key=None, version=None, on=TODAY):
    return services.issue_duty(
        duty_id=duty.pk,
        act=act(user, version or duty.version, client_key=client_key or key(), on=on),
    )


def test_it_binds_from_that_day_and_the_step_is_kept(cast, draft):
    issue(draft, cast.chi)

    stored = Duty.objects.get(pk=draft.pk)
    assert (stored.state, stored.issued_on, stored.version) == (DutyState.ISSUED, TODAY, 2)
    (event,) = selectors.events_of(duty=stored)
    assert (event.step, event.from_state, event.to_state, event.by, event.at) == (
        "issue",
        "draft",
        "issued",
        cast.chi,
        NOW,
    )
    entry = Entry.objects.get(verb="duty.issued")
    assert (entry.object_uid, entry.unit_uid) == (draft.uid, cast.ho_sen.uid)


def test_the_unit_may_now_read_the_document_that_asks(cast, draft):
    document = selectors.sources_of(duty=draft)[0].rendition.document
    assert not documents.may_read(document=document, seen_by=cast.ha.pk, on=TODAY)

    issue(draft, cast.chi)

    assert documents.may_read(document=document, seen_by=cast.ha.pk, on=TODAY)
    assert not documents.may_read(document=document, seen_by=cast.khe.pk, on=TODAY)


@pytest.mark.parametrize(
    ("lacking", "missing"),
    [
        ({"person": None}, (Clarity.PERSON,)),
        ({"due": None}, (Clarity.TIME,)),
        ({"deliverable": "", "authority": " "}, (Clarity.DELIVERABLE, Clarity.AUTHORITY)),
        ({"responsibility": ""}, (Clarity.RESPONSIBILITY,)),
        ({"title": " "}, (Clarity.WORK,)),
        ({"unit": None, "person": None}, (Clarity.PERSON, Clarity.RESPONSIBILITY)),
    ],
)
def test_what_is_not_clear_is_not_issued_and_says_why(cast, lacking, missing):
    whole = an_assignment(cast.ho_sen, cast.person(cast.ha))
    draft = make_duty(owed_to=cast.city, user=cast.chi, assignment=replace(whole, **lacking))

    with nothing_changes(), pytest.raises(services.DutyNotClear) as refused:
        issue(draft, cast.chi)
    assert refused.value.missing == missing


def test_a_person_who_has_left_by_then_is_no_clear_person(cast):
    ward = make_unit(parent=cast.ho_sen)
    person = make_person("Lý Sắp Đi")
    appoint(person, make_post(ward), until=date(2024, 9, 1))
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=ward, person=person)

    with nothing_changes(), pytest.raises(services.DutyNotClear) as refused:
        issue(draft, cast.chi, on=date(2024, 9, 1))
    assert refused.value.missing == (Clarity.PERSON,)
    assert issue(draft, cast.chi, on=date(2024, 8, 31)).issued_on == date(2024, 8, 31)


def test_a_unit_that_is_gone_by_then_answers_for_nothing(cast):
    ward = make_unit(parent=cast.ho_sen, until=date(2024, 9, 1))
    person = make_person("Lý Ở Lại")
    appoint(person, make_post(ward))
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=ward, person=person)

    with nothing_changes(), pytest.raises(services.DutyNotClear) as refused:
        issue(draft, cast.chi, on=date(2024, 9, 1))
    assert refused.value.missing == (Clarity.PERSON, Clarity.RESPONSIBILITY)


@pytest.mark.parametrize("name", ["ha", "khe", "mai", "nghiem", "bach", "tung", "an"])
def test_those_without_the_right_issue_nothing(cast, draft, name):
    with nothing_changes(), pytest.raises(services.NotAllowed):
        issue(draft, cast.named_users()[name])


def test_those_without_the_right_do_not_learn_what_is_missing_either(cast):
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)

    with nothing_changes(), pytest.raises(services.NotAllowed):
        issue(draft, cast.khe)


def test_the_right_is_needed_where_it_is_owed_to_and_where_it_is_owed(cast, draft):
    """One may issue for the district alone, the other for the city without the district."""
    below = make_officer(cast.ho_sen)
    rendition = make_rendition(make_document(keeper=cast.dong_gao, user=cast.chi))
    sideways = make_duty(
        owed_to=cast.dong_gao,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        rendition=rendition,
    )

    for duty, user in ((draft, below), (sideways, below), (sideways, make_officer(cast.dong_gao))):
        with nothing_changes(), pytest.raises(services.NotAllowed):
            issue(duty, user)
    assert issue(sideways, cast.chi).state == DutyState.ISSUED


def test_a_key_that_another_account_used_for_another_duty_is_no_error(cast, draft):
    sent = key()
    other = make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.dong_gao, person=cast.person(cast.khe)
    )
    issue(other, cast.thach, client_key=sent)

    assert issue(draft, cast.chi, client_key=sent).state == DutyState.ISSUED
    assert DutyEvent.objects.filter(client_key=sent, step="issue").count() == 2


def test_the_leader_issues_what_the_office_drafted(cast, draft):
    assert issue(draft, cast.thach).state == DutyState.ISSUED


def test_the_same_key_again_issues_nothing_twice(cast, draft):
    sent = key()
    issue(draft, cast.chi, client_key=sent)

    with nothing_changes():
        again = issue(draft, cast.chi, client_key=sent, version=1)
    assert (again.pk, again.version) == (draft.pk, 2)


def test_another_key_finds_it_issued(cast, draft):
    issue(draft, cast.chi)

    with nothing_changes(), pytest.raises(services.StepNotOpen):
        issue(draft, cast.thach, version=2)


def test_what_changed_since_it_was_shown_is_not_issued(cast, draft):
    services.amend_draft(
        duty_id=draft.pk,
        act=act(cast.chi, 1),
        assignment=an_assignment(cast.ho_sen, cast.person(cast.ha)),
    )

    with nothing_changes(), pytest.raises(services.DutyChangedMeanwhile):
        issue(draft, cast.chi, version=1)
