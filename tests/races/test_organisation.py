"""Two who change the organisation or its people at one instant: the second sees what the first did.

Each pair overlaps on purpose: the first has done its work and not yet committed when the second
begins. Without the turn of the organisation the second would read what was there before.
"""

from datetime import timedelta

import pytest
from django.db.models import F

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Appointment, Change, Placement, Succession, Unit
from lotrinh.apps.units.services import changes
from tests.factories import (
    NOW,
    TODAY,
    appoint,
    key,
    make_officer,
    make_person,
    make_post,
    make_tree,
    make_unit,
)
from tests.races.together import at_once, failures, overlapping

SOON, LATER = TODAY + timedelta(days=10), TODAY + timedelta(days=20)
BASIS = "Nghị quyết số 1"


def ordered(user: User, day=SOON) -> dict:
    return {"day": day, "legal_basis": BASIS, "user": user, "on": TODAY, "at": NOW}


def establish(people, code, parent):
    change = services.establish_unit(
        code=code,
        kind="commune",
        name_vi=f"Phường {code}",
        name_en=code,
        tree=make_tree(),
        parent=parent,
        **ordered(people.chi),
    )
    return change, Unit.objects.get(code=code)


def undo(people, change):
    return lambda: services.undo_change(change=change, user=people.chi, on=TODAY, at=NOW)


def fill(people, post, since=SOON, until=None):
    person = make_person("Lý Mới")
    return lambda: services.fill_post(
        person=person,
        post=post,
        acting=False,
        since=since,
        until=until,
        legal_basis=BASIS,
        client_key=key(),
        user=people.chi,
        on=TODAY,
        at=NOW,
    )


def abolish(people, unit, receiver, day=SOON):
    return lambda: services.abolish_unit(unit=unit, receiver=receiver, **ordered(people.chi, day))


def move(people, unit, parent):
    return lambda: services.move_unit(
        unit=unit, tree=make_tree(), parent=parent, **ordered(people.chi)
    )


def stranded() -> list[Appointment]:
    """Return the appointments to posts of units that do not stand on their first or last day."""
    found = []
    for held in Appointment.objects.select_related("post"):
        days = {
            held.valid.lower,
            held.valid.upper - timedelta(days=1) if held.valid.upper else None,
        }
        days.discard(None)
        places = Placement.objects.filter(unit=held.post.unit_id)
        stays = held.valid.upper is not None or places.filter(valid__endswith=None).exists()
        if not stays or not all(places.filter(valid__contains=day).exists() for day in days):
            found.append(held)
    return found


def enter(people, unit):
    """Return the act of entering somebody by a sheet: it knows units that are still to begin."""
    grid = [
        ("Mã đơn vị", "Chức vụ", "Vai trò", "Họ và tên", "Từ ngày"),
        (unit.code, "Chuyên viên", "reader", "Lý Mới", f"{SOON:%d/%m/%Y}"),
    ]
    return lambda: services.import_people(grid=grid, user=people.chi, on=TODAY, at=NOW)


def test_nobody_is_entered_into_what_is_undone_meanwhile(people):
    change, unit = establish(people, "moi-a", people.ho_sen)

    outcomes = overlapping(undo(people, change), enter(people, unit))

    assert failures(outcomes) == []
    assert [row.verdict for row in outcomes[1].plan.verdicts] == ["refused"]
    assert not Appointment.objects.filter(post__unit=unit).exists()


def test_who_was_entered_meanwhile_is_taken_back_with_the_unit(people):
    change, unit = establish(people, "moi-b", people.ho_sen)

    outcomes = overlapping(enter(people, unit), undo(people, change))

    assert failures(outcomes) == []
    assert [row.verdict for row in outcomes[0].plan.verdicts] == ["new"]
    assert not Appointment.objects.filter(post__unit=unit).exists()
    assert Entry.objects.filter(verb="person.withdrawn", unit_uid=unit.uid).count() == 1


def test_undoing_and_entering_together_leave_nobody_in_a_unit_that_never_begins(people):
    for number in range(8):
        change, unit = establish(people, f"moi-c{number}", people.ho_sen)

        outcomes = at_once(undo(people, change), enter(people, unit))

        assert failures(outcomes) == []
        assert stranded() == []


