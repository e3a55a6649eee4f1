"""Counts and figures: per document and kind what was found, missed and false, and right fields.

Precision, recall and F1 are over all marks of a kind in all documents of a group. An interval is
the middle 95 % of a thousand draws of as many documents, with replacement, from a fixed seed.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import schema
from .drafts import Mark
from .matching import Matched, match, plain, same

ROW = "table row"  # a task in a table with all its fields right; counted beside the task itself
KINDS = (*schema.FIELDS, ROW)
_DRAWS = 1_000
_SEED = 20_261
_ROW_LISTS = ("lead", "coordinate")
_ROW_VALUES = ("due", "recurrence")

Right = Callable[[Mark, Mark], bool]


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """How one field of matched facts is compared. Asked only where the label states the field."""

    field: str
    title: str
    right: Right


def _equal(name: str) -> FieldCheck:
    return FieldCheck(name, name, lambda label, fact: same(label, fact, name))


def _worded(name: str) -> FieldCheck:
    return FieldCheck(name, name, lambda label, fact: _same_words(label, fact, name))


def _listed(name: str) -> FieldCheck:
    return FieldCheck(name, name, lambda label, fact: _same_names(label, fact, name))


def _same_words(label: Mark, fact: Mark, name: str) -> bool:
    """More than half of the longer wording is shared: where a phrase begins is not the point."""
    said = Counter(plain(fact.fields.get(name)).split())
    for value in label.values(name):
        wanted = Counter(plain(value).split())
        if (wanted & said).total() * 2 > max(wanted.total(), said.total()):
            return True
    return False


def _same_names(label: Mark, fact: Mark, name: str) -> bool:
    said = {plain(one) for one in fact.fields.get(name) or ()}
    return any({plain(one) for one in value or ()} == said for value in label.values(name))


def _same_year(label: Mark, fact: Mark) -> bool:
    said = year(fact.fields.get("due"))
    return any(year(value) == said for value in label.values("due"))


def year(iso: Any) -> str | None:
    """Return the last year of a date of the contract, ``XXXX`` where it is unknown."""
    return str(iso).rpartition("/")[2][:4] if iso else None


FIELD_CHECKS: Mapping[str, tuple[FieldCheck, ...]] = {
    "citation": (_equal("date"),),
    "date": (_equal("role"), _equal("last_day")),
    "target": (
        _equal("comparator"),
        _equal("unit"),
        FieldCheck("due", "due year", _same_year),
        _equal("due"),
        _worded("metric"),
    ),
    "result": (
        _equal("unit"),
        _equal("percent_of_plan"),
        _equal("growth_percent"),
        _equal("estimated"),
        _worded("metric"),
    ),
    "task": (
        _listed("lead"),
        _listed("coordinate"),
        _equal("due"),
        _equal("recurrence"),
        _worded("deliverable"),
    ),
    "unit": (_worded("canonical"),),
    "person": (_worded("role"),),
    "event": (_worded("name"), _equal("date"), _equal("sites"), _equal("participants")),
    "relation": (),
}


@dataclass
class Count:
    """What was found of one kind. Adding two counts adds their documents."""

    hits: int = 0
    missed: int = 0
    false: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.hits + other.hits, self.missed + other.missed, self.false + other.false)

    @property
    def labelled(self) -> int:
        """How many facts were marked."""
        return self.hits + self.missed

    @property
    def precision(self) -> float | None:
        """The share of what was found that was marked; None where nothing was found."""
        found = self.hits + self.false
        return self.hits / found if found else None

    @property
    def recall(self) -> float | None:
        """The share of what was marked that was found; None where nothing was marked."""
        return self.hits / self.labelled if self.labelled else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there is nothing to find and nothing found."""
        weight = 2 * self.hits + self.missed + self.false
        return 2 * self.hits / weight if weight else None


