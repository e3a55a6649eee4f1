"""Reads of sheets: the organisation as the rows of one, and what a sheet would change.

The same rows are written by an export and held against what is given by an import, so that an
import of an export changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lotrinh.apps.accounts.models import User
from lotrinh.apps.units.models import (
    Appointment,
    NameKind,
    Person,
    Placement,
    Post,
    Role,
    Tree,
    Unit,
    UnitCode,
    UnitName,
)
from lotrinh.apps.units.selectors.trees import MAIN_TREE
from lotrinh.rules import people_sheet, unit_sheet
from lotrinh.rules.people_sheet import PostRow
from lotrinh.rules.sheets import (
    Fault,
    Head,
    Spell,
    code_of,
    find_head,
    head_word,
    in_order,
    spells_text,
    tidy,
    words,
)
from lotrinh.rules.unit_sheet import UnitRow

Grid = Sequence[Sequence[str]]
Cell = str | int | date | None
Names = Sequence[tuple[date | None, str, str, str]]
"""The names of one unit: from when, Vietnamese, English, legal basis; the earliest first."""


@dataclass(frozen=True, slots=True)
class UnitsJudged:
    """A sheet of units as given, and what becomes of each row."""

    grid: Grid
    head: Head
    plan: unit_sheet.Plan


@dataclass(frozen=True, slots=True)
class PeopleJudged:
    """A sheet of people as given, and what becomes of each row."""

    grid: Grid
    head: Head
    plan: people_sheet.Plan


def judged_units(grid: Grid, *, opens_trees: bool = False) -> UnitsJudged:
    """Return what an import of the sheet would do; nothing is written. Raises NoHead.

    The main tree may always be opened; with ``opens_trees`` every tree that is named.
    """
    head = find_head(grid, "units", unit_sheet.NEEDED)
    given = [unit_sheet.read_row(line, cells, tree=MAIN_TREE) for line, cells in _cells(grid, head)]
    known, trees = _organisation()
    trees |= {MAIN_TREE}
    if opens_trees:
        trees |= {row.tree for row, _ in given}
    plan = unit_sheet.judge(given, known=known, trees=trees)
    return UnitsJudged(grid, head, plan)


def judged_people(grid: Grid) -> PeopleJudged:
    """Return what an import of the sheet would do; nothing is written. Raises NoHead."""
    head = find_head(grid, "people", people_sheet.NEEDED)
    roles = _role_words()
    given = [people_sheet.read_row(line, cells, roles=roles) for line, cells in _cells(grid, head)]
    there = people_sheet.There(
        rows=post_rows(),
        units=frozenset(Unit.objects.values_list("code", flat=True)),
        accounts={
            name: tidy(whose or "")
            for name, whose in User.objects.values_list("sign_in_name", "person__full_name")
        },
        roles=roles,
    )
    return PeopleJudged(grid, head, people_sheet.judge(given, there=there))


def unit_sheet_rows(*, language: str) -> Iterator[Sequence[Cell]]:
    """Give the head and the rows of the sheet of units, in the order of the trees."""
    rows = unit_rows()
    systems = sorted({system for row in rows for system, _ in row.codes})
    columns = [*unit_sheet.COLUMNS, *(f"codes:{system}" for system in systems)]
    yield [head_word("units", column, language) for column in columns]
    for row in rows:
        yield [_unit_cell(row, column) for column in columns]


def people_sheet_rows(*, language: str) -> Iterator[Sequence[Cell]]:
    """Give the head and the rows of the sheet of people and posts, by unit and rank."""
    columns = people_sheet.COLUMNS
    yield [head_word("people", column, language) for column in columns]
    place = 1 if language.startswith("en") else 0
    for row in post_rows():
        cells: dict[str, Cell] = {column: getattr(row, column) for column in columns}
        cells["held_as"] = words()["held_as"][row.held_as][place] if row.is_appointment else ""
        lent = row.actions
        cells["actions"] = "" if lent is None else "; ".join(lent) or people_sheet.NOTHING
        cells["rank"] = row.rank if row.unit else None
        yield [cells[column] for column in columns]


def unit_rows() -> tuple[UnitRow, ...]:
    """Return the organisation as rows: unit, tree and days in which place and name stay.

    In the order of the trees; names and codes of all days stand in the first row of a unit.
    """
    return _organisation()[0]


def _organisation() -> tuple[tuple[UnitRow, ...], frozenset[str]]:
    """Return the rows, and the codes of all trees."""
    (names, lists), codes = _names(), _codes()
    units = {unit.pk: unit for unit in Unit.objects.all()}
    main_first = sorted(Tree.objects.all(), key=lambda tree: (tree.code != MAIN_TREE, tree.code))
    order = {tree.pk: (place, tree.code) for place, tree in enumerate(main_first)}
    rows: list[tuple[tuple[object, ...], UnitRow]] = []
    placed = set()
    for held in Placement.objects.order_by("valid"):
        placed.add(held.unit_id)
        unit = units[held.unit_id]
        rank, tree = order[held.tree_id]
        path = tuple(units[int(label)].code for label in held.path.split("."))
        base = _row(unit, tree=tree, parent=path[-2] if len(path) > 1 else "")
        for row in _stretches(base, held, names[unit.pk]):
            rows.append(((rank, path, row.since), row))
    rows.sort(key=lambda keyed: keyed[0])
    nowhere = [unit for unit in units.values() if unit.pk not in placed]
    found = [row for _, row in rows]
    found += [_row(unit) for unit in sorted(nowhere, key=lambda unit: unit.code)]
    ids = {unit.code: unit.pk for unit in units.values()}
    rows_with_lists = tuple(_with_lists(found, ids, lists, codes))
    return rows_with_lists, frozenset(code for _, code in order.values())


def post_rows() -> tuple[PostRow, ...]:
    """Return every appointment, every post that nobody held, everyone who held none, as rows."""
    appointments = Appointment.objects.select_related(
        "person__user", "post__unit", "post__scope", "post__role"
    )
    rows = {_appointment_row(held) for held in appointments}
    held_posts = {row.post for row in rows}
    for post in Post.objects.filter(appointments=None).select_related("unit", "scope", "role"):
        row = _post_row(post)
        if row.post not in held_posts:
            rows.add(row)
    for person in Person.objects.filter(appointments=None).select_related("user"):
        rows.add(_person_row(person))
    return tuple(sorted(rows, key=_post_order))


def _post_order(row: PostRow) -> tuple[object, ...]:
    post = (not row.unit, row.unit, row.rank, row.title_vi, row.title_en, row.role, row.scope)
    who = (row.full_name, row.sign_in, row.held_as, row.until or date.max, row.legal_basis)
    return (*post, row.since or date.min, *who, row.actions or ())


def _cells(grid: Grid, head: Head) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give the number and the known cells of every row below the head that says something."""
    for line, row in enumerate(grid[head.row + 1 :], start=head.row + 2):
        cells = {name: row[at] for name, at in head.columns.items() if at < len(row)}
        if any(tidy(cell) for cell in cells.values()):
            yield line, cells


