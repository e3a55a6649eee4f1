"""Whose number counts where after the organisation has changed.

A figure stays with the unit that reported it for ever. Seen on a later day it counts at the units
that follow: wholly after a merger, by the stated shares after a split. A part is cut at the
decimals of the measure (there is no half family), and what shares and cutting leave over, or what
no share was stated for, belongs to no single unit: it is *undivided* among those who may hold it,
and is told with them. So a total is the same before and after, to the last decimal. Where all who
may hold it later become one unit, it is that unit's. A unit that lives on after giving a part away
keeps what no share moves, and what it tells of days after the change is its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lotrinh.rules.exact import cut, less, summed, times
from lotrinh.rules.succession import Edge

Amounts = tuple[Decimal, ...]

_NOBODY: Mapping[int, date] = {}


class Handover(NamedTuple):
    """That on ``day`` the source of the edge hands over; ``ends``: it stands no more from then."""

    day: date
    edge: Edge
    ends: bool = True


class Portion(NamedTuple):
    """Amounts with those who may hold them; ``beyond``: perhaps others do.

    One holder and not beyond: they are that unit's. Otherwise they are undivided.
    """

    holders: frozenset[int]
    amounts: Amounts
    beyond: bool = False

    @property
    def is_undivided(self) -> bool:
        """Whether nobody can say to which single unit the amounts belong."""
        return self.beyond or len(self.holders) > 1


@dataclass(frozen=True, slots=True)
class _Carriage:
    """What is carried: with how many decimals, told until when, whether it can be divided."""

    places: int
    told_until: date | None = None
    divisible: bool = True


class Lineage:
    """All handovers of a register of units, planned ones included."""

    def __init__(self, handovers: Iterable[Handover] = ()) -> None:
        self._ended: dict[int, date] = {}
        by_day: dict[date, dict[int, list[Edge]]] = defaultdict(lambda: defaultdict(list))
        for day, edge, ends in handovers:
            by_day[day][edge.source].append(edge)
            if ends:
                self._ended[edge.source] = day
        self._days = {day: by_day[day] for day in sorted(by_day)}
        for leaving in self._days.values():
            for source, edges in leaving.items():
                if summed(edge.share for edge in edges if edge.share is not None) > 1:
                    raise ValueError(f"unit {source} hands over more than the whole")

    def carried(
        self,
        unit: int,
        amounts: Amounts,
        *,
        places: int,
        on: date,
        told_until: date | None = None,
        divisible: bool = True,
        told_by: Mapping[int, date] = _NOBODY,
    ) -> tuple[Portion, ...]:
        """Return who holds what of the amounts of a unit, seen on a day; their sum is unchanged.

        ``told_until`` ends the days that the amounts tell of: a part given away before then by a
        unit that lives on is in them already. None: they are of no time, as a plan is. What is not
        ``divisible`` (a highest value, a rank) goes on wholly or stays undivided. ``told_by`` are
        units with the day until which figures of their own tell of what they took over: whatever
        comes to them before that day is left out here. Raises ValueError where units follow each
        other in a circle.

        >>> lineage = Lineage([Handover(date(2025, 7, 1), Edge(1, 3))])
        >>> lineage.carried(1, (Decimal(100),), places=0, on=date(2025, 12, 31))[0].holders
        frozenset({3})
        """
        carriage = _Carriage(places, told_until, divisible)
        held = [Portion(frozenset({unit}), amounts)]
        for day, leaving in self._between(date.min, on):
            held = self._after(held, day, leaving, carriage)
            if told_by:
                held = [one for one in held if not _is_told(one, unit, told_by, day)]
        return tuple(held)

    def carried_on(
        self, portions: Iterable[Portion], *, places: int, after: date, on: date
    ) -> tuple[Portion, ...]:
        """Return who holds what of amounts of no time (a plan) that were so held on a day before.

        Handovers count that came after the day ``after``. Of each holder there is one portion.
        """
        held = _merged(portions)
        for day, leaving in self._between(after, on):
            held = self._after(held, day, leaving, _Carriage(places))
        return tuple(held)

    def _between(
        self, after: date, on: date
    ) -> Iterator[tuple[date, Mapping[int, Sequence[Edge]]]]:
        return ((day, leaving) for day, leaving in self._days.items() if after < day <= on)

    def followers(self, unit: int, on: date) -> frozenset[int]:
        """Return the units at which an ended unit counts that day; itself while it stands."""
        portions = self.carried(
            unit, (Decimal(0),), places=0, on=on, told_until=date.max, divisible=False
        )
        return frozenset(holder for portion in portions for holder in portion.holders)

    def ended_by(self, on: date) -> frozenset[int]:
        """Return the units that have handed over and stand no more on that day."""
        return frozenset(unit for unit, day in self._ended.items() if day <= on)

    def _after(
        self,
        held: list[Portion],
        day: date,
        leaving: Mapping[int, Sequence[Edge]],
        carriage: _Carriage,
    ) -> list[Portion]:
        """Return the portions at the end of a day: all move once, the ended on until none is."""
        if not any(one.holders & leaving.keys() for one in held):
            return held
        held = _merged(moved for one in held for moved in self._moved(one, day, leaving, carriage))
        ended = {unit: edges for unit, edges in leaving.items() if self._ended.get(unit) == day}
        for _ in range(len(ended) + 1):
            if not any(one.holders & ended.keys() for one in held):
                return held
            held = _merged(
                moved for one in held for moved in self._moved(one, day, ended, carriage)
            )
        raise ValueError(f"units follow each other in a circle on {day}: {sorted(ended)}")

    def _moved(
        self,
        portion: Portion,
        day: date,
        leaving: Mapping[int, Sequence[Edge]],
        carriage: _Carriage,
    ) -> Iterator[Portion]:
        if not portion.holders & leaving.keys():
            yield portion
        elif portion.is_undivided:
            holders = frozenset(
                heir
                for unit in portion.holders
                for heir in self._heirs(unit, day, leaving.get(unit, ()), carriage)
            )
            yield portion._replace(holders=holders)
        else:
            (unit,) = portion.holders
            ends = self._ended.get(unit) == day
            if ends or self._gives(day, carriage):
                yield from _divided(unit, portion.amounts, leaving[unit], ends, carriage)
            else:
                yield portion

    def _heirs(
        self, unit: int, day: date, edges: Sequence[Edge], carriage: _Carriage
    ) -> Iterator[int]:
        if self._ended.get(unit) == day:
            yield from (edge.target for edge in edges)
            return
        yield unit
        if self._gives(day, carriage):
            yield from (edge.target for edge in edges if edge.share is not None)

    def _gives(self, day: date, carriage: _Carriage) -> bool:
        """Say whether a unit that lives on gives parts of such amounts away that day."""
        return carriage.divisible and (carriage.told_until is None or carriage.told_until <= day)


def _divided(
    unit: int, amounts: Amounts, edges: Sequence[Edge], ends: bool, carriage: _Carriage
) -> Iterator[Portion]:
    shares = {edge.target: edge.share for edge in edges if edge.share is not None}
    if ends and len(edges) == 1 and edges[0].whole and not shares:
        shares = {edges[0].target: Decimal(1)}
    if not carriage.divisible:
        shares = {target: share for target, share in shares.items() if share == 1}
    parts = {
        target: tuple(
            amount if share == 1 else cut(times(amount, share), carriage.places)
            for amount in amounts
        )
        for target, share in shares.items()
    }
    rest = tuple(
        less(amount, summed(part[place] for part in parts.values()))
        for place, amount in enumerate(amounts)
    )
    for target, part in parts.items():
        yield Portion(frozenset({target}), part)
    if any(rest) or (not parts and not shares):
        yield _rest(unit, rest, edges, ends)


def _rest(unit: int, rest: Amounts, edges: Sequence[Edge], ends: bool) -> Portion:
    if not ends:
        return Portion(frozenset({unit}), rest)
    stated = [edge.share for edge in edges if edge.share is not None]
    is_all_named = summed(stated) == 1 or (len(edges) > 1 and len(stated) < len(edges))
    return Portion(frozenset(edge.target for edge in edges), rest, beyond=not is_all_named)


def _merged(portions: Iterable[Portion]) -> list[Portion]:
    found: dict[tuple[frozenset[int], bool], Amounts] = {}
    for holders, amounts, beyond in portions:
        held = found.get((holders, beyond))
        both = zip(held, amounts, strict=True) if held else None
        found[holders, beyond] = tuple(summed(pair) for pair in both) if both else amounts
    return [Portion(holders, amounts, beyond) for (holders, beyond), amounts in found.items()]


def _is_told(portion: Portion, unit: int, told_by: Mapping[int, date], day: date) -> bool:
    return not portion.beyond and all(
        one != unit and one in told_by and told_by[one] > day for one in portion.holders
    )
