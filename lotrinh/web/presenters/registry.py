"""What a document is and how it stands, in words: validity, relations, texts, warnings, family."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lotrinh.apps.documents import selectors as registry
from lotrinh.rules.families import indented
from lotrinh.rules.pinpoints import Piece, addresses, words_of
from lotrinh.rules.validity import EFFECTS, Stand, Validity
from lotrinh.web.formatting import day
from lotrinh.web.presenters.documents import issuer_name, title_of
from lotrinh.web.presenters.shapes import DoorRow
from lotrinh.web.wording import RELATIONS_IN, RELATIONS_OUT, RENDITION_KINDS, VALIDITIES, word

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Clause, Document, Relation, Rendition, Verification
    from lotrinh.web.presenters.documents import Types

OUTLINE = 400
"""How many pieces an outline prints."""
MOST_DIGITS = 9
SHAPES = {
    Validity.IN_FORCE: "done",
    Validity.PARTLY_AMENDED: "done_late",
    Validity.NOT_YET: "draft",
    Validity.REPLACED: "dropped",
    Validity.REPEALED: "dropped",
    Validity.UNKNOWN: "missing",
}


@dataclass(frozen=True, slots=True)
class ValidityFacts:
    """How a document stands on a day; ``causes`` are the documents that made it so."""

    code: str
    shape: str
    words_text: str
    since: date | None
    causes: tuple[DoorRow, ...]


@dataclass(frozen=True, slots=True)
class LadderRow:
    """A relation as the page of one end shows it. ``note_texts`` say since when, on what part."""

    uid: UUID
    relation_text: str
    number: str | None
    title: str | None
    url: str | None
    issued_on: date | None
    is_stub: bool
    note_texts: tuple[str, ...]
    relation_url: str | None


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A labelled piece of a text: its words, its place in the page, its own address."""

    words_text: str
    opening: str
    depth: int
    here_url: str
    address: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text of a document, whether it counts and who held it against the signed copy."""

    uid: UUID
    kind_text: str
    language: str
    source_name: str
    sha256: str
    added_at: datetime
    counts: bool
    url: str
    original_url: str | None
    verified: tuple["Verification", ...]


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A line of a family."""

    depth: int
    relation_text: str
    number: str
    title: str
    issuer_name: str | None
    issued_on: date | None
    url: str | None
    is_stub: bool
    is_here: bool
    is_again: bool


def validity_facts(stand: Stand) -> ValidityFacts:
    """Return how a document stands; the causes of the stand are rows of ``related``."""
    causes = [
        door(cause.document)
        for each in stand.by
        if isinstance(cause := each.cause, registry.RelatedDocument) and cause.document
    ]
    return ValidityFacts(
        code=stand.validity.value,
        shape=SHAPES[stand.validity],
        words_text=word(VALIDITIES, stand.validity.value),
        since=stand.since,
        causes=tuple(dict.fromkeys(causes)),
    )


def door(document: "Document", *, is_seen: bool = True) -> DoorRow:
    """Return the way to a document by its number, else its title."""
    name = document.number or document.title or _("Document without a title")
    return DoorRow(name, reverse("document", kwargs={"uid": document.uid}) if is_seen else None)


def ladder(
    rows: Iterable[registry.RelatedDocument],
) -> tuple[tuple[LadderRow, ...], tuple[LadderRow, ...]]:
    """Return what a document names and what names it.

    A document that the reader may not see is shown as the text prints it, by its number, where
    this one names it; where it names this one it is not shown at all.
    """
    found = tuple(rows)
    up = [_rung(row) for row in found if row.outgoing]
    down = [_rung(row) for row in found if not row.outgoing and row.is_seen]
    return tuple(up), tuple(down)


def outline(
    clauses: Sequence["Clause"], text: str, *, page: str, asked: UUID | None
) -> tuple[OutlineRow, ...]:
    """Return the labelled pieces of a text with their addresses, in its order."""
    slugs = addresses([Piece(clause.label, clause.level) for clause in clauses])
    language = translation.get_language() or "vi"
    more = f"text={asked}&" if asked else ""
    rows = []
    for clause, slug in zip(clauses, slugs, strict=True):
        if not slug:
            continue
        opening = text[clause.start + len(clause.label) : clause.end].strip(" .:-)\n")
        rows.append(
            OutlineRow(
                words_text=words_of(slug, language),
                opening=opening if len(opening) <= 90 else f"{opening[:88].rstrip()} …",
                depth=slug.count("."),
                here_url=f"#d{clause.ordinal}",
                address=f"{page}?{more}clause={slug}",
            )
        )
    return tuple(rows[:OUTLINE])


