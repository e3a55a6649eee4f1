"""What a target is to stand at on the way, and how that was changed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
