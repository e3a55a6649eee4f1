"""Tables of a PDF page that have lines between their rows and none between their columns.

The lines tell the rows. Columns are where no letter stands, from the head of the table to its
foot, but for rows that reach over several of them. What has less than three columns or rows, or a
head that crosses its own gutters, is no table.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from lotrinh.reading.readers.pdf_letters import Letter
from lotrinh.reading.readers.pdf_rulings import Area, Grid

_SAME = 3.0  # points: lines that begin and end so near each other are of one table
_LEAST_LINES = 4  # a head and two rows
_LEAST_COLUMNS = 3
_SPACE = 0.7  # of the letter's size: wider than the spaces between words
_NARROWEST = 4.0  # points of a gutter
_MOST_CROSSING = 0.2  # of the rows
_MIDDLE = 0.3  # of the letter's size above the base line

_Span = tuple[float, float]


def find_open_grids(
    lines: Sequence[Mapping[str, float]], grids: Sequence[Grid], letters: Sequence[Letter]
) -> list[Grid]:
    """Return the tables that horizontal ``lines`` make beside the ruled ones."""
    found: list[Grid] = []
    for left, right, places in _groups(lines):
        if len(places) < _LEAST_LINES or any(_overlaps(grid, places) for grid in grids):
            continue
        bands = [_band(letters, left, right, top, bottom) for top, bottom in pairwise(places)]
        columns = _columns(bands, left, right)
        if len(columns) > _LEAST_COLUMNS and not _crossed(bands[0], columns[1:-1]):
            found.append(_grid(bands, columns, places))
    return found


def _groups(lines: Sequence[Mapping[str, float]]) -> Iterator[tuple[float, float, list[float]]]:
    """Yield left, right and the places of lines that are equally long, one above the other."""
    rest = sorted(lines, key=lambda line: line["top"])
    while rest:
        first = rest[0]
        same = [
            line
            for line in rest
            if abs(line["x0"] - first["x0"]) < _SAME and abs(line["x1"] - first["x1"]) < _SAME
        ]
        rest = [line for line in rest if line not in same]
        yield first["x0"], first["x1"], [line["top"] for line in same]


def _overlaps(grid: Grid, places: Sequence[float]) -> bool:
    return grid.lines[0] < places[-1] and places[0] < grid.lines[-1]


def _band(
    letters: Sequence[Letter], left: float, right: float, top: float, bottom: float
) -> list[_Span]:
    """Return the pieces of text of one row, of all its lines together, from left to right."""
    inside = [
        letter
        for letter in letters
        if left <= letter.left and letter.right <= right
        if top < letter.base - _MIDDLE * letter.size < bottom
    ]
    inside.sort(key=lambda letter: (round(letter.base), letter.left))
    pieces: list[_Span] = []
    base: float | None = None
    for letter in inside:
        joined = pieces and base == round(letter.base)
        if joined and letter.left - pieces[-1][1] < _SPACE * letter.size:
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], letter.right))
        else:
            pieces.append((letter.left, letter.right))
        base = round(letter.base)
    return pieces


def _columns(bands: Sequence[Sequence[_Span]], left: float, right: float) -> list[float]:
    """Return the edges of the columns: the outer ones, and the middle of every gutter."""
    most = int(_MOST_CROSSING * len(bands))
    edges = [left]
    begun: int | None = None
    for place in range(int(left), int(right) + 1):
        crossing = sum(any(a < place + 1 and b > place for a, b in band) for band in bands)
        if crossing > most:
            if begun is not None and place - begun >= _NARROWEST and begun > left + 1:
                edges.append((begun + place) / 2)
            begun = None
        elif begun is None:
            begun = place
    return [*edges, right]


def _crossed(band: Sequence[_Span], edges: Sequence[float]) -> bool:
    return any(a < edge < b for a, b in band for edge in edges)


def _grid(
    bands: Sequence[Sequence[_Span]], columns: Sequence[float], places: Sequence[float]
) -> Grid:
    areas: list[Area] = []
    for row, band in enumerate(bands):
        first = 0
        for column in range(1, len(columns)):
            if column < len(columns) - 1 and _crossed(band, columns[column : column + 1]):
                continue  # the cell goes on
            area = Area(
                row,
                first,
                1,
                column - first,
                columns[first],
                places[row],
                columns[column],
                places[row + 1],
            )
            areas.append(area)
            first = column
    return Grid(tuple(areas), tuple(columns), tuple(places))
