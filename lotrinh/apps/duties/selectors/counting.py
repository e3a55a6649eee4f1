"""How units count deadlines on a day, with what they inherit from above; and the calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists

from lotrinh.apps.duties.models import CalendarDay, CountingRule
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.due_days import DEFAULT_COUNTING, Before, Counting
from lotrinh.rules.tally import Rhythm
from lotrinh.rules.working_days import DayKind, WorkingDays


@dataclass(frozen=True, slots=True)
class OwnCounting:
    """What one unit says itself of how it counts; None is inherited from above."""

    before: Before | None = None
    closes_at: int | None = None
    default_days: int | None = None
    soon_days: int | None = None
    report_days: int | None = None
    silent_periods: int | None = None


@dataclass(frozen=True, slots=True)
class CountingHeld:
    """How a unit counts on a day: the values, and by field the unit that they come from.

    A field that no unit sets is absent from ``origins``. ``own`` is what the unit itself says,
    ``last`` tells the last rule of the unit, also one to come, ``begins`` when that begins.
    """

    counting: Counting
    own: OwnCounting
    origins: Mapping[str, Unit]
    last: UUID | None
    begins: date | None


def counting_of(unit_ids: Iterable[int], *, on: date) -> dict[int, Counting]:
    """Return by unit how it counts on that day; the nearest unit above that says it counts.

    Few units say anything: theirs are asked for first, and where they stand only if there are any.
    """
    wanted = set(unit_ids)
    own = _own_rules(on=on) if wanted else {}
    if not own:
        return dict.fromkeys(wanted, DEFAULT_COUNTING)
    paths = _paths(wanted, on=on)
    return {unit_id: _merged(paths[unit_id], own)[0] for unit_id in wanted}


def rhythms_on(*, on: date) -> dict[int, Rhythm]:
    """Return by unit how often it wants to hear of what it is owed, where that was ever said.

    By the unit itself or by one above it. Every unit that is absent has the usual rhythm. What an
    ended unit is owed is heard of as the unit wants it that answers for it.
    """
    said = {
        unit_id: own
        for unit_id, own in _own_rules(on=on).items()
        if own.report_days is not None or own.silent_periods is not None
    }
    if not said:
        return {}
    found = {
        one.id: _merged(one.path, said)[0].rhythm
        for one in units.tree_on(on=on)
        if not said.keys().isdisjoint(one.path)
    }
    heirs = units.answerable_for(units.heirs_by(on=on), on=on)
    return found | {ended: found[heir] for ended, heir in heirs.items() if heir in found}


def any_counting() -> Exists:
    """Return the condition that some unit has ever said how it counts, to ask beside other rows."""
    return Exists(CountingRule.objects.all())


def counting_held(*, unit: Unit, on: date) -> CountingHeld:
    """Return how one unit counts on that day, and where each value comes from."""
    path = _paths([unit.pk], on=on)[unit.pk]
    own = _own_rules(on=on)
    counting, origins = _merged(path, own)
    known = units.units_by_ids(set(origins.values()))
    last = CountingRule.objects.filter(unit=unit).order_by("valid").last()
    return CountingHeld(
        counting=counting,
        own=own.get(unit.pk, OwnCounting()),
        origins={name: known[unit_id] for name, unit_id in origins.items()},
        last=last.uid if last else None,
        begins=last.valid.lower if last else None,
    )


def working_days() -> WorkingDays:
    """Return the calendar as it is entered now."""
    rows = CalendarDay.objects.filter(withdrawn_at__isnull=True).values_list("kind", "day")
    found: dict[str, set[date]] = {kind: set() for kind in DayKind}
    for kind, day in rows:
        found[kind].add(day)
    return WorkingDays(
        holidays=frozenset(found[DayKind.HOLIDAY]), worked=frozenset(found[DayKind.WORKED])
    )


def days_entered(*, year: int) -> tuple[CalendarDay, ...]:
    """Return the days of a year that depart from the week, in their order."""
    found = CalendarDay.objects.filter(withdrawn_at__isnull=True, day__year=year)
    return tuple(found.order_by("day"))


def years_entered() -> tuple[int, ...]:
    """Return the years for which at least one day is entered, in their order."""
    days = CalendarDay.objects.filter(withdrawn_at__isnull=True)
    return tuple(found.year for found in days.dates("day", "year"))


def day_entered(uid: UUID) -> CalendarDay | None:
    """Return what was entered for a day, withdrawn or not; None where there is no such entry."""
    return CalendarDay.objects.filter(uid=uid).first()


def _paths(unit_ids: Iterable[int], *, on: date) -> dict[int, tuple[int, ...]]:
    """Return by unit the ids from the root down to it; of one that stands nowhere its own alone."""
    wanted = set(unit_ids)
    places = units.nearest_places(unit_ids=wanted, on=on)
    return {
        unit_id: tuple(int(step) for step in places[unit_id].path.split("."))
        if unit_id in places
        else (unit_id,)
        for unit_id in wanted
    }


def _own_rules(*, on: date) -> dict[int, OwnCounting]:
    rows = CountingRule.objects.filter(valid__contains=on)
    return {
        row.unit_id: OwnCounting(
            before=Before(row.before) if row.before else None,
            closes_at=row.closes_at,
            default_days=row.default_days,
            soon_days=row.soon_days,
            report_days=row.report_days,
            silent_periods=row.silent_periods,
        )
        for row in rows
    }


def _merged(path: Iterable[int], own: Mapping[int, OwnCounting]) -> tuple[Counting, dict[str, int]]:
    """Return what holds at the end of a path, each value with the unit that says it."""
    values: dict[str, Any] = {}
    origins: dict[str, int] = {}
    for unit_id in path:
        said = own.get(unit_id, OwnCounting())
        for name in (field.name for field in fields(OwnCounting)):
            value = getattr(said, name)
            if value is not None:
                values[name], origins[name] = value, unit_id
    return Counting(**values), origins
