"""What a typed cell is kept as: its text, and its numbers where it is a figure.

Nothing that was typed is lost: a cell that is asked about or refused keeps its text, and the report
cannot be handed in until somebody has settled it.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lotrinh.rules.figures_typed import (
    Nothing,
    Typed,
    TypedFigure,
    TypedNothing,
    TypedQuestion,
)
from lotrinh.rules.target_terms import Rollup

PAIRED = frozenset({Rollup.RATIO_OF_SUMS})
"""The rules of adding up that ask for a numerator and a denominator."""


class CellKind(StrEnum):
    """What a cell holds."""

    FIGURE = "figure"
    EMPTY = "empty"
    NOT_YET = "not_yet"  # the officer says that there are no data yet
    ASKED = "asked"  # may be read in two ways
    REFUSED = "refused"  # is no figure


UNSETTLED = (CellKind.ASKED, CellKind.REFUSED)
"""What keeps a report from being handed in."""


@dataclass(frozen=True, slots=True)
class CellRead:
    """What is kept of a cell: a value or a pair where it is a figure."""

    kind: CellKind
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def cell_read(typed: Typed) -> CellRead:
    """Return what is kept of a cell that was read.

    >>> from lotrinh.rules.figures_typed import Read
    >>> cell_read(TypedFigure("18/23", Read(Decimal(18), Decimal(23)))).denominator
    Decimal('23')
    """
    if isinstance(typed, TypedFigure):
        read = typed.read
        if read.over is None:
            return CellRead(CellKind.FIGURE, value=read.value)
        return CellRead(CellKind.FIGURE, numerator=read.value, denominator=read.over)
    if isinstance(typed, TypedNothing):
        return CellRead(CellKind.EMPTY if typed.why is Nothing.EMPTY else CellKind.NOT_YET)
    if isinstance(typed, TypedQuestion):
        return CellRead(CellKind.ASKED)
    return CellRead(CellKind.REFUSED)
