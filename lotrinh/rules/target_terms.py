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


class Rollup(StrEnum):
    """How values of the units below make the value of the unit above."""

    SUM = "sum"
    RATIO_OF_SUMS = "ratio_of_sums"
    WEIGHTED = "weighted"
    LAST = "last"
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
    """What a target says so far; None means: not said."""

    lead: bool
    value: Decimal | None
    due: date | None
    baseline: Decimal | None
    rollup: Rollup | None


def gaps(terms: TargetTerms) -> tuple[TargetGap, ...]:
    """Return what is missing, in the order in which an officer asks for it.

    >>> gaps(TargetTerms(True, Decimal(100), date(2030, 12, 31), None, Rollup.LAST))
    (<TargetGap.BASELINE: 'baseline'>,)
    """
    said = {
        TargetGap.LEAD: terms.lead,
        TargetGap.VALUE: terms.value is not None,
        TargetGap.DUE: terms.due is not None,
        TargetGap.BASELINE: terms.baseline is not None,
        TargetGap.ROLLUP: terms.rollup is not None,
    }
    return tuple(gap for gap in TargetGap if not said[gap])
