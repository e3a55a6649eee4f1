"""Writes of the registry: documents, their texts, their relations, who receives them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors
from lotrinh.apps.documents.models import (
    Document,
    Recipient,
)
from lotrinh.apps.documents.rights import NotAllowed
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.names import name_key


class KeptElsewhere(Exception):
    """Another unit keeps this document and has not sent it to the one that registers it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a document is known. ``number`` is canonical, empty where it has none."""

    system: str
    type_code: str = ""
    number: str = ""
    issuer: Unit | None = None
    issuer_text: str = ""
    issued_on: date | None = None


@transaction.atomic
def register_document(
    *,
    identity: Identity,
    title: str,
    language: str,
    keeper: Unit,
    user: User,
    on: date,
    at: datetime,
) -> Document:
    """Register a document with its keeper, or fill the stub that was already cited.

    A stub is taken over only where exactly one fits, and only by those who may register where it
    was first cited or for the unit that issued it: nobody else puts a text of his own under what
    another unit cites. A document that is registered already, and that the account may read, is
    returned as it is. Raises NotAllowed, KeptElsewhere.
    """
    if not units.may(user_id=user.pk, action=Action.REGISTER_DOCUMENT, unit_id=keeper.pk, on=on):
        raise NotAllowed(f"{Action.REGISTER_DOCUMENT} at {keeper.code}")
    key = name_key(identity.issuer_text) if identity.issuer is None else ""
    known = _known(identity, key)
    if known and not _may_have(known, identity, user=user, on=on):
        raise KeptElsewhere(identity.number)
    if known and not known.is_stub:
        return known
    document = known or Document()
    _identify(document, identity, key)
    document.keeper = keeper
    document.title = title[:1000]
    document.language = language
    document.is_stub = False
    document.registered_by = user
    document.registered_at = at
    document.save()
    journal.record(
        "document.registered",
        document.named,
        actor=user.named,
        at=at,
        unit_uid=keeper.uid,
        data={"number": identity.number, "system": identity.system},
    )
    return document


@transaction.atomic
def cite_document(
    *, identity: Identity, language: str, keeper: Unit, actor: Named = SYSTEM, at: datetime
) -> Document:
    """Return the document that a text cites, as a stub where the registry does not have it yet."""
    known = _known(identity, "")
    if known:
        return known
    document = Document.objects.create(
        system=identity.system,
        type_code=identity.type_code,
        number=identity.number,
        issuer=identity.issuer,
        issuer_text=identity.issuer_text,
        issued_on=identity.issued_on,
        year=identity.issued_on.year if identity.issued_on else None,
        language=language,
        is_stub=True,
        keeper=keeper,
        registered_at=at,
    )
    journal.record(
        "document.cited",
        document.named,
        actor=actor,
        at=at,
        unit_uid=keeper.uid,
        data={"number": identity.number},
    )
    return document


@transaction.atomic
def send_to(*, document: Document, unit: Unit, actor: Named, at: datetime) -> Recipient:
    """Let ``unit`` read the document from now on; sending it again changes nothing."""
    recipient, created = Recipient.objects.get_or_create(
        document=document, unit=unit, defaults={"sent_at": at}
    )
    if created:
        journal.record("document.sent", document.named, actor=actor, at=at, unit_uid=unit.uid)
    return recipient


def _identify(document: Document, identity: Identity, key: str) -> None:
    """Write by what a document is known into its row."""
    document.system = identity.system
    document.type_code = identity.type_code
    document.number = identity.number
    document.issuer = identity.issuer
    document.issuer_text = identity.issuer_text
    document.issuer_key = key
    document.issued_on = identity.issued_on
    document.year = identity.issued_on.year if identity.issued_on else None


def _may_have(known: Document, identity: Identity, *, user: User, on: date) -> bool:
    """Say whether the account may be given a registered document, or fill a stub.

    The first is a question of reading; a stub is filled at its keeper or at the issuer's.
    """
    if not known.is_stub:
        return selectors.may_read(document=known, seen_by=user.pk, on=on)
    places = [known.keeper_id, *([identity.issuer.pk] if identity.issuer else [])]
    return any(
        units.may(user_id=user.pk, action=Action.REGISTER_DOCUMENT, unit_id=place, on=on)
        for place in places
    )


def _known(identity: Identity, key: str) -> Document | None:
    """Return the one document of this identity in the registry, or None.

    Where the date is not given, a single candidate is taken. Of several only the one that is known
    by just as little is taken: a wrong link is worse than a second stub. Whoever looks has the
    turn of the number, so that two who find nothing do not both write. ``key`` is that of an
    issuer who is no registered unit, empty where the issuer is registered or not known.
    """
    if not identity.number:
        return None
    take_turn("document number", identity.number)
    found = Document.objects.filter(
        system=identity.system, type_code=identity.type_code, number=identity.number
    )
    if identity.issuer is not None:
        names = units.name_keys_of(unit_id=identity.issuer.pk)
        unknown = Q(issuer__isnull=True, issuer_key__in=["", *names])
        found = found.filter(Q(issuer=identity.issuer) | unknown)
    elif key:
        found = found.filter(issuer__isnull=True, issuer_key__in=["", key])
    if identity.issued_on is not None:
        exact = found.filter(year=identity.issued_on.year)
        found = exact if exact.exists() else found.filter(year__isnull=True)
    candidates = list(found)
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    just = (
        identity.issuer.pk if identity.issuer else None,
        key,
        identity.issued_on.year if identity.issued_on else None,
    )
    return next(
        (row for row in candidates if (row.issuer_id, row.issuer_key, row.year) == just), None
    )
