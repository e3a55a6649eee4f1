"""The organisation through time: the tree of a day folded to a page, what differs from another."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.selectors import NameBorne, PlacedUnit, PostPast, TreeChanges
from lotrinh.web.answers import address
from lotrinh.web.formatting import day, named
from lotrinh.web.presenters.units import unit_nodes
from lotrinh.web.wording import CODE_SYSTEMS, HELD_AS, NAME_KINDS, UNIT_KINDS, word

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Placement, Tree, Unit, UnitCode
    from lotrinh.web.presenters.shapes import UnitNode

WHOLE = 150
"""A tree of up to so many units is printed whole."""
FOLDED = 2
"""In a larger one the units from this depth on are folded into the one above them."""
MANY = 5
"""From so many units of one kind under the root on they stand under a heading of their own."""
LISTED = 60
"""How many units of one kind of change a comparison of two days names on one page."""
MOST_NAMED = 4
"""How many units one line says that a unit became, or was made of."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit of the tree and how many below it are folded away; ``url`` opens them.

    Many of one kind under the root stand under a heading (``is_headed``); the first of them bears
    how many they are (``begins``).
    """

    node: "UnitNode"
    folded: int
    url: str | None
    begins: int = 0
    is_headed: bool = False


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day on which the tree changed, or today; its place on the slider and its address."""

    index: int
    day: date
    is_today: bool
    is_here: bool
    url: str


@dataclass(frozen=True, slots=True)
class UnitLink:
    """A unit by name, with a word about it."""

    name: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One kind of change between two days: ``units`` are those from ``first`` to ``last``."""

    code: str
    count: int
    units: tuple[UnitLink, ...]
    first: int
    last: int
    is_open: bool
    before_url: str | None
    after_url: str | None


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name that the unit bears or bore."""

    text: str
    kind_text: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class PastPost:
    """Who held a post and when."""

    post_text: str
    person_name: str
    person_url: str
    held_text: str
    since: date
    until: date | None


def branches(
    placed: Sequence[PlacedUnit],
    owed: Mapping[int, tuple[int, int]],
    *,
    mine: int | None,
    opened: str,
    here: Mapping[str, str | None],
) -> tuple[Branch, ...]:
    """Return the rows of a tree; in a large one what lies deep is folded unless opened.

    Under each unit the bodies come first, then the territories, each kind by name. ``opened`` is
    "all", or the uid of the unit whose units below are asked for; ``here`` is what else the address
    asks.
    """
    if len(placed) <= WHOLE or opened == "all":
        shown, below = in_order(placed), Counter[int]()
    else:
        shown = in_order(_unfolded(placed, opened=opened, mine=mine))
        below = Counter(unit.path[FOLDED - 1] for unit in placed if unit.depth >= FOLDED)
    rows = []
    for unit, node in zip(shown, unit_nodes(shown, owed, mine=mine), strict=True):
        folded = below[unit.id] if unit.depth == FOLDED - 1 and str(unit.uid) != opened else 0
        rows.append(Branch(node, folded, _opened(unit, here) if folded else None))
    return _under_headings(shown, rows)


def _unfolded(
    placed: Sequence[PlacedUnit], *, opened: str, mine: int | None
) -> tuple[PlacedUnit, ...]:
    """Return what is shown of a large tree: the top, what was opened, and one's own unit."""
    by_id = {unit.id: unit for unit in placed}

    def is_shown(unit: PlacedUnit) -> bool:
        if unit.depth < FOLDED or unit.id == mine:
            return True
        above = by_id.get(unit.path[FOLDED - 1])
        return above is None or str(above.uid) == opened

    return tuple(unit for unit in placed if is_shown(unit))


def in_order(placed: Sequence[PlacedUnit]) -> tuple[PlacedUnit, ...]:
    """Return the tree from the root down, the units under each by kind and then by name."""
    ranks = {kind: rank for rank, kind in enumerate(UNIT_KINDS)}
    places = {
        unit.id: (ranks.get(unit.kind, len(ranks)), index) for index, unit in enumerate(placed)
    }
    nowhere = (len(ranks), len(places))
    return tuple(
        sorted(placed, key=lambda unit: [places.get(above, nowhere) for above in unit.path])
    )


