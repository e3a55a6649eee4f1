"""Reads of accounts and of their keys."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from lotrinh.apps.accounts.models import ApiKey, User

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


def keys_of(*, user_id: int) -> QuerySet[ApiKey]:
    """Return the keys of an account, the newest first. The caller has checked its right."""
    return ApiKey.objects.filter(user_id=user_id).select_related("user").order_by("-id")


def key_by_uid(uid: UUID) -> ApiKey | None:
    """Return the key with this uid, or None. The caller checks its right."""
    return ApiKey.objects.filter(uid=uid).select_related("user").first()
