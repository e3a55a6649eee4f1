"""What the fields of a report show of an entry, and what is sent of them."""

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
