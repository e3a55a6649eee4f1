"""How far a report of figures is: which of its lines say something, and what is still to be done.

It is told without what each line shows, since it is asked for after every cell that is saved.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy

from lotrinh.rules.typed_cells import CellKind

if TYPE_CHECKING:
    from lotrinh.apps.reporting.selectors import Grid, GridRow

FILLED = (CellKind.FIGURE, CellKind.NOT_YET)
WANTS = {
    "refused": gettext_lazy("cannot be read as a figure"),
    "asked": gettext_lazy("may mean two figures: choose one"),
    "returned": gettext_lazy("was returned and has not been entered anew"),
    "missing": gettext_lazy("no figure yet"),
    "question": gettext_lazy("is asked about: say why in the comment"),
    "otherwise": gettext_lazy("says something else than the figure that counts already"),
}


@dataclass(frozen=True, slots=True)
class Left:
    """What is still to be done in a line."""

    PRINTED: ClassVar = ("uid", "name", "wants_text")
    SHAPED: ClassVar = ("wants",)

    uid: UUID
    name: str
    wants: str
    wants_text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How many lines say something that can be handed in, of how many, and which are open."""

    filled: int
    whole: int
    left: tuple[Left, ...]


def progress_of(grid: "Grid") -> Progress:
    """Return how far the lines of a report are, without what each of them shows.

    A line whose figure counts already says something too.
    """
    kinds = [(row, row.cell.kind if row.cell else CellKind.EMPTY) for row in grid.rows]
    open_ones = [(row.measure, wants_in(row, kind)) for row, kind in kinds]
    return Progress(
        filled=sum(row.is_spared or kind in FILLED for row, kind in kinds),
        whole=len(kinds),
        left=tuple(
            Left(measure.uid, measure.name, wants, str(WANTS[wants]))
            for measure, wants in open_ones
            if wants
        ),
    )


def wants_in(row: "GridRow", kind: str) -> str:
    """Return the code of what is still to be done in a line, empty where nothing is."""
    if row.is_spared:
        return ""
    if kind == CellKind.REFUSED:
        return "refused"
    if kind == CellKind.ASKED:
        return "asked"
    if row.elsewhere is not None:
        return "otherwise"
    if row.returned:
        return "returned"
    if kind == CellKind.EMPTY:
        return "missing"
    return "question" if row.is_asked else ""