def place_of(clauses: Sequence["Clause"], slug: str) -> "Clause | None":
    """Return the clause of an address; the inner part alone will do where it means one clause."""
    slugs = addresses([Piece(clause.label, clause.level) for clause in clauses])
    if not slug:
        return None
    exact = [row for row, own in zip(clauses, slugs, strict=True) if own == slug]
    inner = [row for row, own in zip(clauses, slugs, strict=True) if own.endswith(f".{slug}")]
    return exact[0] if exact else inner[0] if len(inner) == 1 else None


def ordinal_at(clauses: Sequence["Clause"], typed: str) -> int | None:
    """Return the number of the clause in which a character of the text stands, or None."""
    if not typed.isdecimal() or len(typed) > MOST_DIGITS:
        return None
    place = bisect_right([clause.start for clause in clauses], int(typed)) - 1
    return clauses[place].ordinal if place >= 0 else None


def text_rows(
    document: "Document",
    renditions: Sequence["Rendition"],
    verified: dict[int, tuple["Verification", ...]],
) -> tuple[TextRow, ...]:
    """Return the texts of a document; the first of them is the one that counts."""
    page = reverse("document", kwargs={"uid": document.uid})
    original = reverse("document-original", kwargs={"uid": document.uid})
    return tuple(
        TextRow(
            uid=row.uid,
            kind_text=word(RENDITION_KINDS, row.kind),
            language=row.language,
            source_name=row.source_name,
            sha256=row.sha256,
            added_at=row.added_at,
            counts=place == 0,
            url=f"{page}?text={row.uid}",
            original_url=f"{original}?text={row.uid}" if row.blob_id else None,
            verified=verified.get(row.pk, ()),
        )
        for place, row in enumerate(renditions)
    )


def family_rows(
    family: registry.Family, document: "Document", types: "Types"
) -> tuple[FamilyRow, ...]:
    """Return a family as an indented list, the oldest of each row of brothers first."""
    known = family.documents
    order = sorted(known, key=lambda pk: (known[pk].issued_on or date.max, pk))
    rows = []
    for line in indented(family.edges, order):
        row, is_seen = known[line.node], line.node not in family.hidden
        words = [word(RELATIONS_OUT, kind) for kind in line.kinds]
        rows.append(
            FamilyRow(
                depth=min(line.depth, 6),
                relation_text=", ".join(words),
                number=row.number,
                title=title_of(row, types) if is_seen else "",
                issuer_name=issuer_name(row) if is_seen else None,
                issued_on=row.issued_on if is_seen else None,
                url=reverse("document", kwargs={"uid": row.uid}) if is_seen else None,
                is_stub=row.is_stub,
                is_here=row.pk == document.pk,
                is_again=line.is_again,
            )
        )
    return tuple(rows)


def pinpoint_text(slug: str) -> str:
    """Return an address of a piece in the language of the page."""
    return words_of(slug, translation.get_language() or "vi")


def relation_text(relation: "Relation") -> str:
    """Return what the source of a relation does to its target."""
    return word(RELATIONS_OUT, relation.kind)


def _rung(row: registry.RelatedDocument) -> LadderRow:
    other = row.document if row.is_seen or row.outgoing else None
    shown = other if row.is_seen else None
    number = (other.number or None) if other else None
    return LadderRow(
        uid=row.relation.uid,
        relation_text=word(RELATIONS_OUT if row.outgoing else RELATIONS_IN, row.kind),
        number=number,
        title=(shown.title or None) if shown else None if other else _("A document not yet known"),
        url=reverse("document", kwargs={"uid": shown.uid}) if shown else None,
        issued_on=shown.issued_on if shown else None,
        is_stub=bool(shown and shown.is_stub),
        note_texts=_notes(row),
        relation_url=reverse("relation", kwargs={"uid": row.relation.uid}) if row.is_seen else None,
    )


def _notes(row: registry.RelatedDocument) -> tuple[str, ...]:
    notes = []
    if row.relation.target_pinpoint:
        notes.append(pinpoint_text(row.relation.target_pinpoint))
    if row.kind in EFFECTS and row.is_seen:
        since = row.since
        notes.append(
            _("from %(day)s") % {"day": day(since)} if since else _("from a day that is not known")
        )
    return tuple(notes)
