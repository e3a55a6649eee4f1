"""The recount held against what the board, the morning and the silence finder say.

``compare`` asks as one account on one day and returns how many answers were compared and every one
that differs, in words. Nothing may differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bench import recount_seen
from bench.recount import City, Told, read
from bench.recount_seen import Seen
from lotrinh.apps.duties import selectors
from lotrinh.apps.units.selectors import rights_asked_once
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Tally

_FIRST = 5


@dataclass(slots=True)
class Compared:
    """How many answers were compared, by what was asked, and which differ."""

    counts: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    ours: dict[str, int] = field(default_factory=dict)
    """By what was asked the sum of our numbers: that nothing was compared with nothing."""

    def hold(self, asked: str, where: object, ours: Any, theirs: Any) -> None:
        """Note one answer, and that it differs if it does."""
        self.counts[asked] = self.counts.get(asked, 0) + 1
        weight = ours if isinstance(ours, int) else len(ours)
        self.ours[asked] = self.ours.get(asked, 0) + weight
        if ours != theirs:
            self.differences.append(f"{asked}, {where}: {ours!r}, recounted {theirs!r}")

    def add(self, other: "Compared") -> None:
        """Take over what another comparison found."""
        for asked, many in other.counts.items():
            self.counts[asked] = self.counts.get(asked, 0) + many
            self.ours[asked] = self.ours.get(asked, 0) + other.ours[asked]
        self.differences += other.differences


def compare(user: int, *, on: date, city: City | None = None) -> Compared:
    """Ask the board, the morning and the silence finder as one account, and recount each."""
    found = Compared()
    seen = recount_seen.seen_by(user, city or read(on))
    with rights_asked_once():
        _board(found, seen)
        _morning(found, seen)
        _lists(found, seen)
        _silence(found, seen)
    return found


def _board(found: Compared, seen: Seen) -> None:
    theirs = recount_seen.board(seen)
    rows = {row.unit.id: row for row in selectors.board(seen_by=seen.user, on=seen.city.on)}
    found.hold("units of the board", seen.user, sorted(rows), sorted(theirs))
    for unit, row in rows.items():
        for part, tally, counted in zip(
            ("own", "whole"), (row.own, row.whole), theirs.get(unit, ({}, {})), strict=True
        ):
            for stands, ours in _numbers(tally):
                found.hold("numbers of the board", (unit, part, stands), ours, counted.get(stands))


def _numbers(tally: Tally) -> Iterator[tuple[str, int]]:
    yield from ((str(one), tally[one]) for one in Standing)
    yield "refused", tally.refused
    yield "cancelled", tally.cancelled


def _morning(found: Compared, seen: Seen) -> None:
    """Compare every number of the morning, and the first of each of its lists in their order."""
    morning = selectors.morning(seen_by=seen.user, on=seen.city.on, most=_FIRST)
    city, told = seen.city, seen.duties()
    late = _late(told, city)
    quiet = sorted(_reasoned(told, city, "no_word"), key=lambda one: (one.heard, one.pk))
    for decision, many in morning.to_decide.items():
        waits = sorted((one for one in told if decision in seen.waits(one)), key=_by_due)
        found.hold("numbers of the morning", decision, many, len(waits))
        _first(found, decision, morning.first[decision], waits)
    _first(found, "overdue", morning.latest, late)
    _first(found, "silent", morning.longest_silent, quiet)
    for name, theirs in _totals(told, city, len(late), len(quiet)).items():
        found.hold("numbers of the morning", name, getattr(morning, name), theirs)


def _first(found: Compared, name: str, ours: Any, theirs: list[Told]) -> None:
    shown = [duty.pk for duty in ours]
    found.hold("lists of the morning", name, shown, [told.pk for told in theirs[:_FIRST]])


def _totals(told: list[Told], city: City, late: int, quiet: int) -> dict[str, int]:
    return {
        "overdue": late,
        "silent": quiet,
        "without_person": len(_reasoned(told, city, "no_person")),
        "phantom_owners": len(_reasoned(told, city, "elsewhere")),
    }


def _lists(found: Compared, seen: Seen) -> None:
    """Compare the lists that the numbers of the morning open, whole and in their order."""
    told, city = seen.duties(), seen.city
    asked: dict[str, Any] = {"seen_by": seen.user, "on": city.on}
    theirs: dict[str, tuple[Any, list[Told]]] = {
        "overdue": (selectors.overdue(**asked), _late(told, city)),
        "silent": (selectors.silent(**asked), _reasoned(told, city, "no_word")),
        "without_person": (selectors.without_person(**asked), _reasoned(told, city, "no_person")),
        "phantom_owners": (selectors.phantom_owners(**asked), _reasoned(told, city, "elsewhere")),
    }
    for decision in selectors.Decision:
        waits = [one for one in told if decision in seen.waits(one)]
        theirs[decision] = (selectors.awaiting(decision, **asked), waits)
    for name, (ours, counted) in theirs.items():
        shown = list(ours.values_list("pk", flat=True))
        found.hold("lists", name, shown, [one.pk for one in sorted(counted, key=_by_due)])


def _silence(found: Compared, seen: Seen) -> None:
    """Compare every duty of the silence finder: its unit, each reason with its day, its words."""
    city = seen.city
    theirs = {
        one.pk: (city.answers(one.unit), why, one.word, one.issued)
        for one in seen.duties()
        if (why := recount_seen.reasons(one, city))
    }
    shown = selectors.unheard(seen_by=seen.user, on=city.on)
    ours = {
        one.duty_id: (
            one.unit_id,
            {str(why): day for why, day in one.since.items()},
            one.heard_on,
            one.issued_on,
        )
        for one in shown
    }
    for pk in sorted(ours.keys() | theirs.keys()):
        found.hold("duties of the silence finder", pk, ours.get(pk, ()), theirs.get(pk, ()))
    units = [one.unit_id for one in shown]
    runs = [unit for place, unit in enumerate(units) if place == 0 or units[place - 1] != unit]
    found.hold("units of the silence finder, once each", seen.user, sorted(runs), sorted(set(runs)))


def _late(told: list[Told], city: City) -> list[Told]:
    return sorted((one for one in told if one.stands(city.on) == "open_overdue"), key=_by_due)


def _reasoned(told: list[Told], city: City, reason: str) -> list[Told]:
    return [one for one in told if reason in recount_seen.reasons(one, city)]


def _by_due(told: Told) -> tuple[date, int]:
    return told.due or date.max, told.pk
