"""One act gives a duty to every unit of a group, and is taken back until somebody has acted."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.duties.selectors import Own
from lotrinh.apps.duties.services import Carrying
from lotrinh.apps.intake import services as intake
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.services import Choice, save_group
from lotrinh.rules.clarities import Clarity
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.parts import Part
from tests.factories import (
    NOW,
    TODAY,
    act,
    an_assignment,
    key,
    make_candidate,
    make_duty,
    make_tree,
    make_unit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(cast):
    """The two districts and the ward, all with an officer, and a ward with nobody in it."""
    empty = make_unit("phuong-trong", parent=cast.dong_gao, kind="commune")
    choice = Choice(
        name_vi="Quận, phường",
        name_en="Districts, wards",
        tree=make_tree(),
        added=[cast.ho_sen, cast.dong_gao, cast.sen_tay, empty],
    )
    return save_group(code="quan-phuong", choice=choice, actor=SYSTEM, at=NOW)


@pytest.fixture
def draft(cast):
    return make_duty(owed_to=cast.city, user=cast.chi)


def spread(duty, group, user, *, client_key=None, **said):
    return services.spread_duty(
        duty_id=duty.pk,
        act=act(user, duty.version, client_key=client_key or key()),
        carrying=Carrying(group=group, as_of=TODAY, **said),
    )


def gather(duty, user, *, client_key=None):
    return services.gather_duty(
        duty_id=duty.pk, act=act(user, duty.version, client_key=client_key or key())
    )


def accept(duty, user):
    return services.accept_duty(duty_id=duty.pk, act=act(user, duty.version))


def states(duty):
    return {part.unit.code: part.state for part in duty.parts.select_related("unit")}


def test_every_unit_owes_it_with_its_first_holder_and_a_unit_without_anybody_gets_a_draft(
    cast, group, draft
):
    carried = spread(draft, group, cast.chi)

    assert (carried.state, carried.version) == (DutyState.SPREAD, 2)
    assert states(carried) == {
        "quan-ho-sen": "issued",
        "huyen-dong-gao": "issued",
        "phuong-sen-tay": "issued",
        "phuong-trong": "draft",
    }
    one = carried.parts.get(unit=cast.ho_sen)
    assert one.person == cast.person(cast.ha)
    assert (one.due, one.binding_due, one.issued_on) == (draft.due, draft.due, TODAY)
    assert (one.title, one.owed_to, one.version) == (draft.title, cast.city, 2)
    source, original = one.sources.get(), draft.sources.get()
    assert (source.rendition, source.start, source.end, source.clause) == (
        original.rendition,
        original.start,
        original.end,
        original.clause,
    )
    event = one.events.get()
    assert (event.step, event.from_state, event.to_state) == ("issue", "draft", "issued")
    assert (event.words_after["unit"], event.words_after["person"]) == (
        str(cast.ho_sen.uid),
        str(cast.person(cast.ha).uid),
    )


def test_the_carried_draft_counts_nowhere_and_only_its_assigner_sees_it(cast, group, draft):
    spread(draft, group, cast.chi)

    counts = selectors.counts(seen_by=cast.chi.pk, on=TODAY)
    assert (counts.issued, counts.drafts) == (3, 1)
    assert selectors.duty_by_uid(draft.uid, seen_by=cast.ha.pk, on=TODAY) is None
    document = draft.sources.get().rendition.document
    for officer in (cast.ha, cast.khe, cast.mai):
        assert documents.may_read(document=document, seen_by=officer.pk, on=TODAY)


def test_a_unit_sees_its_own_duty_and_no_sibling_of_it(cast, group, draft):
    spread(draft, group, cast.chi)

    seen = selectors.visible(seen_by=cast.khe.pk, on=TODAY)
    assert [duty.unit.code for duty in seen] == ["huyen-dong-gao"]


def test_the_journal_has_one_entry_for_each_duty_and_one_for_the_act(cast, group, draft):
    before = Entry.objects.count()

    carried = spread(draft, group, cast.chi)

    new = Entry.objects.order_by("id")[before:]
    assert sorted(entry.verb for entry in new) == [
        "document.sent",
        "document.sent",
        "document.sent",
        "duty.carried",
        "duty.drafted",
        "duty.issued",
        "duty.issued",
        "duty.issued",
    ]
    ours = [entry for entry in new if entry.verb == "duty.issued"]
    issued = carried.parts.filter(state="issued").values_list("uid", flat=True)
    assert {entry.object_uid for entry in ours} == set(issued)


def test_who_is_left_out_is_kept_with_the_reason_and_owes_nothing(cast, group, draft):
    carried = spread(draft, group, cast.chi, left_out={cast.sen_tay.pk: "đã có kế hoạch riêng"})

    assert "phuong-sen-tay" not in states(carried)
    assert carried.events.get().details == {
        "group": "quan-phuong",
        "as_of": "2024-08-07",
        "units": 3,
        "left_out": {str(cast.sen_tay.uid): "đã có kế hoạch riêng"},
    }


def test_a_unit_may_owe_by_another_day_something_else_through_another_person(cast, group, draft):
    own = Own(due=date(2024, 12, 1), deliverable="Báo cáo riêng", person=cast.person(cast.bach))

    carried = spread(draft, group, cast.chi, own={cast.dong_gao.pk: own})

    one = carried.parts.get(unit=cast.dong_gao)
    assert (one.due, one.binding_due) == (date(2024, 12, 1), date(2024, 12, 1))
    assert (one.deliverable, one.person) == ("Báo cáo riêng", cast.person(cast.bach))
    other = carried.parts.get(unit=cast.ho_sen)
    assert (other.due, other.deliverable) == (draft.due, draft.deliverable)


def test_the_preview_says_what_will_be_made(cast, group, draft):
    shown = selectors.spread_of(
        duty=draft,
        group=group,
        as_of=TODAY,
        left_out={cast.sen_tay.pk: "x"},
        own={},
        seen_by=cast.thach.pk,
        on=TODAY,
    )

    assert [(share.unit.code, share.missing) for share in shown.shares] == [
        ("huyen-dong-gao", ()),
        ("phuong-trong", (Clarity.PERSON,)),
        ("quan-ho-sen", ()),
    ]
    assert (shown.clear, shown.is_allowed) == (2, True)
    assert [(unit.code, reason) for unit, reason in shown.left_out] == [("phuong-sen-tay", "x")]


def test_an_unclear_draft_binds_no_unit(cast, group):
    unclear = make_duty(
        owed_to=cast.city, user=cast.chi, assignment=replace(an_assignment(), authority="")
    )

    carried = spread(unclear, group, cast.chi)

    assert set(states(carried).values()) == {"draft"}
    assert DutyEvent.objects.filter(duty__superior=unclear).count() == 0


def test_the_same_form_again_changes_nothing(cast, group, draft):
    sent = key()
    spread(draft, group, cast.chi, client_key=sent)

    again = spread(draft, group, cast.chi, client_key=sent)

    assert (again.state, again.parts.count()) == (DutyState.SPREAD, 4)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"left_out": "stranger"}, services.LeftOutStranger),
        ({"left_out": "no reason"}, services.NoReason),
        ({"left_out": "all"}, services.NothingToCarry),
        ({"own": "somebody else's"}, services.PersonElsewhere),
    ],
)
def test_what_is_unfounded_is_refused_and_nothing_is_made(cast, group, draft, said, refused):
    every = [cast.ho_sen, cast.dong_gao, cast.sen_tay, group.added.get(code="phuong-trong")]
    meant = {
        "stranger": {cast.office.pk: "không thuộc"},
        "no reason": {cast.ho_sen.pk: "  "},
        "all": {unit.pk: "thôi" for unit in every},
        "somebody else's": {cast.ho_sen.pk: Own(person=cast.person(cast.khe))},
    }

    with pytest.raises(refused):
        spread(draft, group, cast.chi, **{name: meant[how] for name, how in said.items()})

    assert draft.parts.count() == 0


@pytest.mark.parametrize("member", ["ha", "khe", "nghiem", "tung", "an"])
def test_only_who_may_issue_everywhere_carries_or_gathers(cast, group, draft, member):
    with pytest.raises(services.NotAllowed):
        spread(draft, group, getattr(cast, member))
    carried = spread(draft, group, cast.thach)
    with pytest.raises(services.NotAllowed):
        gather(carried, getattr(cast, member))


def test_who_takes_part_in_the_draft_takes_part_in_every_duty_but_its_own(cast, group, draft):
    for unit in (cast.office, cast.ho_sen):
        services.assign_part(
            duty_id=draft.pk, unit=unit, part=Part.COORDINATE, user=cast.chi, on=TODAY, at=NOW
        )

    carried = spread(draft, group, cast.chi)

    taking = {
        part.unit.code: sorted(taken.unit.code for taken in part.taken_parts.all())
        for part in carried.parts.all()
    }
    assert taking == {
        "quan-ho-sen": ["van-phong"],
        "huyen-dong-gao": ["quan-ho-sen", "van-phong"],
        "phuong-sen-tay": ["quan-ho-sen", "van-phong"],
        "phuong-trong": ["quan-ho-sen", "van-phong"],
    }


def test_taken_back_the_draft_is_as_it_was_and_no_unit_owes_it(cast, group, draft):
    back = gather(spread(draft, group, cast.chi), cast.chi)

    assert (back.state, back.version) == (DutyState.DRAFT, 3)
    assert set(states(back).values()) == {"withdrawn"}
    assert selectors.counts(seen_by=cast.chi.pk, on=TODAY).issued == 0
    assert (
        selectors.duty_by_uid(back.parts.get(unit=cast.ho_sen).uid, seen_by=cast.ha.pk, on=TODAY)
        is None
    )
    again = spread(back, group, cast.chi)
    assert again.parts.exclude(state="withdrawn").count() == 4


def test_once_somebody_acted_it_is_not_taken_back_and_it_is_said_whose(cast, group, draft):
    carried = spread(draft, group, cast.chi)
    accept(carried.parts.get(unit=cast.dong_gao), cast.khe)

    with pytest.raises(services.DutyHasMoved) as refused:
        gather(carried, cast.chi)

    assert refused.value.duty.unit == cast.dong_gao
    assert Duty.objects.get(pk=carried.pk).state == DutyState.SPREAD
    assert carried.parts.filter(state="withdrawn").count() == 0


def test_a_request_for_time_is_an_act_too_though_the_state_stays(cast, group, draft):
    carried = spread(draft, group, cast.chi)
    one = carried.parts.get(unit=cast.ho_sen)
    services.ask_extension(
        duty_id=one.pk, act=act(cast.ha, one.version, note="thiếu người"), until=date(2025, 1, 1)
    )

    with pytest.raises(services.DutyHasMoved):
        gather(carried, cast.chi)


def test_one_unit_alone_may_be_let_go(cast, group, draft):
    carried = spread(draft, group, cast.chi)

    gather(carried.parts.get(unit=cast.dong_gao), cast.chi)

    assert states(carried)["huyen-dong-gao"] == "withdrawn"
    assert states(carried)["quan-ho-sen"] == "issued"
    assert Duty.objects.get(pk=carried.pk).state == DutyState.SPREAD


def test_what_was_issued_to_one_unit_is_not_taken_back_like_that(cast):
    single = make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )

    with pytest.raises(services.StepNotOpen):
        gather(single, cast.chi)


def test_what_was_carried_is_not_undone_where_it_was_read(cast, group):
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    first = key()
    intake.confirm_task(
        candidate_id=candidate.pk,
        assignment=an_assignment(),
        user=cast.chi,
        client_key=first,
        on=TODAY,
        at=NOW,
    )
    carried = spread(Duty.objects.get(), group, cast.chi)

    with pytest.raises(intake.DutyIssued):
        intake.undo_act(
            run_id=candidate.run_id, act=first, user=cast.chi, client_key=key(), on=TODAY, at=NOW
        )

    assert carried.parts.filter(state="issued").count() == 3


def test_a_unit_named_in_the_draft_owes_its_own_duty_and_not_the_draft(cast, group):
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    spread(draft, group, cast.chi)

    owed = selectors.owed_by(unit_id=cast.ho_sen.pk, seen_by=cast.chi.pk, on=TODAY)
    assert [duty.superior_id for duty in owed] == [draft.pk]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(chosen=st.sets(st.integers(0, 3)), left_out=st.sets(st.integers(0, 3)))
def test_units_of_the_group_without_exceptions_are_the_duties_and_back_is_as_before(
    cast, chosen, left_out
):
    every = [cast.ho_sen, cast.dong_gao, cast.sen_tay, cast.office]
    members, excepted = {every[n] for n in chosen}, {every[n] for n in left_out & chosen}
    duty = make_duty(owed_to=cast.city, user=cast.chi)
    choice = Choice(
        name_vi="Bất kỳ",
        name_en="Any",
        tree=make_tree(),
        kinds=["city-that-is-not"],
        added=sorted(members, key=lambda unit: unit.pk),
    )
    group = save_group(code=f"g-{key()}", choice=choice, actor=SYSTEM, at=NOW)
    said = {"left_out": {unit.pk: "lý do" for unit in excepted}}
    if not members - excepted:
        with pytest.raises(services.NothingToCarry):
            spread(duty, group, cast.chi, **said)
        return

    carried = spread(duty, group, cast.chi, **said)
    assert {part.unit for part in carried.parts.all()} == members - excepted

    back = gather(carried, cast.chi)
    words = ("state", "title", "unit", "person", "due", "binding_due", "issued_on", "deliverable")
    assert [getattr(back, name) for name in words] == [getattr(duty, name) for name in words]
    assert not back.parts.exclude(state="withdrawn").exists()
