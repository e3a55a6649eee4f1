"""What the heading of a column says that its cells hold.

A heading may stand in one row, or in two or three of which the upper ones name groups of
columns. Its words tell the role of the column; some words say different things in different
tables ("Đơn vị" is a unit of measure or an organisation, "Tiến độ" a deadline or the progress
made), and carry a question mark until the whole table is known.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.tables.grid import Box, Grid

TABLES = lexicon("tables")
_ROLES = {role: re.compile(any_of(pieces)) for role, pieces in TABLES["roles"].items()}
_BOTH = re.compile(any_of(TABLES["both"]["lead_and_coordinate"]))
_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[\s/,;:.\-+*&|\"'\[\]()]+")
_YEARS = re.compile(
    r"(?:(?:den |het |cuoi |giai doan |trong )*(?:nam |thoi ky |ky )?)?"
    r"(?:19|20)\d\d(?:\s?-\s?(?:19|20)\d\d)?"
)
_PERIODS = re.compile(
    r"\b(?:\d{1,2}|sau|chin) thang(?: dau| cuoi)?(?: nam)?\b|\bquy (?:i{1,3}|iv|\d)\b"
    r"|\b(?:first |last )?(?:\d{1,2}|three|six|nine) months\b|\b(?:first|second) half\b"
)
_COLUMN_NUMBER = re.compile(r"[(\[]?(?:\d{1,2}|[a-dA-D])[)\]]?(?:\s?=.{1,20})?$")
_LONGEST = 90  # characters of a heading; what is longer is the text of a row
_SHORT = 30  # a heading of so few letters may say more than its role
_LEAST_SHARE = 3  # of a longer one the words of its role are at least a third
_DEEPEST = 3  # rows of a heading


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of one column. ``path`` is what it says from the outermost group inward."""

    column: int
    path: tuple[Box, ...]
    role: str | None
    both: bool = False  # one column for who leads and who helps

    @property
    def text(self) -> str:
        """What it says, as written."""
        return " - ".join(box.text for box in self.path)

    @property
    def folded(self) -> str:
        """What it says, folded, the innermost words last."""
        return " ".join(box.folded for box in self.path)


@dataclass(frozen=True, slots=True)
class Head:
    """All headings of a table, one for each column; the rows begin with ``below``."""

    headings: tuple[Heading, ...]
    top: int
    below: int

    def roles(self) -> frozenset[str]:
        """Return the roles that occur."""
        return frozenset(heading.role for heading in self.headings if heading.role)

    def of(self, *roles: str) -> list[Heading]:
        """Return the headings with one of the roles, from left to right."""
        return [heading for heading in self.headings if heading.role in roles]

    def first(self, role: str) -> Heading | None:
        """Return the first heading with a role."""
        return next((heading for heading in self.headings if heading.role == role), None)

    def with_roles(self, roles: dict[int, str | None]) -> "Head":
        """Return the head in which some columns have another role."""
        headings = tuple(
            replace(heading, role=roles.get(heading.column, heading.role))
            for heading in self.headings
        )
        return replace(self, headings=headings)


def role_of(folded: str) -> str | None:
    """Return the role that the words of a heading tell, "year" for one that is only a year.

    What is one thing or a task ("Chỉ số/Nhiệm vụ") is a task.
    """
    pieces = folded.split("/") if "nhiem vu" in folded or "task" in folded else []
    if len(pieces) > 1 and any(_role(piece) == "task" for piece in pieces):
        return "task"
    return _role(folded)


def _role(folded: str) -> str | None:
    plain = _MARKS.sub(" ", _BRACKETS.sub(" ", folded)).strip() or _MARKS.sub(" ", folded).strip()
    bare = _MARKS.sub(" ", _PERIODS.sub(" ", _YEARS.sub(" ", plain))).strip()
    if not bare:
        return "year" if plain else None
    best: tuple[bool, bool, int] = (False, False, 0)
    found: str | None = None
    for role, pattern in _ROLES.items():
        match = pattern.match(bare)
        opens = match is not None
        if match is None:
            match = pattern.search(bare)
        if match is None:
            continue
        rank = (match.group() == bare, opens, match.end() - match.start())
        if rank > best:
            best, found = rank, role
    told = best[2] * _LEAST_SHARE >= len(bare) or len(bare) <= _SHORT
    return found if told else None


