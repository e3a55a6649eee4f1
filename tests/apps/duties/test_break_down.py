"""A unit makes duties of its own under what it owes; other units take part in it by name."""

from dataclasses import replace
from datetime import date

import pytest

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty
from lotrinh.rules.clarities import Clarity
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.parts import Part
from tests.factories import NOW, TODAY, act, an_assignment, key, make_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(cast):
    """What Hồ Sen owes the city, issued."""
    person = cast.person(cast.ha)
    return make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=person, is_issued=True
    )


def broken(duty, user, unit=None, person=None, *, client_key=None):
    return services.break_down(
        duty_id=duty.pk,
        assignment=replace(an_assignment(unit, person), title="Phần việc của phường"),
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def part(duty, unit, user, which=Part.COORDINATE):
    return services.assign_part(duty_id=duty.pk, unit=unit, part=which, user=user, on=TODAY, at=NOW)


def test_a_unit_gives_a_ward_a_part_that_it_is_owed_itself(cast, owed):
    draft = broken(owed, cast.ha, cast.sen_tay, cast.person(cast.mai))

    assert (draft.state, draft.superior, draft.owed_to) == (DutyState.DRAFT, owed, cast.ho_sen)
    assert (draft.unit, draft.person) == (cast.sen_tay, cast.person(cast.mai))
    source, above = draft.sources.get(), owed.sources.get()
    assert (source.rendition, source.start, source.end) == (above.rendition, above.start, above.end)
    seen = selectors.parts_of(duty=owed, seen_by=cast.ha.pk, on=TODAY)
    assert list(seen) == [draft]
    assert selectors.superior_of(duty=draft, seen_by=cast.ha.pk, on=TODAY) == owed


def test_who_owes_the_part_sees_it_once_issued_and_never_what_it_serves(cast, owed):
    draft = broken(owed, cast.ha, cast.sen_tay, cast.person(cast.mai))
    assert selectors.duty_by_uid(draft.uid, seen_by=cast.mai.pk, on=TODAY) is None
    issued = services.issue_duty(duty_id=draft.pk, act=act(cast.chi, 1))

    assert selectors.duty_by_uid(issued.uid, seen_by=cast.mai.pk, on=TODAY) == issued
    assert selectors.superior_of(duty=issued, seen_by=cast.mai.pk, on=TODAY) is None


def test_the_same_form_again_makes_no_second_part(cast, owed):
    sent = key()

    first = broken(owed, cast.ha, cast.sen_tay, client_key=sent)

    assert broken(owed, cast.ha, cast.sen_tay, client_key=sent) == first
    assert owed.parts.count() == 1


def test_nobody_is_given_a_part_beside_or_above_the_unit(cast, owed):
    for unit in (cast.dong_gao, cast.city):
        with pytest.raises(services.UnitNotBelow):
            broken(owed, cast.chi, unit)


@pytest.mark.parametrize("member", ["khe", "mai", "thach", "nghiem", "an"])
def test_only_who_assigns_at_the_unit_breaks_its_duty_down(cast, owed, member):
    with pytest.raises(services.NotAllowed):
        broken(owed, getattr(cast, member), cast.sen_tay)


def test_a_draft_is_not_broken_down(cast):
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)

    with pytest.raises(services.StepNotOpen):
        broken(draft, cast.chi, cast.sen_tay)


def test_the_parts_are_counted_with_what_keeps_the_drafts_back(cast, owed):
    parts = [broken(owed, cast.ha, cast.ho_sen, cast.person(cast.ha)) for _ in range(3)]
    for draft in parts[:2]:
        services.issue_duty(duty_id=draft.pk, act=act(cast.chi, 1))
    claimed = services.claim_duty(duty_id=parts[0].pk, act=act(cast.ha, 2, note="đã nộp"))
    services.verify_duty(duty_id=claimed.pk, act=act(cast.chi, 3))

    broken(owed, cast.ha, cast.sen_tay)
    found = selectors.parts_counted(duty=owed, seen_by=cast.chi.pk, on=TODAY)

    assert (found.given, found.issued, found.done, found.drafts, found.ended) == (4, 2, 1, 2, 0)
    assert (found.clear, dict(found.lacking)) == (1, {Clarity.PERSON: 1})
    unseen = selectors.parts_counted(duty=owed, seen_by=cast.an.pk, on=TODAY)
    assert (unseen.given, unseen.issued, unseen.drafts) == (2, 2, 0)  # a draft is told to nobody


def test_who_takes_part_reads_the_duty_and_its_document_until_that_ends(cast, owed):
    document = owed.sources.get().rendition.document
    taken = part(owed, cast.dong_gao, cast.chi)

    assert selectors.duty_by_uid(owed.uid, seen_by=cast.khe.pk, on=TODAY) == owed
    assert selectors.sees(owed, seen_by=cast.khe.pk, on=TODAY)
    assert documents.may_read(document=document, seen_by=cast.khe.pk, on=TODAY)
    services.end_part(duty_id=owed.pk, part_id=taken.pk, user=cast.chi, on=TODAY, at=NOW)
    assert selectors.duty_by_uid(owed.uid, seen_by=cast.khe.pk, on=TODAY) is None
    assert not selectors.sees(owed, seen_by=cast.khe.pk, on=TODAY)


def test_who_takes_part_in_a_draft_reads_nothing_until_it_is_issued(cast):
    draft = make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=cast.person(cast.ha)
    )
    document = draft.sources.get().rendition.document
    part(draft, cast.dong_gao, cast.chi)
    assert selectors.duty_by_uid(draft.uid, seen_by=cast.khe.pk, on=TODAY) is None
    assert not documents.may_read(document=document, seen_by=cast.khe.pk, on=TODAY)

    services.issue_duty(duty_id=draft.pk, act=act(cast.chi, 1))

    assert selectors.duty_by_uid(draft.uid, seen_by=cast.khe.pk, on=TODAY) == draft
    assert documents.may_read(document=document, seen_by=cast.khe.pk, on=TODAY)


def test_the_lead_takes_no_other_part_and_the_same_part_is_taken_once(cast, owed):
    with pytest.raises(services.LeadTakesPart):
        part(owed, cast.ho_sen, cast.chi)

    assert part(owed, cast.office, cast.chi) == part(owed, cast.office, cast.chi)
    part(owed, cast.office, cast.chi, Part.MONITOR)
    taking = [(taken.unit.code, taken.part) for taken in selectors.taking_part(duty=owed)]
    assert taking == [("van-phong", "coordinate"), ("van-phong", "monitor")]


def test_taking_part_does_not_make_a_duty_ones_own(cast, owed):
    part(owed, cast.dong_gao, cast.chi)

    with pytest.raises(services.NotAllowed):
        services.accept_duty(duty_id=owed.pk, act=act(cast.khe, 2))
    assert Duty.objects.get(pk=owed.pk).state == DutyState.ISSUED


@pytest.mark.parametrize("member", ["ha", "khe", "thach", "nghiem"])
def test_only_who_assigns_names_who_takes_part(cast, owed, member):
    with pytest.raises(services.NotAllowed):
        part(owed, cast.office, getattr(cast, member))


def test_a_part_starts_on_the_day_it_is_given(cast, owed):
    assert part(owed, cast.office, cast.chi).since == date(2024, 8, 7)