def _under_headings(shown: Sequence[PlacedUnit], rows: Sequence[Branch]) -> tuple[Branch, ...]:
    """Put the number of a kind on its first row; once one kind has a heading those after it do."""
    counts = Counter(unit.kind for unit in shown if unit.depth == 1)
    found: list[Branch] = []
    headed: set[str] = set()
    for unit, row in zip(shown, rows, strict=True):
        if unit.depth == 1 and (headed or counts[unit.kind] >= MANY):
            begins = 0 if unit.kind in headed else counts[unit.kind]
            headed.add(unit.kind)
            row = replace(row, begins=begins, is_headed=True)
        found.append(row)
    return tuple(found)


def _opened(unit: PlacedUnit, here: Mapping[str, str | None]) -> str:
    return f"{address(reverse('units'), **here, open=unit.uid)}#u{unit.uid}"


def day_marks(days: Iterable[date], *, on: date, today: date, tree: str) -> tuple[DayMark, ...]:
    """Return the stops of the slider: every day of change, today, and the day that is shown."""
    stops = sorted({*days, today, on})
    here = reverse("units")
    asked = None if tree == units.MAIN_TREE else tree
    return tuple(
        DayMark(
            index=index,
            day=day,
            is_today=day == today,
            is_here=day == on,
            url=address(here, on=day.isoformat(), tree=asked),
        )
        for index, day in enumerate(stops)
    )


def days_to_compare(
    days: Iterable[date], *, on: date, today: date, tree: str
) -> tuple[tuple[date, str], ...]:
    """Return the eve of the last change, the day of the next, and today, each with its comparison.

    The day on which the tree began is no change: on its eve nothing stood.
    """
    changed = sorted(days)[1:]
    before = [day - timedelta(days=1) for day in changed if day <= on][-1:]
    after = [day for day in changed if day > on][:1]
    nearest = {*before, *after, today} - {on}
    asked = None if tree == units.MAIN_TREE else tree
    here = reverse("units")
    return tuple(
        (day, f"{address(here, on=on.isoformat(), since=day.isoformat(), tree=asked)}#changes")
        for day in sorted(nearest)
    )


def differences(
    changes: TreeChanges,
    *,
    days: tuple[date, date],
    here: Mapping[str, str | None],
    opened: str,
    page: str,
) -> tuple[Difference, ...]:
    """Return what differs between two days, kind by kind, those without any left out.

    Of the kind ``opened`` the page of that number is given, of the others the first; ``here`` is
    what else the address asks.
    """
    groups = {
        "come": changes.come,
        "gone": changes.gone,
        "moved": changes.moved,
        "renamed": changes.renamed,
    }
    wanted = {unit for ids in groups.values() for unit in ids}
    known = units.units_by_ids(wanted)
    notes = _directions(wanted, days) if wanted else {}
    found = []
    for code, ids in groups.items():
        among = set(ids)
        held = [unit for pk, unit in known.items() if pk in among]
        if held:
            number = _page_asked(page, held) if code == opened else 0
            one = _difference(code, held, number, max(days), here, notes.get(code, {}))
            found.append(replace(one, is_open=code == opened))
    return tuple(found)


def _directions(ids: Iterable[int], days: tuple[date, date]) -> dict[str, dict[int, str]]:
    """Return by kind of difference and unit what the unit became, or what it was made of."""
    became, made_of = units.became_between(first=days[0], last=days[1], units=ids)
    ended = {pk: _("became %(units)s") % {"units": _some(rows)} for pk, rows in became.items()}
    begun = {pk: _("made of %(units)s") % {"units": _some(rows)} for pk, rows in made_of.items()}
    if days[1] < days[0]:
        return {"come": ended, "gone": begun}
    return {"come": begun, "gone": ended}


def _some(others: "Sequence[Unit]") -> str:
    """Return the names of a few units; where there are more, how many."""
    names = ", ".join(named(unit) for unit in others[:MOST_NAMED])
    rest = len(others) - MOST_NAMED
    return names if rest <= 0 else _("%(names)s and %(n)s more") % {"names": names, "n": rest}


def _page_asked(page: str, held: Sequence["Unit"]) -> int:
    """Return which page is asked for, counted from 0; one that is not there is the first."""
    number = int(page) - 1 if page.isascii() and page.isdigit() and len(page) < 6 else 0
    return number if 0 <= number * LISTED < len(held) else 0


