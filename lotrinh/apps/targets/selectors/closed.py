"""Targets whose time is over: what forecasts are held against."""

from datetime import date

from lotrinh.apps.targets.models import Target
from lotrinh.apps.targets.selectors.seen import visible


def closed_like(*, target: Target, most: int, seen_by: int, on: date) -> tuple[Target, ...]:
    """Return the targets like one whose due day has passed, the latest first, so many at most.

    Alike are those of measures that add up in the same way and go the same way through the year;
    only targets that hold and that the account may see.
    """
    measure = target.measure
    found = visible(seen_by=seen_by, on=on).filter(
        due__lt=on, measure__rollup=measure.rollup, measure__accumulates=measure.accumulates
    )
    rows = found.prefetch_related(None).select_related(None).select_related("measure")
    return tuple(rows.order_by("-due", "-pk")[:most])
