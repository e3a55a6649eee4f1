"""The drawing of a target: what was reached against its plan, laid out in the server.

It says nothing that the table beside it does not say. Lines are told apart by their strokes and
named where they end; what is estimated is dashed. Beyond what was told only a forecast is drawn,
with the range of its trials, in a stroke that no result has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from lotrinh.rules.formats import number

if TYPE_CHECKING:
    from lotrinh.apps.reporting.selectors import Point

WIDTH, HEIGHT = 720, 340
LEFT, RIGHT, HEAD, FOOT = 8, 132, 18, 30
_LINES = 5
"""About so many lines across the drawing."""
_NEAR = 15
"""Labels nearer than this stand over each other, so they are moved apart."""

Spot = tuple[date, Fraction]


@dataclass(frozen=True, slots=True)
class Mark:
    """A word at a place; ``kind`` names what it belongs to."""

    x: str
    y: str
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through places, and the places at which it was told."""

    kind: str
    points: str
    dots: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing in its own measure. ``levels`` are lines across, ``days`` ticks below them.

    ``band`` is the outline of what a forecast may come to, empty where there is none.
    """

    width: int
    height: int
    right: int
    floor: str
    levels: tuple[Mark, ...]
    days: tuple[Mark, ...]
    lines: tuple[Line, ...]
    names: tuple[Mark, ...]
    scale: str
    band: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn: the days ``[since, until]``, lines of spots by their kind, names at the end.

    Kinds are ``plan``, ``pace``, ``before``, ``actual``, ``estimate`` and ``forecast``; the one who
    names them translates. ``band`` is where a forecast begins, its lowest and its highest end.
    """

    since: date
    until: date
    spots: dict[str, list[Spot]]
    names: dict[str, str]
    days: Sequence[tuple[date, str]]
    band: tuple[Spot, ...] = ()


def chart_of(drawn: Drawn, *, language: str, unit: str) -> Chart | None:
    """Lay out the drawing; None where there is nothing to draw."""
    values = [value for spots in (*drawn.spots.values(), drawn.band) for _day, value in spots]
    if not drawn.spots.get("actual") and not drawn.spots.get("estimate"):
        return None
    levels = _levels(min(*values, Fraction(0)), max(*values, Fraction(0)))
    low, high = levels[0], levels[-1]
    span = max((drawn.until - drawn.since).days, 1)

    def x(day: date) -> str:
        share = Fraction((day - drawn.since).days, span)
        return _at(LEFT + share * (WIDTH - LEFT - RIGHT))

    def y(value: Fraction) -> str:
        share = (value - low) / (high - low)
        return _at(HEAD + (1 - share) * (HEIGHT - HEAD - FOOT))

    in_billions = unit in {"VND", "USD"} and high >= 10**9
    by = 10**9 if in_billions else 1
    lines = tuple(
        Line(
            kind,
            " ".join(f"{x(day)},{y(value)}" for day, value in spots),
            tuple((x(day), y(value)) for day, value in spots)
            if kind in {"actual", "estimate"}
            else (),
        )
        for kind, spots in drawn.spots.items()
        if spots
    )
    ends = {kind: spots[-1] for kind, spots in drawn.spots.items() if spots}
    return Chart(
        WIDTH,
        HEIGHT,
        WIDTH - RIGHT + 28,
        y(Fraction(0)),
        tuple(
            Mark("", y(level), number(level / by, language=language, places=6)) for level in levels
        ),
        tuple(Mark(x(day), "", text) for day, text in drawn.days),
        lines,
        _names(drawn, {kind: (x(day), y(value)) for kind, (day, value) in ends.items()}),
        "billion" if in_billions else "",
        " ".join(f"{x(day)},{y(value)}" for day, value in drawn.band),
    )


def spots_of(points: "Iterable[Point]", kind: str) -> list[Spot]:
    """Return where the line of a kind passes: at the last day of each period that was told of."""
    found: list[Spot] = []
    for point in points:
        value = {
            "actual": point.level if point.actual else None,
            "estimate": point.expected if point.estimate else None,
            "before": point.year_before,
        }[kind]
        if value is not None:
            found.append((point.period.rule.last, value))
    return found


def _names(drawn: Drawn, ends: dict[str, tuple[str, str]]) -> tuple[Mark, ...]:
    """Name the lines at the right edge, each where it ends, none over another."""
    placed: list[Mark] = []
    floor = Decimal(-_NEAR)
    for kind, (_x, y) in sorted(ends.items(), key=lambda pair: Decimal(pair[1][1])):
        floor = max(Decimal(y) + 4, floor + _NEAR)
        placed.append(Mark(str(WIDTH - RIGHT + 36), f"{floor:.1f}", drawn.names[kind], kind))
    return tuple(placed)


def _levels(low: Fraction, high: Fraction) -> tuple[Fraction, ...]:
    """Return round levels from at most ``low`` to at least ``high``, at least two of them."""
    step = _round_step((high - low) / _LINES) if high > low else Fraction(1)
    first, last = low // step, -(-high // step)
    return tuple(step * place for place in range(int(first), max(int(last), int(first) + 1) + 1))


def _round_step(wanted: Fraction) -> Fraction:
    """Return the least of 1, 2, 5 times a power of ten that is no smaller."""
    power = Fraction(1)
    while power * 10 <= wanted:
        power *= 10
    while power > wanted:
        power /= 10
    return next(power * size for size in (1, 2, 5, 10) if power * size >= wanted)


def _at(place: Fraction) -> str:
    return f"{float(place):.1f}"
