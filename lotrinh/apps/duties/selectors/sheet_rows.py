"""Duties as the rows of a sheet, in the shape that the import reads: what was exported comes back.

The same cells are written by an export and held against what is given by an import, so that an
import of an export changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Prefetch, QuerySet

from lotrinh.apps.duties.models import Duty, DutyPart
from lotrinh.apps.duties.selectors.sheet_names import SheetNames
from lotrinh.rules.duty_sheet import (
    EXPORTED,
    SHAPE,
    RowKey,
    helpers_mark,
    key_text,
    recurrence_text,
)
from lotrinh.rules.parts import Part
from lotrinh.rules.sheet_cells import WrongCell, day_in
from lotrinh.rules.sheets import head_word, tidy

Cell = str | int | date | None
Cells = Mapping[str, Cell]


def duty_sheet_rows(
    found: QuerySet[Duty], *, most: int, on: date, language: str
) -> Iterator[Sequence[Cell]]:
    """Give the head and at most ``most`` duties, which the caller may see, as rows of a sheet."""
    names = SheetNames(on=on)
    yield [head_word(SHAPE, column, language) for column in EXPORTED]
    for duty in with_helpers(found)[:most]:
        cells = duty_cells(duty, names, language=language)
        yield [cells[column] for column in EXPORTED]


def with_helpers(found: QuerySet[Duty]) -> QuerySet[Duty]:
    """Return the duties with the units that co-ordinate them today."""
    parts = DutyPart.objects.filter(part=Part.COORDINATE, ended_on=None)
    rows = parts.select_related("unit").order_by("unit__sort_key", "unit_id")
    return found.prefetch_related(Prefetch("taken_parts", rows, to_attr="helpers"))


def helpers_of(duty: Duty) -> list[DutyPart]:
    """Return who co-ordinates a duty that came ``with_helpers``."""
    held: list[DutyPart] = getattr(duty, "helpers", [])
    return held


def row_key_of(duty: Duty) -> RowKey:
    """Return by which key an export names a duty, as it stands, that came ``with_helpers``."""
    mark = helpers_mark(part.unit.uid for part in helpers_of(duty))
    return RowKey(duty.uid, duty.version, mark)


def duty_cells(duty: Duty, names: SheetNames, *, language: str) -> Cells:
    """Return what each column says of a duty that came ``with_helpers``."""
    sources = list(duty.sources.all())
    return {
        "title": duty.title,
        "unit": names.text(duty.unit, language),
        "coordinate": "; ".join(names.text(part.unit, language) for part in helpers_of(duty)),
        "due": duty.deadline or recurrence_text(duty.recurrence, language),
        "deliverable": duty.deliverable,
        "person": duty.person.full_name if duty.person else "",
        "responsibility": duty.responsibility,
        "authority": duty.authority,
        "owed_to": names.text(duty.owed_to, language),
        "issued_on": duty.issued_on,
        "original": duty.due,
        "handed_in_on": duty.handed_in_on,
        "document": sources[0].rendition.document.number if sources else "",
        "key": key_text(row_key_of(duty)),
    }


def says(given: str, cell: Cell) -> bool:
    """Say whether a cell that came back says what was written into it; days as any day is read."""
    if not isinstance(cell, date):
        return tidy(given) == tidy(str(cell or ""))
    try:
        return day_in(tidy(given)) == cell
    except WrongCell:
        return False
