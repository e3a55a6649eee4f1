"""What questions of integrity are made from, and what such a question is: never a verdict.

A rule looks at the figures of many units and says which of them are hard to explain by chance or by
custom. It names the figures on which it rests and the numbers that made it, so that whoever reads
it can count again. What the same thing is among the others is its yardstick: where everybody
rounds, nobody is asked why.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class IntegrityRule(StrEnum):
    """What a question of integrity is about."""

    ROUND_NUMBERS = "round_numbers"  # too many figures end in 0 or 5, or are round
    LAST_DIGITS = "last_digits"  # last digits are not those that counting gives
    OVER_TARGET = "over_target"  # figures crowd just over what was planned
    CLONED_ROWS = "cloned_rows"  # another unit tells the same figures
    REPEATED_ROWS = "repeated_rows"  # the unit tells the figures of its last period again
    JUMPS = "jumps"  # a figure leaves the unit's own history
    REUSED_FILES = "reused_files"  # one file is the evidence of several things
    PARTS_DIFFER = "parts_differ"  # shorter periods do not add up to the longer one
    ALWAYS_WHOLE = "always_whole"  # every share is exactly the whole
    LAST_HOUR = "last_hour"  # reports always come in the last hour


Numbers = dict[str, int | Decimal]
"""The numbers that made a question, by the names under which its sentence speaks of them."""


class Told(NamedTuple):
    """A figure that counts.

    ``key`` names it. ``back`` counts the periods before the one that is looked at, which is 0.
    ``over`` is the denominator of a share. ``planned`` is what the unit was to reach by then, where
    that can be compared with the value as it stands; ``at_most``: less is better.
    """

    key: str
    unit: int
    measure: int
    back: int
    value: Decimal
    over: Decimal | None = None
    planned: Decimal | None = None
    at_most: bool = False


class Shown(NamedTuple):
    """A file as evidence: ``key`` names the row, ``file`` the bytes, ``line`` the measure.

    ``line`` of None: it supports the report as a whole.
    """

    key: str
    file: str
    unit: int
    back: int
    line: int | None


class HandedIn(NamedTuple):
    """A report that was handed in so long before its last day was over; below nought: after it."""

    key: str
    unit: int
    back: int
    before: timedelta


class Split(NamedTuple):
    """A figure of a longer period, and all those of the shorter periods that make it up."""

    whole: Told
    parts: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is known of the units whose period is looked at."""

    told: tuple[Told, ...] = ()
    shown: tuple[Shown, ...] = ()
    handed_in: tuple[HandedIn, ...] = ()
    splits: tuple[Split, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is much, and how little is too little to ask at all.

    ``chance``: what is likelier than that by chance is not asked about. ``figures``, ``digits``,
    ``targets``, ``history``, ``wholes`` and ``reports`` are the fewest of a unit that a rule
    looks at: figures for round numbers, for last digits, with a plan, earlier ones of a measure,
    shares, and reports. ``clones`` is the fewest equal figures, ``smallest`` the least count that
    says anything. ``near`` is how far from its plan a figure lies just over it, ``spreads`` how
    many usual spreads and ``jump`` how many times its expectation make a jump, ``lines`` how many
    lines one file may not support, ``holders`` the most units that may share a file before it is a
    common paper, ``parts_within`` the share by which parts may miss the whole, ``last`` how long
    before the end a report comes in the last hour.
    """

    chance: float
    figures: int
    digits: int
    targets: int
    near: Fraction
    clones: int
    smallest: int
    history: int
    spreads: Fraction
    jump: Fraction
    lines: int
    holders: int
    parts_within: Fraction
    wholes: int
    reports: int
    last: timedelta


@dataclass(frozen=True, slots=True)
class Question:
    """One question to one unit.

    ``rests_on`` are the keys of what it rests on, ``data`` the numbers that made it. ``others`` are
    the other units of which the same rows tell.
    """

    rule: IntegrityRule
    unit: int
    rests_on: tuple[str, ...]
    data: Mapping[str, int | Decimal] = field(default_factory=dict)
    others: tuple[int, ...] = ()
