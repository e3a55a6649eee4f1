"""Reads of saved groups: what each means on a day, which units that are, who may change it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from lotrinh.apps.units.models import Group
from lotrinh.apps.units.selectors.rights import asked_in_place_of, may, may_throughout
from lotrinh.apps.units.selectors.sheets import Cell, sheet_of
from lotrinh.apps.units.selectors.trees import PlacedUnit, tree_on
from lotrinh.apps.units.selectors.unit_rows import unit_rows
from lotrinh.rules.actions import Action
from lotrinh.rules.unit_sheet import UnitRow


def group_on(*, code: str, on: date) -> Group | None:
    """Return what the group with this code means on that day, or None."""
    return _whole().filter(code=code, valid__contains=on).first()


def meanings_of(*, code: str) -> tuple[Group, ...]:
    """Return every meaning that a group ever had or will have, the latest first."""
    return tuple(_whole().filter(code=code).order_by("-valid"))


def names_of_groups(codes: Iterable[str]) -> dict[str, Group]:
    """Return by code the last meaning of these groups, for their names alone."""
    rows = Group.objects.filter(code__in=set(codes)).order_by("code", "-valid")
    return {group.code: group for group in rows.distinct("code")}


def groups_known(*, on: date) -> tuple[Group, ...]:
    """Return every group by its meaning of that day, else by its last before or first after it.

    In the order of their codes.
    """
    found: dict[str, Group] = {}
    for row in _whole().order_by("code", "valid"):
        begun = row.valid.lower
        if row.code not in found or begun is None or begun <= on:
            found[row.code] = row
    return tuple(found.values())


def members_of(*, group: Group, on: date) -> tuple[PlacedUnit, ...]:
    """Return the units that this meaning of a group chooses on that day, in tree order."""
    return tuple(_chosen(group, tree_on(on=on, tree=group.tree.code)))


def sizes_of(*, groups: Iterable[Group], on: date) -> dict[str, int]:
    """Return by code how many units each group that means something that day chooses."""
    trees: dict[str, tuple[PlacedUnit, ...]] = {}
    sizes = {}
    for group in groups:
        if on in group.valid:
            tree = group.tree.code
            if tree not in trees:
                trees[tree] = tree_on(on=on, tree=tree)
            sizes[group.code] = sum(1 for _ in _chosen(group, trees[tree]))
    return sizes


def chosen_by(
    *,
    tree: str,
    kinds: Collection[str],
    below: int | None,
    added: Collection[int],
    left_out: Collection[int],
    on: date,
) -> tuple[PlacedUnit, ...]:
    """Return the units that such a choice means on that day, before it is saved."""
    standing = tree_on(on=on, tree=tree)
    return tuple(
        unit
        for unit in standing
        if belongs(unit, kinds=kinds, below=below, added=added, left_out=left_out)
    )


def belongs(
    unit: PlacedUnit,
    *,
    kinds: Collection[str],
    below: int | None,
    added: Collection[int],
    left_out: Collection[int],
) -> bool:
    """Say whether a choice means a unit where it stands."""
    of_kind = unit.kind in kinds if kinds else below is not None
    chosen = of_kind and (below is None or below in unit.path)
    return (chosen or unit.id in added) and unit.id not in left_out


def may_group(*, below: int | None, added: Iterable[int], user_id: int, on: date) -> bool:
    """Say whether the account may change units wherever a group chooses some.

    That is at ``below`` (None: at the root of the main tree) and at every unit that is added.
    """
    if below is None and not may_throughout(user_id=user_id, action=Action.CHANGE_UNIT, on=on):
        return False
    wanted = {*added} | ({below} if below is not None else set())
    return all(
        may(user_id=user_id, action=Action.CHANGE_UNIT, unit_id=unit_id, on=on)
        for unit_id in asked_in_place_of(wanted, on=on)
    )


def group_sheet_rows(*, group: Group, on: date, language: str) -> Iterator[Sequence[Cell]]:
    """Give the members of a group on that day in the shape of the sheet of units."""
    wanted = {unit.code for unit in members_of(group=group, on=on)}
    first: dict[str, UnitRow] = {}
    rows = []
    for row in unit_rows():
        if row.code not in wanted:
            continue
        told = first.setdefault(row.code, row)  # with its other names and codes of all days
        begun = row.since is not None and row.since <= on
        if row.tree == group.tree.code and begun and (row.until is None or on < row.until):
            lists = {name: getattr(told, name) for name in ("aliases", "abbreviations", "codes")}
            rows.append(replace(row, **lists))
    yield from sheet_of(rows, language=language)


def _whole() -> QuerySet[Group]:
    rows = Group.objects.select_related("tree", "below")
    return rows.prefetch_related("added", "left_out")


def _chosen(group: Group, standing: Iterable[PlacedUnit]) -> Iterator[PlacedUnit]:
    """Give the units of a tree that a group means."""
    added = {unit.pk for unit in group.added.all()}
    left_out = {unit.pk for unit in group.left_out.all()}
    for unit in standing:
        if belongs(unit, kinds=group.kinds, below=group.below_id, added=added, left_out=left_out):
            yield unit
