"""A sheet as it goes back to the one who gave it: every row where it stood, its fate beside it.

Nothing that was typed is left out, so the numbers of rows stay true, and the file can be sent once
more as soon as it is mended: the column of an earlier attempt is passed over and replaced.
"""

from collections.abc import Iterable, Mapping

from lotrinh.rules.sheet_heads import Grid, Head, meant_passed_over
from lotrinh.rules.sheets import Judged, Verdict, sentence, words


def returned(
    grid: Grid,
    head: Head,
    verdicts: Iterable[Judged],
    shape: str,
    *,
    language: str,
    is_taken: bool = False,
) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a sheet with what became of each in a last column.

    With ``is_taken`` its new rows were written. A long sentence for a cell of Excel is cut.
    """
    told = {row.line: fate(row, shape, language=language, is_taken=is_taken) for row in verdicts}
    return marked(grid, head, told, language=language)


def marked(
    grid: Grid, head: Head, told: Mapping[int, str], *, language: str
) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a sheet with what is ``told`` of a row, from 1, in a last column.

    The column of an earlier attempt is left out.
    """
    fates = {**told, head.first + 1: words()["passed_over"][_RESULT][_place(language)]}
    wide = max(map(len, grid), default=0)
    kept = [
        place
        for place in range(wide)
        if not any(
            place < len(row) and meant_passed_over(row[place]) == _RESULT
            for row in grid[head.first : head.last + 1]
        )
    ]
    return tuple(
        (*(row[place] if place < len(row) else "" for place in kept), fates.get(line, "")[:_MOST])
        for line, row in enumerate(grid, start=1)
    )


_RESULT = "error"
_MOST = 5_000  # letters of a fate


def fate(row: Judged, shape: str, *, language: str, is_taken: bool) -> str:
    """Return what became of a row, in words; what is wrong with it if it was refused."""
    fates, place = words()["fates"], _place(language)
    if row.faults:
        told = " · ".join(sentence(fault, shape, language) for fault in row.faults)
        return fates["mendable"][place].format(told=told)[:_MOST]
    if row.verdict is Verdict.UNCHANGED:
        return fates["unchanged"][place]
    return fates["taken" if is_taken else "to_come"][place]


def _place(language: str) -> int:
    return 1 if language.startswith("en") else 0
