"""What a target must say before progress can be judged against it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Comparator(StrEnum):
    """On which side of the planned value success lies."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EXACTLY = "="
    BELOW = "<"
    ABOVE = ">"
    RANGE = "range"
    ABOUT = "~"  # within a stated tolerance
    KEEP = "keep"  # no worse than before
    JUDGED = "words"  # by the words of a named agency, never by a number


VALUELESS = frozenset({Comparator.KEEP, Comparator.JUDGED})
"""Comparators that need no planned value."""


class Direction(StrEnum):
    """Which way is better, where the comparator alone does not say."""

    HIGHER = "higher"
    LOWER = "lower"


class Reckoning(StrEnum):
    """What the planned number counts: a level itself, or the way to a level from a base."""

    LEVEL = "level"
    RANK = "rank"  # a place in an order; the first is the best
    OF_BASE = "of_base"  # so many percent of the base: of a plan, of an estimate
    FOLD = "fold"  # so many times the base
    CHANGE = "change"  # so many percent more than the base; less where negative
    POINTS = "points"  # so many percentage points more than the base
    YEARLY = "yearly"  # so many percent more each year, compound


class Rollup(StrEnum):
    """How values of the units below make the value of the unit above."""

    SUM = "sum"
    RATIO_OF_SUMS = "ratio_of_sums"
    WEIGHTED = "weighted"
    LAST = "last"
    MAX = "max"
    MIN = "min"
    NONE = "none"


class TargetGap(StrEnum):
    """What a target may still lack."""

    LEAD = "lead"
    VALUE = "value"
    DUE = "due"
    BASELINE = "baseline"
    ROLLUP = "rollup"


@dataclass(frozen=True, slots=True)
class TargetTerms:
    """What a target says so far; None means: not said.

    Of one that is to be kept, or judged by words, no planned value is missed.
    """

    lead: bool
    value: Decimal | None
    due: date | None
    baseline: Decimal | None
    rollup: Rollup | None
    comparator: Comparator | None = None


def gaps(terms: TargetTerms) -> tuple[TargetGap, ...]:
    """Return what is missing, in the order in which an officer asks for it.

    >>> gaps(TargetTerms(True, Decimal(100), date(2030, 12, 31), None, Rollup.LAST))
    (<TargetGap.BASELINE: 'baseline'>,)
    """
    said = {
        TargetGap.LEAD: terms.lead,
        TargetGap.VALUE: terms.value is not None or terms.comparator in VALUELESS,
        TargetGap.DUE: terms.due is not None,
        TargetGap.BASELINE: terms.baseline is not None,
        TargetGap.ROLLUP: terms.rollup is not None,
    }
    return tuple(gap for gap in TargetGap if not said[gap])
