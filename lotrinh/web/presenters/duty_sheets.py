"""What a page shows of a sheet of duties: how many rows are good, and what becomes of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from lotrinh.apps.duties.selectors import DutiesJudged
from lotrinh.rules.duty_sheet import (
    NEW,
    SAID,
    SHAPE,
    Fate,
    Lot,
    fate_told,
    fate_word,
)
from lotrinh.rules.sheets import head_word, sentence

MOST_SHOWN = 200
"""Rows of each fate that a page shows; the file of refused rows holds all of them."""

_ORDER = (
    Fate.REFUSED,
    Fate.DRAFT,
    Fate.READY,
    Fate.AMENDS,
    Fate.REPEATED,
    Fate.UNCHANGED,
    Fate.HEADING,
)


@dataclass(frozen=True, slots=True)
class LotRow:
    """One row with what becomes of it in words; ``notes`` do not hinder it."""

    line: int
    title: str
    unit: str
    due: str
    fate: str
    verdict: str
    faults: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutySheetResult:
    """How a sheet was judged; ``more`` is how many rows are not shown."""

    new: int
    amended: int
    unchanged: int
    refused: int
    rows: Sequence[LotRow]
    more: int
    strange: str

    @property
    def written(self) -> int:
        """How many rows the import writes."""
        return self.new + self.amended


def result_of(judged: DutiesJudged, language: str, *, is_taken: bool = False) -> DutySheetResult:
    """Return what becomes of the rows as a page shows it: refused ones first."""
    by_fate = {fate: [lot for lot in judged.lots if lot.fate is fate] for fate in Fate}
    shown = [lot for fate in _ORDER for lot in by_fate[fate][:MOST_SHOWN]]
    return DutySheetResult(
        new=sum(len(by_fate[fate]) for fate in NEW),
        amended=len(by_fate[Fate.AMENDS]),
        unchanged=len(by_fate[Fate.UNCHANGED]) + len(by_fate[Fate.REPEATED]),
        refused=len(by_fate[Fate.REFUSED]),
        rows=tuple(_row(lot, language, is_taken=is_taken) for lot in shown),
        more=len(judged.lots) - len(shown),
        strange=", ".join(judged.head.strange),
    )


def told_of(judged: DutiesJudged, language: str) -> dict[int, str]:
    """Return by row what stands beside it in the file that goes back."""
    return {lot.line: fate_told(lot, language) for lot in judged.lots}


def column_lines(language: str) -> tuple[tuple[str, bool], ...]:
    """Return the heads of the columns that are read, and whether each is needed."""
    return tuple(
        (head_word(SHAPE, column, language), column in {"title", "unit"}) for column in SAID
    )


def _row(lot: Lot, language: str, *, is_taken: bool) -> LotRow:
    unit, due = lot.shown
    return LotRow(
        line=lot.line,
        title=lot.key,
        unit=unit,
        due=due,
        fate=lot.fate.value,
        verdict=fate_word(lot, language, is_taken=is_taken),
        faults=tuple(sentence(fault, SHAPE, language) for fault in lot.faults),
        notes=tuple(sentence(note, SHAPE, language) for note in lot.notes),
    )
