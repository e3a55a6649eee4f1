"""Writing the packed rows of a sheet: some of them, or all anew."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import connection, models

from lotrinh.apps.reporting.models import OwnPart, Total, TotalSheet
from lotrinh.apps.reporting.selectors.rows import Row, rows_of
from lotrinh.rules.lanes import NARROW, WIDE, room, to_bytes, widened

_COLUMNS = "sheet_id, unit_id, amounts, bases, answers"


def write_rows(*, table: type[models.Model], sheet: TotalSheet, rows: Mapping[int, Row]) -> None:
    """Let the units have these rows in a sheet; the rows of others stay."""
    if not rows:
        return
    name = connection.ops.quote_name(table._meta.db_table)
    written = [tuple(to_bytes(number) for number in row) for row in rows.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {name} ({_COLUMNS}) SELECT %s, given.* FROM unnest("  # noqa: S608
            "%s::bigint[], %s::bytea[], %s::bytea[], %s::bytea[]) AS given"
            " ON CONFLICT (sheet_id, unit_id) DO UPDATE SET amounts = EXCLUDED.amounts,"
            " bases = EXCLUDED.bases, answers = EXCLUDED.answers",
            [sheet.pk, list(rows), *(list(column) for column in zip(*written, strict=True))],
        )


def replace_rows(*, table: type[models.Model], sheet: TotalSheet, rows: Mapping[int, Row]) -> None:
    """Let a sheet have these rows and no others."""
    name = connection.ops.quote_name(table._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {name} WHERE sheet_id = %s", [sheet.pk])  # noqa: S608
        into = f"COPY {name} ({_COLUMNS}) FROM STDIN (FORMAT BINARY)"
        with cursor.copy(into) as copy:
            copy.set_types(["int8", "int8", "bytea", "bytea", "bytea"])
            for unit, row in rows.items():
                copy.write_row((sheet.pk, unit, *(to_bytes(number) for number in row)))


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
