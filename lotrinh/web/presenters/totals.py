"""Totals as pages show them: counts that are doors, shares with what they are shares of, bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from lotrinh.rules.tally import Share, Tally
from lotrinh.web.answers import address
from lotrinh.web.formatting import named, number
from lotrinh.web.presenters.duties import STANDINGS

if TYPE_CHECKING:
    from lotrinh.apps.duties.selectors import BoardRow, Glance

WIDE = 1000
"""In how many equal parts a drawn total is divided: a piece is some of them."""
SMALL = 10
"""A share below so many percent is printed with two decimals."""


@dataclass(frozen=True, slots=True)
class Number:
    """How many duties stand in a class, and the list that holds exactly these."""

    code: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a drawn total: where it begins and how wide it is, in percent, with a point."""

    code: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Totals:
    """A tally in full."""

    numbers: tuple[Number, ...]
    whole: Number
    refused: Number
    cancelled: Number
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ShareLine:
    """So many of so many; ``percent_text`` is None of nothing."""

    code: str
    part: int
    whole: int
    percent_text: str | None


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A unit on the board; ``url`` leads to the units below it, None where it is a leaf."""

    uid: UUID
    name: str
    url: str | None
    is_own: bool
    totals: Totals


@dataclass(frozen=True, slots=True)
class GlanceSide:
    """What a unit owes (``code`` "unit") or is owed ("to"), with what is late and silent."""

    code: str
    totals: Totals
    shares: tuple[ShareLine, ...]
    late: Number
    silent: Number


def glance_side(code: str, found: "Glance", uid: UUID) -> GlanceSide:
    """Return one side of a unit at a glance; ``code`` is how an address asks for that side."""
    totals = totals_of(found.tally, {code: uid})
    silent_url = address(reverse("duties-counted"), mark="silent", **{code: uid})
    return GlanceSide(
        code=code,
        totals=totals,
        shares=shares_of(found.tally),
        late=next(one for one in totals.numbers if one.code == "open_overdue"),
        silent=Number("silent", found.silent, silent_url),
    )


def totals_of(tally: Tally, asked: Mapping[str, object]) -> Totals:
    """Return a tally with the doors to its lists; ``asked`` is what narrows them all."""
    every = address(reverse("duties-counted"), **asked)
    narrowing = f"{every}{'&' if '?' in every else '?'}class="

    def number_of(code: str, count: int) -> Number:
        return Number(code, count, f"{narrowing}{code}" if code else every)

    return Totals(
        numbers=tuple(number_of(code, tally[one]) for code, one in STANDINGS.items()),
        whole=number_of("", tally.total),
        refused=number_of("refused", tally.refused),
        cancelled=number_of("cancelled", tally.cancelled),
        pieces=_pieces(tally),
    )


def shares_of(tally: Tally) -> tuple[ShareLine, ...]:
    """Return the four shares of every report, each with its own denominator."""
    return (
        share_line("done_of_judged", tally.done_of_judged),
        share_line("on_time_of_judged", tally.on_time_of_judged),
        share_line("on_time_of_all", tally.on_time_of_all),
        share_line("overdue_of_judged", tally.overdue_of_judged),
    )


def board_lines(
    rows: "Sequence[BoardRow]", *, path: str, unfolded: bool
) -> tuple[tuple[BoardLine, ...], int]:
    """Return the head with what it owes itself and the units right below it; how many are folded.

    Folded are the units where nobody owes anything, unless they are asked for.
    """
    head = rows[0]
    inner = {row.unit.path[-2] for row in rows if len(row.unit.path) > 1}
    below = [row for row in rows[1:] if row.unit.path[-2] == head.unit.id]
    shown = below if unfolded else [row for row in below if _owes(row.whole)]
    lines = [_line(head, {"unit": head.unit.uid}, head.own, url=None, is_own=True)]
    for row in shown:
        url = address(path, under=row.unit.uid) if row.unit.id in inner else None
        lines.append(_line(row, {"under": row.unit.uid}, row.whole, url=url))
    return tuple(lines), len(below) - len(shown)


def _owes(tally: Tally) -> bool:
    """Say whether anything is counted, in the total or beside it."""
    return bool(tally.total or tally.refused or tally.cancelled)


def _line(
    row: "BoardRow",
    asked: Mapping[str, object],
    tally: Tally,
    *,
    url: str | None,
    is_own: bool = False,
) -> BoardLine:
    return BoardLine(row.unit.uid, named(row.unit), url, is_own, totals_of(tally, asked))


def share_line(code: str, share: Share) -> ShareLine:
    """Return a share in percent with three figures, as reports print them: 98.6, 1.37."""
    percent = share.percent()
    if percent is not None and percent < SMALL:
        percent = share.percent(places=2)
    return ShareLine(code, share.part, share.whole, None if percent is None else number(percent))


def _percent(parts: int) -> str:
    """Return so many of ``WIDE`` as an attribute of a drawing says it, in whatever language."""
    return f"{Decimal(100 * parts) / WIDE:f}"


def _pieces(tally: Tally) -> tuple[Piece, ...]:
    """Return the six classes side by side, as wide as their share of all."""
    ends, sum_so_far = [0], 0
    for one in STANDINGS.values():
        sum_so_far += tally[one]
        ends.append(WIDE * sum_so_far // tally.total if tally.total else 0)
    return tuple(
        Piece(code, _percent(start), _percent(end - start))
        for code, start, end in zip(STANDINGS, ends, ends[1:], strict=False)
        if end > start
    )
