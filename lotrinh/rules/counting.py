"""Which of the figures that units gave count, and what of each is carried up.

Figures of one unit that tell of different days are added; one that tells of all the days of another
stands for it (a running total from January to June for that from January to March), whoever typed
it. Of two for the same days the firmer counts. What cannot count is named with the reason.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lotrinh.rules.figures import Basis, Figure
from lotrinh.rules.lineage import Amounts
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import LeftOut, Measured


class Telling:
    """Which units have figures that tell of what they took over, and until which day.

    What is counted at a moment after a merger holds all that was merged; of what happened in some
    days a figure tells only what it says that it tells.
    """

    def __init__(self, figures: Sequence[Figure], *, of_moment: bool) -> None:
        self._telling = [one for one in figures if one.with_predecessors]
        self._newest = {one.unit: one.until for one in figures} if of_moment else None

    def of(self, figure: Figure) -> Mapping[int, date]:
        """Return the units that tell of this figure too, where it comes to them."""
        if self._newest is not None:
            return self._newest
        return {one.unit: date.max for one in self._telling if one.covers(figure)}

    def of_silent(self) -> Mapping[int, date]:
        """Return the units that tell of a unit that said nothing."""
        if self._newest is not None:
            return self._newest
        return {one.unit: date.max for one in self._telling}


@dataclass(frozen=True, slots=True)
class Counting:
    """The figures that count, each with what is carried of it, and what was left out."""

    figures: Sequence[tuple[Figure, Amounts]]
    left_out: frozenset[tuple[int, LeftOut]]
    telling: Telling

    @property
    def answered(self) -> frozenset[int]:
        """The units whose figures count."""
        return frozenset(figure.unit for figure, _ in self.figures)


def counting(figures: Iterable[Figure], measured: Measured, bases: Sequence[Basis]) -> Counting:
    """Return the figures that count; ``bases`` are those that may, the preferred first.

    Raises ValueError where plans are mixed with anything else, and where a unit has two figures of
    one basis for the same days.
    """
    if Basis.PLANNED in bases and len(bases) > 1:
        raise ValueError("a plan is never mixed with what was done")
    left_out: set[tuple[int, LeftOut]] = set()
    kept = _kept(figures, bases, left_out)
    if measured.of_moment:
        kept = _newest(kept)
    found = []
    for figure in kept:
        amounts = _amounts(figure, measured.rollup)
        if isinstance(amounts, LeftOut):
            left_out.add((figure.unit, amounts))
        else:
            found.append((figure, amounts))
    telling = Telling([figure for figure, _ in found], of_moment=measured.of_moment)
    return Counting(found, frozenset(left_out), telling)


def _kept(
    figures: Iterable[Figure], bases: Sequence[Basis], left_out: set[tuple[int, LeftOut]]
) -> list[Figure]:
    """Return, of the figures of each unit, those for which no other stands."""
    of_unit: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.says_something and figure.basis in bases:
            of_unit[figure.unit].append(figure)
    kept = []
    for unit, own in of_unit.items():
        keys = Counter((figure.since, figure.until, figure.basis) for figure in own)
        if max(keys.values()) > 1:
            raise ValueError(f"unit {unit} has two figures for the same days: {max(keys)}")
        own.sort(key=lambda one: (-one.until.toordinal(), one.since, bases.index(one.basis)))
        standing: list[Figure] = []
        for figure in own:
            if any(other.covers(figure) for other in standing):
                continue
            if any(other.since < figure.until for other in standing):
                left_out.add((unit, LeftOut.OVERLAP))
                continue
            standing.append(figure)
        kept += standing
    return kept


def _newest(figures: Iterable[Figure]) -> list[Figure]:
    found: dict[int, Figure] = {}
    for figure in figures:
        if figure.unit not in found or found[figure.unit].until < figure.until:
            found[figure.unit] = figure
    return list(found.values())


def _amounts(figure: Figure, rollup: Rollup) -> Amounts | LeftOut:
    """Return what is carried: a value, a pair, of a weighted rate its weight; or what it lacks."""
    if rollup is Rollup.RATIO_OF_SUMS:
        if figure.numerator is None:
            return LeftOut.NO_VALUE
        if figure.denominator is None:
            return LeftOut.NO_DENOMINATOR
        return figure.numerator, figure.denominator
    if figure.value is None:
        return LeftOut.NO_VALUE
    if rollup is not Rollup.WEIGHTED:
        return (figure.value,)
    return LeftOut.NO_WEIGHT if figure.weight is None else (figure.weight,)
