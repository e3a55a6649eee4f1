"""Writing the packed rows of a sheet: some of them, or all anew."""

import struct
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import connection, models

from lotrinh.apps.reporting.models import OwnPart, Total, TotalSheet
from lotrinh.apps.reporting.selectors.rows import Row, rows_of
from lotrinh.rules.lanes import NARROW, WIDE, room, to_bytes, widened

_HEADER, _TRAILER = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_BEGINS, _SIZE = struct.Struct("!hiqiqi").pack, struct.Struct("!i").pack
"""Of a row: how many columns, each with its size before it; and the size of the next column."""

Packed = tuple[bytes, bytes, bytes]
"""A row as it is stored: amounts, bases, answers."""
_NONE: Mapping[int, Packed] = {}

_AT_ONCE = 2_000
"""Parts of rows that are sent at once: six are one row."""


def write_rows(*, table: type[models.Model], sheet: TotalSheet, rows: Mapping[int, Row]) -> None:
    """Let the units have these rows in a sheet; the rows of others stay."""
    if not rows:
        return
    name = connection.ops.quote_name(table._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {name} WHERE sheet_id = %s AND unit_id = ANY(%s)",  # noqa: S608
            [sheet.pk, list(rows)],
        )
        _copy(cursor, name, sheet, rows)


def replace_rows(
    *,
    table: type[models.Model],
    sheet: TotalSheet,
    rows: Mapping[int, Row],
    known: Mapping[int, Packed] = _NONE,
) -> None:
    """Let a sheet have these rows and no others.

    ``known`` are the bytes of some of them, where they have been read and nothing was added.
    """
    name = connection.ops.quote_name(table._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {name} WHERE sheet_id = %s", [sheet.pk])  # noqa: S608
        if rows:
            _copy(cursor, name, sheet, rows, known)


def _copy(
    cursor: Any,
    name: str,
    sheet: TotalSheet,
    rows: Mapping[int, Row],
    known: Mapping[int, Packed] = _NONE,
) -> None:
    """Write rows that are not there, in the database's own binary form, some hundred at once.

    Made row by row by the driver it takes longer than all the adding up; sent in pieces, the
    database writes the first while the next are made.
    """
    columns = "sheet_id, unit_id, amounts, bases, answers"
    pk, parts = sheet.pk, [_HEADER]
    with cursor.copy(f"COPY {name} ({columns}) FROM STDIN (FORMAT BINARY)") as copy:
        for unit, row in rows.items():
            amounts, bases, answers = known.get(unit) or map(to_bytes, row)
            parts += (
                _BEGINS(5, 8, pk, 8, unit, len(amounts)),
                amounts,
                _SIZE(len(bases)),
                bases,
                _SIZE(len(answers)),
                answers,
            )
            if len(parts) > _AT_ONCE:
                copy.write(b"".join(parts))
                parts.clear()
        parts.append(_TRAILER)
        copy.write(b"".join(parts))


def make_room(*, sheet: TotalSheet, more: int) -> None:
    """Let every lane of a sheet have room for so much more, by wider lanes where it must be.

    Raises OverflowError where the widest are too narrow.
    """
    sheet.bound = Decimal(int(sheet.bound) + more)
    if sheet.bound < room(sheet.width):
        return
    if sheet.width == WIDE or sheet.bound >= room(WIDE):
        raise OverflowError(f"sheet {sheet.pk} has no room for {sheet.bound}")
    lanes = len(sheet.measures)
    for table in (OwnPart, Total):
        wider = {
            unit: Row(
                widened(row.amounts, lanes, NARROW, WIDE),
                widened(row.bases, lanes, NARROW, WIDE),
                row.answers,
            )
            for unit, row in rows_of(table, sheet).items()
        }
        replace_rows(table=table, sheet=sheet, rows=wider)
    sheet.width = WIDE
