"""What everybody reads of promises: plan, result and verdict in words, drawn beside them.

Everything comes from a publication and from nothing else, so that a preview, a page of today and a
page that is served without a database say the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from lotrinh.rules.comparing import Attainment, NotJudged, Outcome
from lotrinh.rules.formats import number
from lotrinh.rules.outcome_words import because_words, outcome_word
from lotrinh.rules.publication.content import Heading, Paper, Promise, Publication
from lotrinh.rules.publication.publication_words import BASES, VERDICTS, in_language
from lotrinh.rules.publication.verdicts import Verdict, counted
from lotrinh.rules.standing import Standing
from lotrinh.rules.target_terms import Comparator
from lotrinh.web.formatting import JOIN, amount, day, named, planned
from lotrinh.web.presenters.target_series import language

SHAPES = {
    Verdict.KEPT: "done",
    Verdict.ON_THE_WAY: "open",
    Verdict.MISSED: "late",
    Verdict.NOT_KNOWN: "missing",
}
WIDE = 384
"""How wide a bar is drawn, in its own measure; the plan stands at three quarters of it."""
_AT_PLAN = 288
_MOST_TICKS = 60
_CLASSES = {
    Standing.DONE_ON_TIME: "done_on_time",
    Standing.DONE_LATE: "done_late",
    Standing.OPEN_IN_TERM: "open_in_term",
    Standing.OPEN_OVERDUE: "open_overdue",
    Standing.DONE_WITHOUT_DEADLINE: "done_undated",
    Standing.OPEN_WITHOUT_DEADLINE: "open_undated",
}
"""The six classes of duties by the codes of their signs."""


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How many promises came to a verdict."""

    code: str
    shape: str
    count: int
    word: str


@dataclass(frozen=True, slots=True)
class Tick:
    """One promise drawn among all: what became of it, in the shape of the key."""

    code: str
    shape: str


