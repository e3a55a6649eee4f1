"""Changes of the organisation: what begins, ends and stays on their day, and taking them back."""

from datetime import date, timedelta

import pytest

from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Appointment, Change, Placement, Succession, UnitName
from lotrinh.apps.units.services.changes import Follows
from lotrinh.rules.actions import Action
from lotrinh.rules.placement import (
    BelowItself,
    LaterChangeKnown,
    ParentStandsNowhere,
    StandsNowhere,
    StillOthersBelow,
)
from lotrinh.rules.succession import ChangeKind, WrongForm
from tests.factories import (
    NOW,
    TODAY,
    appoint,
    make_officer,
    make_person,
    make_post,
    make_role,
    make_tree,
)
from tests.factories import make_unit as make

pytestmark = pytest.mark.django_db

DAY = date(2025, 7, 1)
BEFORE = DAY - timedelta(days=1)
BASIS = "Nghị quyết số 01/NQ-HĐND ngày 20/6/2025"


@pytest.fixture
def by(cast):
    """Whoever changes the organisation: the planning office, for the whole city."""
    return {"user": cast.chi, "on": TODAY, "at": NOW}


def stands(unit, on):
    return selectors.place_of(unit_id=unit.pk, on=on) is not None


def name_on(unit, on):
    place = selectors.place_of(unit_id=unit.pk, on=on)
    return place.name_vi, place.name_en


def rename(unit, by, **other):
    words = {"name_vi": "Phường Sen Đông", "name_en": "Sen Dong Ward", "day": DAY}
    return services.rename_unit(unit=unit, legal_basis=BASIS, **{**words, **other}, **by)


def move(unit, parent, by, day=DAY):
    return services.move_unit(
        unit=unit, tree=make_tree(), parent=parent, day=day, legal_basis=BASIS, **by
    )


def abolish(unit, receiver, by, day=DAY):
    return services.abolish_unit(unit=unit, receiver=receiver, day=day, legal_basis=BASIS, **by)


def test_a_renamed_unit_bears_each_name_on_its_days(cast, by):
    rename(cast.sen_tay, by)

    assert name_on(cast.sen_tay, BEFORE) == ("Phường Sen Tây", "Sen Tay Ward")
    assert name_on(cast.sen_tay, DAY) == ("Phường Sen Đông", "Sen Dong Ward")
    assert selectors.unit_named("Phường Sen Tây", on=DAY) == cast.sen_tay
    assert selectors.unit_named("Phuong Sen Dong") is None
    assert selectors.unit_named("phường sen đông", on=BEFORE) == cast.sen_tay


def test_a_rename_that_is_taken_back_leaves_the_old_name(cast, by):
    before = list(UnitName.objects.order_by("pk").values())
    change = rename(cast.sen_tay, by)

    services.undo_change(change=change, **by)

    assert list(UnitName.objects.order_by("pk").values()) == before
    cast.sen_tay.refresh_from_db()
    assert cast.sen_tay.name_vi == "Phường Sen Tây"
    assert selectors.changes_of(unit_id=cast.sen_tay.pk) == ()


def test_a_planned_name_is_borne_from_its_day_and_not_before(cast, by):
    rename(cast.sen_tay, by)
    cast.sen_tay.refresh_from_db()
    assert cast.sen_tay.name_vi == "Phường Sen Tây"

    assert services.take_names(on=BEFORE, at=NOW) == 0
    assert services.take_names(on=DAY, at=NOW) == 1
    assert services.take_names(on=DAY, at=NOW) == 0

    cast.sen_tay.refresh_from_db()
    assert cast.sen_tay.name_vi == "Phường Sen Đông"
    assert name_on(cast.sen_tay, BEFORE) == ("Phường Sen Tây", "Sen Tay Ward")


def test_a_second_rename_before_a_known_one_is_refused(cast, by):
    rename(cast.sen_tay, by)

    with pytest.raises(LaterChangeKnown):
        rename(cast.sen_tay, by, day=BEFORE)
    assert Change.objects.count() == 1


