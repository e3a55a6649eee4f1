"""The ruled tables of a PDF page: from lines that are drawn to cells.

PDFium tells every drawn path; pdfplumber's geometry joins them into a grid. (Its own parsing of
a page is slow, so it is not asked for that.) Fills as thin as a line are lines; a filled or
stroked rectangle has four of them.
"""

import ctypes
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from lotrinh.reading.readers.pdf_letters import Frame

_NEAR = 3.0  # points: lines nearer than this are one line
_THIN = 4.0  # a filled shape no thicker than this is a line
_SHORTEST = 5.0
_MOST_EDGES = 5_000  # more is a drawing, as are these many lines and crossings
_MOST_RULINGS = 500
_MOST_POINTS = 3_000
_DEEPEST = 6  # forms inside forms

_Edge = dict[str, Any]
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Area:
    """A cell on the page and its place in the grid; points from the top left corner."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Grid:
    """A ruled table: its cells, and the places of its lines from left to right and downward."""

    areas: tuple[Area, ...]
    columns: tuple[float, ...]
    lines: tuple[float, ...]

    def area_at(self, x: float, y: float) -> int | None:
        """Return which of the areas holds a point."""
        row = bisect_right(self.lines, y) - 1
        column = bisect_right(self.columns, x) - 1
        return self._places.get((row, column))

    @cached_property
    def _places(self) -> dict[tuple[int, int], int]:
        return {
            (row, column): place
            for place, area in enumerate(self.areas)
            for row in range(area.row, area.row + area.rows)
            for column in range(area.column, area.column + area.columns)
        }


@dataclass(frozen=True, slots=True)
class Rulings:
    """The ruled tables of a page from top to bottom, and all lines that lie across it."""

    grids: list[Grid]
    across: list[_Edge]


def find_rulings(page: pdfium.PdfPage, frame: Frame) -> Rulings:
    """Return what the lines of a page make; a lone box is no table."""
    edges = list(islice(_edges(page, frame), _MOST_EDGES))
    if not edges or len(edges) == _MOST_EDGES:
        return Rulings([], [])
    merged = merge_edges(edges, _NEAR, _NEAR, _NEAR, _NEAR)
    if len(merged) > _MOST_RULINGS:
        return Rulings([], [])
    points = edges_to_intersections(merged, _NEAR, _NEAR)
    if len(points) > _MOST_POINTS:
        return Rulings([], [])
    grids = [_grid(boxes) for boxes in cells_to_tables(intersections_to_cells(points))]
    return Rulings(grids, [edge for edge in merged if edge["orientation"] == "h"])


def _grid(boxes: list[tuple[float, float, float, float]]) -> Grid:
    across = sorted({edge for box in boxes for edge in (box[0], box[2])})
    down = sorted({edge for box in boxes for edge in (box[1], box[3])})
    column_of = {edge: place for place, edge in enumerate(across)}
    row_of = {edge: place for place, edge in enumerate(down)}
    areas = [
        Area(
            row_of[top],
            column_of[left],
            row_of[bottom] - row_of[top],
            column_of[right] - column_of[left],
            left,
            top,
            right,
            bottom,
        )
        for left, top, right, bottom in boxes
    ]
    areas.sort(key=lambda area: (area.row, area.column))
    return Grid(tuple(areas), tuple(across), tuple(down))


def _edges(page: pdfium.PdfPage, frame: Frame) -> Iterator[_Edge]:
    for place in range(raw.FPDFPage_CountObjects(page.raw)):
        thing = raw.FPDFPage_GetObject(page.raw, place)
        for points, closed in _paths(thing, _SAME, 0):
            yield from _path_edges([frame.place(x, y) for x, y in points], closed)


def _paths(
    thing: raw.FPDF_PAGEOBJECT, outer: _Matrix, depth: int
) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """Yield the straight strokes of an object, in the page's coordinates."""
    kind = raw.FPDFPageObj_GetType(thing)
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = _product(_matrix(thing), outer)
        for place in range(raw.FPDFFormObj_CountObjects(thing)):
            yield from _paths(raw.FPDFFormObj_GetObject(thing, place), inner, depth + 1)
    elif kind == raw.FPDF_PAGEOBJ_PATH and _is_drawn(thing):
        yield from _strokes(thing, _product(_matrix(thing), outer))


def _is_drawn(path: raw.FPDF_PAGEOBJECT) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value or stroke.value)


def _strokes(
    path: raw.FPDF_PAGEOBJECT, matrix: _Matrix
) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    points: list[tuple[float, float]] = []
    closed = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(min(raw.FPDFPath_CountSegments(path), _MOST_EDGES)):
        segment = raw.FPDFPath_GetPathSegment(path, place)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points, closed
            points = []
        a, b, c, d, e, f = matrix
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        closed = bool(raw.FPDFPathSegment_GetClose(segment))
    if points:
        yield points, closed


def _matrix(thing: raw.FPDF_PAGEOBJECT) -> _Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(found)):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _path_edges(points: list[tuple[float, float]], closed: bool) -> Iterator[_Edge]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if bottom - top <= _THIN < right - left:
        yield _edge("h", left, right, (top + bottom) / 2, (top + bottom) / 2)
    elif right - left <= _THIN < bottom - top:
        yield _edge("v", (left + right) / 2, (left + right) / 2, top, bottom)
    else:
        ends = [*points, points[0]] if closed else points
        for (x0, y0), (x1, y1) in pairwise(ends):
            if abs(y1 - y0) < 1 and abs(x1 - x0) >= _SHORTEST:
                yield _edge("h", min(x0, x1), max(x0, x1), y0, y0)
            elif abs(x1 - x0) < 1 and abs(y1 - y0) >= _SHORTEST:
                yield _edge("v", x0, x0, min(y0, y1), max(y0, y1))


def _edge(orientation: str, x0: float, x1: float, top: float, bottom: float) -> _Edge:
    return {
        "orientation": orientation,
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "object_type": "line",
    }