@dataclass
class FieldCount:
    """Of the matched facts: how often a field was asked and right, and how often put in unasked."""

    right: int = 0
    asked: int = 0
    added: int = 0

    def __add__(self, other: "FieldCount") -> "FieldCount":
        return FieldCount(
            self.right + other.right, self.asked + other.asked, self.added + other.added
        )


@dataclass
class DocumentScore:
    """The outcome for one document. ``unplaced`` labels had no place in the text: all missed."""

    name: str
    language: str
    form: str
    counts: dict[str, Count] = field(default_factory=dict)
    fields: dict[tuple[str, str], FieldCount] = field(default_factory=dict)
    matched: dict[str, Matched] = field(default_factory=dict)
    unplaced: int = 0

    @property
    def commitments(self) -> int:
        """How many tasks and targets are marked in the document."""
        return self.counts["task"].labelled + self.counts["target"].labelled


def score(
    labels: Sequence[Mark], found: Sequence[Mark], cells: Sequence[tuple[int, int]]
) -> tuple[dict[str, Matched], dict[str, Count], dict[tuple[str, str], FieldCount]]:
    """Compare the labels of one document with what was found; ``cells`` are those of tables."""
    matched = {kind: match(kind, labels, found) for kind in schema.FIELDS}
    fields = {
        (kind, check.title): _field(check, one.hits)
        for kind, one in matched.items()
        for check in FIELD_CHECKS[kind]
    }
    matched[ROW] = _rows(matched["task"], cells)
    counts = {
        kind: Count(len(one.hits), len(one.missed), len(one.false)) for kind, one in matched.items()
    }
    return matched, counts, fields


def _field(check: FieldCheck, hits: Iterable[tuple[Mark, Mark]]) -> FieldCount:
    count = FieldCount()
    for label, fact in hits:
        if check.field in label.fields:
            count.asked += 1
            count.right += check.right(label, fact)
        elif check.field in fact.fields and check.field not in label.also:
            count.added += 1
    return count


def _rows(tasks: Matched, cells: Sequence[tuple[int, int]]) -> Matched:
    """Return the tasks in tables, a pair with any wrong field as one missed and one false."""
    in_table = [hit for hit in tasks.hits if _inside(hit[0], cells)]
    wrong = [hit for hit in in_table if not whole_row(*hit)]
    missed = [label for label, _ in wrong] + [m for m in tasks.missed if _inside(m, cells)]
    false = [fact for _, fact in wrong] + [m for m in tasks.false if _inside(m, cells)]
    return Matched(tuple(hit for hit in in_table if hit not in wrong), tuple(missed), tuple(false))


def _inside(mark: Mark, cells: Sequence[tuple[int, int]]) -> bool:
    return any(start <= mark.start and mark.end <= end for start, end in cells)


def whole_row(label: Mark, fact: Mark) -> bool:
    """Whether every field of a task is right, those included that the row leaves empty."""
    said = plain(fact.fields.get("deliverable"))
    return (
        all(_same_names(label, fact, name) for name in _ROW_LISTS)
        and all(same(label, fact, name) for name in _ROW_VALUES)
        and any(plain(value) == said for value in label.values("deliverable"))
    )


def total(scores: Iterable[DocumentScore], kind: str) -> Count:
    """Return the counts of a kind over documents."""
    return sum((one.counts[kind] for one in scores), Count())


def field_total(scores: Iterable[DocumentScore], kind: str, title: str) -> FieldCount:
    """Return the counts of a field over documents."""
    return sum((one.fields[kind, title] for one in scores), FieldCount())


def interval(scores: Sequence[DocumentScore], kind: str) -> tuple[float, float] | None:
    """Return the 95 % interval of F1 over draws of documents, None where no draw has a figure."""
    draw = random.Random(f"{_SEED} {kind}")  # noqa: S311  # a sample, no secret
    figures = sorted(
        figure
        for _ in range(_DRAWS)
        if (figure := total(draw.choices(scores, k=len(scores)), kind).f1) is not None
    )
    if not figures:
        return None
    last = len(figures) - 1
    return figures[round(last * 0.025)], figures[round(last * 0.975)]
