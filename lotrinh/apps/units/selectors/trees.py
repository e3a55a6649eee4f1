"""Reads of the trees: which units stand on a day, where, and under which names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, Subquery
from django.db.models.functions import Cast

from lotrinh.apps.units.ltree import LtreeField
from lotrinh.apps.units.models import Placement, Tree, Unit
from lotrinh.apps.units.selectors.asked import Names
from lotrinh.apps.units.selectors.names import other_names
from lotrinh.rules.sorting import sort_key

MAIN_TREE = "political-system"
"""The code of the tree over whose subtrees rights are exercised."""


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit where it stands on one day. ``depth`` is 0 at the root; ``path`` holds unit ids."""

    id: int
    uid: UUID
    code: str
    kind: str
    name_vi: str
    name_en: str
    path: tuple[int, ...]
    since: date
    until: date | None
    legal_basis: str = ""

    @property
    def depth(self) -> int:
        """How far below the root it stands; 0 at the root."""
        return len(self.path) - 1


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A unit on one day: those ``above`` it, the root first; where it stands itself, or None; its
    ``last`` place; those directly ``below``; every place it ever had, tree by tree."""

    above: tuple[PlacedUnit, ...]
    here: PlacedUnit | None
    last: PlacedUnit | None
    below: tuple[PlacedUnit, ...]
    places: tuple[Placement, ...]


def trees() -> tuple[Tree, ...]:
    """Return every tree, the one over which rights are exercised first."""
    return tuple(sorted(Tree.objects.all(), key=lambda tree: (tree.code != MAIN_TREE, tree.pk)))


def tree_by_code(code: str) -> Tree | None:
    """Return the tree with this code, or None."""
    return Tree.objects.filter(code=code).first()


def main_tree() -> Tree:
    """Return the tree over which rights are exercised. Every installation has it."""
    return Tree.objects.get(code=MAIN_TREE)


def tree_on(*, on: date, tree: str = MAIN_TREE) -> tuple[PlacedUnit, ...]:
    """Return every unit that stands in the tree that day, parents first, in Vietnamese order.

    Under the names of that day. Which units exist is known to everyone who can sign in.
    """
    rows = Placement.objects.filter(tree__code=tree, valid__contains=on).values_list(
        "unit_id",
        "unit__uid",
        "unit__code",
        "unit__kind",
        "unit__name_vi",
        "unit__name_en",
        "path",
        "valid",
        "legal_basis",
        "unit__sort_key",
    )
    others = other_names(on=on)
    placed: dict[int, PlacedUnit] = {}
    keys: dict[int, tuple[str, int]] = {}
    for pk, uid, code, kind, name_vi, name_en, path, valid, basis, key in rows:
        if pk in others:
            name_vi, name_en = others[pk]
            key = sort_key(name_vi)
        keys[pk] = (key, pk)
        ids = _ids(path)
        placed[pk] = PlacedUnit(
            pk, uid, code, kind, name_vi, name_en, ids, valid.lower, valid.upper, basis
        )

    def order(unit: PlacedUnit) -> list[tuple[str, int]]:
        return [keys.get(unit_id, ("", unit_id)) for unit_id in unit.path]

    return tuple(sorted(placed.values(), key=order))


def superiors_on(*, on: date, tree: str = MAIN_TREE) -> dict[int, int | None]:
    """Return by id of every unit that stands in the tree that day which one stands above it."""
    standing = Placement.objects.filter(tree__code=tree, valid__contains=on)
    return dict(standing.values_list("unit_id", "parent_id"))


def count_standing(*, on: date, tree: str = MAIN_TREE) -> int:
    """Return how many units stand in the tree that day."""
    return Placement.objects.filter(tree__code=tree, valid__contains=on).count()


def standing_among(
    unit_ids: Iterable[int], *, on: date, tree: str = MAIN_TREE
) -> dict[int, PlacedUnit]:
    """Return by id those of the units that stand in the tree that day, under its names."""
    ids = list(unit_ids)
    standing = Placement.objects.filter(tree__code=tree, valid__contains=on, unit_id__in=ids)
    others = other_names(on=on)
    return {row.unit_id: _placed(row, others) for row in standing.select_related("unit")}


def unit_by_uid(uid: UUID) -> Unit | None:
    """Return the unit with this uid, whether or not it still stands."""
    return Unit.objects.filter(uid=uid).first()


def units_by_uids(uids: Iterable[UUID]) -> tuple[Unit, ...]:
    """Return the units with these uids, in Vietnamese order."""
    return tuple(Unit.objects.filter(uid__in=list(uids)).order_by("sort_key", "pk"))


def unit_by_id(unit_id: int) -> Unit | None:
    """Return the unit with this id, which another selector gave, or None."""
    return Unit.objects.filter(pk=unit_id).first()


def unit_by_code(code: str) -> Unit | None:
    """Return the unit with this code, whether or not it still stands."""
    return Unit.objects.filter(code=code).first()


def place_of(*, unit_id: int, on: date, tree: str = MAIN_TREE) -> PlacedUnit | None:
    """Return where the unit stands on that day, or None where it does not."""
    row = (
        Placement.objects.filter(unit_id=unit_id, tree__code=tree, valid__contains=on)
        .select_related("unit")
        .first()
    )
    return _placed(row, other_names(on=on)) if row else None


def last_place_of(*, unit_id: int, tree: str = MAIN_TREE) -> PlacedUnit | None:
    """Return the latest place of the unit, past or future, or None where it never stood."""
    rows = Placement.objects.filter(unit_id=unit_id, tree__code=tree).select_related("unit")
    latest = rows.order_by("-valid").first()
    return _placed(latest, {}) if latest else None


def nearest_places(*, unit_ids: Iterable[int], on: date) -> dict[int, Placement]:
    """Return by unit where it stands in the main tree that day, else where it last or first did."""
    rows = Placement.objects.filter(unit_id__in=list(unit_ids), tree__code=MAIN_TREE)
    found: dict[int, Placement] = {}
    for row in rows.select_related("parent").order_by("valid"):
        if row.unit_id not in found or row.valid.lower <= on:
            found[row.unit_id] = row
    return found


def lineage(*, unit_id: int, on: date, tree: str = MAIN_TREE) -> tuple[PlacedUnit, ...]:
    """Return the units from the root down to the unit itself that day; empty if it stands not."""
    standing = Placement.objects.filter(tree__code=tree, valid__contains=on)
    own = standing.filter(unit_id=unit_id).values("path")[:1]
    rows = standing.filter(path__above=Cast(Subquery(own), LtreeField())).select_related("unit")
    others = other_names(on=on)
    return tuple(sorted((_placed(row, others) for row in rows), key=lambda found: found.depth))


def surroundings(*, unit_id: int, on: date) -> Surroundings:
    """Return where a unit stands in the main tree that day, and all its places, asked for once."""
    standing = Placement.objects.filter(tree__code=MAIN_TREE, valid__contains=on)
    path = Cast(Subquery(standing.filter(unit_id=unit_id).values("path")[:1]), LtreeField())
    near = Q(path__above=path) | Q(parent_id=unit_id)
    rows = (
        Placement.objects.filter(
            Q(unit_id=unit_id) | near & Q(tree__code=MAIN_TREE, valid__contains=on)
        )
        .select_related("unit", "tree", "parent", "change")
        .order_by("unit__sort_key", "unit_id", "tree_id", "valid")
    )
    others = other_names(on=on)
    own = tuple(row for row in rows if row.unit_id == unit_id)
    main = [row for row in own if row.tree.code == MAIN_TREE]
    here = [row for row in main if on in row.valid]
    above = [row for row in rows if row.unit_id != unit_id and row.parent_id != unit_id]
    return Surroundings(
        above=tuple(_placed(row, others) for row in sorted(above, key=_depth)),
        here=_placed(here[0], others) if here else None,
        last=_placed(main[-1], {}) if main else None,
        below=tuple(_placed(row, others) for row in rows if row.parent_id == unit_id),
        places=own,
    )


def children_of(*, unit_id: int, on: date, tree: str = MAIN_TREE) -> tuple[PlacedUnit, ...]:
    """Return the units directly below on that day, in Vietnamese order."""
    rows = (
        Placement.objects.filter(parent_id=unit_id, tree__code=tree, valid__contains=on)
        .select_related("unit")
        .order_by("unit__sort_key", "unit_id")
    )
    others = other_names(on=on)
    return tuple(_placed(row, others) for row in rows)


def descendants_of(*, unit_id: int, on: date, tree: str = MAIN_TREE) -> tuple[int, ...]:
    """Return the ids of all units at or below the unit on that day, itself included."""
    place = place_of(unit_id=unit_id, on=on, tree=tree)
    if place is None:
        return ()
    rows = Placement.objects.filter(
        tree__code=tree, valid__contains=on, path__within=".".join(map(str, place.path))
    )
    return tuple(rows.values_list("unit_id", flat=True))


def units_by_ids(ids: Iterable[int]) -> dict[int, Unit]:
    """Return units by id, in Vietnamese order."""
    return {row.pk: row for row in Unit.objects.filter(pk__in=list(ids)).order_by("sort_key", "pk")}


def _ids(path: str) -> tuple[int, ...]:
    return tuple(map(int, path.split(".")))


def _depth(row: Placement) -> int:
    return len(_ids(row.path))


def _placed(row: Placement, others: Names) -> PlacedUnit:
    name_vi, name_en = others.get(row.unit_id, (row.unit.name_vi, row.unit.name_en))
    return PlacedUnit(
        id=row.unit_id,
        uid=row.unit.uid,
        code=row.unit.code,
        kind=row.unit.kind,
        name_vi=name_vi,
        name_en=name_en,
        path=_ids(row.path),
        since=row.valid.lower,
        until=row.valid.upper,
        legal_basis=row.legal_basis,
    )
