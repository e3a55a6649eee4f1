"""What a target is to stand at on the way, and how that was changed."""

from datetime import date
from decimal import Decimal

from lotrinh.apps.targets.models import InterimValue, Target


def interim_of(*, target: Target) -> tuple[tuple[date, Decimal], ...]:
    """Return the interim values that hold, by day."""
    latest: dict[date, Decimal | None] = {}
    for row in target.interim_values.order_by("id"):
        latest[row.day] = row.value
    return tuple((day, value) for day, value in sorted(latest.items()) if value is not None)


def revisions_of(*, target: Target) -> tuple[InterimValue, ...]:
    """Return every row that took the place of another one, the latest first."""
    seen: set[date] = set()
    changed = []
    for row in target.interim_values.select_related("by").order_by("id"):
        if row.day in seen:
            changed.append(row)
        seen.add(row.day)
    return tuple(reversed(changed))
