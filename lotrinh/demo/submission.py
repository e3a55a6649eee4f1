"""Handing a sample document in, as the officer who keeps it would."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.intake import services as intake
from lotrinh.apps.units import selectors as units
from lotrinh.demo.cast import members
from lotrinh.rules.actions import Action

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.units.models import Unit


def submit_and_read(
    *,
    content: bytes,
    source_name: str,
    keeper_code: str,
    translation_of: UUID | None,
    sent_to: Sequence[str] = (),
    client_key: UUID,
    on: date,
    at: datetime,
) -> UUID:
    """Submit a text for its keeper, read it at once, and return the uid of its document.

    Whoever works at the keeper hands it in, else the first of the cast who may. The units of
    ``sent_to`` can read it from then on.
    """
    keeper = _unit(keeper_code)
    user = _registrar(keeper, on=on)
    original = (
        documents.document_by_uid(translation_of, seen_by=user.pk, on=on)
        if translation_of
        else None
    )
    run = intake.submit(
        submission=intake.Submission(
            content=content,
            source_name=source_name,
            kind="translation" if original else "original",
        ),
        keeper=keeper,
        user=user,
        client_key=client_key,
        on=on,
        at=at,
        rendition_of=original,
    )
    intake.read_run(uid=run.uid, at=at)
    document = run.rendition.document
    for code in sent_to:
        registry.send_to(document=document, unit=_unit(code), actor=user.named, at=at)
    return document.uid


def _unit(code: str) -> "Unit":
    unit = units.unit_by_code(code)
    if unit is None:
        raise LookupError(code)
    return unit


def _registrar(keeper: "Unit", *, on: date) -> "User":
    """Return who hands texts in for this keeper: its own officer before others."""
    for member in sorted(members(), key=lambda member: member.unit != keeper.code):
        user = accounts.user_by_sign_in_name(member.sign_in)
        if user and units.may(
            user_id=user.pk, action=Action.REGISTER_DOCUMENT, unit_id=keeper.pk, on=on
        ):
            return user
    raise LookupError(keeper.code)