def _role_words() -> dict[str, str]:
    found = {}
    for code, name_vi, name_en in Role.objects.values_list("code", "name_vi", "name_en"):
        for word in (name_en, name_vi, code):
            found[tidy(word).casefold()] = code
    return found


def _unit_cell(row: UnitRow, column: str) -> Cell:
    if column.startswith("codes:"):
        system = column.removeprefix("codes:")
        return spells_text(spell for name, spell in row.codes if name == system)
    value = getattr(row, column)
    return spells_text(value) if isinstance(value, tuple) else value


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


def _post_row(post: Post) -> PostRow:
    return PostRow(
        line=0,
        unit=post.unit.code,
        title_vi=tidy(post.title_vi),
        title_en=tidy(post.title_en),
        role=post.role.code,
        scope=post.scope.code,
        rank=post.rank,
    )


def _person_row(person: Person) -> PostRow:
    return PostRow(
        line=0,
        unit="",
        title_vi="",
        title_en="",
        role="",
        scope="",
        full_name=tidy(person.full_name),
        sign_in=person.user.sign_in_name if person.user else "",
    )


def _appointment_row(held: Appointment) -> PostRow:
    whose = _person_row(held.person)
    return replace(
        _post_row(held.post),
        full_name=whose.full_name,
        sign_in=whose.sign_in,
        since=held.valid.lower,
        until=held.valid.upper,
        held_as=held.held_as,
        legal_basis=tidy(held.legal_basis),
        actions=None if held.actions is None else tuple(held.actions),
    )


def faults_by_line(judged: UnitsJudged | PeopleJudged) -> Mapping[int, tuple[Fault, ...]]:
    """Return what is wrong with the refused rows, by the number of the row."""
    return {row.line: row.faults for row in judged.plan.verdicts if row.faults}
