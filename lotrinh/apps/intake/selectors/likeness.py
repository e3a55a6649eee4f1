"""Texts that seem to be one document: which may be meant, what was found, what a person said."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.intake.models import Likeness
from lotrinh.reading import Reading
from lotrinh.reading.same_document import Key, fact_keys

LEAST_SHARED = 3
"""How many telling facts two texts must share before they are compared at all."""
MOST_ALIKE = 3
_TELLING = frozenset({"citation", "issued", "ratio", "dated", "person", "event", "numeral"})
_MOST_KEYS = 600
_DIGITS = 3  # a numeral of fewer says little


@dataclass(frozen=True, slots=True)
class OtherPassage:
    """Where the text in the other language says what a passage says."""

    rendition: Rendition
    start: int
    end: int


def keys_of(reading: Reading) -> list[int]:
    """Return the digests of the telling facts of a text: what seldom stands in two by chance."""
    telling = sorted(key for key in fact_keys(reading) if _tells(key))
    return sorted({_digest(key) for key in telling[:_MOST_KEYS]})


def alike(*, keys: Sequence[int], text: Rendition) -> tuple[int, ...]:
    """Return the ids of texts of other documents that share the most telling facts with this one.

    ``MOST_ALIKE`` at most. Who may see them is asked when somebody looks.
    """
    if len(keys) < LEAST_SHARED:
        return ()
    wanted = list(keys)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rendition_id FROM ("
            " SELECT found.rendition_id, cardinality(ARRAY("
            "  SELECT unnest(found.keys) INTERSECT SELECT unnest(%s::bigint[]))) AS shared"
            " FROM intake_fingerprint found"
            " JOIN documents_rendition text ON text.id = found.rendition_id"
            " JOIN documents_document document ON document.id = text.document_id"
            " WHERE found.keys && %s::bigint[] AND text.document_id <> %s"
            "  AND document.merged_into_id IS NULL"
            "  AND (NOT EXISTS (SELECT FROM documents_joined_text WHERE rendition_id = text.id)"
            "   OR EXISTS (SELECT FROM documents_joined_text joined"
            "    JOIN documents_rendition origin ON origin.id = joined.origin_id"
            "    JOIN documents_document own ON own.id = origin.document_id"
            "    WHERE joined.rendition_id = text.id"
            "     AND document.id IN (own.id, own.merged_into_id)))"
            ") counted WHERE shared >= %s ORDER BY shared DESC, rendition_id LIMIT %s",
            [wanted, wanted, text.document_id, LEAST_SHARED, MOST_ALIKE],
        )
        return tuple(row[0] for row in cursor.fetchall())


def likeness_by_uid(uid: UUID, *, seen_by: int, on: date) -> Likeness | None:
    """Return the likeness, or None where it is missing or one of the documents may not be seen."""
    return _visible(seen_by=seen_by, on=on).filter(uid=uid).first()


def likenesses_of(*, document: Document, seen_by: int, on: date) -> tuple[Likeness, ...]:
    """Return what was found of the texts of a document, latest first, as far as it may be seen.

    Between two documents only what nobody has answered yet.
    """
    own = Q(text__document=document, other__document=document)
    found = _visible(seen_by=seen_by, on=on).filter(
        own | (Q(answer__isnull=True) & (Q(text__document=document) | Q(other__document=document)))
    )
    return tuple(found.order_by("-id"))


def other_language(found: Iterable[Likeness], rendition: Rendition) -> Likeness | None:
    """Return, of the likenesses of a document, that with its text in the other language, or None.

    Only where both are texts of this document and were not found to differ altogether.
    """
    for row in found:
        is_own = rendition.pk in {row.text_id, row.other_id}
        is_one = row.text.document_id == row.other.document_id
        speaks_other = row.text.language != row.other.language
        if is_own and is_one and speaks_other and row.verdict != Likeness.Verdict.DIFFERENT:
            return row
    return None


def passages_there(
    likeness: Likeness, rendition: Rendition, spans: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], OtherPassage]:
    """Return by passage of a text where the text in the other language says the same facts.

    From the first to the last fact of it that both share; passages without one are absent.
    """
    is_text = likeness.text_id == rendition.pk
    other = likeness.other if is_text else likeness.text
    pairs = [
        (row[:2], row[2:]) if is_text else (row[2:], row[:2]) for row in likeness.shared_passages
    ]
    found: dict[tuple[int, int], OtherPassage] = {}
    for start, end in spans:
        there = [other_span for span, other_span in pairs if span[0] < end and start < span[1]]
        if there:
            low, high = min(each[0] for each in there), max(each[1] for each in there)
            found[start, end] = OtherPassage(other, low, high)
    return found


def _visible(*, seen_by: int, on: date) -> QuerySet[Likeness]:
    seen = documents.visible(seen_by=seen_by, on=on).order_by()
    return Likeness.objects.filter(
        documents.belongs("text"),
        documents.belongs("other"),
        text__document__in=seen,
        other__document__in=seen,
    ).select_related(
        "text__document__keeper",
        "other__document__keeper",
        "text__document__issuer",
        "other__document__issuer",
        "answer",
    )


def _tells(key: Key) -> bool:
    return key[0] in _TELLING and (key[0] != "numeral" or len(key[1]) > _DIGITS)


def _digest(key: Key) -> int:
    digest = hashlib.sha256("\x1f".join(key).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
