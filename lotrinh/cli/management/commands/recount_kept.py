"""Counts anew what is kept so that pages are quick, and tells as JSON where that was wrong."""

import json
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.units import selectors as units

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Unit


class Command(BaseCommand):
    """``what`` names what is counted: "duties" so far."""

    stealth_options = ("what", "repair")

    def handle(self, *args: Any, **options: Any) -> str:
        """Return pairs of units with what counting finds beyond what was kept, by class."""
        repair = options["repair"]
        found = services.recount_duties() if repair else selectors.tally_differences()
        known = units.units_by_ids({pk for one in found for pk in (one.owed_to_id, one.unit_id)})
        told = [
            {
                "unit": _told(known[one.unit_id]),
                "owed_to": _told(known[one.owed_to_id]),
                "missing": {name: n for name, n in one.missing.numbers.items() if n},
            }
            for one in found
        ]
        return json.dumps(told, ensure_ascii=False)


def _told(unit: "Unit") -> dict[str, str]:
    return {"code": unit.code, "name_vi": unit.name_vi, "name_en": unit.name_en}
