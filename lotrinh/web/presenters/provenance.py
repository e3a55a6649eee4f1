"""The way back: from a duty or target to the sentence that asks for it, and what was done since."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from lotrinh.apps.journal import selectors as journal
from lotrinh.web.answers import door
from lotrinh.web.presenters.field_words import Tables, without_running_number
from lotrinh.web.presenters.shapes import Event, Source
from lotrinh.web.wording import EVENTS, word

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Rendition
    from lotrinh.apps.duties.models import DutySource
    from lotrinh.apps.intake.models import Candidate
    from lotrinh.apps.targets.models import TargetSource

MOST_CONTEXT = 400
"""How many characters are quoted before and after a passage, at most."""


def passage_url(rendition: "Rendition", start: int) -> str:
    """Return the address of a passage: its very text, opened at the first character.

    Another text of the document may count by the time somebody follows it.
    """
    return passage_at(rendition.document.uid, rendition.uid, start)


def passage_at(document: UUID | str, text: UUID | str, start: int) -> str:
    """Return the address of a passage by the uids of its document and its text."""
    return f"{door('document', document)}?text={text}#p{start}"


def first_source(sources: "Iterable[TargetSource]") -> tuple[str | None, str | None]:
    """Return number and address of the first passage, as lists print them."""
    for source in sources:
        document = source.rendition.document
        return document.number or None, passage_url(source.rendition, source.start)
    return None, None


def sources_of(
    found: "Iterable[DutySource] | Iterable[TargetSource]", made_from: "Iterable[Candidate]" = ()
) -> tuple[Source, ...]:
    """Return the passages with the rest of the clause in which each stands.

    A passage in a table has the cells of its row that no field took, the number of the row and the
    group above it, as the proposal ``made_from`` has them.
    """
    rows = {(row.run.rendition_id, row.start, row.end): row for row in made_from}
    return tuple(
        _source(source, rows.get((source.rendition_id, source.start, source.end)))
        for source in found
    )


def events_of(object_uid: UUID) -> tuple[Event, ...]:
    """Return what the journal holds on an object that the reader may see, newest first."""
    return tuple(
        Event(at=line.at, words_text=word(EVENTS, line.verb), actor_name=line.actor_name or None)
        for line in reversed(journal.history(object_uid=object_uid))
    )


def _source(source: "DutySource | TargetSource", made_from: "Candidate | None") -> Source:
    rendition, clause = source.rendition, source.clause
    text = rendition.text
    start = clause.start if clause else text.rfind("\n", 0, source.start) + 1
    end = clause.end if clause else text.find("\n", source.end)
    if end < source.end:  # the last line of the text, or a passage longer than its clause
        end = source.end if clause else len(text)
    cells = (made_from.fields.get("columns") or {}).items() if made_from else ()
    row_number, columns = without_running_number(cells)
    before, after = text[start : source.start], text[source.end : end]
    return Source(
        document_number=rendition.document.number or None,
        document_title=rendition.document.title or rendition.document.number,
        document_url=passage_url(rendition, source.start),
        language=rendition.language,
        clause_number=clause.ordinal if clause else None,
        before=before if len(before) <= MOST_CONTEXT else f"… {before[-MOST_CONTEXT:]}",
        quote=text[source.start : source.end],
        after=after if len(after) <= MOST_CONTEXT else f"{after[:MOST_CONTEXT]} …",
        columns=columns,
        row_number=row_number,
        group=_group_of(source) if made_from else "",
    )


def _group_of(source: "DutySource | TargetSource") -> str:
    row = Tables(source.rendition).row_of(source.start)
    return row.group if row else ""
