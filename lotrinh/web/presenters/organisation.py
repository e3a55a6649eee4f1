"""The organisation through time: the tree of a day folded to a page, and the story of a unit."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.selectors import Followed, NameBorne, PlacedUnit, PostPast, TreeChanges
from lotrinh.web.answers import address
from lotrinh.web.formatting import day_and_month, named
from lotrinh.web.presenters.units import unit_nodes
from lotrinh.web.wording import CODE_SYSTEMS, HELD_AS, NAME_KINDS, word

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Change, Placement, Tree, Unit, UnitCode
    from lotrinh.web.presenters.shapes import UnitNode

WHOLE = 150
"""A tree of up to so many units is printed whole."""
FOLDED = 2
"""In a larger one the units from this depth on are folded into the one above them."""
LISTED = 60
"""How many units of one kind of change a comparison of two days names on one page."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit of the tree and how many below it are folded away; ``url`` opens them."""

    node: "UnitNode"
    folded: int
    url: str | None


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
class StoryLine:
    """Something that happened to a unit on a day."""

    day: date | None
    text: str
    basis: str
    units: tuple[UnitLink, ...] = ()


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

    ``opened`` is "all", or the uid of the unit whose units below are asked for; ``here`` is what
    else the address asks.
    """
    nodes = dict(
        zip((unit.id for unit in placed), unit_nodes(placed, owed, mine=mine), strict=True)
    )
    if len(placed) <= WHOLE or opened == "all":
        return tuple(Branch(node, 0, None) for node in nodes.values())
    by_id = {unit.id: unit for unit in placed}
    below = Counter(unit.path[FOLDED - 1] for unit in placed if unit.depth >= FOLDED)
    rows = []
    for unit in placed:
        above = by_id.get(unit.path[FOLDED - 1]) if unit.depth >= FOLDED else None
        shown = above is None or str(above.uid) == opened or unit.id == mine
        if not shown:
            continue
        folded = below[unit.id] if unit.depth == FOLDED - 1 and str(unit.uid) != opened else 0
        url = _opened(unit, here) if folded else None
        rows.append(Branch(nodes[unit.id], folded, url))
    return tuple(rows)


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


def differences(
    changes: TreeChanges, *, last: date, here: Mapping[str, str | None], opened: str, page: str
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
    found = []
    for code, ids in groups.items():
        among = set(ids)
        held = [unit for pk, unit in known.items() if pk in among]
        if held:
            number = _page_asked(page, held) if code == opened else 0
            one = _difference(code, held, number, last, here)
            found.append(replace(one, is_open=code == opened))
    return tuple(found)


def _page_asked(page: str, held: Sequence["Unit"]) -> int:
    """Return which page is asked for, counted from 0; one that is not there is the first."""
    number = int(page) - 1 if page.isascii() and page.isdigit() and len(page) < 6 else 0
    return number if 0 <= number * LISTED < len(held) else 0


def _difference(
    code: str, held: Sequence["Unit"], page: int, last: date, here: Mapping[str, str | None]
) -> Difference:
    def url(number: int) -> str | None:
        if not 0 <= number * LISTED < len(held):
            return None
        return f"{address(reverse('units'), **here, diff=code, page=number + 1)}#changes"

    shown = held[page * LISTED : (page + 1) * LISTED]
    return Difference(
        code=code,
        count=len(held),
        units=tuple(unit_link(unit, on=last) for unit in shown),
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


def found_units(words: str, *, on: date) -> tuple[UnitLink, ...]:
    """Return the units that typed words may mean, each with what tells it from the others."""
    rows = units.units_found(words)
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
        return [_("ended %(day)s") % {"day": day_and_month(ended)}]
    return [_("begins %(day)s") % {"day": day_and_month(begun)}] if begun > on else []


def unit_link(unit: "Unit", *, on: date | None = None, note: str = "") -> UnitLink:
    """Return a link to a unit under its latest name."""
    url = address(reverse("unit", kwargs={"uid": unit.uid}), on=on.isoformat() if on else None)
    return UnitLink(named(unit), url, note)


def story(
    places: Sequence["Placement"],
    names: Sequence[NameBorne],
    predecessors: Sequence[Followed],
    followers: Sequence[Followed],
) -> tuple[StoryLine, ...]:
    """Return what happened to a unit, the earliest first."""
    lines = [*_of_places(places), *_of_names(names)]
    lines += _of_successions(predecessors, forward=False)
    lines += _of_successions(followers, forward=True)
    if not followers:
        lines += _of_ends(places)
    return tuple(sorted(lines, key=lambda line: line.day or date.min))


def never_begun(change: "Change") -> StoryLine:
    """Return the whole story of a unit whose establishment was undone."""
    text = _("It was to be established on this day; that was undone, and the unit never began.")
    return StoryLine(change.day, text, change.legal_basis)


def name_lines(names: Iterable[NameBorne]) -> tuple[NameLine, ...]:
    """Return the names of a unit with what sort of name each is."""
    return tuple(
        NameLine(
            text=name.text,
            kind_text=word(
                NAME_KINDS, f"{name.kind}.{name.language}" if name.language else name.kind
            ),
            since=name.since,
            until=name.until - timedelta(days=1) if name.until else None,
        )
        for name in names
    )


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


def _of_places(places: Sequence["Placement"]) -> list[StoryLine]:
    """Say when the unit first stood in a tree, and each time that its superior changed."""
    lines = []
    parents: dict[int, int | None] = {}
    for place in places:
        tree, parent = named(place.tree), place.parent
        first = place.tree_id not in parents
        if not first and parents[place.tree_id] == place.parent_id:
            continue  # somebody above moved
        parents[place.tree_id] = place.parent_id
        said = {"tree": tree}
        if parent is None:
            text = _("Stands at the head of the tree “%(tree)s”.") % said
        elif first:
            text = _("From this day in the tree “%(tree)s”, under:") % said
        else:
            text = _("Moves in the tree “%(tree)s” under:") % said
        above = (unit_link(parent, on=place.valid.lower),) if parent else ()
        lines.append(StoryLine(place.valid.lower, text, place.legal_basis, above))
    return lines


def _of_ends(places: Sequence["Placement"]) -> list[StoryLine]:
    """Say when a unit ended that nobody follows."""
    last = max(places, key=lambda place: place.valid.upper or date.max, default=None)
    if last is None or last.valid.upper is None:
        return []
    return [StoryLine(last.valid.upper, _("Ended."), last.legal_basis)]


def _of_names(names: Sequence[NameBorne]) -> list[StoryLine]:
    """Say from when the unit bore another official name."""
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    official = [name for name in names if name.kind == "official" and name.language == language]
    official.sort(key=lambda name: name.since or date.min)
    return [
        StoryLine(
            new.since,
            _("Renamed from “%(old)s” to “%(new)s”.") % {"old": old.text, "new": new.text},
            new.legal_basis,
        )
        for old, new in pairwise(official)
        if old.text != new.text
    ]


def _of_successions(rows: Sequence[Followed], *, forward: bool) -> list[StoryLine]:
    """Say who followed the unit (``forward``) or whom it followed, one line a day."""
    lines = []
    for day, basis in dict.fromkeys((row.day, row.legal_basis) for row in rows):
        held = [row for row in rows if (row.day, row.legal_basis) == (day, basis)]
        links = tuple(_followed(row, forward=forward) for row in held)
        if forward:
            ended = any(row.answers for row in held)
            text = _("Ended; followed by:") if ended else _("A part went to:")
        else:
            text = ngettext("Follows %(n)s unit:", "Follows %(n)s units:", len(held)) % {
                "n": len(held)
            }
        lines.append(StoryLine(day, text, basis, links))
    return lines


def _followed(row: Followed, *, forward: bool) -> UnitLink:
    notes = [] if row.whole else [_("a part")]
    if row.share is not None:
        notes = [_("%(share)s%% of it") % {"share": f"{row.share * 100:f}".rstrip("0").rstrip(".")}]
    if row.answers and forward:
        notes.append(_("answers for what was owed"))
    other, on = (row.target, row.day) if forward else (row.source, row.day - timedelta(days=1))
    return unit_link(other, on=on, note=", ".join(notes))
