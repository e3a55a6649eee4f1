"""The cells of a workbook as it came back: texts, numbers, and what a program made of the others.

A form that is filled in is asked about what stands in a cell: a number is no text with a dot, and a
day is what a program has made of something else. Hidden sheets are there too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, cast

Place = tuple[int, int]  # row and column from 0
Value = str | float
"""What a cell holds; an empty text where it holds nothing."""


class Mark(StrEnum):
    """What is to be known of a cell beside its value."""

    SHARE = "share"  # a number that is shown in percent: 1.205 as 120.5 %
    DAY = "day"  # a day or a time, as a text
    FAILED = "failed"  # a formula without a value, as the sign of its failure
    TRUTH = "truth"  # TRUE or FALSE, as a text


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet from its first row and column on, and the marks of some."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    marks: Mapping[Place, Mark]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """The sheets of a workbook, in its order; those without a cell are left out."""

    sheets: tuple[Sheet, ...]

    def record(self) -> dict[str, Any]:
        """Return the cells as JSON holds them; `from_record` makes them again."""
        return {
            "sheets": [
                [
                    sheet.name,
                    sheet.is_hidden,
                    *_packed(sheet.rows),
                    [[*place, mark] for place, mark in sheet.marks.items()],
                ]
                for sheet in self.sheets
            ]
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Cells":
        """Return the cells that `record` has put down. Raises TypeError, ValueError, KeyError."""
        return cls(
            tuple(
                Sheet(
                    str(name),
                    _unpacked(wide, texts, numbers),
                    {(int(row), int(column)): Mark(mark) for row, column, mark in marks},
                    bool(is_hidden),
                )
                for name, is_hidden, wide, texts, numbers, marks in record["sheets"]
            )
        )


_BETWEEN = "\x1f"
"""Parts the texts of a sheet: one long text passes through JSON faster than thousands of short."""


def _packed(rows: Sequence[Sequence[Value]]) -> tuple[int, str | list[str], list[list[Any]]]:
    """Return how wide the rows are, their texts one after another, and the numbers among them."""
    cells = [*chain.from_iterable(rows)]
    numbers: list[list[Any]] = []
    if {*map(type, cells)} != {str}:
        numbers = [[at, cell] for at, cell in enumerate(cells) if type(cell) is float]
        cells = ["" if type(cell) is float else cell for cell in cells]
    texts = cast(list[str], cells)
    joined = _BETWEEN.join(texts)
    is_parted = joined.count(_BETWEEN) == len(texts) - 1
    return len(rows[0]) if rows else 0, joined if is_parted else texts, numbers


def _unpacked(
    wide: int, told: str | list[str], numbers: list[Any]
) -> tuple[tuple[Value, ...], ...]:
    cells: list[Value] = [*(told.split(_BETWEEN) if isinstance(told, str) else told)]
    if not cells:
        return ()
    if not {*map(type, cells)} == {str}:
        raise TypeError(told)
    for at, number in numbers:
        if type(number) is not float:
            raise TypeError(number)
        cells[at] = number
    if not 0 < wide <= len(cells):
        raise ValueError(wide)
    return tuple(zip(*[iter(cells)] * wide, strict=True))