def test_who_moves_takes_everyone_below_along(cast, by):
    move(cast.ho_sen, cast.dong_gao, by)

    def path(on):
        place = selectors.place_of(unit_id=cast.sen_tay.pk, on=on)
        return [unit.code for unit in selectors.lineage(unit_id=place.id, on=on)]

    assert path(BEFORE) == ["tp-ho-sen", "quan-ho-sen", "phuong-sen-tay"]
    assert path(DAY) == ["tp-ho-sen", "huyen-dong-gao", "quan-ho-sen", "phuong-sen-tay"]
    assert selectors.may(
        user_id=cast.khe.pk, action=Action.READ_DUTY, unit_id=cast.sen_tay.pk, on=DAY
    )
    assert not selectors.may(
        user_id=cast.khe.pk, action=Action.READ_DUTY, unit_id=cast.sen_tay.pk, on=BEFORE
    )


def test_a_move_that_is_taken_back_leaves_every_place_as_it_was(cast, by):
    before = list(Placement.objects.order_by("pk").values())
    change = move(cast.ho_sen, cast.dong_gao, by)
    assert list(Placement.objects.order_by("pk").values()) != before

    services.undo_change(change=change, **by)

    assert list(Placement.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("unit", "parent", "refusal"),
    [
        ("ho_sen", "sen_tay", BelowItself),
        ("ho_sen", "ho_sen", BelowItself),
        ("sen_tay", "sen_cu", ParentStandsNowhere),
        ("sen_cu", "dong_gao", StandsNowhere),
    ],
)
def test_a_move_that_cannot_be_is_refused_and_writes_nothing(cast, by, unit, parent, refusal):
    before = list(Placement.objects.order_by("pk").values())

    with pytest.raises(refusal):
        move(getattr(cast, unit), getattr(cast, parent), by)

    assert list(Placement.objects.order_by("pk").values()) == before
    assert not Change.objects.exists()


def test_an_abolished_unit_stands_until_its_day_and_the_receiver_answers(cast, by):
    abolish(cast.sen_tay, cast.dong_gao, by)

    assert stands(cast.sen_tay, BEFORE)
    assert not stands(cast.sen_tay, DAY)
    assert selectors.answerable_for([cast.sen_tay.pk], on=BEFORE) == {
        cast.sen_tay.pk: cast.sen_tay.pk
    }
    assert selectors.answerable_for([cast.sen_tay.pk], on=DAY) == {
        cast.sen_tay.pk: cast.dong_gao.pk
    }
    assert selectors.answered_for_by(cast.dong_gao.pk, on=DAY) == (
        cast.dong_gao.pk,
        cast.sen_tay.pk,
    )


def test_the_papers_of_an_abolished_unit_go_where_its_duties_went(cast, by):
    abolish(cast.sen_tay, cast.dong_gao, by)

    def reads(user, on):
        asked = {"user_id": user.pk, "action": Action.READ_DOCUMENT, "on": on}
        single = selectors.may(unit_id=cast.sen_tay.pk, **asked)
        assert single == (cast.sen_tay.pk in selectors.reach(**asked))
        return single

    assert (reads(cast.mai, BEFORE), reads(cast.mai, DAY)) == (True, False)
    assert (reads(cast.ha, BEFORE), reads(cast.ha, DAY)) == (True, False)
    assert (reads(cast.khe, BEFORE), reads(cast.khe, DAY)) == (False, True)


def test_its_posts_end_with_the_unit_and_their_holders_are_released(cast, by):
    vacant = make_post(cast.sen_tay, role=make_role("reader"))
    change = abolish(cast.sen_tay, cast.dong_gao, by)
    held = Appointment.objects.get(post__unit=cast.sen_tay)
    assert held.valid.upper == DAY
    vacant.refresh_from_db()
    assert [post.valid.upper for post in (held.post, vacant)] == [DAY, DAY]
    offered = {"unit_id": cast.sen_tay.pk, "user_id": cast.chi.pk}
    assert vacant in selectors.posts_to_fill(**offered, on=BEFORE)
    assert selectors.posts_to_fill(**offered, on=DAY) == ()

    services.undo_change(change=change, **by)

    held = Appointment.objects.get(pk=held.pk)
    vacant.refresh_from_db()
    assert held.valid.upper is held.post.valid.upper is vacant.valid.upper is None
    assert stands(cast.sen_tay, DAY)
    assert not Succession.objects.exists()


