"""Writes of the registry: documents, their texts, their relations, who receives them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors
from lotrinh.apps.documents.models import (
    Document,
    Recipient,
)
from lotrinh.apps.documents.rights import NotAllowed
from lotrinh.apps.documents.services.searching import renew_search
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.series import suffix_of

_ONE_CODE = {"party": frozenset({"QĐ", "QyĐ"})}
"""The types that share one code in numbers: decisions and regulations of the Party."""


class KeptElsewhere(Exception):
    """Another unit keeps this document and has not sent it to the one that registers it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a document is known. ``number`` is canonical, empty where it has none.

    ``issuer_text`` is the printed name of the issuer. ``key`` and ``term`` are settled here.
    """

    system: str
    type_code: str = ""
    number: str = ""
    issuer: Unit | None = None
    issuer_text: str = ""
    issued_on: date | None = None
    key: str = ""
    term: str = ""


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
    identity = _settled(identity, on=on)
    known = _known(identity)
    if known and not _may_have(known, identity, user=user, on=on):
        raise KeptElsewhere(identity.number)
    if known and not known.is_stub:
        return known
    document = known or Document()
    _identify(document, identity)
    document.keeper = keeper
    document.title = title[:1000]
    document.language = language
    document.is_stub = False
    document.registered_by = user
    document.registered_at = at
    document.save()
    renew_search(documents=[document.pk])
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
    *,
    identity: Identity,
    language: str,
    keeper: Unit,
    cited_on: date | None = None,
    actor: Named = SYSTEM,
    at: datetime,
) -> Document:
    """Return the document that a text cites, as a stub where the registry does not have it yet.

    Who issued it is told by the words of the citation, else by the neighbourhood of the unit that
    keeps the citing text, as both stood on its own day or on ``cited_on``. Where several documents
    fit, a stub keeps the question open for a person.
    """
    identity = _cited(identity, keeper=keeper, on=identity.issued_on or cited_on or at.date())
    known = _known(identity)
    if known:
        return known
    document = Document(title="", language=language, is_stub=True, keeper=keeper)
    _identify(document, identity)
    document.registered_at = at
    document.save()
    renew_search(documents=[document.pk])
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


@transaction.atomic
def send_to_all(*, document: Document, to: Iterable[Unit], actor: Named, at: datetime) -> None:
    """Let every one of the units read the document from now on, each as ``send_to`` would."""
    given = {unit.pk: unit for unit in to}
    had = Recipient.objects.filter(document=document, unit__in=given)
    known = set(had.values_list("unit_id", flat=True))
    new = [unit for pk, unit in given.items() if pk not in known]
    Recipient.objects.bulk_create(
        (Recipient(document=document, unit=unit, sent_at=at) for unit in new),
        ignore_conflicts=True,
    )
    acts = [journal.Act("document.sent", document.named, unit.uid) for unit in new]
    journal.record_all(acts=acts, actor=actor, at=at)


def _identify(document: Document, identity: Identity) -> None:
    """Write by what a document is known into its row."""
    document.system = identity.system
    document.type_code = identity.type_code
    document.number = identity.number
    document.issuer = identity.issuer
    document.issuer_text = identity.issuer_text
    document.issuer_key = identity.key
    document.issued_on = identity.issued_on
    document.year = identity.issued_on.year if identity.issued_on else None
    document.term = identity.term


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


def _settled(identity: Identity, *, on: date) -> Identity:
    """Return the identity with what its own words and day settle."""
    day = identity.issued_on or on
    key = ""
    if identity.issuer is None:
        key = selectors.key_of(
            number=identity.number, system=identity.system, words=identity.issuer_text, on=day
        )
    return _in_term(replace(identity, key=key))


def _cited(identity: Identity, *, keeper: Unit, on: date) -> Identity:
    """Return the identity of a citation with what its surroundings settle."""
    if identity.issuer is None:
        meant = selectors.issuer_meant(
            number=identity.number,
            system=identity.system,
            words=identity.issuer_text,
            keeper_id=keeper.pk,
            on=on,
        )
        identity = replace(identity, issuer=meant.unit, key=meant.key)
    return _in_term(identity)


def _in_term(identity: Identity) -> Identity:
    if identity.term or identity.issued_on is None or not identity.number:
        return identity
    suffix = selectors.suffix_on(
        suffix=suffix_of(identity.number), system=identity.system, on=identity.issued_on
    )
    term = selectors.term_code(
        system=identity.system,
        is_central=suffix is not None and not suffix.is_shared,
        issuer_id=identity.issuer.pk if identity.issuer else None,
        on=identity.issued_on,
    )
    return replace(identity, term=term)


def _known(identity: Identity) -> Document | None:
    """Return the one document of this identity in the registry, or None.

    Where the date is not given, a single candidate is taken. Of several only the one that is known
    by just as little is taken: a wrong link is worse than a second stub. Whoever looks has the
    turn of the number, so that two who find nothing do not both write. A stub that was merged
    stands for the document that it turned out to be.
    """
    if not identity.number:
        return None
    take_turn("document number", identity.number)
    candidates = list(_fitting(identity))
    merged = {row.merged_into_id or row.pk: row.merged_into or row for row in candidates}
    if len(merged) <= 1:
        return next(iter(merged.values()), None)
    just = (
        identity.type_code,
        identity.issuer.pk if identity.issuer else None,
        identity.key,
        identity.issued_on.year if identity.issued_on else None,
        identity.term,
    )
    return next(
        (
            row.merged_into or row
            for row in candidates
            if (row.type_code, row.issuer_id, row.issuer_key, row.year, row.term) == just
        ),
        None,
    )


def _fitting(identity: Identity) -> QuerySet[Document]:
    """Return the documents that this identity may mean, the merged ones among them."""
    found = Document.objects.filter(system=identity.system, number=identity.number)
    found = found.filter(type_code__in=_types_like(identity)).select_related("merged_into__keeper")
    if identity.issuer is not None:
        names = units.name_keys_of(unit_id=identity.issuer.pk)
        unknown = Q(issuer__isnull=True, issuer_key__in=["", *names])
        found = found.filter(Q(issuer=identity.issuer) | unknown)
    elif identity.key:
        found = found.filter(issuer__isnull=True, issuer_key__in=["", identity.key])
    if identity.term:
        found = found.filter(term__in=["", identity.term])
    if identity.issued_on is not None:
        exact = found.filter(year=identity.issued_on.year)
        found = exact if exact.exists() else found.filter(year__isnull=True)
    return found


def _types_like(identity: Identity) -> set[str]:
    """Return the type and those that print the same code: only words tell those two apart."""
    pair = _ONE_CODE.get(identity.system, frozenset())
    return set(pair) if identity.type_code in pair else {identity.type_code}
