"""What was found of programmes, as far as a reader may read the texts: passages alike, answers.

Of another unit's text only what its document shows to the reader is told; that there is such a
passage is told to everybody who sees the programme, since the unit is to answer for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lotrinh.apps.dissemination.models import Programme, ProgrammeCall, ProgrammeComparison
from lotrinh.apps.dissemination.selectors.commitments import CommitmentRow, commitments_of
from lotrinh.apps.dissemination.selectors.programmes import ProgrammeRow
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.rules.programmes import Answered

Span = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage of a text, with the document that it belongs to."""

    document: Document
    text_uid: UUID
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A passage of a programme and the one elsewhere that it is alike to.

    ``there`` is None where the reader may not read that document.
    """

    place: int
    here: Stretch
    there: Stretch | None
    share: float


@dataclass(frozen=True, slots=True)
class Pair:
    """A commitment of the document and the clause that answers it; None: none was found."""

    commitment: CommitmentRow
    clause: Stretch | None
    how: Answered | None


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """A unit's programme with how each commitment is answered, None where no clause was found."""

    row: ProgrammeRow
    cells: tuple[Answered | None, ...]

    @property
    def found(self) -> int:
        """How many commitments are answered."""
        return sum(one is not None for one in self.cells)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Programmes against commitments; ``answered`` says by commitment how many answer it."""

    commitments: tuple[CommitmentRow, ...]
    lines: tuple[CoverageLine, ...]
    answered: tuple[int, ...]


def comparison_of(*, programme: Programme) -> ProgrammeComparison | None:
    """Return what was found of a programme, or None where it was not compared yet."""
    rows = ProgrammeComparison.objects.filter(programme=programme)
    return rows.select_related("rendition__document").first()


def comparisons_of(programmes: Iterable[Programme]) -> dict[int, ProgrammeComparison]:
    """Return what was found by programme; those that were not compared are absent."""
    rows = ProgrammeComparison.objects.filter(programme__in=list(programmes))
    return {row.programme_id: row for row in rows}


def alike_passages(
    *, text: Rendition, spans: Sequence[Span], seen_by: int, on: date
) -> tuple[Alike, ...]:
    """Return passages of a text beside what they are alike to, in the order of ``spans``.

    The caller has let the reader see the text itself.
    """
    ids = {span[2] for span in spans}
    readable = documents.visible(seen_by=seen_by, on=on)
    rows = Rendition.objects.filter(
        documents.belongs(), pk__in=ids, document__in=readable.order_by()
    )
    others = {row.pk: row for row in rows.select_related("document__issuer", "document__keeper")}
    return tuple(
        Alike(
            place,
            stretch(text, start, end),
            stretch(others[other], first, last) if other in others else None,
            share,
        )
        for place, (start, end, other, first, last, share) in enumerate(spans)
    )


def pairs_of(*, programme: Programme, found: ProgrammeComparison | None) -> tuple[Pair, ...]:
    """Return the commitments of the document, each beside the clause that answers it."""
    answers: Mapping[int, Span] = {span[0]: span for span in found.covered} if found else {}
    pairs = []
    for one in commitments_of(programme.call.document):
        span = answers.get(one.id)
        if span is None or found is None:
            pairs.append(Pair(one, None, None))
            continue
        clause = stretch(found.rendition, span[1], span[2])
        pairs.append(Pair(one, clause, Answered(span[3])))
    return tuple(pairs)


def coverage_of(*, call: ProgrammeCall, rows: Sequence[ProgrammeRow]) -> Coverage:
    """Return how the commitments are answered by programmes that were compared."""
    commitments = commitments_of(call.document)
    found = comparisons_of(row.programme for row in rows)
    lines = []
    for row in rows:
        held = found.get(row.programme.pk)
        if held is None:
            continue
        hows = {span[0]: Answered(span[3]) for span in held.covered}
        lines.append(CoverageLine(row, tuple(hows.get(one.id) for one in commitments)))
    answered = tuple(
        sum(line.cells[place] is not None for line in lines) for place in range(len(commitments))
    )
    return Coverage(commitments, tuple(lines), answered)


def stretch(text: Rendition, start: int, end: int) -> Stretch:
    """Return a passage of a text as it is printed, its lines joined."""
    return Stretch(text.document, text.uid, start, end, " ".join(text.text[start:end].split()))