def test_a_unit_with_others_below_cannot_be_abolished(cast, by):
    with pytest.raises(StillOthersBelow) as refused:
        abolish(cast.ho_sen, cast.dong_gao, by)

    assert refused.value.unit == cast.sen_tay.pk
    assert not Change.objects.exists()


def test_across_three_successions_the_last_answers(cast, by):
    heirs = [make(parent=cast.city) for _ in range(3)]
    chain = [cast.sen_tay, *heirs]
    days = [date(2025, 1, 1), date(2025, 7, 1), date(2026, 3, 1)]
    for source, target, day in zip(chain, heirs, days, strict=False):
        abolish(source, target, by, day=day)

    def answers(on):
        return selectors.answerable_for([cast.sen_tay.pk], on=on)[cast.sen_tay.pk]

    assert [answers(day - timedelta(days=1)) for day in days] == [unit.pk for unit in chain[:3]]
    assert [answers(day) for day in days] == [unit.pk for unit in heirs]
    assert set(selectors.answered_for_by(heirs[2].pk, on=days[2])) == {unit.pk for unit in chain}


def test_a_change_whose_day_has_come_is_history(cast, by):
    change = abolish(cast.sen_tay, cast.dong_gao, by)

    with pytest.raises(services.ChangeReached):
        services.undo_change(change=change, user=cast.chi, on=DAY, at=NOW)

    assert not stands(cast.sen_tay, DAY)


def test_a_change_on_which_a_later_one_rests_is_not_taken_back(cast, by):
    first = move(cast.sen_tay, cast.dong_gao, by)
    abolish(cast.sen_tay, cast.dong_gao, by, day=DAY + timedelta(days=30))

    with pytest.raises(LaterChangeKnown):
        services.undo_change(change=first, **by)


def test_nothing_is_restored_below_a_unit_that_has_ended_meanwhile(cast, by):
    below = make(parent=cast.sen_tay)
    first = move(below, cast.ho_sen, by)
    abolish(cast.sen_tay, cast.dong_gao, by, day=DAY + timedelta(days=9))

    with pytest.raises(LaterChangeKnown):
        services.undo_change(change=first, **by)

    place = selectors.place_of(unit_id=below.pk, on=DAY + timedelta(days=9))
    assert place.path == (cast.city.pk, cast.ho_sen.pk, below.pk)


def test_who_was_released_meanwhile_stays_released(cast, by):
    change = abolish(cast.sen_tay, cast.dong_gao, by)
    held = Appointment.objects.get(post__unit=cast.sen_tay)
    services.end_appointment(appointment=held, until=date(2024, 9, 1), actor=cast.chi.named, at=NOW)

    services.undo_change(change=change, **by)

    held.refresh_from_db()
    assert held.valid.upper == date(2024, 9, 1)
    assert services.undo_change(change=change, **by).undone_at == NOW


def test_a_code_is_given_once(cast, by):
    words = {"kind": "commune", "name_vi": "Phường Mới", "name_en": "Moi Ward", "day": DAY}
    given = {"tree": make_tree(), "parent": cast.ho_sen, "legal_basis": BASIS, **words, **by}

    with pytest.raises(services.CodeTaken):
        services.establish_unit(code="phuong-sen-tay", **given)
    assert not Change.objects.exists()


def test_only_those_may_change_who_may_at_both_ends(cast, by):
    officer = make_officer(cast.ho_sen, actions=[Action.CHANGE_UNIT])
    his = {"user": officer, "on": TODAY, "at": NOW}

    with pytest.raises(services.ChangeNotAllowed):
        move(cast.sen_tay, cast.dong_gao, his)
    with pytest.raises(services.ChangeNotAllowed):
        abolish(cast.sen_tay, cast.dong_gao, his)
    with pytest.raises(services.ChangeNotAllowed):
        rename(cast.dong_gao, his)
    rename(cast.sen_tay, his)
    change = move(cast.sen_tay, cast.dong_gao, by, day=DAY + timedelta(days=1))
    with pytest.raises(services.ChangeNotAllowed):
        services.undo_change(change=change, user=cast.mai, on=TODAY, at=NOW)


