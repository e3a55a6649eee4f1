"""All that the page of a target says of what was reached, as far as its reader may read figures."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.targets import selectors as targets
from lotrinh.web.presenters.figures import HIGH, WIDE, unit_parts
from lotrinh.web.presenters.forecasting import heading_of
from lotrinh.web.presenters.target_series import reached_context

if TYPE_CHECKING:
    from lotrinh.apps.targets.models import Target
    from lotrinh.apps.units.models import Unit


def reached_of(
    target: "Target",
    parts: "Sequence[Target]",
    holding: Sequence[tuple[date, Decimal]],
    *,
    kind: str,
    seen_by: int,
    on: date,
) -> dict[str, Any] | None:
    """Return the series of a target with its parts; None where nothing was told, or may be read.

    ``parts`` are the targets that units hold of it; where there are none, the units right below
    that were asked or told something take their place.
    """
    who: dict[str, Any] = {"seen_by": seen_by, "on": on}
    plans = {part.unit_id: part for part in parts if part.unit_id is not None}
    held_by = {*targets.units_with_parts(target), *plans}
    series = reporting.series_of(target=target, kind=kind, parts=sorted(held_by) or None, **who)
    if series is None or series.last.said is None:
        return None
    found = reporting.answering(
        unit_id=series.place,
        known=series.ground,
        measure=target.measure,
        period=series.last.period,
        basis=series.last.said.basis,
        **who,
    )
    if found is None:
        return None
    below = set(found.below(series.place))
    held: list[tuple[int, Unit]] = [
        *((pk, part.unit) for pk, part in plans.items() if part.unit is not None),
        *((unit.pk, unit) for unit in series.children if unit.pk in below),
    ]
    share = found.answered_of_owed
    heading = heading_of(target, series, holding, **who)
    return {
        **reached_context(target, series, holding, heading.made),
        "heading": heading,
        "is_elsewhere": series.place != (target.unit_id or target.owed_to_id),
        "answered": share.part,
        "owed": share.whole,
        "missing": len(found.missing),
        "parts": unit_parts(target, series, found, held, plans),
        "wide": WIDE,
        "high": HIGH,
    }
