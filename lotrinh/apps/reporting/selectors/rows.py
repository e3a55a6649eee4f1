"""Rows of a sheet as they are stored: three packed rows of numbers for each unit."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db import connection, models
from psycopg import Cursor

from lotrinh.apps.reporting.models import Total, TotalSheet
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


EMPTY = Row()

_FEW = 50
"""Up to so many rows are asked for as text, which needs fewer steps."""


def rows_of(
    table: type[models.Model], sheet: TotalSheet, unit_ids: Collection[int] | None = None
) -> dict[int, Row]:
    """Return the rows of a sheet by unit; None: of all units that have one."""
    name = connection.ops.quote_name(table._meta.db_table)
    asked = f"SELECT unit_id, amounts, bases, answers FROM {name} WHERE sheet_id = %s"  # noqa: S608
    given: list[Any] = [sheet.pk]
    if unit_ids is not None:
        asked, given = f"{asked} AND unit_id = ANY(%s)", [sheet.pk, list(unit_ids)]
    if unit_ids is not None and len(unit_ids) <= _FEW:
        with connection.cursor() as cursor:
            cursor.execute(asked, given)
            found = cursor.fetchall()
    else:
        connection.ensure_connection()
        with Cursor(connection.connection) as plain:  # the driver's own, which needs no text
            found = plain.execute(asked, given, binary=True).fetchall()
    read = int.from_bytes
    return {
        unit: Row(
            read(amounts, "little", signed=True),
            read(bases, "little", signed=True),
            read(answers, "little", signed=True),
        )
        for unit, amounts, bases, answers in found
    }


def cells(row: Row, sheet: TotalSheet) -> list[Cell]:
    """Return what every lane of a row says, in the order of the sheet's measures."""
    size = len(sheet.measures)
    return [
        Cell(*numbers)
        for numbers in zip(
            unpack(row.amounts, size, sheet.width),
            unpack(row.bases, size, sheet.width),
            unpack(row.answers, size, COUNT),
            strict=True,
        )
    ]


def read_lanes(
    sheets: Mapping[int, TotalSheet], unit_ids: Iterable[int]
) -> Iterator[tuple[int, int, list[Cell]]]:
    """Yield sheet, unit and what the lanes of its row say, in the order of the sheet's measures."""
    rows = Total.objects.filter(sheet__in=list(sheets), unit__in=list(unit_ids))
    for sheet_id, unit_id, *packed in rows.values_list(
        "sheet", "unit", "amounts", "bases", "answers"
    ):
        row = Row(*(from_bytes(bytes(part)) for part in packed))
        yield sheet_id, unit_id, cells(row, sheets[sheet_id])
