"""Who may hand texts in and who may decide, asked at the unit that keeps the document."""

from datetime import date

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Document
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action


class NotAllowed(Exception):
    """No post of this account carries the right at that unit on that day."""


def may_register(keeper: Unit, *, user: User, on: date) -> bool:
    """Say whether the account may hand texts in for this keeper."""
    return units.may(user_id=user.pk, action=Action.REGISTER_DOCUMENT, unit_id=keeper.pk, on=on)


def require_registrar(keeper: Unit, *, user: User, on: date) -> None:
    """Raise NotAllowed unless the account may hand texts in for this keeper."""
    if not may_register(keeper, user=user, on=on):
        raise NotAllowed(f"{Action.REGISTER_DOCUMENT} at {keeper.code}")


def require_decider(document: Document, *, user: User, on: date) -> None:
    """Raise NotAllowed unless the account decides about proposals of this document."""
    keeper = document.keeper
    if not units.may(user_id=user.pk, action=Action.DECIDE_CANDIDATE, unit_id=keeper.pk, on=on):
        raise NotAllowed(f"{Action.DECIDE_CANDIDATE} at {keeper.code}")
