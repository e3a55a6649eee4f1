"""Where documents contradict each other: one measure with two levels, one task with two deadlines.

A plan says 41.7 and its annex 42; the city's plan says 30 June and its table 30 September. Nobody
sees it who reads one document at a time, and afterwards each side has a text to point to. What is
compared stands side by side: the same measure in the same unit for the same year, or the same words
of a task for the same unit. What a text divides (a level for each unit, a row for each district)
contradicts nothing; neither does what a person has dropped.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Substr

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document
from lotrinh.apps.intake.models import Candidate, Decision, ReadingRun
from lotrinh.apps.intake.selectors.proposals import GONE, decision_of
from lotrinh.apps.intake.selectors.runs import on_desks
from lotrinh.rules.names import search_key

MOST = 20
"""How many contradictions are told at most."""
MOST_COMPARED = 2_000
"""How many proposals of other documents are compared, those read last first."""
LEVEL, DEADLINE = "level", "deadline"

_LEAST_WORDS = 4
"""A task of fewer words may be another one."""
_DROPPED = (*GONE, Decision.Verdict.REJECTED)
_TIMES = re.compile(
    r"\b(?:hoan thanh|xong|bao cao)? ?(?:truoc|den|trong|het|vao)? ?(?:ngay|thang|quy|nam)"
    r" [\dxvi]+(?:[/.-]\d+)*\b|\d+(?:[/.-]\d+)+"
)
_SIGNS = re.compile(r"[^\w%]+")

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What one document says in one passage. ``value`` is one number, or the ends of a range."""

    document: Document
    ordinal: int
    start: int
    passage: int | None
    comparator: str
    value: Any
    unit: str
    due: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two passages that cannot both hold; ``what`` is in two minds: a level or a deadline.

    ``here`` stands in the document that is asked about; ``there`` may stand in the same one.
    """

    what: str
    here: Side
    there: Side


def contradictions(
    *,
    document: Document,
    run: ReadingRun,
    candidates: Sequence[Candidate],
    seen_by: int,
    on: date,
) -> tuple[Contradiction, ...]:
    """Return where the proposals of a reading contradict each other or the document's next of kin.

    The candidates are those of ``candidates_of``. Only documents that the account may see are
    compared. In the order of the text; at most ``MOST``.
    """
    own = [row for row in candidates if _counts(row)]
    if not own:
        return ()
    kin = documents.next_of_kin(document=document, seen_by=seen_by, on=on)
    others = _of_others(kin, own)
    found = [
        Contradiction(
            LEVEL if first.kind == Candidate.Kind.TARGET else DEADLINE,
            _side(first, document),
            _side(second, document if second.run_id == run.pk else second.run.rendition.document),
        )
        for first, second in _pairs(own, others, run.rendition.text)
    ]
    return tuple(sorted(found, key=lambda each: each.here.start)[:MOST])


def _counts(row: Candidate) -> bool:
    decision = decision_of(row)
    return (decision is None or decision.verdict not in _DROPPED) and row.rule != "table.allocated"


def _of_others(kin: QuerySet[Document], own: Iterable[Candidate]) -> list[Any]:
    """Return the proposals of other documents that are of a kind with one of ours."""
    is_task = Q(kind=Candidate.Kind.TASK)
    leads = [row.fields["lead"] for row in own if row.fields.get("lead")]
    told_alike = (is_task & Q(fields__lead__in=leads)) | (
        ~is_task & Q(fields__unit__in={row.fields.get("unit") for row in own} - {None})
    )
    words = Substr("run__rendition__text", F("start") + 1, F("end") - F("start"))
    rows: QuerySet[Any] = on_desks().filter(told_alike, run__rendition__document__in=kin)
    rows = rows.exclude(holds__in=_DROPPED).exclude(rule="table.allocated")
    rows = rows.annotate(words=Case(When(is_task, then=words), default=Value("")))
    rows = rows.select_related("clause", "run__rendition__document")
    rows = rows.defer("run__facts", "run__rendition__text", "run__rendition__tables")
    return list(rows.order_by("-pk")[:MOST_COMPARED])


def _pairs(
    own: Sequence[Candidate], others: Iterable[Any], text: str
) -> Iterable[tuple[Candidate, Candidate]]:
    """Return ours and the other of each two that tell the same and say it differently."""
    here = _by_key((row, text[row.start : row.end]) for row in own)
    there = _by_key((row, row.words) for row in others)
    for key, rows in here.items():
        within = [pair for pair in combinations(rows, 2) if _apart(*pair)]
        for first, second in [*within, *product(rows, there.get(key, ()))]:
            if _said(first) != _said(second):
                yield first, second


def _by_key(rows: Iterable[tuple[Candidate, str]]) -> dict[Key, list[Candidate]]:
    found: dict[Key, list[Candidate]] = {}
    for row, words in rows:
        key = _target_key(row) if row.kind == Candidate.Kind.TARGET else _task_key(row, words)
        if key is not None:
            found.setdefault(key, []).append(row)
    return found


def _target_key(row: Candidate) -> Key | None:
    """Return what a target measures, in what and for which year; None where it does not say."""
    fields = row.fields
    measured, due = _plain(fields.get("metric") or ""), fields.get("due") or ""
    year = due.rpartition("/")[2][:4]
    if fields.get("value") is None or not measured or not year.isdecimal():
        return None
    return (row.kind, measured, fields.get("unit"), year)


def _task_key(row: Candidate, words: str) -> Key | None:
    """Return who is to do what; None where no deadline is stated or the words are too few."""
    work = _plain(words)
    if not row.fields.get("due") or len(work.split()) < _LEAST_WORDS:
        return None
    return (row.kind, work, _led_by(row))


def _led_by(row: Candidate) -> tuple[str, ...]:
    return tuple(sorted(search_key(name) for name in row.fields.get("lead") or ()))


def _plain(words: str) -> str:
    """Return words without case, marks, signs and times.

    >>> _plain("Lập hồ sơ, hoàn thành trước ngày 30/9/2024")
    'lap ho so'
    >>> _plain("Tỷ lệ hộ nghèo đến năm 2025")
    'ty le ho ngheo'
    """
    return _SIGNS.sub(" ", _TIMES.sub(" ", search_key(words))).strip()


def _said(row: Candidate) -> Any:
    """Return what must be the same wherever the same is told: a level, or the day of a task."""
    return row.fields["value"] if row.kind == Candidate.Kind.TARGET else row.fields["due"]


def _apart(first: Candidate, second: Candidate) -> bool:
    """Say whether two passages of one text tell the same: one clause or table divides it."""
    in_tables = first.rule.startswith("table.") and second.rule.startswith("table.")
    return not in_tables and first.clause_id != second.clause_id


def _side(row: Candidate, document: Document) -> Side:
    fields = row.fields
    return Side(
        document=document,
        ordinal=row.ordinal,
        start=row.start,
        passage=row.clause.ordinal if row.clause else None,
        comparator=fields.get("comparator") or "",
        value=fields.get("value"),
        unit=fields.get("unit") or "",
        due=fields.get("due") or "",
    )
