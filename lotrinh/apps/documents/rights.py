"""Who may write in the registry, asked at the unit that keeps a document."""

from datetime import date

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Document
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action


class NotAllowed(Exception):
    """No post of this account carries the right at that unit on that day."""


def may_keep(document: Document, *, user: User, on: date) -> bool:
    """Say whether the account may say what this document is, which text counts, how it relates."""
    return units.may(
        user_id=user.pk, action=Action.REGISTER_DOCUMENT, unit_id=document.keeper_id, on=on
    )


def require_keeper(document: Document, *, user: User, on: date) -> None:
    """Raise NotAllowed unless the account registers documents where this one is kept."""
    if not may_keep(document, user=user, on=on):
        raise NotAllowed(f"{Action.REGISTER_DOCUMENT} at {document.keeper.code}")


def may_describe(document: Document, *, user: User, on: date) -> bool:
    """Say whether the account may say what a document is: its keeper's, of a stub the issuer's."""
    if may_keep(document, user=user, on=on):
        return True
    issuer = document.issuer_id if document.is_stub else None
    return issuer is not None and units.may(
        user_id=user.pk, action=Action.REGISTER_DOCUMENT, unit_id=issuer, on=on
    )


def answering(source: Document | None, target: Document) -> Document:
    """Return the document whose keeper answers for a relation between the two."""
    return target if source is None or source.is_stub else source