def test_nobody_is_appointed_in_a_unit_that_is_still_to_begin(people):
    _, unit = establish(people, "moi-g", people.ho_sen)

    with pytest.raises(services.AppointingNotAllowed):
        fill(people, make_post(unit))()


@pytest.mark.parametrize(("since", "until"), [(SOON, None), (LATER, None), (TODAY, LATER)])
def test_nobody_is_appointed_beyond_the_end_of_a_unit(people, since, until):
    unit = make_unit(parent=people.ho_sen)
    post = make_post(unit)

    outcomes = overlapping(
        abolish(people, unit, people.ho_sen), fill(people, post, since=since, until=until)
    )

    assert failures(outcomes) == ["PostStandsNowhere"]
    assert not Appointment.objects.filter(post=post).exists()


def test_who_is_appointed_meanwhile_is_released_with_the_unit(people):
    unit = make_unit(parent=people.ho_sen)
    post = make_post(unit)

    outcomes = overlapping(fill(people, post, since=TODAY), abolish(people, unit, people.ho_sen))

    assert failures(outcomes) == []
    assert Appointment.objects.get(post=post).valid.upper == SOON
    assert stranded() == []


def test_who_is_appointed_for_later_keeps_the_unit_from_ending(people):
    unit = make_unit(parent=people.ho_sen)
    post = make_post(unit)

    outcomes = overlapping(fill(people, post, since=LATER), abolish(people, unit, people.ho_sen))

    assert failures(outcomes) == ["LaterChangeKnown"]
    assert stranded() == []


@pytest.mark.parametrize("day", [SOON, LATER])
def test_two_units_do_not_end_into_each_other(people, day):
    one, other = (make_unit(parent=people.ho_sen) for _ in range(2))

    outcomes = overlapping(abolish(people, one, other), abolish(people, other, one, day=day))

    assert failures(outcomes) == ["WrongSuccession"]
    assert Succession.objects.filter(source__in=[one, other]).count() == 1
    assert selectors.answerable_for([one.pk, other.pk], on=LATER) == {
        one.pk: other.pk,
        other.pk: other.pk,
    }


def test_a_unit_does_not_end_twice(people):
    unit = make_unit(parent=people.ho_sen)

    outcomes = overlapping(
        abolish(people, unit, people.ho_sen), abolish(people, unit, people.dong_gao, day=LATER)
    )

    assert failures(outcomes) == ["LaterChangeKnown"]
    assert Succession.objects.filter(source=unit).count() == 1


def test_nobody_is_put_under_what_ends_meanwhile(people):
    ending, moved = (make_unit(parent=people.ho_sen) for _ in range(2))

    outcomes = overlapping(abolish(people, ending, people.ho_sen), move(people, moved, ending))

    assert failures(outcomes) == ["ParentStandsNowhere"]
    assert selectors.lineage(unit_id=moved.pk, on=SOON)[-2].id == people.ho_sen.pk


def test_two_moves_make_no_circle(people):
    one, other = (make_unit(parent=people.ho_sen) for _ in range(2))

    outcomes = overlapping(move(people, one, other), move(people, other, one))

    assert failures(outcomes) == ["BelowItself"]
    path = tuple(unit.id for unit in selectors.lineage(unit_id=one.pk, on=SOON))
    assert path == (people.city.pk, people.ho_sen.pk, other.pk, one.pk)
    assert broken_paths() == []


def broken_paths() -> list[Placement]:
    """Return the places whose path does not go on from one of their superior."""
    below = Placement.objects.filter(parent__isnull=False)
    return [
        place
        for place in below
        if not Placement.objects.filter(
            unit=place.parent_id,
            tree=place.tree_id,
            path=place.path.rpartition(".")[0],
            valid__overlap=place.valid,
        ).exists()
    ]


def test_without_the_turn_two_moves_would_make_a_circle(people, monkeypatch):
    """Takes the turn away on purpose: what the second read was gone when it wrote."""
    monkeypatch.setattr(changes, "await_organisation", lambda: None)
    one, other = (make_unit(parent=people.ho_sen) for _ in range(2))

    outcomes = overlapping(move(people, one, other), move(people, other, one))

    assert failures(outcomes) == []
    assert {place.unit_id for place in broken_paths()} == {one.pk, other.pk}
    Placement.objects.filter(unit__in=[one, other], valid__startswith=SOON).delete()


