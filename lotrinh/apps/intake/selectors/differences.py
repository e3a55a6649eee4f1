"""What a newer reading, or the reading of another text, says differently from the one before.

Nothing here is stored: two readings are matched when somebody looks. Stored is only what people
made of the differences (``SettledDifference``), and a difference is asked once: what was left of
one newer reading is not asked again by the next that says the same.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from lotrinh.apps.documents.models import Document, Rendition, TextChoice
from lotrinh.apps.documents.selectors import text_that_counts
from lotrinh.apps.intake.differing import Changes, changes
from lotrinh.apps.intake.models import Candidate, ReadingRun, SettledDifference
from lotrinh.apps.intake.selectors.proposals import candidates_of, is_gone
from lotrinh.apps.intake.selectors.runs import first_readings, run_of
from lotrinh.reading import rules_now
from lotrinh.reading.matching import Mention, OtherText, Places, SameText, match, mention

Pair = tuple[Candidate, Candidate]


@dataclass(frozen=True, slots=True)
class Difference:
    """A commitment of which two readings say different things; ``fields``: name, both values.

    Only one of the two is there where the commitment is new, or no longer found.
    """

    older: Candidate | None
    newer: Candidate | None
    fields: Changes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two readings beside each other. ``pairs`` are all that match, the unchanged among them."""

    pairs: tuple[Pair, ...]
    changed: tuple[Difference, ...]
    new: tuple[Difference, ...]
    gone: tuple[Difference, ...]

    @property
    def unchanged(self) -> int:
        """How many commitments both readings state in the same way."""
        return len(self.pairs) - len(self.changed)

    @property
    def all(self) -> tuple[Difference, ...]:
        """Every difference: what changed, what is new, what is gone."""
        return (*self.changed, *self.new, *self.gone)


def compared(older: ReadingRun, newer: ReadingRun) -> Compared:
    """Match what two readings propose, one to one, and say in what they differ.

    What was split, merged or taken back counts on neither side. The runs come with their
    renditions.
    """
    mine, theirs = (_standing(run) for run in (older, newer))
    texts = older.rendition.text, newer.rendition.text
    is_one = older.rendition_id == newer.rendition_id
    places: Places = SameText() if is_one else OtherText(*texts)
    found = match(_mentions(mine, texts[0]), _mentions(theirs, texts[1]), places)
    pairs = tuple((mine[one], theirs[other]) for one, other in found)
    matched_older, matched_newer = {one for one, _ in found}, {other for _, other in found}
    changed = [Difference(one, other, _changes(one, other, texts)) for one, other in pairs]
    return Compared(
        pairs=pairs,
        changed=tuple(row for row in changed if row.fields),
        new=tuple(Difference(None, row) for n, row in enumerate(theirs) if n not in matched_newer),
        gone=tuple(Difference(row, None) for n, row in enumerate(mine) if n not in matched_older),
    )


def still_asked(found: Compared) -> Compared:
    """Return the comparison without the differences that somebody took or left already."""
    rows = found.all
    if not rows:
        return found
    settled = _settlements(rows)
    return Compared(
        pairs=found.pairs,
        changed=tuple(row for row in found.changed if not settled.holds(row)),
        new=tuple(row for row in found.new if not settled.holds(row)),
        gone=tuple(row for row in found.gone if not settled.holds(row)),
    )


def settlement_of(*, older: Candidate | None, newer: Candidate | None) -> SettledDifference | None:
    """Return what somebody made of this very difference, or None."""
    rows = SettledDifference.objects.filter(older=older, newer=newer)
    return rows.select_related("by").first()


def rereading_of(run: ReadingRun) -> ReadingRun | None:
    """Return the last reading again of this one that was not given up, or None."""
    rows = run.rereadings.exclude(state=ReadingRun.State.FAILED)
    return rows.select_related("rendition").order_by("-id").first()


def is_outdated(run: ReadingRun) -> bool:
    """Say whether newer rules would read what was read here; what waits to be read is not."""
    last = rereading_of(run) or run
    return last.state == ReadingRun.State.DONE and by_rules(last) != rules_now()


def by_rules(run: ReadingRun) -> tuple[str, str]:
    """Return the version of the grammar and the fingerprint of the words by which a run read."""
    return run.engine_version, run.lexicon_hash


def outdated_runs(*, numbers: Collection[str] = ()) -> tuple[ReadingRun, ...]:
    """Return the readings on desks that newer rules would read again, whoever keeps them.

    For the administrator of the server; ``numbers`` leaves the documents that bear one of them.
    """
    done = _read_of(numbers).defer("facts").order_by("id")
    return tuple(run for run in done.iterator() if is_outdated(run))


def runs_read(*, numbers: Collection[str] = ()) -> int:
    """Count the readings that are done, of all documents or of those with one of the numbers."""
    return _read_of(numbers).count()


