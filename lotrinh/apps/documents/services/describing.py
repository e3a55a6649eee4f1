"""Writes about what a document is: a stub is filled by hand, or turns out to be another one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors
from lotrinh.apps.documents.models import Document
from lotrinh.apps.documents.rights import NotAllowed, may_describe, require_keeper
from lotrinh.apps.documents.services.searching import renew_search
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.series import suffix_of


class DescribedMeanwhile(Exception):
    """Somebody else said meanwhile what this document is."""


class IdentityTaken(Exception):
    """Another document of the registry is known by just this; its uid is the argument."""


class NotMergeable(Exception):
    """Only a stub becomes another document, of its own system and number, and not itself."""


class NotMerged(Exception):
    """This document stands for itself already."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a person says that a document is; what stands in its texts is not touched."""

    title: str
    issued_on: date | None
    effective_from: date | None
    issuer: Unit | None
    issuer_text: str
    term: str = ""


@transaction.atomic
def describe_document(
    *,
    document: Document,
    description: Description,
    was: str,
    user: User,
    on: date,
    at: datetime,
) -> Document:
    """Say of a document what it is called, who issued it and when; a stub stays one without text.

    ``was`` is the mark of what the person saw (``selectors.described``). Raises NotAllowed,
    DescribedMeanwhile, IdentityTaken.
    """
    take_turn("document number", document.number)
    row = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not may_describe(row, user=user, on=on):
        raise NotAllowed(f"{Action.REGISTER_DOCUMENT} at {row.keeper.code}")
    before = selectors.described(row)
    _apply(row, description, on=on)
    if selectors.described(row) == before:
        return row
    if before != was:
        raise DescribedMeanwhile(row.number)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise IdentityTaken(str(_same_identity(row).uid)) from taken
    renew_search(documents=[row.pk])
    journal.record(
        "document.described",
        row.named,
        actor=user.named,
        at=at,
        unit_uid=row.keeper.uid,
        data={
            "issued_on": row.issued_on.isoformat() if row.issued_on else None,
            "effective_from": row.effective_from.isoformat() if row.effective_from else None,
            "issuer": str(row.issuer.uid) if row.issuer else None,
            "term": row.term,
        },
    )
    return row


@transaction.atomic
def merge_stub(
    *, stub: Document, into: Document, reason: str, user: User, on: date, at: datetime
) -> Document:
    """Let a stub be the document ``into``: its addresses and relations lead there from now on.

    Nothing is rewritten and nothing lost: the stub keeps its row, and all that named it is read
    as naming the other one. What was merged into the stub follows. Doing it again changes nothing.
    Raises NotAllowed, NotMergeable.
    """
    take_turn("document number", stub.number)
    rows = Document.objects.select_for_update(of=("self",)).select_related("keeper")
    pair = {row.pk: row for row in rows.filter(pk__in=[stub.pk, into.pk]).order_by("pk")}
    row, other = pair[stub.pk], pair[into.pk]
    require_keeper(row, user=user, on=on)
    if row.merged_into_id == other.pk:
        return other
    if not _is_mergeable(row, other):
        raise NotMergeable(row.number)
    if not selectors.may_read(document=other, seen_by=user.pk, on=on):
        raise NotAllowed(f"{Action.READ_DOCUMENT} at {other.keeper.code}")
    for each in [row, *Document.objects.filter(merged_into=row).order_by("pk")]:
        each.merged_into = other
        each.save(update_fields=["merged_into"])
        journal.record(
            "document.merged",
            each.named,
            actor=user.named,
            at=at,
            unit_uid=each.keeper.uid,
            data={"into": str(other.uid), "reason": reason[:300]},
        )
        renew_search(documents=[each.pk])
    return other


@transaction.atomic
def unmerge_stub(*, stub: Document, user: User, on: date, at: datetime) -> Document:
    """Let a merged stub stand for itself again, with all that ever named it.

    A document that was joined to another has its texts to itself again, and the other has them no
    longer: what counted there before they came counts again. Raises NotAllowed, NotMerged,
    IdentityTaken.
    """
    take_turn("document number", stub.number)
    row, other = _merged_pair(stub)
    require_keeper(row, user=user, on=on)
    if other is None:
        raise NotMerged(row.number)
    row.merged_into = None
    row.is_stub = not row.renditions.filter(selectors.belongs()).exists()
    try:
        with transaction.atomic():
            row.save(update_fields=["merged_into", "is_stub"])
    except IntegrityError as taken:
        raise IdentityTaken(str(_same_identity(row).uid)) from taken
    renew_search(documents=[row.pk, other.pk])
    journal.record(
        "document.unmerged",
        row.named,
        actor=user.named,
        at=at,
        unit_uid=row.keeper.uid,
        data={"from": str(other.uid)},
    )
    return row


def _merged_pair(stub: Document) -> tuple[Document, Document | None]:
    """Return a stub and the document that it was merged into, both held; None where it was not."""
    named = Document.objects.filter(pk=stub.pk).values_list("merged_into", flat=True).get()
    rows = Document.objects.select_for_update(of=("self",)).select_related("keeper")
    pair = {row.pk: row for row in rows.filter(pk__in={stub.pk, named or stub.pk}).order_by("pk")}
    row = pair[stub.pk]
    return row, pair.get(row.merged_into_id or 0)


def _is_mergeable(stub: Document, into: Document) -> bool:
    same = (stub.system, stub.number) == (into.system, into.number)
    merged = stub.merged_into_id is not None or into.merged_into_id is not None
    return stub.is_stub and same and stub.pk != into.pk and not merged


def _apply(row: Document, said: Description, *, on: date) -> None:
    row.title = said.title[:1000]
    row.issued_on = said.issued_on
    row.year = said.issued_on.year if said.issued_on else None
    row.effective_from = said.effective_from
    row.issuer = said.issuer
    row.issuer_text = said.issuer_text[:200]
    day = said.issued_on or on
    row.issuer_key = ""
    if said.issuer is None and said.issuer_text:
        row.issuer_key = selectors.key_of(
            number=row.number, system=row.system, words=said.issuer_text, on=day
        )
    suffix = selectors.suffix_on(suffix=suffix_of(row.number), system=row.system, on=day)
    row.term = said.term or (
        selectors.term_code(
            system=row.system,
            is_central=suffix is not None and not suffix.is_shared,
            issuer_id=said.issuer.pk if said.issuer else None,
            on=said.issued_on,
        )
        if said.issued_on
        else ""
    )


def _same_identity(row: Document) -> Document:
    """Return the document that stands where this one would."""
    return Document.objects.exclude(pk=row.pk).get(
        system=row.system,
        type_code=row.type_code,
        number=row.number,
        issuer=row.issuer,
        issuer_key=row.issuer_key,
        year=row.year,
        term=row.term,
        merged_into__isnull=True,
    )