def _difference(
    code: str,
    held: Sequence["Unit"],
    page: int,
    last: date,
    here: Mapping[str, str | None],
    notes: Mapping[int, str],
) -> Difference:
    def url(number: int) -> str | None:
        if not 0 <= number * LISTED < len(held):
            return None
        return f"{address(reverse('units'), **here, diff=code, page=number + 1)}#changes"

    shown = held[page * LISTED : (page + 1) * LISTED]
    return Difference(
        code=code,
        count=len(held),
        units=tuple(unit_link(unit, on=last, note=notes.get(unit.pk, "")) for unit in shown),
        first=page * LISTED + 1,
        last=page * LISTED + len(shown),
        is_open=False,
        before_url=url(page - 1),
        after_url=url(page + 1),
    )


def tree_links(trees: Iterable["Tree"], *, here: str, on: date) -> tuple[UnitLink, ...]:
    """Return the trees as links; the note of the current one is "here"."""
    return tuple(
        UnitLink(
            named(tree),
            address(reverse("units"), on=on.isoformat(), tree=tree.code),
            "here" if tree.code == here else "",
        )
        for tree in trees
    )


def found_units(words: str, *, on: date, most: int = 50) -> tuple[UnitLink, ...]:
    """Return the units that typed words may mean, each with what tells it from the others."""
    rows = units.units_found(words, most=most)
    places = units.nearest_places(unit_ids=[unit.pk for unit, _ in rows], on=on)
    found = []
    for unit, name in rows:
        place = places.get(unit.pk)
        notes = [] if name.text in {unit.name_vi, unit.name_en} else [name.text]
        if place is None:
            notes.append(_("never placed"))
        else:
            notes += [named(place.parent)] if place.parent is not None else []
            notes += _stands_not(place, on=on)
        found.append(unit_link(unit, note=", ".join(notes)))
    return tuple(found)


def _stands_not(place: "Placement", *, on: date) -> list[str]:
    begun, ended = place.valid.lower, place.valid.upper
    if ended is not None and ended <= on:
        return [_("ended %(day)s") % {"day": day(ended)}]
    return [_("begins %(day)s") % {"day": day(begun)}] if begun > on else []


def unit_link(unit: "Unit", *, on: date | None = None, note: str = "") -> UnitLink:
    """Return a link to a unit under its latest name."""
    url = address(reverse("unit", kwargs={"uid": unit.uid}), on=on.isoformat() if on else None)
    return UnitLink(named(unit), url, note)


def name_lines(names: Iterable[NameBorne]) -> tuple[NameLine, ...]:
    """Return the names of a unit, those of one sort together."""
    order = {kind: rank for rank, kind in enumerate(NAME_KINDS)}
    held = sorted(names, key=lambda name: order.get(_sort_of(name), len(order)))
    return tuple(
        NameLine(
            text=name.text,
            kind_text=word(NAME_KINDS, _sort_of(name)),
            since=name.since,
            until=name.until - timedelta(days=1) if name.until else None,
        )
        for name in held
    )


def _sort_of(name: NameBorne) -> str:
    kind = f"{name.kind}.{name.language}" if name.language else name.kind
    return kind if kind in NAME_KINDS else str(name.kind)


def code_lines(codes: Iterable["UnitCode"]) -> tuple[NameLine, ...]:
    """Return the codes of a unit with the numbering to which each belongs."""
    return tuple(
        NameLine(
            text=code.code,
            kind_text=word(CODE_SYSTEMS, code.system),
            since=code.valid.lower,
            until=code.valid.upper - timedelta(days=1) if code.valid.upper else None,
        )
        for code in codes
    )


def past_posts(rows: Iterable[PostPast]) -> tuple[PastPost, ...]:
    """Return who held the posts of a unit."""
    return tuple(
        PastPost(
            post_text=named(row, "title"),
            person_name=row.person_name,
            person_url=reverse("person", kwargs={"uid": row.person_uid}),
            held_text="" if row.held_as == "appointed" else word(HELD_AS, row.held_as),
            since=row.since,
            until=row.until - timedelta(days=1) if row.until else None,
        )
        for row in rows
    )
