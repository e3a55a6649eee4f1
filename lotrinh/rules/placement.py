"""Where units stand in one tree, day by day, and what a change of a tree does to everyone below.

A place says that a unit stands under its parent for an interval ``[since, until)``; its path leads
from the root down to the unit itself. The parent is the truth, the path follows from it: whoever
moves, moves with everyone below, and of each of them a new place begins on the day of the change.
What stood before that day is never touched. A step is worked out here and only written by the
caller, so that it can be shown before it is taken.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Place(NamedTuple):
    """A unit under ``parent`` (None: at the root) from ``since`` to the day before ``until``.

    ``path`` holds the ids from the root to the unit itself.
    """

    unit: int
    parent: int | None
    path: tuple[int, ...]
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the unit stands here that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Step:
    """What one change does: ``ended`` places end on ``day``, ``begun`` ones begin with it.

    Places of ``ended`` are as they stood before.
    """

    day: date
    ended: tuple[Place, ...] = ()
    begun: tuple[Place, ...] = ()


class Refused(Exception):
    """A change of a tree that cannot be; ``unit`` is the id of the unit in its way."""

    def __init__(self, unit: int, day: date) -> None:
        super().__init__(f"unit {unit} on {day.isoformat()}")
        self.unit = unit
        self.day = day


class StandsAlready(Refused):
    """The unit stands in this tree on that day or later."""


class StandsNowhere(Refused):
    """The unit does not stand in this tree on that day."""


class ParentStandsNowhere(Refused):
    """The new parent does not stand in this tree from that day on."""


class BelowItself(Refused):
    """A unit cannot stand below itself or below one of its own."""


class LaterChangeKnown(Refused):
    """A change of this or a later day is known already; it has to be undone first."""


class StillOthersBelow(Refused):
    """Units stand below and would be left without a place."""


class TreeHistory:
    """Every place of one tree. A step is only worked out; ``after`` gives its outcome."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._by_unit: dict[int, list[Place]] = {}
        for place in places:
            self._by_unit.setdefault(place.unit, []).append(place)
        for held in self._by_unit.values():
            held.sort(key=lambda place: place.since)

    def __iter__(self) -> Iterator[Place]:
        """Give every place, unit by unit, the earliest first."""
        for held in self._by_unit.values():
            yield from held

    def place_of(self, unit: int, day: date) -> Place | None:
        """Return where the unit stands that day, or None."""
        for place in reversed(self._by_unit.get(unit, ())):
            if place.since <= day:
                return place if place.holds_on(day) else None
        return None

    def standing(self, day: date) -> tuple[int, ...]:
        """Return every unit that stands that day."""
        return tuple(unit for unit in self._by_unit if self.place_of(unit, day) is not None)

    def after(self, step: Step) -> "TreeHistory":
        """Return the history in which the step has been taken."""
        ended = set(step.ended)
        kept = [replace_end(place, step.day) if place in ended else place for place in self]
        return TreeHistory([*kept, *step.begun])

    def found(self, unit: int, parent: int | None, day: date) -> Step:
        """Let a unit begin under a parent. Raises StandsAlready, ParentStandsNowhere."""
        held = self._by_unit.get(unit, ())
        if held and (held[-1].until is None or held[-1].until > day):
            raise StandsAlready(unit, day)
        path = (*self._path_above(unit, parent, day), unit)
        return Step(day, begun=(Place(unit, parent, path, day),))

    def move(self, unit: int, parent: int, day: date) -> Step:
        """Let a unit, and everyone below it, stand under another parent from that day.

        Raises StandsNowhere, ParentStandsNowhere, BelowItself, LaterChangeKnown.
        """
        place = self._held(unit, day)
        above = self._path_above(unit, parent, day)
        depth = len(place.path) - 1
        ended: list[Place] = []
        for other in self._reaching(day):
            if unit not in other.path:
                continue
            if other.since >= day:
                raise LaterChangeKnown(other.unit, other.since)
            ended.append(other)
        begun = (
            Place(
                unit=other.unit,
                parent=parent if other.unit == unit else other.parent,
                path=(*above, *other.path[depth:]),
                since=day,
                until=other.until,
            )
            for other in ended
        )
        return Step(day, tuple(ended), tuple(begun))

    def end(self, unit: int, day: date) -> Step:
        """Let a unit stand no more from that day.

        Raises StandsNowhere, StillOthersBelow, LaterChangeKnown.
        """
        place = self._held(unit, day)
        if place.since >= day:
            raise LaterChangeKnown(unit, place.since)
        for other in self._reaching(day):
            if other.parent == unit:
                raise StillOthersBelow(other.unit, day)
            if other.unit == unit and other.since > day:
                raise LaterChangeKnown(unit, other.since)
        return Step(day, ended=(place,))

    def _held(self, unit: int, day: date) -> Place:
        place = self.place_of(unit, day)
        if place is None:
            raise StandsNowhere(unit, day)
        return place

    def _path_above(self, unit: int, parent: int | None, day: date) -> tuple[int, ...]:
        """Return the path of a parent that stands from that day on, without an end in sight."""
        if parent is None:
            return ()
        place = self.place_of(parent, day)
        if place is None or place.until is not None:
            raise ParentStandsNowhere(parent, day)
        if unit in place.path:
            raise BelowItself(unit, day)
        return place.path

    def _reaching(self, day: date) -> Iterator[Place]:
        return (place for place in self if place.until is None or place.until > day)


def replace_end(place: Place, day: date) -> Place:
    """Return the place as it ends on that day.

    >>> replace_end(Place(2, 1, (1, 2), date(2020, 1, 1)), date(2025, 7, 1)).until
    datetime.date(2025, 7, 1)
    """
    return place._replace(until=day)