def read_numbers(*, numbers: Collection[str]) -> frozenset[str]:
    """Return those of the numbers that a document bears which was read."""
    return frozenset(_read_of(numbers).values_list("rendition__document__number", flat=True))


def _read_of(numbers: Collection[str]) -> QuerySet[ReadingRun]:
    done = first_readings().filter(state=ReadingRun.State.DONE)
    return done.filter(rendition__document__number__in=list(numbers)) if numbers else done


def text_before(document: Document) -> Rendition | None:
    """Return the text that counted before the one that counts now; None where it always did."""
    choices = list(
        TextChoice.objects.filter(document=document).order_by("-turn").select_related("rendition")
    )
    if not choices:
        return None
    now = choices[0].rendition_id
    for choice in choices[1:]:
        if choice.rendition_id != now:
            return choice.rendition
    first = document.renditions.order_by("id")
    originals = [row for row in first if row.kind == Rendition.Kind.ORIGINAL]
    before = (originals or list(first))[0]
    return before if before.pk != now else None


def done_run_of(rendition: Rendition) -> ReadingRun | None:
    """Return the reading of a text from which people decide, once it is done; else None."""
    done = first_readings(rendition.runs).filter(state=ReadingRun.State.DONE)
    return done.select_related("rendition__document__keeper").order_by("-id").first()


def run_by_newer_rules(document: Document) -> tuple[ReadingRun, ReadingRun] | None:
    """Return the reading on the desk and the one by newer rules to compare it with, or None."""
    run = run_of(document=document)
    newer = rereading_of(run) if run else None
    if run is None or newer is None or newer.state != ReadingRun.State.DONE:
        return None
    return run, newer


def runs_of_texts(document: Document) -> tuple[ReadingRun, ReadingRun] | None:
    """Return the reading of the text that counted before and of the one that counts, or None."""
    before, now = text_before(document), text_that_counts(document)
    if before is None or now is None:
        return None
    older, newer = done_run_of(before), done_run_of(now)
    return (older, newer) if older and newer else None


def standing(run: ReadingRun) -> tuple[Candidate, ...]:
    """Return the proposals of a reading for which no others stand, with it at hand."""
    return _standing(run)


@dataclass(frozen=True, slots=True)
class _Settlements:
    of_newer: frozenset[int]
    of_gone: frozenset[int]
    left: Mapping[int, Sequence[Mapping[str, Any]]]
    spans: frozenset[tuple[int, str, int, int]]

    def holds(self, row: Difference) -> bool:
        """Say whether somebody looked at this difference, or at one that says the same."""
        if row.newer is None:
            return row.older is not None and row.older.pk in self.of_gone
        if row.newer.pk in self.of_newer:
            return True
        if row.older is None:
            one = row.newer
            return (one.run.rendition_id, one.kind, one.start, one.end) in self.spans
        said = {name: pair[1] for name, pair in row.fields.items()}
        known: dict[str, list[Any]] = {}
        for fields in self.left.get(row.older.pk, ()):
            for name, pair in fields.items():
                known.setdefault(name, []).append(pair[1])
        return all(value in known.get(name, ()) for name, value in said.items())


def _settlements(rows: Iterable[Difference]) -> _Settlements:
    rows = tuple(rows)
    renditions = {row.newer.run.rendition_id for row in rows if row.newer is not None}
    older = [row.older.pk for row in rows if row.older is not None]
    renditions |= {row.older.run.rendition_id for row in rows if row.older is not None}
    found = SettledDifference.objects.select_related("newer__run").defer("newer__run__facts")
    by_text = found.filter(newer__run__rendition__in=renditions)
    by_older = found.filter(older__in=older)
    left: dict[int, list[Mapping[str, Any]]] = {}
    for row in by_older:
        if row.older_id is not None:
            left.setdefault(row.older_id, []).append(row.fields)
    return _Settlements(
        of_newer=frozenset(row.newer_id for row in by_text if row.newer_id is not None),
        of_gone=frozenset(
            row.older_id for row in by_older if row.older_id is not None and row.newer_id is None
        ),
        left=left,
        spans=frozenset(
            (row.newer.run.rendition_id, row.newer.kind, row.newer.start, row.newer.end)
            for row in by_text
            if row.newer is not None and row.older_id is None
        ),
    )


def _standing(run: ReadingRun) -> tuple[Candidate, ...]:
    rows = tuple(row for row in candidates_of(run=run) if not is_gone(row))
    for row in rows:
        row.run = run  # its text and facts are large: once is enough
    return rows


def _mentions(rows: Iterable[Candidate], text: str) -> list[Mention]:
    return [mention(row.kind, text, row.start, row.end) for row in rows]


def _changes(older: Candidate, newer: Candidate, texts: tuple[str, str]) -> Changes:
    words = texts[0][older.start : older.end], texts[1][newer.start : newer.end]
    return changes(older.kind, older.fields, newer.fields, words)
