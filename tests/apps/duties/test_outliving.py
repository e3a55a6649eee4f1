"""A part that is due after what it serves is meant so, or refused; a cancelled duty ends its parts.

Hồ Sen district owes a duty to the city by 29 September and gives parts of it to its ward.
"""

from dataclasses import replace
from datetime import date

import pytest

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.duty_states import Step
from tests.architecture.walking import take, walked
from tests.cast import Cast
from tests.factories import NOW, TODAY, act, an_assignment, appoint, key, make_post, make_role
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
LATER = date(2024, 10, 15)


def part_of(cast: Cast, superior: Duty, **words: object) -> Duty:
    said = an_assignment(cast.sen_tay, cast.person(cast.mai))
    return services.break_down(
        duty_id=superior.pk,
        assignment=replace(said, **words),  # type: ignore[arg-type]
        user=cast.ha,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )


def issued(cast: Cast, duty: Duty) -> Duty:
    return services.issue_duty(duty_id=duty.pk, act=act(cast.chi, duty.version))


def decides_for_ho_sen(cast: Cast) -> None:
    """Let Hà judge what is owed to her district, as its leader does."""
    judge = make_role("district_leader", actions=("duty.read", "document.read", "duty.judge"))
    appoint(cast.person(cast.ha), make_post(cast.ho_sen, role=judge, rank=1))


def test_a_part_due_later_than_what_it_serves_has_to_be_meant_so(cast: Cast) -> None:
    superior = walked(cast, (Step.ISSUE, Step.ACCEPT))

    with nothing_changes(), pytest.raises(services.DueAfterSuperior) as refused:
        part_of(cast, superior, due=LATER)
    part = part_of(cast, superior, due=LATER, may_overrun=True)
    on_the_day = part_of(cast, superior)

    assert refused.value.limit == superior.deadline == date(2024, 9, 29)
    assert part.due == LATER
    assert selectors.overruns(part, superior=superior)
    assert not selectors.overruns(on_the_day, superior=superior)


def test_a_draft_is_not_moved_past_what_it_serves_by_the_way(cast: Cast) -> None:
    part = part_of(cast, walked(cast, (Step.ISSUE, Step.ACCEPT)))
    words = replace(an_assignment(cast.sen_tay), due=LATER)

    with nothing_changes(), pytest.raises(services.DueAfterSuperior):
        services.amend_draft(duty_id=part.pk, act=act(cast.ha, 1), assignment=words)
    moved = services.amend_draft(
        duty_id=part.pk, act=act(cast.ha, 1), assignment=replace(words, may_overrun=True)
    )

    assert (moved.due, moved.version) == (LATER, 2)


def test_the_parts_of_a_cancelled_duty_end_by_its_document_each_in_its_own_name(cast: Cast) -> None:
    decides_for_ho_sen(cast)
    superior = walked(cast, (Step.ISSUE, Step.ACCEPT))
    parts = [issued(cast, part_of(cast, superior)) for _ in range(2)]
    draft = part_of(cast, superior)
    superior = take(Step.CANCEL, superior, cast)
    who = {"duty": superior, "seen_by": cast.ha.pk, "on": TODAY}
    shown = selectors.versions_of(selectors.to_end_with(**who))
    said = act(cast.ha, superior.version, note="Thôi thực hiện")

    ended = [
        services.cancel_parts(duty_id=superior.pk, shown=shown, act=said) for _twice in range(2)
    ]

    assert ended[0] == ended[1] == tuple(parts)
    assert [(part.state, part.version) for part in ended[0]] == [("cancelled", 3)] * 2
    events = DutyEvent.objects.filter(duty__in=parts, step=Step.CANCEL)
    basis = superior.events.get(step=Step.CANCEL).basis
    assert [(one.basis, one.by, one.note) for one in events] == [
        (basis, cast.ha, "Thôi thực hiện")
    ] * 2
    assert Entry.objects.filter(verb="duty.cancelled").count() == 3
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert not selectors.left_open(**who).exists()


def test_other_parts_than_shown_are_not_cancelled(cast: Cast) -> None:
    decides_for_ho_sen(cast)
    superior = walked(cast, (Step.ISSUE, Step.ACCEPT))
    part = issued(cast, part_of(cast, superior))
    open_still = superior
    superior = take(Step.CANCEL, superior, cast)
    said = act(cast.ha, superior.version, note="Thôi thực hiện")

    for shown in ({}, {part.uid: part.version - 1}):
        with nothing_changes(), pytest.raises(services.DutyChangedMeanwhile):
            services.cancel_parts(duty_id=superior.pk, shown=shown, act=said)
    with nothing_changes(), pytest.raises(services.StepNotOpen):
        services.cancel_parts(duty_id=part.pk, shown={}, act=said)
    assert open_still.pk == superior.pk
    who = {"duty": superior, "on": TODAY}
    assert list(selectors.left_open(seen_by=cast.ha.pk, **who)) == [part]
    assert not selectors.to_end_with(seen_by=cast.mai.pk, **who).exists()
