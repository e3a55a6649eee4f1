"""Reads of accounts and of their keys."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from lotrinh.apps.accounts.models import ApiKey, CalendarFeed, User

GIVEN_FOR = timedelta(days=7)
"""How long a password that somebody else gave opens an account."""


def user_by_uid(uid: UUID) -> User | None:
    """Return the active account with this uid, or None."""
    return User.objects.filter(uid=uid, is_active=True).first()


def user_by_sign_in_name(sign_in_name: str) -> User | None:
    """Return the active account that signs in with this name, or None."""
    return User.objects.filter(sign_in_name=sign_in_name, is_active=True).first()


def is_void(user: User, *, at: datetime) -> bool:
    """Say whether the account's password was given by somebody else, too long ago."""
    return user.given_at is not None and at - user.given_at > GIVEN_FOR


def hash_of(secret: str) -> str:
    """Return what is kept of a secret address."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def open_feed_of(*, user_id: int) -> CalendarFeed | None:
    """Return the secret address of the account that is open, or None."""
    return CalendarFeed.objects.filter(user_id=user_id, closed_at=None).first()


def user_by_feed(secret: str) -> User | None:
    """Return the active account whose open secret address this is, or None."""
    found = CalendarFeed.objects.filter(
        secret_hash=hash_of(secret), closed_at=None, user__is_active=True
    )
    feed = found.select_related("user").first()
    return feed.user if feed else None


def keys_of(*, user_id: int) -> QuerySet[ApiKey]:
    """Return the keys of an account, the newest first. The caller has checked its right."""
    return ApiKey.objects.filter(user_id=user_id).select_related("user").order_by("-id")


def key_by_uid(uid: UUID) -> ApiKey | None:
    """Return the key with this uid, or None. The caller checks its right."""
    return ApiKey.objects.filter(uid=uid).select_related("user").first()