def test_a_change_without_its_document_is_refused(cast, by):
    with pytest.raises(services.LegalBasisMissing):
        services.rename_unit(
            unit=cast.sen_tay, name_vi="A", name_en="B", day=DAY, legal_basis=" ", **by
        )


def test_a_new_unit_begins_on_its_day(cast, by):
    change = services.establish_unit(
        code="phuong-moi",
        kind="commune",
        name_vi="Phường Mới",
        name_en="Moi Ward",
        tree=make_tree(),
        parent=cast.ho_sen,
        day=DAY,
        legal_basis=BASIS,
        **by,
    )

    unit = selectors.unit_by_code("phuong-moi")
    assert (stands(unit, BEFORE), stands(unit, DAY)) == (False, True)
    assert list(change.units.all()) == [unit]
    services.undo_change(change=change, **by)
    assert not stands(unit, DAY)


def merge(cast, *, answers=True, kind=ChangeKind.MERGE, day=DAY):
    whole = make(parent=cast.city, since=day)
    services.change_organisation(
        kind=kind,
        follows=[Follows(cast.sen_tay, whole, answers=answers), Follows(cast.dong_gao, whole)],
        ending=[cast.sen_tay, cast.dong_gao],
        day=day,
        legal_basis=BASIS,
        actor=cast.chi.named,
        at=NOW,
    )
    return whole


def test_merged_units_are_followed_by_one_that_answers_for_all(cast):
    whole = merge(cast)

    found = selectors.answerable_for([cast.sen_tay.pk, cast.dong_gao.pk], on=DAY)
    assert found == {cast.sen_tay.pk: whole.pk, cast.dong_gao.pk: whole.pk}
    assert {row.source for row in selectors.successions_of(unit_id=whole.pk)[0]} == {
        cast.sen_tay,
        cast.dong_gao,
    }


def test_a_succession_in_which_nobody_answers_is_refused(cast):
    with pytest.raises(services.WrongSuccession) as refused:
        merge(cast, answers=False)

    assert refused.value.forms == {WrongForm.NOBODY_ANSWERS}
    assert not Change.objects.exists()


def test_a_part_that_goes_elsewhere_leaves_the_unit_answering_for_itself(cast):
    services.change_organisation(
        kind=ChangeKind.PARTIAL,
        follows=[Follows(cast.sen_tay, cast.dong_gao, whole=False)],
        ending=[],
        day=DAY,
        legal_basis=BASIS,
        actor=cast.chi.named,
        at=NOW,
    )

    assert stands(cast.sen_tay, DAY)
    assert selectors.answerable_for([cast.sen_tay.pk], on=DAY) == {cast.sen_tay.pk: cast.sen_tay.pk}


def test_what_changed_between_two_days(cast, by):
    rename(cast.ho_sen, by)
    move(cast.sen_tay, cast.dong_gao, by)
    whole = make(parent=cast.city, since=DAY)

    found = selectors.tree_changes(first=BEFORE, last=DAY)

    assert (found.come, found.gone) == ((whole.pk,), ())
    assert (found.moved, found.renamed) == ((cast.sen_tay.pk,), (cast.ho_sen.pk,))
    assert selectors.tree_changes(first=TODAY, last=BEFORE) == selectors.TreeChanges((), (), (), ())
    back = selectors.tree_changes(first=DAY, last=BEFORE)
    assert (back.come, back.gone) == ((), (whole.pk,))


def test_a_post_that_begins_later_stands_in_the_way(cast, by):
    post = make_post(cast.sen_tay)
    appoint(make_person("Ngô Bình"), post, since=DAY + timedelta(days=5))

    with pytest.raises(LaterChangeKnown):
        abolish(cast.sen_tay, cast.dong_gao, by)
