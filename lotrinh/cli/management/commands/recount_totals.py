"""Counts all totals anew from the figures and tells as JSON what differs."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.selectors import Recount, Said


class Command(BaseCommand):
    """Reads; only where it is asked to repair, and something differs, are totals made anew."""

    stealth_options = ("period", "repair")

    def handle(self, *args: Any, **options: Any) -> str:
        """Return how much was counted, what differs, and how many sheets were made anew."""
        period, rebuilt = options["period"], 0
        found = services.recount_totals(period_code=period)
        if found.differences and options["repair"]:
            rebuilt = services.rebuild_totals(period_code=period, at=timezone.now())
            found = services.recount_totals(period_code=period)
        return json.dumps(
            {
                "sheets": found.sheets,
                "figures": found.figures,
                "totals": found.totals,
                "rebuilt": rebuilt,
                "differences": _differences(found),
            }
        )


def _differences(found: Recount) -> list[dict[str, str]]:
    names = selectors.names_of(found.differences)
    return [
        {
            "period": one.period,
            "basis": one.basis,
            "unit": names.units[one.unit_id],
            "measure": names.measures[one.measure_id],
            "kept": _said(one.kept),
            "counted": _said(one.counted),
            "part": "own" if one.is_own else "total",
        }
        for one in found.differences
    ]


def _said(said: Said) -> str:
    """Return a total in one word: its value or its sums, and how many units answered."""
    value = "-" if said.exact is None else str(said.exact)
    if said.denominator is not None:
        value = f"{said.numerator}/{said.denominator}"
    elif said.numerator is not None:
        value = str(said.numerator)
    return f"{value} ({said.answers})"
