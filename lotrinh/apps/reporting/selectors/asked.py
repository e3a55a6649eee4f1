"""Who is asked for a report, and who is to write it."""

from collections.abc import Iterable
from datetime import date

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Person
from lotrinh.rules.actions import Action


def officers_for(*, unit_ids: Iterable[int], on: date) -> dict[int, Person]:
    """Return by unit who is to write its report: the first of its posts that may enter figures.

    Units in which nobody may are absent.
    """
    return units.first_holders(unit_ids=unit_ids, on=on, action=Action.ENTER_FIGURE)
