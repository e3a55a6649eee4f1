"""An account is closed and opened again; what somebody else gives opens it until changed."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from lotrinh.apps.accounts import selectors, services
from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.rules.closing import Closing
from tests.factories import NOW, key, make_user
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

OWN = "mot-cum-tu-rat-dai-2024"


def close(user: User, reason: Closing = Closing.LEFT) -> User:
    return services.close_account(user_id=user.pk, reason=reason, actor=SYSTEM, at=NOW)


def give(user: User, *, read=None, client_key=None, act=services.give_password) -> str:
    return act(user_id=user.pk, read=read, client_key=client_key or key(), actor=SYSTEM, at=NOW)


def test_a_closed_account_is_found_by_nobody_and_keeps_why():
    user = make_user("can-bo", password=OWN)

    closed = close(user, Closing.EXPOSED)

    assert (closed.is_active, closed.closed_at, closed.closed_for) == (False, NOW, "exposed")
    assert selectors.user_by_sign_in_name("can-bo") is None
    entry = Entry.objects.get(verb="user.closed")
    assert entry.object_uid == user.uid
    assert '"reason":"exposed"' in entry.payload


def test_closing_twice_is_closing_once():
    user = make_user()
    close(user, Closing.LEFT)

    with nothing_changes():
        close(user, Closing.LEFT)
    with nothing_changes(), pytest.raises(services.AccountChangedMeanwhile):
        close(user, Closing.ABSENT)


def test_reopening_gives_another_password_so_that_no_old_session_comes_alive():
    user = make_user(password=OWN)
    before = user.get_session_auth_hash()
    close(user)

    password = give(user, act=services.reopen_account)

    user.refresh_from_db()
    assert (user.is_active, user.closed_at, user.closed_for) == (True, None, "")
    assert not user.check_password(OWN)
    assert user.check_password(password)
    assert user.get_session_auth_hash() != before
    assert Entry.objects.filter(verb="user.reopened").count() == 1


def test_a_given_password_is_long_and_can_be_read_out():
    user, seen = make_user(), set()
    for _ in range(20):
        read = User.objects.get(pk=user.pk).given_key
        seen.add(give(user, read=read))

    assert len(seen) == 20
    assert all(
        re.fullmatch(r"(?:[a-hj-km-np-z2-9]{4}-){2}[a-hj-km-np-z2-9]{4}", one) for one in seen
    )


def test_a_password_is_given_once_for_one_form():
    user, client_key = make_user(), key()
    password = give(user, client_key=client_key)

    with nothing_changes(), pytest.raises(services.GivenAlready):
        give(user, client_key=client_key)

    user.refresh_from_db()
    assert user.check_password(password)
    assert (user.given_at, user.given_key) == (NOW, client_key)


def test_of_two_who_read_the_same_the_second_is_told():
    user = make_user()
    give(user)

    with nothing_changes(), pytest.raises(services.AccountChangedMeanwhile):
        give(user)


def test_what_is_open_is_not_reopened_and_what_is_closed_gets_no_password():
    user = make_user()
    with nothing_changes(), pytest.raises(services.AccountChangedMeanwhile):
        give(user, act=services.reopen_account)
    close(user)

    with nothing_changes(), pytest.raises(services.AccountClosed):
        give(user)


def change(user: User, current: str, new: str) -> User:
    return services.change_password(user_id=user.pk, current=current, new=new, at=NOW)


def test_a_password_of_ones_own_ends_the_given_one():
    user = make_user()
    given = give(user)

    changed = change(user, given, "bon chu cua rieng toi")

    assert changed.given_at is None
    assert changed.check_password("bon chu cua rieng toi")
    entry = Entry.objects.get(verb="user.password_changed")
    assert (entry.actor_uid, entry.object_uid) == (user.uid, user.uid)


@pytest.mark.parametrize(
    ("current", "new", "refused"),
    [
        ("khong-phai", "bon chu cua rieng toi", services.PasswordWrong),
        (OWN, OWN, services.PasswordKept),
        (OWN, "ngan", ValidationError),
    ],
)
def test_a_password_is_not_changed_without_the_present_one_or_to_a_weak_one(current, new, refused):
    user = make_user(password=OWN)

    with nothing_changes(), pytest.raises(refused):
        change(user, current, new)


def test_a_given_password_is_void_after_seven_days():
    user = make_user()
    assert not selectors.is_void(user, at=NOW)
    give(user)
    user.refresh_from_db()

    assert not selectors.is_void(user, at=NOW + timedelta(days=7))
    assert selectors.is_void(user, at=NOW + timedelta(days=7, seconds=1))


def test_a_void_password_is_changed_by_nobody():
    user = make_user()
    words = {"user_id": user.pk, "current": give(user), "new": OWN}

    with nothing_changes(), pytest.raises(services.PasswordVoid):
        services.change_password(**words, at=NOW + timedelta(days=7, seconds=1))
    assert services.change_password(**words, at=NOW + timedelta(days=7)).given_at is None


def test_the_journal_knows_no_password():
    user = make_user()
    password = give(user)
    change(user, password, "bon chu cua rieng toi")

    assert not any(password in payload or "rieng" in payload for payload in payloads())


def payloads() -> list[str]:
    return list(Entry.objects.values_list("payload", flat=True))
