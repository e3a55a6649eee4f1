"""Units that have ended by a day: which unit answers for each, and where rights over it are judged.

One query for a day, because every page asks: an ended unit's papers and duties go where the unit
stands that answers for it; where nobody answers, they stay where it last stood.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from lotrinh.apps.units.models import Placement, Succession
from lotrinh.apps.units.selectors.asked import asked_here
from lotrinh.apps.units.selectors.trees import MAIN_TREE
from lotrinh.rules.succession import answering

Heirs = Mapping[int, tuple[date, int]]
EndedRow = tuple[int, str, str, int | None, date | None, str | None]
"""A unit, the tree and the path in which it stood, who answers for it since when, and where."""


_COLUMNS = ("unit_id", "in_tree", "path", "heir", "heir_day", "heir_path")


@dataclass(frozen=True, slots=True)
class Ended:
    """For ended units the path at which each is judged, and since when who answers for it."""

    judged: Mapping[int, str]
    heirs: Heirs


def ended_units(*, on: date) -> Ended:
    """Return what is known of every unit that stood once and stands no more on that day."""
    asked = asked_here()
    if asked is not None and on in asked.ended:
        return asked.ended[on]
    rows = ended_rows(on=on).order_by("begun").values_list(*_COLUMNS)
    found = understood(rows, on=on)
    if asked is not None:
        asked.ended[on] = found
    return found


def ended_by(*, on: date) -> frozenset[int]:
    """Return the units that stood in the main tree once and stand there no more on that day."""
    return frozenset(ended_units(on=on).judged)


def stands(*, unit_id: int, on: date) -> bool:
    """Say whether the unit stands in the main tree on that day."""
    places = Placement.objects.filter(unit_id=unit_id, tree__code=MAIN_TREE, valid__contains=on)
    return places.exists()


def ended_rows(*, on: date) -> QuerySet[Any, Any]:
    """Return every place in a tree whose unit stands there no more, with who answers for it.

    Seven columns: those of ``EndedRow`` and the day on which it began to stand there.
    """
    standing = Placement.objects.filter(valid__contains=on)
    here = standing.filter(unit_id=OuterRef("unit_id"), tree_id=OuterRef("tree_id"))
    heir = Succession.objects.filter(
        source_id=OuterRef("unit_id"), answers=True, change__day__lte=on
    )
    of_heir = standing.filter(unit_id=OuterRef("heir"), tree_id=OuterRef("tree_id"))
    return (
        Placement.objects.filter(~Exists(here), valid__endswith__lte=on)
        .order_by()
        .annotate(
            heir=Subquery(heir.values("target_id")[:1]),
            heir_day=Subquery(heir.values("change__day")[:1]),
            in_tree=F("tree__code"),
            begun=F("valid__startswith"),
        )
        .annotate(heir_path=Subquery(of_heir.values("path")[:1]))
        .values_list(*_COLUMNS, "begun")
    )


def understood(rows: Iterable[EndedRow], *, on: date) -> Ended:
    """Return what the rows tell, the place that was taken last coming last."""
    last: dict[int, str] = {}
    paths: dict[int, str] = {}
    heirs: dict[int, tuple[date, int]] = {}
    for unit_id, tree, path, heir_id, day, heir_path in rows:
        if heir_id is not None and day is not None:
            heirs[unit_id] = (day, heir_id)
        if tree == MAIN_TREE:
            last[unit_id] = path
            if heir_id is not None and heir_path is not None:
                paths[heir_id] = heir_path
    judged = {
        unit_id: paths.get(answering(unit_id, on, heirs), path) for unit_id, path in last.items()
    }
    return Ended(judged, heirs)
