"""Reads of accounts."""

from datetime import datetime, timedelta
from uuid import UUID

from lotrinh.apps.accounts.models import User

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
