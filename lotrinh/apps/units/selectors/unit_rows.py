"""Reads of the organisation as the rows of a sheet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from lotrinh.apps.units.models import NameKind, Placement, Tree, Unit, UnitCode, UnitName
from lotrinh.apps.units.selectors.changes import never_begun
from lotrinh.apps.units.selectors.trees import MAIN_TREE
from lotrinh.rules.sheet_cells import Spell, in_order
from lotrinh.rules.sheets import code_of, tidy
from lotrinh.rules.unit_sheet import UnitRow

Names = Sequence[tuple[date | None, str, str, str]]
"""The names of one unit: from when, Vietnamese, English, legal basis; the earliest first."""


def unit_rows() -> tuple[UnitRow, ...]:
    """Return the organisation as rows: unit, tree and days in which place and name stay.

    In the order of the trees; names and codes of all days stand in the first row of a unit.
    """
    return organisation()[0]


def organisation() -> tuple[tuple[UnitRow, ...], frozenset[str]]:
    """Return the rows, and the codes of all trees."""
    (names, lists), codes = _names(), _codes()
    units = {unit.pk: unit for unit in Unit.objects.all()}
    main_first = sorted(Tree.objects.all(), key=lambda tree: (tree.code != MAIN_TREE, tree.code))
    order = {tree.pk: (place, tree.code) for place, tree in enumerate(main_first)}
    rows: list[tuple[tuple[object, ...], UnitRow]] = []
    placed: set[int] = set()
    for held in Placement.objects.order_by("valid"):
        placed.add(held.unit_id)
        unit = units[held.unit_id]
        rank, tree = order[held.tree_id]
        path = tuple(units[int(label)].code for label in held.path.split("."))
        base = _row(unit, tree=tree, parent=path[-2] if len(path) > 1 else "")
        for row in _stretches(base, held, names[unit.pk]):
            rows.append(((rank, path, row.since), row))
    rows.sort(key=lambda keyed: keyed[0])
    told = placed | never_begun()
    nowhere = [unit for unit in units.values() if unit.pk not in told]
    found = [row for _, row in rows]
    found += [_row(unit) for unit in sorted(nowhere, key=lambda unit: unit.code)]
    ids = {unit.code: unit.pk for unit in units.values()}
    rows_with_lists = tuple(_with_lists(found, ids, lists, codes))
    return rows_with_lists, frozenset(code for _, code in order.values())


def _row(unit: Unit, *, tree: str = "", parent: str = "") -> UnitRow:
    return UnitRow(
        line=0,
        code=unit.code,
        kind=code_of("kinds", unit.kind) or unit.kind,
        name_vi=tidy(unit.name_vi),
        name_en=tidy(unit.name_en),
        tree=tree,
        parent=parent,
    )


def _stretches(base: UnitRow, held: Placement, names: Names) -> Iterator[UnitRow]:
    """Part a place at the days on which the unit took another name."""
    first = held.valid.lower
    begun = [name for name in names if name[0] is None or name[0] <= first]
    name = begun[-1] if begun else (names[0] if names else None)
    row = replace(base, since=first, legal_basis=tidy(held.legal_basis))
    if name is not None:
        row = replace(row, name_vi=name[1], name_en=name[2])
    for day, name_vi, name_en, basis in names:
        if (
            day is None
            or day <= first
            or (held.valid.upper is not None and day >= held.valid.upper)
        ):
            continue
        yield replace(row, until=day)
        row = replace(row, since=day, name_vi=name_vi, name_en=name_en, legal_basis=basis)
    yield replace(row, until=held.valid.upper)


Lists = Mapping[tuple[int, str], tuple[Spell, ...]]
"""By unit and kind of name, what it is called besides."""


def _names() -> tuple[Mapping[int, Names], Lists]:
    """Return the official names of every unit, a pair for each day on which one of them began.

    And its other names.
    """
    official: dict[int, list[UnitName]] = defaultdict(list)
    others: dict[tuple[int, str], list[Spell]] = defaultdict(list)
    for row in UnitName.objects.order_by("valid"):
        if row.kind == NameKind.OFFICIAL:
            official[row.unit_id].append(row)
        else:
            spell = Spell(tidy(row.text), row.valid.lower, row.valid.upper)
            others[row.unit_id, row.kind].append(spell)
    names: dict[int, Names] = defaultdict(tuple)
    names |= {unit: tuple(_pairs(held)) for unit, held in official.items()}
    return names, {key: in_order(spells) for key, spells in others.items()}


def _pairs(held: Iterable[UnitName]) -> Iterator[tuple[date | None, str, str, str]]:
    by_day: dict[date, dict[str, UnitName]] = defaultdict(dict)
    for row in held:
        by_day[row.valid.lower or date.min][row.language] = row
    texts: dict[str, str] = {}
    said: tuple[str, str] | None = None
    for day, begun in sorted(by_day.items()):
        texts |= {language: tidy(row.text) for language, row in begun.items()}
        pair = (texts.get("vi") or texts.get("en", ""), texts.get("en") or texts.get("vi", ""))
        if pair != said:
            basis = next((tidy(row.legal_basis) for row in begun.values() if row.legal_basis), "")
            yield (None if day == date.min else day), *pair, basis
            said = pair


def _codes() -> Mapping[int, tuple[tuple[str, Spell], ...]]:
    found: dict[int, list[tuple[str, Spell]]] = defaultdict(list)
    rows = UnitCode.objects.order_by("system", "code", "valid")
    for unit, system, code, valid in rows.values_list("unit_id", "system", "code", "valid"):
        if not valid.isempty:
            found[unit].append((system, Spell(tidy(code), valid.lower, valid.upper)))
    return {unit: tuple(held) for unit, held in found.items()}


def _with_lists(
    rows: Iterable[UnitRow],
    ids: Mapping[str, int],
    lists: Lists,
    codes: Mapping[int, tuple[tuple[str, Spell], ...]],
) -> Iterator[UnitRow]:
    met = set()
    for row in rows:
        unit = ids[row.code]
        if unit in met:
            yield row
            continue
        met.add(unit)
        yield replace(
            row,
            aliases=lists.get((unit, NameKind.ALIAS), ()),
            abbreviations=lists.get((unit, NameKind.ABBREVIATION), ()),
            codes=codes.get(unit, ()),
        )
