"""Reads of the whole tree as totals need it: who stands below whom, and who follows whom."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import QuerySet

from lotrinh.apps.units.models import Placement
from lotrinh.apps.units.selectors.handovers import handovers
from lotrinh.apps.units.selectors.trees import MAIN_TREE
from lotrinh.rules.lineage import Lineage


@dataclass(frozen=True)
class Structure:
    """The tree of a day: each unit's superior (None for the root), and who followed whom by then.

    ``moved`` are the units that have handed over anything. Two days with one ``digest`` have the
    same tree and the same handovers.
    """

    parents: Mapping[int, int | None]
    lineage: Lineage
    moved: frozenset[int]
    digest: str


def structure_on(*, on: date, tree: str = MAIN_TREE) -> Structure:
    """Return the tree as it stands on a day, with all handovers up to it."""
    # Two long answers in one row: three thousand rows take ten times as long to be taken in.
    found = Placement.objects.filter(tree__code=tree, valid__contains=on).aggregate(
        units=ArrayAgg("unit_id", order_by="unit_id"),
        parents=ArrayAgg("parent_id", order_by="unit_id"),
    )
    parents = dict(zip(found["units"] or (), found["parents"] or (), strict=True))
    handed = handovers(since=date.min, on=on)
    said = repr(([*parents.items()], handed))
    return Structure(
        parents,
        Lineage(handed),
        frozenset(one.edge.source for one in handed),
        hashlib.sha256(said.encode()).hexdigest(),
    )


def stood_within(
    unit_ids: Sequence[int] | QuerySet[Any, Any], *, since: date, until: date
) -> frozenset[int]:
    """Return those of the units that stand in the main tree on a day of ``[since, until)``.

    Where the ids come from a query, both are asked at once.
    """
    rows = Placement.objects.filter(
        tree__code=MAIN_TREE, unit_id__in=unit_ids, valid__overlap=(since, until)
    )
    return frozenset(rows.values_list("unit_id", flat=True))
