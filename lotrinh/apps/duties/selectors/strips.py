"""How punctual units were, month by month: what fell due in each, added up over the tree.

A duty stands in the month of the deadline that holds, so every duty with a deadline stands in one
month and is counted once. One GROUP BY answers for a whole city.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Case, CharField, Count, DateField, Value, When
from django.db.models.functions import TruncMonth

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.selectors.seen import COUNTED, standing_filter, within
from lotrinh.apps.duties.selectors.windows import due_between
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.selectors import PlacedUnit
from lotrinh.rules.actions import Action
from lotrinh.rules.punctuality import Months
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Tally

Column = TypeVar("Column", bound=Hashable)


@dataclass(frozen=True, slots=True)
class StripRow(Generic[Column]):
    """A unit with what fell due by column: its own, and with all units below it.

    A column in which nothing fell due is absent.
    """

    unit: PlacedUnit
    own: Mapping[Column, Tally]
    whole: Mapping[Column, Tally]


def strips(*, months: Months, seen_by: int, on: date, under: int) -> tuple[StripRow[date], ...]:
    """Return a unit and all that stand below it that day, parents first, as the account sees them.

    Its columns are the first days of the months. What an ended unit owed counts with the unit that
    answers for it, as on the board.
    """
    counted = _by_unit_and_month(months, seen_by=seen_by, on=on)
    return added_up(counted, under=under, on=on)


def added_up(
    counted: Mapping[tuple[int, Column], Tally], *, under: int, on: date
) -> "tuple[StripRow[Column], ...]":
    """Return a unit and all below it that day with what is counted by unit and column added up."""
    placed = [one for one in units.tree_on(on=on) if under in one.path]
    answers = units.answerable_for({pk for pk, _ in counted}, on=on) if counted else {}
    own: dict[int, dict[Column, Tally]] = {}
    for (unit_id, column), tally in counted.items():
        _add(own.setdefault(answers[unit_id], {}), column, tally)
    whole = {pk: dict(held) for pk, held in own.items()}
    for one in reversed(placed):
        if one.id == under or one.id not in whole:
            continue
        above = whole.setdefault(one.path[-2], {})
        for column, tally in whole[one.id].items():
            _add(above, column, tally)
    return tuple(StripRow(one, own.get(one.id, {}), whole.get(one.id, {})) for one in placed)


def _by_unit_and_month(months: Months, *, seen_by: int, on: date) -> dict[tuple[int, date], Tally]:
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    cases = [When(standing_filter(one, on=on), then=Value(str(one))) for one in Standing]
    rows = (
        Duty.objects.filter(within(reach), COUNTED, due_between(months.first, months.last))
        .filter(unit__isnull=False)
        .order_by()
        .annotate(
            month=TruncMonth("binding_due", output_field=DateField()),
            stand=Case(*cases, output_field=CharField()),
        )
        .values_list("unit_id", "month", "stand")
        .annotate(n=Count("pk"))
    )
    found: dict[tuple[int, date], dict[Standing, int]] = {}
    for unit_id, month, stand, n in rows:
        found.setdefault((unit_id, month), {})[Standing(stand)] = n
    return {key: Tally(counts) for key, counts in found.items()}


def _add(held: dict[Column, Tally], column: Column, tally: Tally) -> None:
    held[column] = held[column] + tally if column in held else tally
