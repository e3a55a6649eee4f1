"""What the figures of a unit and of all below it make, said with everything that qualifies it.

Shares are made from sums of numerators and denominators, weighted rates from sums too, and nothing
is averaged. A total says how many units answered of how many owed, who is missing, what was left
out and why, how firm its weakest part is, and how much of it belongs to no single unit below.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from lotrinh.rules.exact import rounded, summed
from lotrinh.rules.figures import Basis, Figure, weakest
from lotrinh.rules.lineage import Amounts
from lotrinh.rules.tally import Share
from lotrinh.rules.target_terms import Rollup

QUOTIENTS = frozenset({Rollup.RATIO_OF_SUMS, Rollup.WEIGHTED})
ADDED = QUOTIENTS | {Rollup.SUM}
"""What is a sum, or a quotient of sums; the rest picks one figure out of several."""


class NoTotal(StrEnum):
    """Why a total has no value."""

    NOBODY_ANSWERED = "nobody_answered"
    NONE_COUNTS = "none_counts"  # there are answers, and each was left out
    NOTHING_TO_DIVIDE_BY = "nothing_to_divide_by"
    SEVERAL = "several"  # one is wanted, and several say different things of the same day
    DOES_NOT_ADD = "does_not_add"  # units below have values; they make none for the unit above


class LeftOut(StrEnum):
    """Why a figure that was given does not count."""

    NO_VALUE = "no_value"
    NO_WEIGHT = "no_weight"
    NO_DENOMINATOR = "no_denominator"
    OVERLAP = "overlap"  # it tells in part of days of which another figure of the unit tells


@dataclass(frozen=True, slots=True)
class Measured:
    """How values of a measure make a total.

    ``places``: decimals of its figures, at which a split cuts (of a weighted rate, its weights).
    ``per``: what a share is given in: 100 for percent, 10000 for so many of ten thousand.
    ``of_moment``: figures tell how things stood at the end of their days (households registered),
    not what happened in them; so of each unit the newest alone counts.
    """

    rollup: Rollup
    places: int = 0
    per: int = 1
    of_moment: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """What the figures of one unit and of all below it make.

    ``numerator`` is the sum where figures are added; ``denominator`` is None but for quotients; of
    a weighted rate it is the sum of the weights. ``exact`` is the value, not rounded, None where
    ``unsaid`` says why. ``undivided`` is the part of the numerator, and of the denominator, that
    belongs to no single unit. ``told_until`` ends the latest days told of.
    """

    exact: Fraction | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    unsaid: NoTotal | None = None
    undivided: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))
    bases: Mapping[Basis, int] = field(default_factory=dict)
    answered: frozenset[int] = frozenset()
    owed: frozenset[int] = frozenset()
    left_out: frozenset[tuple[int, LeftOut]] = frozenset()
    told_until: date | None = None

    def value(self, places: int) -> Decimal | None:
        """Return the value with so many decimals, halves away from nought; None where unsaid."""
        return None if self.exact is None else rounded(self.exact, places)

    @property
    def weakest(self) -> Basis | None:
        """The least firm basis among its parts."""
        return weakest(self.bases)

    @property
    def is_mixed(self) -> bool:
        """Whether its parts have several bases, which has to be said beside it."""
        return len(self.bases) > 1

    @property
    def missing(self) -> frozenset[int]:
        """Units that owed a figure and gave none."""
        return self.owed - self.answered - {unit for unit, _ in self.left_out}

    @property
    def answered_of_owed(self) -> Share:
        """Units whose figures count, of those that owed one; who answered unasked is in neither."""
        return Share(len(self.answered & self.owed), len(self.owed))


class Part(NamedTuple):
    """A part of a figure; ``at`` is the unit at which it lies, ``own``: it is that unit's alone.

    ``amounts`` are the value, or the numerator and the denominator.
    """

    figure: Figure
    amounts: Amounts
    at: int | None
    own: bool


class Names(NamedTuple):
    """Which units answered, which owed a figure, and what was left out of which."""

    answered: frozenset[int]
    owed: frozenset[int]
    left_out: frozenset[tuple[int, LeftOut]]

    def among(self, units: Iterable[int]) -> "Names":
        """Return the names of these units alone."""
        known = frozenset(units)
        left_out = frozenset(one for one in self.left_out if one[0] in known)
        return Names(self.answered & known, self.owed & known, left_out)


def total_of(unit: int | None, parts: Sequence[Part], measured: Measured, names: Names) -> Total:
    """Return what parts that lie at a unit or below it make; None: at no unit of the tree."""
    figures = {part.figure for part in parts}
    numerator, denominator, exact = None, None, None
    unsaid: NoTotal | None = NoTotal.NONE_COUNTS if names.left_out else NoTotal.NOBODY_ANSWERED
    if parts and measured.rollup in ADDED:
        numerator, denominator, exact, unsaid = _added(parts, measured)
    elif parts:
        exact, unsaid = _picked(unit, parts, measured.rollup)
    return Total(
        exact,
        numerator,
        denominator,
        unsaid,
        undivided=_undivided(parts) if measured.rollup in ADDED else (Decimal(0), Decimal(0)),
        bases=dict(Counter(figure.basis for figure in figures)),
        answered=names.answered,
        owed=names.owed,
        left_out=names.left_out,
        told_until=max((figure.until for figure in figures), default=None),
    )


def _added(
    parts: Sequence[Part], measured: Measured
) -> tuple[Decimal, Decimal | None, Fraction | None, NoTotal | None]:
    numerator = summed(part.amounts[0] for part in parts)
    if measured.rollup is Rollup.SUM:
        return numerator, None, Fraction(numerator), None
    denominator = summed(part.amounts[1] for part in parts)
    if not denominator:
        return numerator, denominator, None, NoTotal.NOTHING_TO_DIVIDE_BY
    per = measured.per if measured.rollup is Rollup.RATIO_OF_SUMS else 1
    return numerator, denominator, Fraction(numerator) / Fraction(denominator) * per, None


def _undivided(parts: Iterable[Part]) -> tuple[Decimal, Decimal]:
    loose = [part.amounts for part in parts if not part.own]
    return (
        summed(amounts[0] for amounts in loose),
        summed(amounts[1] for amounts in loose if len(amounts) > 1),
    )


def _picked(
    unit: int | None, parts: Sequence[Part], rollup: Rollup
) -> tuple[Fraction | None, NoTotal | None]:
    """Return the value of the figure that stands for all; the highest and lowest are of any."""
    values = [part.amounts[0] for part in parts]
    if rollup in {Rollup.MAX, Rollup.MIN}:
        return Fraction(max(values) if rollup is Rollup.MAX else min(values)), None
    own = [part for part in parts if part.own and part.at == unit]
    if rollup is Rollup.NONE and not own:
        return None, NoTotal.DOES_NOT_ADD
    candidates = own or list(parts)
    newest = max(part.figure.until for part in candidates)
    last = [part for part in candidates if part.figure.until == newest]
    said_itself = [part for part in last if part.figure.unit == unit]
    found = {part.amounts[0] for part in said_itself or last}
    return (Fraction(found.pop()), None) if len(found) == 1 else (None, NoTotal.SEVERAL)
