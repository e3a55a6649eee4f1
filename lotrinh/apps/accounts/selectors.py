"""Reads of accounts."""

from uuid import UUID

from lotrinh.apps.accounts.models import User


def user_by_uid(uid: UUID) -> User | None:
    """Return the active account with this uid, or None."""
    return User.objects.filter(uid=uid, is_active=True).first()


def user_by_sign_in_name(sign_in_name: str) -> User | None:
    """Return the active account that signs in with this name, or None."""
    return User.objects.filter(sign_in_name=sign_in_name, is_active=True).first()
