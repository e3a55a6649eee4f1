"""What the fields of a report show of an entry, and what is sent of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lotrinh.rules.formats import number
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.typed_cells import CellKind

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import ReportCell
    from lotrinh.apps.targets.models import Measure


@dataclass(frozen=True, slots=True)
class SentLine:
    """What was sent of a line, None where it was not; ``over`` is the entry that was shown."""

    typed: str | None = None
    weight: str | None = None
    comment: str | None = None
    over: int | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the lines that were sent, by measure.

    ``kept`` are the ids of the entries that hold what was sent, None for a line that was left as
    empty as it was shown; ``meanwhile`` those that count now and say something else.
    """

    kept: Mapping[int, int | None]
    meanwhile: "Mapping[int, ReportCell]"


def fate_of(
    sent: Mapping[int, SentLine],
    *,
    holding: Mapping[int, int],
    left_out: "Mapping[int, ReportCell]",
    counting: "Mapping[int, ReportCell]",
    language: str,
) -> Fate:
    """Return what became of lines, ``counting`` being the entries that count as it is told.

    A line whose entry counts no more is told so even where it had been received, since whoever
    sent it still sees his own text: what he types next may not go over an entry unseen.
    """
    kept: dict[int, int | None] = {}
    meanwhile = {pk: counting.get(pk, cell) for pk, cell in left_out.items()}
    for pk, line in sent.items():
        if pk in left_out:
            continue
        kept[pk] = holding.get(pk, line.over)
        cell = counting.get(pk)
        if cell is not None and cell.pk != kept[pk] and _says_else(line, cell, language):
            meanwhile[pk] = cell
    return Fate(kept, meanwhile)


def _says_else(line: SentLine, cell: "ReportCell", language: str) -> bool:
    pairs = (
        (line.typed, shown_text(cell, language)),
        (line.weight, shown_weight(cell, language)),
        (line.comment, cell.comment),
    )
    return any(said is not None and said != shown.strip() for said, shown in pairs)


def is_weighted(measure: "Measure") -> bool:
    """Say whether a figure of the measure comes with what it weighs."""
    return measure.rollup == Rollup.WEIGHTED


def shown_text(cell: "ReportCell | None", language: str) -> str:
    """Return what the field of a cell shows: what was typed, a figure in the page's language."""
    if cell is None:
        return ""
    if cell.kind != CellKind.FIGURE or cell.language == language:
        return cell.text
    if cell.value is not None:
        return number(cell.value, language=language)
    if cell.numerator is None or cell.denominator is None:
        return cell.text
    return "/".join(number(one, language=language) for one in (cell.numerator, cell.denominator))


def shown_weight(cell: "ReportCell | None", language: str) -> str:
    """Return what the field of a weight shows."""
    if cell is None:
        return ""
    if cell.weight is None or cell.language == language:
        return cell.weight_text
    return number(cell.weight, language=language)
