"""What a target is to stand at on the way, and how that was changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from lotrinh.apps.targets.models import InterimValue, Target


@dataclass(frozen=True, slots=True)
class Milestones:
    """The days on the way to a target.

    ``holding`` are the values that hold, by day; ``revisions`` the rows that took the place of
    others, the latest first.
    """

    holding: tuple[tuple[date, Decimal], ...]
    revisions: tuple[InterimValue, ...]


def milestones_of(*, target: Target) -> Milestones:
    """Return the days on the way to a target, and how they were changed."""
    latest: dict[date, Decimal | None] = {}
    changed = []
    for row in target.interim_values.select_related("by").order_by("id"):
        if row.day in latest:
            changed.append(row)
        latest[row.day] = row.value
    holding = tuple((day, value) for day, value in sorted(latest.items()) if value is not None)
    return Milestones(holding, tuple(reversed(changed)))


def interim_of(*, target: Target) -> tuple[tuple[date, Decimal], ...]:
    """Return the interim values that hold, by day."""
    return milestones_of(target=target).holding


def interim_of_all(*, targets: Iterable[Target]) -> dict[int, tuple[tuple[date, Fraction], ...]]:
    """Return by target the interim values that hold, by day, exact; one that has none is absent."""
    asked = [target.pk for target in targets]
    latest: dict[int, dict[date, Decimal | None]] = {}
    rows = InterimValue.objects.filter(target__in=asked).order_by("id")
    for pk, day, value in rows.values_list("target", "day", "value"):
        latest.setdefault(pk, {})[day] = value
    return {
        pk: tuple(
            (day, Fraction(value)) for day, value in sorted(held.items()) if value is not None
        )
        for pk, held in latest.items()
    }
