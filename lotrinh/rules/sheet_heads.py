"""The head of a sheet: which row says what the columns hold, in Vietnamese or English.

Case, diacritics, line breaks and the stars of columns that have to be filled in do not count. Above
the head may stand titles. It may be two rows deep, as where "Thời gian" reaches over "Từ ngày" and
"Thôi từ ngày", and a row that numbers the columns may follow, as in official forms.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from lotrinh.rules.names import search_key
from lotrinh.rules.sheets import by_word, tidy, words

_REACH = 20  # rows within which a head is looked for
_LONGEST = 200  # letters of a head
_STARS = re.compile(r"\(\s*\*+\s*\)|\*+")
_COUNTED = re.compile(r"\(?([0-9]{1,3})\)?")
_LETTERED = re.compile(r"\(?[A-Z]\)?")
_FIGURE = re.compile(r"[0-9][0-9.,\s]*")
_LEAST_COUNTED = 3  # columns that a row numbers
SHAPES = ("units", "people", "duties")

Grid = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head of a sheet stands and which column holds what; rows count from 0.

    It reaches from the row ``first`` to the row ``last``. ``strange`` are the heads that mean
    nothing here; their columns are passed over and told.
    """

    first: int
    last: int
    columns: Mapping[str, int]
    strange: tuple[str, ...]


class NoHead(Exception):
    """No row of the sheet names the columns that are needed; ``missing`` tells which."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


def find_head(grid: Grid, shape: str, needed: Iterable[str]) -> Head:
    """Return the head of a sheet: the first row, or two, that name every column of ``needed``.

    It stands among the first twenty rows. Raises NoHead.
    """
    fewest = tuple(needed)
    for first, row in enumerate(grid[:_REACH]):
        last = first
        if first + 1 < len(grid) and _goes_on(row, grid[first + 1], shape):
            last = first + 1
            row = _overlaid(row, grid[last], shape)
        columns, strange = _columns(row, shape)
        missing = [name for name in needed if name not in columns]
        if not missing:
            if last + 1 < len(grid) and _numbers_columns(grid[last + 1]):
                last += 1
            return Head(first, last, columns, strange)
        if len(missing) < len(fewest):
            fewest = tuple(missing)
    raise NoHead(fewest)


def known_heads(grid: Grid) -> int:
    """Return how many columns the row names that names most, of whatever shape."""
    return max(
        (len(_columns(row, shape)[0]) for shape in SHAPES for row in grid[:_REACH]), default=0
    )


def rows_below(grid: Grid, head: Head) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give the number, from 1, and the known cells of every row below the head that says something.

    Rows that add up the others say nothing of their own.
    """
    for line, row in enumerate(grid[head.last + 1 :], start=head.last + 2):
        cells = {name: row[at] for name, at in head.columns.items() if at < len(row)}
        if any(tidy(cell) for cell in cells.values()) and not _adds_up(row):
            yield line, cells


def _columns(row: Sequence[str], shape: str) -> tuple[dict[str, int], tuple[str, ...]]:
    columns: dict[str, int] = {}
    strange: list[str] = []
    for place, cell in enumerate(row):
        name = _meant(cell, shape)
        if name and name not in columns:
            columns[name] = place
        elif tidy(cell) and not meant_passed_over(cell):
            strange.append(tidy(cell))
    return columns, tuple(strange)


def _goes_on(row: Sequence[str], below: Sequence[str], shape: str) -> bool:
    """Say whether the head goes on in the row below, which names what stands under wider heads."""
    said = [place for place, cell in enumerate(below) if tidy(cell)]
    named = [place for place in said if _meant(below[place], shape)]
    above = [place for place, cell in enumerate(row) if _meant(cell, shape)]
    return (
        bool(named and above)
        and len(named) * 2 >= len(said)
        and not set(above) & (set(said) - set(named))
    )


def _overlaid(row: Sequence[str], below: Sequence[str], shape: str) -> tuple[str, ...]:
    wide = max(len(row), len(below))
    upper, lower = ((*cells, *("",) * (wide - len(cells))) for cells in (row, below))
    return tuple(under if tidy(under) else over for over, under in zip(upper, lower, strict=True))


def _numbers_columns(row: Sequence[str]) -> bool:
    """Say whether a row holds nothing but A, B, 1, 2, 3 ... or (1), (2), (3) ..."""
    said = [tidy(cell) for cell in row if tidy(cell)]
    while said and _LETTERED.fullmatch(said[0]):
        said = said[1:]
    counted = [int(found[1]) for cell in said if (found := _COUNTED.fullmatch(cell))]
    return len(said) >= _LEAST_COUNTED and counted == list(range(1, len(said) + 1))


def _adds_up(row: Sequence[str]) -> bool:
    """Say whether a row is a total: its first words are "Tổng cộng", the rest are figures."""
    said = [tidy(cell) for cell in row if tidy(cell)]
    key = search_key(said[0]).rstrip(" :") if said else ""
    return key in by_word("totals") and all(_FIGURE.fullmatch(cell) for cell in said[1:])


def meant_passed_over(cell: str) -> str | None:
    """Return which head it is of those that a sheet may have and nobody reads."""
    return by_word("passed_over").get(_key(cell))


@lru_cache(4096)
def _meant(cell: str, shape: str) -> str | None:
    """Return the column that is headed so."""
    return _by_key(shape).get(_key(cell)) or _numbering(tidy(cell[:_LONGEST]))


def _key(cell: str) -> str:
    return search_key(_STARS.sub(" ", tidy(cell[:_LONGEST])).replace("_", " ")).rstrip(" :")


@cache
def _by_key(shape: str) -> Mapping[str, str]:
    return {_key(word): name for name, said in words()[shape].items() for word in said}


def _numbering(head: str) -> str | None:
    """Return the column of a public numbering by its head, "Mã số: gso"."""
    before, parted, name = head.partition(":")
    prefixes = {search_key(said) for said in words()["prefix"]["codes"]}
    if not parted or search_key(f"{before.strip()}:") not in prefixes:
        return None
    found = re.fullmatch(r"[A-Za-z0-9_-]{1,40}", name.strip())
    if found is None:
        return None
    return f"codes:{found[0].lower() if head.isupper() else found[0]}"