def test_moves_of_a_unit_and_of_its_superior_leave_whole_paths(people):
    for _ in range(6):
        above = make_unit(parent=people.ho_sen)
        below = make_unit(parent=above)

        outcomes = at_once(move(people, above, people.dong_gao), move(people, below, people.ho_sen))

        assert failures(outcomes) in ([], ["LaterChangeKnown"])
        assert broken_paths() == []


def test_a_change_is_undone_once(people):
    unit = make_unit(parent=people.ho_sen)
    before = list(Placement.objects.filter(unit=unit).values())
    change = move(people, unit, people.dong_gao)()

    outcomes = overlapping(undo(people, change), undo(people, change))

    assert failures(outcomes) == []
    assert outcomes[0].undone_at == outcomes[1].undone_at == NOW
    assert Entry.objects.filter(object_uid=change.uid, verb="change.undone").count() == 1
    assert list(Placement.objects.filter(unit=unit).values()) == before


def test_what_a_change_rests_on_is_not_undone_while_it_is_made(people):
    change, unit = establish(people, "moi-d", people.ho_sen)

    outcomes = overlapping(move(people, make_unit(parent=people.city), unit), undo(people, change))

    assert failures(outcomes) == ["LaterChangeKnown"]
    assert selectors.place_of(unit_id=unit.pk, on=LATER) is not None
    assert broken_paths() == []


def test_a_code_is_given_once(people):
    def make(parent):
        return lambda: establish(people, "moi-e", parent)

    outcomes = overlapping(make(people.ho_sen), make(people.dong_gao))

    assert failures(outcomes) == ["CodeTaken"]
    assert Change.objects.filter(units__code="moi-e").count() == 1


def test_a_sheet_waits_for_the_change_that_is_made(people):
    grid = [
        ("Mã đơn vị", "Loại", "Tên", "Mã cấp trên", "Từ ngày"),
        ("moi-f", "Phường", "Phường moi-f", people.ho_sen.code, "1/8/2024"),
    ]

    outcomes = overlapping(
        lambda: establish(people, "moi-f", people.ho_sen),
        lambda: services.import_units(grid=grid, user=people.chi, on=TODAY, at=NOW),
    )

    assert failures(outcomes) == []
    assert [verdict.verdict for verdict in outcomes[1].plan.verdicts] != ["new"]
    assert Unit.objects.filter(code="moi-f").count() == 1


def test_a_form_sent_twice_appoints_once(people):
    act = fill(people, make_post(people.sen_tay), since=TODAY)
    given = {"client_key": key(), "user": people.chi, "on": TODAY, "at": NOW}
    post = make_post(people.sen_tay)

    def take_on():
        return services.take_on(
            full_name="Lý Hai Lần",
            post=post,
            acting=False,
            since=TODAY,
            until=None,
            legal_basis=BASIS,
            **given,
        )

    outcomes = overlapping(take_on, take_on)

    assert failures(outcomes) == []
    assert outcomes[0] == outcomes[1]
    assert Appointment.objects.filter(post=post).count() == 1
    assert act().person.full_name == "Lý Mới"


def test_who_lost_the_right_while_waiting_changes_nothing(people):
    unit = make_unit(parent=people.ho_sen)
    officer = make_officer(people.ho_sen)
    held = selectors.first_post(user_id=officer.pk, on=TODAY)

    outcomes = overlapping(
        lambda: services.release_holder(
            appointment=held, until=TODAY, user=people.chi, on=TODAY, at=NOW
        ),
        lambda: services.rename_unit(
            unit=unit, name_vi="Phường Khác", name_en="Other", **ordered(officer)
        ),
    )

    assert failures(outcomes) == ["ChangeNotAllowed"]
    assert not Change.objects.filter(units=unit).exists()


def test_a_person_is_not_appointed_twice_to_one_post_at_once(people):
    person, post = make_person("Lý Một"), make_post(people.sen_tay)

    def act():
        return appoint(person, post, since=TODAY)

    outcomes = overlapping(act, act)

    assert failures(outcomes) == ["AlreadyAppointed"]
    assert Appointment.objects.filter(person=F("person"), post=post).count() == 1
