"""What became what: for a list of changes, and for two days that are compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lotrinh.apps.units.models import Change, Succession, Unit, UnitName
from lotrinh.rules.succession import ChangeKind


@dataclass(frozen=True, slots=True)
class Renamed:
    """The names of a unit before and after a change, by language."""

    before: dict[str, str]
    after: dict[str, str]


def became_in(changes: Iterable[Change]) -> dict[int, tuple[tuple[Unit, Unit], ...]]:
    """Return by change which unit became which, in the order of Vietnamese names."""
    rows = Succession.objects.filter(change__in=list(changes)).select_related("source", "target")
    found: dict[int, tuple[tuple[Unit, Unit], ...]] = {}
    for row in rows.order_by("source__sort_key", "-answers", "target__sort_key"):
        found[row.change_id] = (*found.get(row.change_id, ()), (row.source, row.target))
    return found


def renamed_in(changes: Iterable[Change]) -> dict[int, Renamed]:
    """Return by change of name the official names that ended with it and those that began.

    The changes have their units; of those that are no change of name nothing is told.
    """
    wanted = {
        change.pk: (change.day, {unit.pk for unit in change.units.all()})
        for change in changes
        if change.kind == ChangeKind.RENAME
    }
    if not wanted:
        return {}
    days = {day for day, _units in wanted.values()}
    ids = {pk for _day, units in wanted.values() for pk in units}
    turning = Q(valid__startswith__in=days) | Q(valid__endswith__in=days)
    rows = UnitName.objects.filter(turning, kind="official", unit_id__in=ids)
    found = {pk: Renamed({}, {}) for pk in wanted}
    for row in rows.order_by("pk"):
        for pk, (day, units) in wanted.items():
            if row.unit_id in units and row.valid.upper == day:
                found[pk].before[row.language] = row.text
            elif row.unit_id in units and row.valid.lower == day:
                found[pk].after[row.language] = row.text
    return found


def became_between(
    *, first: date, last: date, units: Iterable[int]
) -> tuple[dict[int, tuple[Unit, ...]], dict[int, tuple[Unit, ...]]]:
    """Return by unit what it became between two days, and by unit what it was made of.

    The days count in either order; what became of a unit on the earlier day itself is left out.
    """
    ids = list(units)
    rows = Succession.objects.filter(
        Q(source_id__in=ids) | Q(target_id__in=ids),
        change__undone_at=None,
        change__day__gt=min(first, last),
        change__day__lte=max(first, last),
    ).select_related("source", "target")
    became: dict[int, tuple[Unit, ...]] = {}
    made_of: dict[int, tuple[Unit, ...]] = {}
    for row in rows.order_by("-answers", "source__sort_key", "target__sort_key"):
        became[row.source_id] = (*became.get(row.source_id, ()), row.target)
        made_of[row.target_id] = (*made_of.get(row.target_id, ()), row.source)
    return became, made_of
