"""What a page shows of a sheet of units: how many rows are good, and every row that is not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import translation

from lotrinh.apps.units.selectors import UnitsJudged
from lotrinh.rules import unit_sheet
from lotrinh.rules.sheets import Flaw, Judged, Verdict, head_word, sentence, verdict_word

MOST_SHOWN = 200
"""Rows of each verdict that a page shows; the file of refused rows holds all of them."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with its verdict in words."""

    line: int
    key: str
    code: str
    verdict: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetResult:
    """How a sheet was judged; ``more`` is how many rows are not shown.

    ``kinds`` are the kinds of unit that nobody knows yet, as the sheet spells them.
    """

    new: int
    unchanged: int
    refused: int
    rows: Sequence[SheetRow]
    more: int
    strange: str
    kinds: str


def result_of(judged: UnitsJudged) -> SheetResult:
    """Return the verdicts as a page shows them: refused rows first, then new ones."""
    verdicts = judged.plan.verdicts
    by_verdict = {each: [row for row in verdicts if row.verdict is each] for each in Verdict}
    order = (Verdict.REFUSED, Verdict.NEW, Verdict.UNCHANGED)
    shown = [row for each in order for row in by_verdict[each][:MOST_SHOWN]]
    return SheetResult(
        new=len(by_verdict[Verdict.NEW]),
        unchanged=len(by_verdict[Verdict.UNCHANGED]),
        refused=len(by_verdict[Verdict.REFUSED]),
        rows=tuple(map(_row, shown)),
        more=len(verdicts) - len(shown),
        strange=", ".join(judged.head.strange),
        kinds=", ".join(_new_kinds(verdicts)),
    )


def _new_kinds(verdicts: Iterable[Judged]) -> list[str]:
    faults = (fault for row in verdicts for fault in row.faults)
    return sorted({str(one.data["given"]) for one in faults if one.flaw is Flaw.UNKNOWN_KIND})


def column_lines(language: str) -> tuple[tuple[str, bool], ...]:
    """Return the heads of the columns, and whether each is needed."""
    return tuple(
        (head_word("units", column, language), column in unit_sheet.NEEDED)
        for column in unit_sheet.COLUMNS
    )


def _row(row: Judged) -> SheetRow:
    language = translation.get_language() or "vi"
    return SheetRow(
        line=row.line,
        key=row.key,
        code=row.verdict.value,
        verdict=verdict_word(row.verdict, language),
        faults=tuple(sentence(fault, "units", language) for fault in row.faults),
    )
