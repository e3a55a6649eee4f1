"""Reads of sheets: the organisation as the rows of one, and what a sheet would change.

The same rows are written by an export and held against what is given by an import, so that an
import of an export changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lotrinh.apps.accounts.models import User
from lotrinh.apps.units.models import (
    Role,
    Unit,
)
from lotrinh.apps.units.selectors.post_rows import post_rows
from lotrinh.apps.units.selectors.trees import MAIN_TREE
from lotrinh.apps.units.selectors.unit_rows import organisation, unit_rows
from lotrinh.rules import people_sheet, unit_sheet, unit_verdicts
from lotrinh.rules.sheet_cells import spells_text
from lotrinh.rules.sheet_heads import Head, find_head, rows_below
from lotrinh.rules.sheets import head_word, tidy, words
from lotrinh.rules.unit_sheet import UnitRow

Grid = Sequence[Sequence[str]]
Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class UnitsJudged:
    """A sheet of units as given, and what becomes of each row."""

    grid: Grid
    head: Head
    plan: unit_verdicts.Plan


@dataclass(frozen=True, slots=True)
class PeopleJudged:
    """A sheet of people as given, and what becomes of each row."""

    grid: Grid
    head: Head
    plan: people_sheet.Plan


def judged_units(grid: Grid, *, opens_trees: bool = False, new_kinds: bool = False) -> UnitsJudged:
    """Return what an import of the sheet would do; nothing is written. Raises NoHead.

    The main tree may always be opened; with ``opens_trees`` every tree that is named. A kind of
    unit that nobody knows is taken with ``new_kinds`` alone.
    """
    head = find_head(grid, "units", unit_sheet.NEEDED)
    given = [
        unit_sheet.read_row(line, cells, tree=MAIN_TREE) for line, cells in rows_below(grid, head)
    ]
    known, trees = organisation()
    trees |= {MAIN_TREE}
    if opens_trees:
        trees |= {row.tree for row, _ in given}
    plan = unit_verdicts.judge(
        given, known=known, trees=trees, kinds=None if new_kinds else frozenset()
    )
    return UnitsJudged(grid, head, plan)


def judged_people(grid: Grid) -> PeopleJudged:
    """Return what an import of the sheet would do; nothing is written. Raises NoHead."""
    head = find_head(grid, "people", people_sheet.NEEDED)
    roles = _role_words()
    given = [
        people_sheet.read_row(line, cells, roles=roles) for line, cells in rows_below(grid, head)
    ]
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
    yield from sheet_of(unit_rows(), language=language)


def sheet_of(rows: Sequence[UnitRow], *, language: str) -> Iterator[Sequence[Cell]]:
    """Give the head and these rows of the sheet of units."""
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
