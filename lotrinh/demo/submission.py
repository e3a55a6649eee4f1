"""Handing a sample document in, as the officer who keeps it would."""

from datetime import date, datetime
from uuid import UUID

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.intake import services as intake
from lotrinh.apps.units import selectors as units
from lotrinh.demo.cast import members
from lotrinh.rules.actions import Action


def submit_and_read(
    *,
    content: bytes,
    source_name: str,
    keeper_code: str,
    translation_of: UUID | None,
    client_key: UUID,
    on: date,
    at: datetime,
) -> UUID:
    """Submit a text for its keeper, read it at once, and return the uid of its document."""
    keeper = units.unit_by_code(keeper_code)
    if keeper is None:
        raise LookupError(keeper_code)
    user = next(
        user
        for user in (accounts.user_by_sign_in_name(member.sign_in) for member in members())
        if user
        and units.may(user_id=user.pk, action=Action.REGISTER_DOCUMENT, unit_id=keeper.pk, on=on)
    )
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
    return run.rendition.document.uid
