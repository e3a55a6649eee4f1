"""Giving a whole to units in parts.

Parts and remainder are the whole, exactly, at the decimals of the measure. What does not come out
even goes in single steps to whoever lost most by cutting, in the given order where several lost the
same. A unit of which nobody knows the base gets no part and is named; a part of 0 is a part. Parts
typed by hand may come to more or less than the whole: the difference is printed, never hidden.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lotrinh.rules.exact import cut, less, of_steps, steps, summed
from lotrinh.rules.lineage import Lineage, Portion


@dataclass(frozen=True, slots=True)
class Allotment:
    """A whole and the parts given of it, in the given order; ``without`` are units that got none.

    ``undivided`` are amounts of which nobody can say which single unit they belong to.
    """

    whole: Decimal
    parts: Mapping[int, Decimal]
    without: tuple[int, ...] = ()
    undivided: tuple[Portion, ...] = ()

    @property
    def given(self) -> Decimal:
        """The sum of the parts."""
        return summed(self.parts.values())

    @property
    def among_several(self) -> Decimal:
        """The sum of what is undivided."""
        return summed(portion.amounts[0] for portion in self.undivided)

    @property
    def remainder(self) -> Decimal:
        """What is neither given nor undivided, below 0 where more is given than there is."""
        return less(self.whole, summed((self.given, self.among_several)))


def equal(whole: Decimal, units: Sequence[int], *, places: int) -> Allotment:
    """Give all the same, as nearly as the decimals allow; one step more to the first ones.

    >>> equal(Decimal(11), [7, 8, 9], places=0).parts
    {7: Decimal('4'), 8: Decimal('4'), 9: Decimal('3')}
    """
    return proportional(whole, dict.fromkeys(units, Decimal(1)), places=places)


def proportional(whole: Decimal, bases: Mapping[int, Decimal | None], *, places: int) -> Allotment:
    """Give in proportion to the bases (households, people, the figure of last year).

    A base of 0 gets 0; a missing one (None) gets no part. Where no base is above 0 nothing is
    given. What the whole has behind the decimals of the measure remains. Raises ValueError for a
    base below 0.

    >>> proportional(Decimal(10), {1: Decimal(2), 2: Decimal(1), 3: None}, places=0)
    ... # doctest: +NORMALIZE_WHITESPACE
    Allotment(whole=Decimal('10'), parts={1: Decimal('7'), 2: Decimal('3')}, without=(3,),
    undivided=())
    """
    known = {unit: base for unit, base in bases.items() if base is not None}
    if any(base < 0 for base in known.values()):
        raise ValueError("a base is not below nought")
    without = tuple(unit for unit, base in bases.items() if base is None)
    if not any(known.values()):
        return Allotment(whole, {}, tuple(bases))
    sign = -1 if whole < 0 else 1
    parts = _largest_remainders(steps(cut(abs(whole), places), places), known)
    return Allotment(
        whole, {unit: of_steps(sign * count, places) for unit, count in parts.items()}, without
    )


def _largest_remainders(count: int, bases: Mapping[int, Decimal]) -> dict[int, int]:
    """Split steps by bases; the order of the mapping decides between equal remainders."""
    finest = max(0, *(-int(base.as_tuple().exponent) for base in bases.values()))
    weights = {unit: steps(base, finest) for unit, base in bases.items()}
    total = sum(weights.values())
    parts, lost = {}, {}
    for unit, weight in weights.items():
        parts[unit], lost[unit] = divmod(count * weight, total)
    left = count - sum(parts.values())
    for unit in sorted(lost, key=lambda one: -lost[one])[:left]:
        parts[unit] += 1
    return parts


def as_given(whole: Decimal, parts: Mapping[int, Decimal | None]) -> Allotment:
    """Give each unit what was typed for it, or what it had before; None: nothing is known.

    What the whole differs by remains, below 0 where the parts are more.
    """
    known = {unit: part for unit, part in parts.items() if part is not None}
    return Allotment(whole, known, tuple(unit for unit, part in parts.items() if part is None))


class Row(NamedTuple):
    """A pasted row: the name or code as it was typed, and the number read from it, if any."""

    name: str
    part: Decimal | None


@dataclass(frozen=True, slots=True)
class Pasted:
    """What pasted rows give, and the rows that give nothing: each is shown, none is guessed.

    ``unknown`` and ``repeated`` hold names as they were typed, ``empty`` units of rows without a
    number, ``absent`` those without a row. Of a unit that is named twice no row counts.
    """

    allotment: Allotment
    unknown: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    empty: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether every row found its unit, and every unit its row and number."""
        return not (self.unknown or self.repeated or self.empty or self.absent)


def pasted(
    whole: Decimal, rows: Iterable[Row], *, known: Mapping[str, int], units: Sequence[int]
) -> Pasted:
    """Give what pasted rows say; ``known`` maps names and codes, in small letters, to ``units``."""
    held = list(rows)
    found = [known.get(" ".join(row.name.split()).casefold()) for row in held]
    times = Counter(unit for unit in found if unit in units)
    once = {
        unit: row.part
        for unit, row in zip(found, held, strict=True)
        if unit is not None and times[unit] == 1
    }
    pairs = list(zip(found, held, strict=True))
    return Pasted(
        as_given(whole, {unit: once.get(unit) for unit in units}),
        unknown=tuple(row.name for unit, row in pairs if unit not in times),
        repeated=tuple(row.name for unit, row in pairs if unit in times and times[unit] > 1),
        empty=tuple(unit for unit in units if unit in once and once[unit] is None),
        absent=tuple(unit for unit in units if unit not in times),
    )


def after_changes(
    allotment: Allotment, lineage: Lineage, *, places: int, decided_on: date, on: date
) -> Allotment:
    """Give the parts to the units that follow, as the organisation stands on a day.

    What changed by the day on which the allotment was decided is in it already. Nothing is lost:
    parts, what is undivided and the remainder are the whole as before. A unit that gives a part of
    itself away gives the stated share of its part; where none is stated it keeps all.
    """
    held = [Portion(frozenset({unit}), (part,)) for unit, part in allotment.parts.items()]
    held += allotment.undivided
    carried = lineage.carried_on(held, places=places, after=decided_on, on=on)
    return Allotment(
        allotment.whole,
        {min(one.holders): one.amounts[0] for one in carried if not one.is_undivided},
        allotment.without,
        tuple(one for one in carried if one.is_undivided),
    )
