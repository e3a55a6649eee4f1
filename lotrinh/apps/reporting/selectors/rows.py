"""Rows of a sheet as they are stored: three packed rows of numbers for each unit."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from django.db import connection, models
from psycopg import Cursor

from lotrinh.apps.reporting.models import Period, Total, TotalSheet
from lotrinh.rules.lanes import COUNT, from_bytes, unpack


class Row(NamedTuple):
    """The packed numbers of one unit: amounts, bases, and how many units answered."""

    amounts: int = 0
    bases: int = 0
    answers: int = 0

    def plus(self, other: "Row") -> "Row":
        """Return the row that holds the sum in every lane."""
        return Row(
            self.amounts + other.amounts, self.bases + other.bases, self.answers + other.answers
        )


class Cell(NamedTuple):
    """What one lane of a row says: an amount and a base in millionths, and units that answered."""

    amount: int
    base: int
    answers: int


Stored = tuple[int, bytes, bytes, bytes]
"""A unit and its row as the database holds it: amounts, bases, answers."""

EMPTY = Row()

_FEW = 50
"""Up to so many rows are asked for as text, which needs fewer steps."""


def rows_of(
    table: type[models.Model], sheet: TotalSheet, unit_ids: Collection[int] | None = None
) -> dict[int, Row]:
    """Return the rows of a sheet by unit; None: of all units that have one."""
    return rows_in(stored_rows(table, sheet, unit_ids))


def rows_in(stored: Iterable[Stored]) -> dict[int, Row]:
    """Return rows by unit as they are added up."""
    read = int.from_bytes
    return {
        unit: Row(
            read(amounts, "little", signed=True),
            read(bases, "little", signed=True) if bases else 0,
            read(answers, "little", signed=True),
        )
        for unit, amounts, bases, answers in stored
    }


def stored_rows(
    table: type[models.Model], sheet: TotalSheet, unit_ids: Collection[int] | None = None
) -> list[Stored]:
    """Return the rows of a sheet as they are stored; None: of all units that have one."""
    name = connection.ops.quote_name(table._meta.db_table)
    asked = f"SELECT unit_id, amounts, bases, answers FROM {name} WHERE sheet_id = %s"  # noqa: S608
    given: list[Any] = [sheet.pk]
    if unit_ids is not None:
        asked, given = f"{asked} AND unit_id = ANY(%s)", [sheet.pk, list(unit_ids)]
    if unit_ids is not None and len(unit_ids) <= _FEW:
        with connection.cursor() as cursor:
            cursor.execute(asked, given)
            return list(cursor.fetchall())
    connection.ensure_connection()
    with Cursor(connection.connection) as plain:  # the driver's own, which needs no text
        return plain.execute(asked, given, binary=True).fetchall()


def cells(row: Row, sheet: TotalSheet) -> list[Cell]:
    """Return what every lane of a row says, in the order of the sheet's measures.

    Both must be of one instant: a fold that widens a sheet writes its rows anew.
    """
    return _cells(row, len(sheet.measures), sheet.width)


def total_row(*, period: Period, basis: str, unit_id: int) -> tuple[TotalSheet | None, list[Cell]]:
    """Return the sheet of a period, and what the lanes of a unit's total say, as of one instant.

    No sheet where nothing was folded yet; lanes of noughts where nothing was told at the unit.
    """
    rows = Total.objects.filter(unit=unit_id, sheet__period=period, sheet__basis=basis)
    found = rows.select_related("sheet").first()
    if found is not None:
        packed = (found.amounts, found.bases, found.answers)
        return found.sheet, cells(Row(*(from_bytes(bytes(part)) for part in packed)), found.sheet)
    sheet = TotalSheet.objects.filter(period=period, basis=basis).first()
    return sheet, [] if sheet is None else cells(EMPTY, sheet)


def read_lanes(
    sheet_ids: Collection[int], unit_ids: Iterable[int]
) -> Iterator[tuple[int, int, list[tuple[int, Cell]]]]:
    """Yield sheet, unit and what its row says, measure by measure.

    The form of a row is read with it, since a fold may widen the sheet at any moment.
    """
    rows = Total.objects.filter(sheet__in=list(sheet_ids), unit__in=list(unit_ids))
    form = ("sheet__measures", "sheet__width")
    for sheet_id, unit_id, measures, width, *packed in rows.values_list(
        "sheet", "unit", *form, "amounts", "bases", "answers"
    ):
        row = Row(*(from_bytes(bytes(part)) for part in packed))
        said = _cells(row, len(measures), width)
        yield sheet_id, unit_id, list(zip(measures, said, strict=True))


def _cells(row: Row, size: int, width: int) -> list[Cell]:
    return [
        Cell(*numbers)
        for numbers in zip(
            unpack(row.amounts, size, width),
            unpack(row.bases, size, width),
            unpack(row.answers, size, COUNT),
            strict=True,
        )
    ]
