"""Documents as pages show them: rows of the register, facts, relations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.intake.selectors import NOT_READ, Progress
from lotrinh.web.formatting import named
from lotrinh.web.presenters.shapes import Found, Reading
from lotrinh.web.wording import RELATIONS_IN, RELATIONS_OUT, word

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document, Rendition

Types = Mapping[tuple[str, str], registry.TypeName]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the register."""

    uid: UUID
    number: str | None
    type_text: str | None
    title: str
    issuer_name: str | None
    issued_on: date | None
    language: str
    is_stub: bool
    reading: Reading
    title_parts: tuple[tuple[str, bool], ...] = ()
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The head of a document's page."""

    uid: UUID
    number: str | None
    type_text: str | None
    title: str
    issuer_name: str | None
    issued_on: date | None
    keeper_name: str | None
    language: str
    original_url: str | None


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A document that this one names, or that names it."""

    relation_text: str
    number: str | None
    title: str | None
    url: str | None
    issued_on: date | None


def reading_of(progress: Progress | None) -> Reading:
    """Return how far reading has come, in the codes of the templates."""
    known = progress or NOT_READ
    failed = known.state == "failed"
    return Reading(
        code=known.state or "none",
        proposals=known.proposals,
        accepted=known.confirmed,
        rejected=known.rejected,
        to_decide=known.undecided,
        error_text=_("The reader stopped with: %(error)s.") % {"error": known.error}
        if failed and known.error
        else None,
    )


def type_text(document: "Document", types: Types) -> str | None:
    """Return the name of a document's type, or None where the register knows no such type."""
    found = types.get((document.system, document.type_code))
    return named(found) if found else None


def title_of(document: "Document", types: Types) -> str:
    """Return the title, or what stands for it where the document bears none."""
    if document.title:
        return _begun(document.title)
    parts = [type_text(document, types) or "", document.number]
    return " ".join(part for part in parts if part) or _("Document without a title")


def _begun(title: str) -> str:
    """Return a title that goes on from the name of the type ("về việc …") as one that begins."""
    return title[:1].upper() + title[1:]


def issuer_name(document: "Document") -> str | None:
    """Return the issuing body by the name of its unit, else as the text prints it."""
    return named(document.issuer) if document.issuer else document.issuer_text or None


def document_row(document: "Document", types: Types, progress: Progress | None) -> DocumentRow:
    """Return the row of a document in the register; its number stands in a column of its own.

    Where a document has no title, its type stands for it, and is not said twice.
    """
    kind = type_text(document, types)
    return DocumentRow(
        uid=document.uid,
        number=document.number or None,
        type_text=kind if document.title else None,
        title=_begun(document.title) or kind or _("Document without a title"),
        issuer_name=issuer_name(document),
        issued_on=document.issued_on,
        language=document.language,
        is_stub=document.is_stub,
        reading=reading_of(progress),
    )


def document_facts(
    document: "Document",
    types: Types,
    rendition: "Rendition | None",
    *,
    asked: bool = False,
) -> DocumentFacts:
    """Return the head of a document, shown in one of its texts; ``asked``: a named one."""
    original = None
    if rendition is not None and rendition.blob_id is not None:
        original = reverse("document-original", kwargs={"uid": document.uid})
        if asked or rendition.kind == "translation":
            original += f"?text={rendition.uid}"
    return DocumentFacts(
        uid=document.uid,
        number=document.number or None,
        type_text=type_text(document, types),
        title=title_of(document, types),
        issuer_name=issuer_name(document),
        issued_on=document.issued_on,
        keeper_name=None if document.is_stub else named(document.keeper),
        language=rendition.language if rendition else document.language,
        original_url=original,
    )


def relations(
    document: "Document", *, seen_by: int, on: date
) -> tuple[tuple[RelationRow, ...], tuple[RelationRow, ...]]:
    """Return what the document names and what names it.

    A document that the reader may not see is shown as the text prints it, by its number, where
    this one names it; where it names this one it is not shown at all.
    """
    found = registry.related(document=document, seen_by=seen_by, on=on)
    up = [_relation(row, row.document) for row in found if row.outgoing and row.document]
    down = [
        _relation(row, row.document)
        for row in found
        if not row.outgoing and row.is_seen and row.document
    ]
    return tuple(up), tuple(down)


def _relation(row: registry.RelatedDocument, other: "Document") -> RelationRow:
    is_seen = row.is_seen
    return RelationRow(
        relation_text=word(RELATIONS_OUT if row.outgoing else RELATIONS_IN, row.kind),
        number=other.number or None,
        title=(other.title or None) if is_seen else None,
        url=reverse("document", kwargs={"uid": other.uid}) if is_seen else None,
        issued_on=other.issued_on if is_seen else None,
    )
