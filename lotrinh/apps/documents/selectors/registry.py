"""Reads of the registry, each as one account may see it on one day.

A document is seen by those who may read documents at the unit that keeps it or at a unit it was
sent to. A stub holds nothing but what other documents print of it, so everyone who can sign in
sees it.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lotrinh.apps.documents.models import Document, Recipient
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.series import suffix_of
from lotrinh.rules.why import Places

MOST_LISTED = 1000
"""How many documents that filters leave are counted; of more only that much is said."""
NEWEST_FIRST = (F("issued_on").desc(nulls_last=True), F("id").desc())
"""The order of the register: by the day of issue, those of which it is not known at the end."""


def visible(*, seen_by: int, on: date) -> QuerySet[Document]:
    """Return the documents that the account may see that day, ``NEWEST_FIRST``.

    A stub that was merged is none of its own any more.
    """
    reach = units.reach(user_id=seen_by, action=Action.READ_DOCUMENT, on=on)
    sent = Exists(Recipient.objects.filter(units.at_any("unit", reach), document=OuterRef("pk")))
    return (
        Document.objects.filter(units.at_any("keeper", reach) | Q(is_stub=True) | sent)
        .filter(merged_into__isnull=True)
        .select_related("issuer", "keeper")
        .order_by(*NEWEST_FIRST)
    )


def may_read(*, document: Document, seen_by: int, on: date) -> bool:
    """Say whether the account may see this document that day."""
    return visible(seen_by=seen_by, on=on).filter(pk=document.pk).exists()


def document_by_uid(uid: UUID, *, seen_by: int, on: date) -> Document | None:
    """Return the document, or None where it is missing or may not be seen.

    The uid of a stub that was merged gives the document that it turned out to be. With it come the
    ids of all stubs that did, for ``ids_of``.
    """
    stubs = Document.objects.filter(merged_into=OuterRef("pk")).values("pk")
    seen = visible(seen_by=seen_by, on=on).annotate(stub_ids=ArraySubquery(stubs))
    merged = Document.objects.filter(uid=uid).values("merged_into")
    return seen.filter(uid=uid).first() or seen.filter(pk__in=merged).first()


def ids_of(document: Document) -> list[int]:
    """Return the ids under which a document is named: its own and those of merged stubs."""
    known: list[int] | None = getattr(document, "stub_ids", None)
    if known is None:
        known = list(document.merged_from.values_list("pk", flat=True))
    return [document.pk, *known]


def judged_at(*, uid: UUID, action: Action) -> Places | None:
    """Return where a right over the document is judged; None where there is no such document.

    It is read where it is kept and where it was sent to; all else is for those who keep it.
    """
    document = Document.objects.filter(uid=uid).first()
    if document is None:
        return None
    if action != Action.READ_DOCUMENT:
        return Places((document.keeper_id,))
    sent_to = document.recipients.order_by("id").values_list("unit_id", flat=True)
    return Places((document.keeper_id, *sent_to), for_everyone=document.is_stub)


def first_of(found: QuerySet[Document], *, most: int) -> list[Document]:
    """Return the first of the documents that were found, with the units that they name.

    Which they are is settled by their ids alone, so that the rest is read of no other.
    """
    return in_order(list(found.values_list("pk", flat=True)[:most]))


def listed(
    found: QuerySet[Document], *, after: UUID | None, most: int
) -> tuple[list[Document], int]:
    """Return the documents that follow the document ``after``, and how many were found in all.

    They are counted up to ``MOST_LISTED`` + 1, and pages among those ask for nothing else.
    """
    first = list(found.values_list("pk", flat=True)[: MOST_LISTED + 1])
    if after is None:
        return in_order(first[:most]), len(first)
    last = Document.objects.filter(uid=after).values_list("pk", flat=True).first()
    at = first.index(last) + 1 if last in first else 0
    if at and (at + most <= len(first) or len(first) <= MOST_LISTED):
        return in_order(first[at : at + most]), len(first)
    return first_of(following(found, after), most=most), len(first)


def in_order(ids: Sequence[int]) -> list[Document]:
    """Return documents that were found by their ids, in the same order."""
    rows = Document.objects.select_related("issuer", "keeper").in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def following(
    found: QuerySet[Document], uid: UUID, *, among: QuerySet[Document] | None = None
) -> QuerySet[Document]:
    """Return what follows the document ``uid`` in ``NEWEST_FIRST``.

    It is looked for ``among`` these: a document that no longer fits ``found`` still has its place.
    """
    last = (found if among is None else among).filter(uid=uid).first()
    return behind(found, last) if last else found.none()


def behind(found: QuerySet[Document], last: Document) -> QuerySet[Document]:
    """Return those of the documents that stand behind this one in ``NEWEST_FIRST``."""
    undated = Q(issued_on__isnull=True)
    if last.issued_on is None:
        return found.filter(undated, pk__lt=last.pk)
    older = Q(issued_on__lt=last.issued_on) | Q(issued_on=last.issued_on, pk__lt=last.pk)
    return found.filter(older | undated)


def described(document: Document) -> str:
    """Return a mark of what is said of a document, which changes when any of it does."""
    said = (
        document.title,
        document.issued_on,
        document.effective_from,
        document.issuer_id,
        document.issuer_text,
        document.term,
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def may_be(*, document: Document, seen_by: int, on: date) -> tuple[Document, ...]:
    """Return the other documents that a stub may turn out to be: its number, and no contradiction.

    Two days of issue in different years, two registered issuers, two printed names of issuers
    contradict each other; what only one of the two says does not.
    """
    if not document.is_stub or not document.number:
        return ()
    found = visible(seen_by=seen_by, on=on).exclude(pk=document.pk)
    found = found.filter(system=document.system, number=document.number)
    return tuple(row for row in found if not _contradict(document, row))


def merged_into(*, document: Document) -> tuple[Document, ...]:
    """Return the stubs that turned out to be this document."""
    return tuple(document.merged_from.select_related("keeper").order_by("id"))


def of_number(*, number: str, system: str, seen_by: int, on: date) -> tuple[Document, ...]:
    """Return the visible documents that bear a canonical number, whoever issued them."""
    found = visible(seen_by=seen_by, on=on).filter(number=number, system=system)
    return tuple(found.order_by("-issued_on", "id"))


def merged_stub(uid: UUID, *, seen_by: int, on: date) -> Document | None:
    """Return a stub that turned out to be another document, which the account may see, or None."""
    rows = Document.objects.filter(uid=uid, merged_into__in=visible(seen_by=seen_by, on=on))
    return rows.select_related("keeper", "merged_into").first()


def same_series(*, document: Document, seen_by: int, on: date) -> tuple[Document, ...]:
    """Return the visible documents that were numbered in one series with this one.

    The series is that of its type and issuer, through its term, or its year where no term is
    known. Without a day or an issuer there is no series to speak of.
    """
    if not document.number or document.year is None:
        return ()
    found = visible(seen_by=seen_by, on=on).exclude(pk=document.pk).order_by("id")
    found = found.filter(
        system=document.system,
        type_code=document.type_code,
        issuer=document.issuer_id,
        issuer_key=document.issuer_key,
        number__endswith=suffix_of(document.number),
    )
    period = Q(term=document.term) if document.term else Q(year=document.year)
    return tuple(found.filter(period))


def _contradict(one: Document, other: Document) -> bool:
    pairs = (
        (one.year, other.year),
        (one.issuer_id, other.issuer_id),
        (one.issuer_key, other.issuer_key),
        (one.term, other.term),
    )
    return any(left and right and left != right for left, right in pairs)
