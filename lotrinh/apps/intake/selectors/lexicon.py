"""Lines of the lexicon: those that are applied here, those proposed, and what speaks for them.

A line is proposed for what people did to three proposals or more. Whoever defines roles sees all
lines, since a line holds for every text; others see those for which a passage speaks that they may
read. Passages and own documents are shown to nobody who may not see them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, JSONArray, Substr

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.intake.models import (
    Candidate,
    Correction,
    Decision,
    LexiconLine,
    LexiconMeasure,
    LexiconSupport,
    LexiconTurn,
)
from lotrinh.apps.intake.selectors.proposals import by_people, holding
from lotrinh.apps.journal import selectors as journal
from lotrinh.reading import rules_now
from lotrinh.reading.lines import PLACES, Line
from lotrinh.rules.rejections import Rejection

LEAST_SUPPORT = 3
"""How often people have put the same thing right before a line is proposed."""
MOST_PASSAGES = 20
PROPOSED = ""
"""What ``verdict`` says of a line about which nobody has decided."""
LINE_VERDICTS = tuple(str(verdict) for verdict in LexiconTurn.Verdict.values)
"""What may be decided about a line."""
NO_TASK = (Rejection.NOT_COMMITMENT, Rejection.ALREADY_REPORTED)
"""The reasons that say that a sentence orders nothing."""
_BEFORE = 240
"""Characters before a passage in which its sentence begins."""
_SUPPORTING = "support__decision__candidate__run__rendition__document"


@dataclass(frozen=True, slots=True)
class Corrected:
    """Something that a person put right: the decision, the words, and what it became."""

    decision_id: int
    cause: str
    passage: str
    before: str
    became: str


def lexicon_lines(*, without: int | None = None) -> tuple[Line, ...]:
    """Return the lines that are applied, in order; ``without`` leaves one out by its id.

    One whose list a newer version no longer has is left out: texts are read without it.
    """
    applied = LexiconTurn.Verdict.APPLIED
    return tuple(
        sorted(
            (row.place, row.words)
            for row in with_verdict()
            if row.verdict == applied and row.pk != without and row.place in PLACES
        )
    )


def lines_of_today() -> ArraySubquery:
    """Return, for a query, the lines of ``lexicon_lines`` as pairs for ``rules_of_today``."""
    applied = with_verdict().filter(verdict=LexiconTurn.Verdict.APPLIED, place__in=PLACES)
    return ArraySubquery(applied.values(line=JSONArray("place", "words")))


def rules_of_today(lines: Iterable[Sequence[str]] | None = None) -> tuple[str, str]:
    """Return the version of the grammar and the fingerprint of the words that would read today.

    ``lines`` are those of ``lines_of_today`` where a query has brought them along.
    """
    if lines is None:
        return rules_now(lexicon_lines())
    return rules_now(tuple(sorted((place, words) for place, words in lines)))


def with_verdict() -> "QuerySet[Any]":
    """Return the lines, each with its last ``verdict`` and ``last_turn``, 0 before the first."""
    turns = LexiconTurn.objects.filter(line=OuterRef("pk")).order_by("-turn")
    return LexiconLine.objects.annotate(
        verdict=Coalesce(Subquery(turns.values("verdict")[:1]), Value(PROPOSED)),
        last_turn=Coalesce(Subquery(turns.values("turn")[:1]), Value(0)),
    )


def lines_listed(
    *, seen_by: int, on: date, sees_all: bool, uid: UUID | None = None
) -> Sequence[Any]:
    """Return the lines that the account sees, those to decide first, then the latest first.

    Each has its ``verdict``, how many decisions speak for it (``supported``) in how many documents,
    its ``measured`` outcomes, the latest first, and its ``decided`` turns with ``by_name``. Whoever
    defines roles sees all of them.
    """
    seen = documents.visible(seen_by=seen_by, on=on).order_by()
    later = Decision.objects.filter(
        candidate=OuterRef("support__decision__candidate"),
        turn__gt=OuterRef("support__decision__turn"),
    )
    holds = Q(support__isnull=False) & ~Q(Exists(later))
    rows = with_verdict().annotate(
        supported=Count("support", filter=holds),
        in_documents=Count(_SUPPORTING, filter=holds, distinct=True),
    )
    if not sees_all:
        mine = LexiconSupport.objects.filter(
            line=OuterRef("pk"), decision__candidate__run__rendition__document__in=seen
        )
        rows = rows.filter(Exists(mine))
    if uid is not None:
        rows = rows.filter(uid=uid)
    turns = LexiconTurn.objects.annotate(by_name=journal.kept_name("by__uid")).order_by("turn")
    rows = rows.prefetch_related(
        Prefetch("measures", LexiconMeasure.objects.order_by("-id"), to_attr="measured"),
        Prefetch("turns", turns, to_attr="decided"),
    )
    return tuple(sorted(rows, key=lambda row: (row.verdict != PROPOSED, -row.pk)))


def passages_for(*, line_id: int, seen_by: int, on: date) -> Sequence[Any]:
    """Return the proposals that speak for a line, of documents that the account may see.

    Each has its ``passage``, and its run with the document.
    """
    ids = LexiconSupport.objects.filter(line=line_id, decision__in=holding())
    return _proposals(Q(decisions__in=ids.values("decision")), seen_by=seen_by, on=on)


def proposals_named(uids: Iterable[UUID], *, seen_by: int, on: date) -> Sequence[Any]:
    """Return these proposals, of documents that the account may see, as ``passages_for``."""
    return _proposals(Q(uid__in=list(uids)), seen_by=seen_by, on=on)


def corrections_made() -> tuple[Corrected, ...]:
    """Return all that people put right and that still holds, oldest first.

    For the worker that looks for what repeats; it shows nothing to anybody.
    """
    added = Q(
        verdict=Decision.Verdict.CONFIRMED,
        candidate__origin=Candidate.Origin.ADDED,
        candidate__kind=Candidate.Kind.TASK,
    )
    dropped = Q(
        verdict=Decision.Verdict.REJECTED,
        reason__in=NO_TASK,
        candidate__origin=Candidate.Origin.READ,
        candidate__kind=Candidate.Kind.TASK,
    )
    cause = LexiconLine.Cause
    found = [
        *_corrected(added, cause.MISSED_VERB),
        *_corrected(dropped, cause.DROPPED_OPENING),
        *_corrected(Q(corrections__field="comparator"), cause.CHANGED_COMPARATOR),
    ]
    return tuple(sorted(found, key=lambda one: one.decision_id))


def _corrected(wanted: Q, cause: str) -> Iterable[Corrected]:
    text, start = "candidate__run__rendition__text", F("candidate__start")
    became = Correction.objects.filter(decision=OuterRef("pk"), field="comparator")
    rows = (
        by_people(holding())
        .filter(wanted)
        .annotate(
            passage=Substr(text, start + 1, F("candidate__end") - start),
            wide=Substr(text, start + 1 - _BEFORE, _BEFORE),
            became=Coalesce(Subquery(became.values("became")[:1]), Value("")),
        )
        .order_by()
    )
    for pk, passage, before, sign in rows.values_list("pk", "passage", "wide", "became"):
        yield Corrected(pk, cause, passage, before, sign)


def _proposals(wanted: Q, *, seen_by: int, on: date) -> Sequence[Any]:
    seen = documents.visible(seen_by=seen_by, on=on).order_by()
    rows = (
        Candidate.objects.filter(wanted, run__rendition__document__in=seen)
        .select_related("run__rendition__document")
        .defer("run__facts", "run__rendition__text", "run__rendition__tables")
        .annotate(passage=Substr("run__rendition__text", F("start") + 1, F("end") - F("start")))
    )
    return tuple(rows.order_by("id")[:MOST_PASSAGES])