@dataclass(frozen=True, slots=True)
class Score:
    """All promises by verdict, counted and drawn; too many are only counted."""

    total: int
    verdicts: tuple[VerdictCount, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Vow:
    """One promise in a list. Texts that are empty were not told; ``bar`` is None undrawn."""

    uid: UUID
    title: str
    language: str
    plan_text: str
    due_text: str
    result_text: str
    share_text: str
    period_text: str
    told_text: str
    state_text: str
    verdict: str
    shape: str
    verdict_text: str
    because_text: str
    agency_name: str
    is_held_back: bool
    is_soft: bool
    bar: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A document with its promises and its duties by class."""

    uid: UUID
    number: str
    title: str
    language: str
    issuer_name: str
    issued_text: str
    score: Score
    vows: tuple[Vow, ...]
    duties: tuple[tuple[str, int], ...]
    duty_total: int


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """By what decision something is public, and as of which day."""

    number: int
    as_of_text: str
    decision: str
    decided_text: str
    office_name: str
    published_on: date


def score_of(promises: Iterable[Promise]) -> Score:
    """Return how many promises came to what, every verdict named, also where it is nought."""
    order = list(Verdict)
    held = sorted((Verdict(one.verdict) for one in promises), key=order.index)
    verdicts = tuple(
        VerdictCount(str(one), SHAPES[one], count, in_language(VERDICTS[one], language()))
        for one, count in counted(held).items()
    )
    drawn = held if len(held) <= _MOST_TICKS else []
    return Score(len(held), verdicts, tuple(Tick(str(one), SHAPES[one]) for one in drawn))


def vow_of(promise: Promise) -> Vow:
    """Return a promise as a list prints it."""
    verdict = Verdict(promise.verdict)
    unit = promise.unit_of_measure
    return Vow(
        uid=promise.uid,
        title=promise.title,
        language=promise.language,
        plan_text=planned(promise.comparator, promise.planned, promise.high, unit),
        due_text=day(promise.due) if promise.due else "",
        result_text="" if promise.actual is None else amount(promise.actual, unit),
        share_text=share_text(promise.numerator, promise.denominator),
        period_text=period_text(promise),
        told_text=told_text(promise),
        state_text=in_language(BASES[promise.basis], language()),
        verdict=str(verdict),
        shape=SHAPES[verdict],
        verdict_text=verdict_text(promise),
        because_text=because_words(NotJudged(promise.because), language=language())
        if promise.because
        else "",
        agency_name=named(promise, "agency"),
        is_held_back=promise.is_held_back,
        is_soft=promise.is_soft,
        bar=_bar(promise),
    )


def verdict_text(promise: Promise) -> str:
    """Return what became of a promise: the verdict, or what is expected of it."""
    outcome = Outcome(Attainment(promise.attainment), promise.is_estimated)
    told = in_language(VERDICTS[promise.verdict], language())
    if outcome.attainment is Attainment.NOT_JUDGED:
        return told
    closer = outcome_word(outcome, language=language())
    return closer if promise.verdict != Verdict.ON_THE_WAY else f"{told}, {closer}"


def period_text(promise: Promise) -> str:
    """Return the period that a figure is of, which is never that of a span it lies in.

    What is added up through the year is of all its days, anything else of its own period alone.
    """
    if promise.period_last is None:
        return ""
    if promise.is_added_up:
        return _("added up to %(day)s") % {"day": day(promise.period_last)}
    return named(promise, "period").replace(" ", JOIN)


def told_text(promise: Promise) -> str:
    """Return of how many units a sum is, which may be few of them yet; empty where none has a part.

    What is held back was told.
    """
    if not promise.parts:
        return ""
    told = sum(one.level is not None or one.is_held_back for one in promise.parts)
    counts = {"told": told, "every": len(promise.parts)}
    return _("told by %(told)s of %(every)s units") % counts


def share_text(numerator: Decimal | None, denominator: Decimal | None) -> str:
    """Return what a share is a share of, as "28/100"; empty of what is no share."""
    if denominator is None:
        return ""
    parts = (numerator or Decimal(0), denominator)
    return "/".join(number(part, language=language()) for part in parts)


def paper_row(paper: Paper) -> PaperRow:
    """Return a document with all its promises."""
    duties = tuple((_CLASSES[one], int(getattr(paper, str(one)))) for one in Standing)
    return PaperRow(
        uid=paper.uid,
        number=paper.number,
        title=paper.title or paper.number,
        language=paper.language,
        issuer_name=named(paper, "issuer"),
        issued_text=day(paper.issued_on) if paper.issued_on else "",
        score=score_of(paper.promises),
        vows=tuple(vow_of(one) for one in paper.promises),
        duties=duties,
        duty_total=sum(count for _name, count in duties),
    )


def heading_row(heading: Heading) -> HeadingRow:
    """Return by what decision something is public."""
    return HeadingRow(
        number=heading.number,
        as_of_text=day(heading.as_of),
        decision=heading.decision,
        decided_text=day(heading.decided_on),
        office_name=named(heading, "office"),
        published_on=heading.published_at.date(),
    )


def content_of(publication: Publication) -> dict[str, object]:
    """Return everything that a publication says, as lists print it."""
    return {
        "heading": heading_row(publication.heading),
        "score": score_of(promise for _paper, promise in publication.promises),
        "papers": [paper_row(one) for one in publication.papers],
        "quotes_vietnamese": quotes_vietnamese(publication.papers),
    }


def quotes_vietnamese(papers: Iterable[Paper]) -> bool:
    """Say whether a page in another language has words of documents that are in Vietnamese."""
    return language() != "vi" and any(one.language == "vi" for one in papers)


def plan_sentence(promise: Promise) -> str:
    """Return the plan in words: "at least 100% by 31 Dec 2025"; empty where there is none."""
    text = planned(promise.comparator, promise.planned, promise.high, promise.unit_of_measure)
    if not text or promise.due is None:
        return text
    return _("%(level)s by %(day)s") % {"level": text, "day": day(promise.due)}


def _bar(promise: Promise) -> str:
    """Return how long the bar of a result is beside its plan; empty where that says nothing."""
    plain = promise.comparator in {Comparator.AT_LEAST, Comparator.ABOVE, Comparator.EXACTLY}
    if not plain or promise.actual is None or not promise.planned or promise.planned < 0:
        return ""
    share = max(Fraction(promise.actual) / Fraction(promise.planned), Fraction(0))
    return f"{float(min(share * _AT_PLAN, Fraction(WIDE))):.1f}"
