"""How punctual units were with their reports, period by period, added up over the tree.

A report is on time where it was handed in by the day of the first stage; a correction that is
handed in anew keeps the last day, as the collection room tells it.
"""

from dataclasses import dataclass
from datetime import date

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.selectors import StripRow
from lotrinh.apps.reporting.models import Collection, CollectionStage, Regime, Report
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.report_states import ReportState
from lotrinh.rules.standing import Standing, standing, standing_when_done
from lotrinh.rules.tally import Tally


@dataclass(frozen=True, slots=True)
class Punctual:
    """The last collections of a regime, the earliest first, and by unit what became of each.

    The columns of the rows are the ids of the collections.
    """

    collections: tuple[Collection, ...]
    rows: tuple[StripRow[int], ...]


def regimes_watched(*, seen_by: int, on: date) -> tuple[Regime, ...]:
    """Return the regimes whose collection rooms the account may enter, the last set up first."""
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    rows = Regime.objects.filter(units.at_any("owed_to", reach)).select_related("owed_to")
    return tuple(rows.order_by("-since", "-pk"))


def punctual_in(*, regime: Regime, under: int, most: int, seen_by: int, on: date) -> Punctual:
    """Return how punctual a unit and all below it were in the last periods of a regime.

    Only of units whose figures the account may read, as in the room.
    """
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    known = Collection.objects.filter(regime=regime).select_related("period__kind", "regime")
    collections = tuple(reversed(list(known.order_by("-period__ends", "-pk")[:most])))
    stages = CollectionStage.objects.filter(collection__in=collections)
    first = stages.order_by("collection", "position").distinct("collection")
    dues = dict(first.values_list("collection", "due"))
    seen = Report.objects.filter(units.at_any("unit", reach), collection__in=collections)
    counted: dict[tuple[int, int], dict[Standing, int]] = {}
    rows = seen.values_list("unit", "collection", "state", "handed_in_on")
    for unit_id, collection_id, state, handed_in in rows:
        due = dues.get(collection_id)
        if handed_in is None or state == ReportState.OPEN:
            stands = standing(due, on)
        else:
            stands = standing_when_done(due, handed_in)
        held = counted.setdefault((unit_id, collection_id), {})
        held[stands] = held.get(stands, 0) + 1
    tallies = {key: Tally(found) for key, found in counted.items()}
    return Punctual(collections, duties.added_up(tallies, under=under, on=on))
