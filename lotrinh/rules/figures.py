"""Figures: what a unit said of one measure for one stretch of time, and how firmly.

Plan, estimate and what was done are never taken for each other: each figure has its basis, and
whatever is made of several figures says the weakest of theirs. Missing is never zero: a unit that
has no data says nothing, a unit that counted none says 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Basis(StrEnum):
    """How firm a figure is, the firmest first."""

    VERIFIED = "verified"  # another unit has checked it
    SELF_REPORTED = "self_reported"
    ESTIMATED = "estimated"
    PLANNED = "planned"


FIRMNESS = tuple(Basis)
"""All bases from the firmest to the weakest."""

DONE = (Basis.VERIFIED, Basis.SELF_REPORTED)
"""What may count as done, the firmest first; an estimate has to be asked for by name."""


def weakest(bases: Iterable[Basis]) -> Basis | None:
    """Return the least firm of some bases; None of none.

    >>> weakest([Basis.VERIFIED, Basis.ESTIMATED]).value
    'estimated'
    """
    return max(bases, key=FIRMNESS.index, default=None)


@dataclass(frozen=True, slots=True)
class Figure:
    """What ``unit`` said of the days ``[since, until)``; None means: not said.

    A share has a numerator and a denominator in place of a value, a weighted rate a value and a
    weight. A ``void`` figure was withdrawn and counts nowhere. One ``with_predecessors`` tells also
    of what the units that its unit follows did in these days.
    """

    unit: int
    since: date
    until: date
    basis: Basis
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    weight: Decimal | None = None
    void: bool = False
    with_predecessors: bool = False

    def __post_init__(self) -> None:
        if self.until <= self.since:
            raise ValueError(f"a figure tells of at least a day: {self.since} .. {self.until}")
        if self.weight is not None and self.weight < 0:
            raise ValueError(f"a weight is not below nought: {self.weight}")

    @property
    def says_something(self) -> bool:
        """Whether it stands and holds a number at all; 0 is one."""
        told = (self.value, self.numerator, self.denominator)
        return not self.void and any(number is not None for number in told)

    def covers(self, other: "Figure") -> bool:
        """Say whether it tells of every day of which the other tells."""
        return self.since <= other.since and other.until <= self.until