def is_part_of_year(folded: str) -> bool:
    """Tell a heading that names some months or a quarter: "9 tháng", "Nine months"."""
    return _PERIODS.search(folded) is not None


def is_numbering(boxes: Sequence[Box]) -> bool:
    """Tell a row that numbers the columns: (1), (2), (3) or A, B, 1, 2."""
    texts = [box.folded for box in boxes]
    if len(texts) < 3 or not all(_COLUMN_NUMBER.match(text) for text in texts):
        return False
    numbers = [int(digits[0]) for text in texts if (digits := re.findall(r"\d+", text))]
    return len(numbers) < 2 or numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def head_at(grid: Grid, top: int) -> Head | None:
    """Return the head that begins in a row, as deep as its cells say; None if there is none."""
    if not _may_be_heading(grid, top):
        return None
    depth = _depth(grid, top)
    headings = tuple(_heading(grid, top, depth, column) for column in range(grid.width))
    return Head(headings, top, top + depth)


def _may_be_heading(grid: Grid, row: int) -> bool:
    boxes = grid.filled(row)
    if len(boxes) < 2 or is_numbering(boxes):
        return False
    return all(len(box.text) <= _LONGEST for box in boxes)


def _depth(grid: Grid, top: int) -> int:
    """Return over how many rows a head reaches: its merged cells say so, or its second row."""
    depth = max((box.cell.rows for box in grid.begun(top)), default=1)
    while depth < _DEEPEST and top + depth < grid.height and _is_under(grid, top, top + depth):
        depth += 1
    return min(depth, grid.height - top)


def _is_under(grid: Grid, top: int, row: int) -> bool:
    """Tell a row that names the columns of the groups above it.

    Everything it says stands below a cell that reaches over several columns, or below a cell
    with an empty one beside it, and names a role or a year.
    """
    begun = grid.begun(row)
    if not begun or is_numbering(begun) or len(begun) == len(grid.filled(top)):
        return False
    if len(begun) < 2 or any(len(box.text) > _LONGEST for box in begun):
        return False
    for box in begun:
        above = grid.at(row - 1, box.cell.column)
        grouped = above is not None and above.cell.columns > 1
        if not grouped and not _beside_group(grid, row - 1, box.cell.column):
            return False
    return sum(role_of(box.folded) is not None for box in begun) * 2 > len(begun)


def _beside_group(grid: Grid, row: int, column: int) -> bool:
    """Tell a place without words, or one whose right neighbour has none: a group lost its merge."""
    if grid.at(row, column) is None:
        return column > 0
    return column + 1 < grid.width and grid.at(row, column + 1) is None


def _heading(grid: Grid, top: int, depth: int, column: int) -> Heading:
    path: list[Box] = []
    for row in range(top, top + depth):
        box = grid.at(row, column) or _group_to_the_left(grid, row, column, top + depth)
        if box is not None and box not in path:
            path.append(box)
    role = role_of(path[-1].folded) if path else None
    for level in range(len(path) - 2, -1, -1):
        if role is not None and not role.endswith("?"):
            break
        role = _in_group(role, role_of(path[level].folded), path[level:])
    both = bool(path) and _BOTH.search(_MARKS.sub(" ", path[-1].folded)) is not None
    return Heading(column, tuple(path), role, both)


def _group_to_the_left(grid: Grid, row: int, column: int, below: int) -> Box | None:
    """Return the group whose merged cell was lost: the words left of an empty place."""
    if row + 1 >= below or grid.at(row + 1, column) is None:
        return None
    while column > 0:
        column -= 1
        box = grid.at(row, column)
        if box is not None:
            return box if grid.at(row + 1, column) not in {None, box} else None
    return None


def _in_group(role: str | None, group: str | None, path: Sequence[Box]) -> str | None:
    """Return the role of a heading within its group: "Thời gian" over "Bắt đầu", "Kết thúc"."""
    joined = role_of(" ".join(box.folded for box in path))
    if role in {None, "year"}:
        return joined if joined not in {None, "label"} else role
    if group in {"lead", "coordinate"} and role == "unit?":
        return group
    return joined if joined and not joined.endswith("?") else role
