"""What every request reads, account and session, is read in words that are kept: the same rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from lotrinh.apps.accounts.models import User, UserManager
from lotrinh.apps.accounts.sessions import SessionStore
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_an_account_is_the_same_by_its_key_alone() -> None:
    made = make_user("can-bo")
    User.objects.filter(pk=made.pk).update(given_at=datetime(2024, 8, 7, 2, 41, tzinfo=UTC))
    found, other = User.objects.get(pk=made.pk), User.objects.filter(pk=made.pk).get()

    names = [field.attname for field in User._meta.concrete_fields]
    assert [getattr(found, name) for name in names] == [getattr(other, name) for name in names]
    assert found == other and not found.get_deferred_fields()
    found.given_at = None
    found.save()
    assert User.objects.get(pk=made.pk).given_at is None
    assert User.objects.get(pk=made.pk, is_active=True) == made
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=made.pk + 1)


def test_a_manager_that_was_narrowed_finds_no_more_by_the_key() -> None:
    class Closed(UserManager):
        def get_queryset(self) -> QuerySet[User]:
            return super().get_queryset().filter(is_active=False)

    closed, made = Closed(), make_user("can-bo")
    closed.model = User

    with pytest.raises(User.DoesNotExist):
        closed.get(pk=made.pk)


def test_a_session_is_read_until_it_ends() -> None:
    kept = SessionStore()
    kept["name"] = "Hà"
    kept.create()
    key = kept.session_key
    assert dict(SessionStore(key).items()) == dict(db.SessionStore(key).items()) == {"name": "Hà"}

    past = datetime.now(UTC) - timedelta(seconds=1)
    Session.objects.filter(session_key=key).update(expire_date=past)
    ended = SessionStore(key)
    assert dict(ended.items()) == {} and ended.session_key is None
    assert SessionStore("none-like-this").get("name") is None
