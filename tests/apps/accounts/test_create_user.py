"""An account is opened once under its sign-in name, and the journal knows it."""

import pytest
from django.core.exceptions import ValidationError

from lotrinh.apps.accounts import selectors, services
from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from tests.factories import NOW, make_user
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def create(sign_in_name="can-bo", password=None, **more):
    return services.create_user(
        sign_in_name=sign_in_name, password=password, actor=SYSTEM, at=NOW, **more
    )


def test_an_account_can_sign_in_with_its_password_only():
    user = create(password="mot-cum-tu-rat-dai-2024")

    assert user.check_password("mot-cum-tu-rat-dai-2024")
    assert not user.check_password("mot-cum-tu-rat-dai-2025")
    assert selectors.user_by_sign_in_name("can-bo") == user
    assert selectors.user_by_uid(user.uid) == user


def test_without_a_password_no_password_signs_in():
    user = create()

    assert not user.has_usable_password()
    assert not user.check_password("")


def test_a_name_that_is_taken_is_refused():
    make_user("can-bo")

    with nothing_changes(), pytest.raises(services.SignInNameTaken):
        create("can-bo")


@pytest.mark.parametrize(
    "weak",
    [
        "ngan",
        "bay-chu",
        "can-bo-1",
    ],
)
def test_a_weak_password_is_refused(weak):
    with nothing_changes(), pytest.raises(ValidationError):
        create(password=weak)


def test_the_journal_says_who_was_created_and_by_whom():
    user = create()

    entry = Entry.objects.get()
    assert (entry.verb, entry.object_uid, entry.actor_kind) == ("user.created", user.uid, "system")


def test_two_accounts_may_share_an_address_or_have_none():
    create("mot", email="phong@vi.du")
    create("hai", email="phong@vi.du")
    create("ba")
    create("bon")

    assert User.objects.count() == 4


def test_an_account_that_is_closed_is_not_found():
    user = create()
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert selectors.user_by_sign_in_name("can-bo") is None
    assert selectors.user_by_uid(user.uid) is None
