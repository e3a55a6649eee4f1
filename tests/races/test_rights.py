"""Rights that end while they are used: whoever comes second is judged by what the first left.

What has to be kept whatever happens is somebody who may define roles. A right that ends at midnight
ends for the second of two requests that differ by one second.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Appointment, Change, Role
from lotrinh.rules.actions import Action
from tests.cast import Cast
from tests.factories import (
    NOW,
    READS,
    TODAY,
    give_mandate,
    key,
    make_officer,
    make_person,
    make_role,
    make_tree,
    make_unit,
    make_user,
)
from tests.races.together import at_once, failures, overlapping

TOMORROW = TODAY + timedelta(days=1)
SOON = TODAY + timedelta(days=10)


@pytest.fixture
def definers(people: Cast) -> Iterator[tuple[Appointment, Appointment]]:
    """Return the only two appointments that define roles, each by a role of its own."""
    carried = [Action.DEFINE_ROLE, Action.APPOINT_PEOPLE, Action.CHANGE_UNIT]
    offices = [make_unit(parent=people.city) for _ in range(2)]
    held = tuple(
        selectors.first_post(
            user_id=make_officer(office, scope=people.city, actions=carried).pk, on=TODAY
        )
        for office in offices
    )
    planning = Role.objects.get(code="planning_officer")
    kept = planning.actions
    others = Role.objects.filter(actions__contains=[Action.DEFINE_ROLE]).exclude(
        pk__in=[one.post.role_id for one in held]
    )
    Role.objects.filter(pk__in=others.values("pk")).update(actions=READS)
    yield held
    Role.objects.filter(pk=planning.pk).update(actions=kept)


def release(held: Appointment, by: Appointment, until=TODAY):
    return lambda: services.release_holder(
        appointment=held, until=until, user=by.person.user, on=TODAY, at=NOW
    )


def narrow(held: Appointment, by: Appointment, without: Action = Action.DEFINE_ROLE):
    role = held.post.role
    return lambda: services.change_role(
        role=role,
        actions=[action for action in role.actions if action != without],
        read=role.actions,
        user=by.person.user,
        on=TODAY,
        at=NOW,
    )


def end_office(people: Cast, held: Appointment, by: Appointment):
    return lambda: services.abolish_unit(
        unit=held.post.unit,
        receiver=people.office,
        day=SOON,
        legal_basis="Nghị quyết số 1",
        user=by.person.user,
        on=TODAY,
        at=NOW,
    )


@pytest.mark.parametrize("act", ["number", "group"])
def test_who_lost_the_right_while_he_waited_has_it_no_more(people: Cast, act: str) -> None:
    user = make_officer(people.city, actions=[Action.CHANGE_UNIT])
    held = selectors.first_post(user_id=user.pk, on=TODAY)
    by = {"user": user, "on": TODAY, "at": NOW}

    def number() -> object:
        words = {"system": "gso", "code": "00002", "since": TODAY}
        return services.renumber_unit(unit=people.sen_tay, **words, **by)

    def group() -> object:
        choice = services.Choice(
            name_vi="Nhóm", name_en="G", tree=make_tree(), added=(people.sen_tay,)
        )
        return services.create_group(
            code="nhom", choice=choice, since=TODAY, client_key=key(), **by
        )

    def leave() -> object:
        return services.release_holder(
            appointment=held, until=TODAY, user=people.chi, on=TODAY, at=NOW
        )

    outcomes = overlapping(leave, {"number": number, "group": group}[act])

    assert failures(outcomes) == [{"number": "ChangeNotAllowed", "group": "GroupNotAllowed"}[act]]


@pytest.mark.parametrize("first", ["release", "narrow", "abolish"])
@pytest.mark.parametrize("second", ["release", "narrow", "abolish"])
def test_of_two_definers_one_is_left_whatever_is_done_to_both(people, definers, first, second):
    one, other = definers

    def act(name, held, by):
        if name == "abolish":
            return end_office(people, held, by)
        return release(held, by, until=SOON) if name == "release" else narrow(held, by)

    outcomes = overlapping(act(first, one, one), act(second, other, other))

    (refused,) = failures(outcomes)
    assert refused in {"NobodyDefines", "NobodyCouldRestore"}
    assert selectors.somebody_defines(on=TODAY)
    assert selectors.somebody_defines(on=SOON)


def test_two_definers_who_release_each_other_leave_one(definers):
    one, other = definers

    outcomes = at_once(release(one, other), release(other, one))

    assert failures(outcomes) in (["AppointingNotAllowed"], ["NobodyDefines"])
    assert len(selectors.definers(on=TODAY)) == 1


def test_a_right_that_is_taken_from_a_role_is_not_used_behind_that(people):
    unit = make_unit(parent=people.ho_sen)
    officer = make_officer(people.ho_sen, actions=[Action.CHANGE_UNIT])
    role = selectors.first_post(user_id=officer.pk, on=TODAY).post.role

    def take():
        return services.change_role(
            role=role, actions=[], read=role.actions, user=people.chi, on=TODAY, at=NOW
        )

    outcomes = overlapping(take, rename(unit, officer))

    assert failures(outcomes) == ["ChangeNotAllowed"]
    assert not Change.objects.filter(units=unit).exists()


def test_what_was_done_before_a_right_was_taken_stays(people):
    unit = make_unit(parent=people.ho_sen)
    officer = make_officer(people.ho_sen, actions=[Action.CHANGE_UNIT])
    role = selectors.first_post(user_id=officer.pk, on=TODAY).post.role

    def take():
        return services.change_role(
            role=role, actions=[], read=role.actions, user=people.chi, on=TODAY, at=NOW
        )

    outcomes = overlapping(rename(unit, officer), take)

    assert failures(outcomes) == []
    assert Change.objects.filter(units=unit).count() == 1


def rename(unit, user, on=TODAY):
    return lambda: services.rename_unit(
        unit=unit,
        name_vi="Phường Khác",
        name_en="Other Ward",
        day=SOON,
        legal_basis="Nghị quyết số 1",
        user=user,
        on=on,
        at=NOW,
    )


def test_a_role_that_two_change_at_once_is_changed_by_one(people):
    role = make_role("hai-nguoi", actions=[Action.READ_DUTY])

    def change(*actions):
        return lambda: services.change_role(
            role=role, actions=actions, read=["duty.read"], user=people.chi, on=TODAY, at=NOW
        )

    outcomes = overlapping(change(Action.READ_TARGET), change(Action.READ_DOCUMENT))

    assert failures(outcomes) == ["RoleChangedMeanwhile"]
    role.refresh_from_db()
    assert role.actions == ["target.read"]


def at_midnight(unit, user):
    """Let two requests of one account come at once, one before midnight and one after."""
    return at_once(rename(unit, user, on=TODAY), rename(unit, user, on=TOMORROW))


def test_a_post_that_ends_at_midnight_gives_nothing_after_it(people):
    for _ in range(4):
        unit = make_unit(parent=people.ho_sen)
        officer = make_officer(people.ho_sen, actions=[Action.CHANGE_UNIT], until=TOMORROW)

        before, after = at_midnight(unit, officer)

        assert isinstance(before, Change)
        assert failures([after]) == ["ChangeNotAllowed"]


def test_a_mandate_that_ends_at_midnight_gives_nothing_after_it(people):
    role = make_role("thanh-tra", actions=[Action.CHANGE_UNIT], purpose="inspection")
    for _ in range(4):
        unit = make_unit(parent=people.ho_sen)
        user = make_user()
        person = make_person("Tạ Bình", user=user)
        give_mandate(person, people.ho_sen, role=role, until=TOMORROW)

        before, after = at_midnight(unit, user)

        assert isinstance(before, Change)
        assert failures([after]) == ["ChangeNotAllowed"]


def test_a_post_that_is_ended_for_midnight_holds_until_then(people):
    unit = make_unit(parent=people.ho_sen)
    officer = make_officer(people.ho_sen, actions=[Action.CHANGE_UNIT])
    held = selectors.first_post(user_id=officer.pk, on=TODAY)

    def end():
        return services.release_holder(
            appointment=held, until=TOMORROW, user=people.chi, on=TODAY, at=NOW
        )

    assert failures(overlapping(end, rename(unit, officer, on=TOMORROW))) == ["ChangeNotAllowed"]
    assert failures(overlapping(end, rename(unit, officer, on=TODAY))) == []


def test_what_is_lent_ends_with_the_lender_who_is_released_meanwhile(people):
    unit = make_unit(parent=people.ho_sen)
    officer = make_officer(people.ho_sen, actions=[Action.CHANGE_UNIT])
    lender = selectors.first_post(user_id=officer.pk, on=TODAY)
    borrower = make_user()
    services.delegate(
        lender=lender,
        person=make_person("Lý Mượn", user=borrower),
        since=TODAY,
        until=SOON,
        actor=people.chi.named,
        at=NOW,
    )

    def end():
        return services.release_holder(
            appointment=lender, until=TODAY, user=people.chi, on=TODAY, at=NOW
        )

    assert failures(overlapping(end, rename(unit, borrower))) == ["ChangeNotAllowed"]


def test_somebody_is_appointed_once_by_two_sheets(people):
    grid = [
        ("Mã đơn vị", "Chức vụ", "Vai trò", "Họ và tên", "Từ ngày"),
        (people.sen_tay.code, "Chức vụ riêng", "reader", "Lý Hai Bảng", "1/8/2024"),
    ]

    def enter():
        return services.import_people(grid=grid, user=people.chi, on=TODAY, at=NOW)

    outcomes = overlapping(enter, enter)

    assert failures(outcomes) == []
    assert Appointment.objects.filter(person__full_name="Lý Hai Bảng").count() == 1
