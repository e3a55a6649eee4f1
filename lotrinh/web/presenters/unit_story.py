"""The story of a unit, day by day: how it came to be, under whom it stood, its names, its end.

What happened on one day stands together: one resolution founds a unit from twelve others, places it
in three trees and says so once. What lies after the day that is looked at is still to come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.selectors import Followed, NameBorne
from lotrinh.rules.succession import ChangeKind
from lotrinh.web.formatting import named
from lotrinh.web.presenters.organisation import UnitLink, unit_link

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Change, Placement


@dataclass(frozen=True, slots=True)
class StoryLine:
    """Something that happened to a unit on a day. ``basis`` is empty where the day says it."""

    day: date | None
    text: str
    basis: str
    units: tuple[UnitLink, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryDay:
    """All that happened to a unit on a day; ``basis`` is the one legal basis of it all."""

    day: date | None
    lines: tuple[StoryLine, ...]
    basis: str
    is_to_come: bool


def story(
    places: Sequence["Placement"],
    names: Sequence[NameBorne],
    predecessors: Sequence[Followed],
    followers: Sequence[Followed],
    *,
    on: date,
) -> tuple[StoryDay, ...]:
    """Return what happened to a unit, the earliest first."""
    lines = _of_predecessors(predecessors)
    lines += _of_places(places, founded={row.day for row in predecessors})
    lines += _of_names(names)
    lines += _of_followers(followers) if followers else _of_ends(places)
    lines.sort(key=lambda line: line.day or date.min)
    return tuple(
        _day(day, tuple(held), on=on) for day, held in groupby(lines, key=lambda line: line.day)
    )


def superiors(places: Iterable["Placement"], *, on: date) -> tuple[UnitLink, ...]:
    """Return under whom the unit stood that day, the main tree first; others name their tree."""
    held = [
        place
        for place in places
        if place.parent is not None
        and (place.valid.lower is None or place.valid.lower <= on)
        and (place.valid.upper is None or on < place.valid.upper)
    ]
    held.sort(key=lambda place: not _is_main(place))
    return tuple(
        unit_link(place.parent, on=on, note="" if _is_main(place) else named(place.tree))
        for place in held
        if place.parent is not None
    )


def _day(day: date | None, lines: tuple[StoryLine, ...], *, on: date) -> StoryDay:
    """Say the legal basis once where the whole day has one."""
    bases = {line.basis for line in lines if line.basis}
    if len(bases) == 1:
        lines = tuple(replace(line, basis="") for line in lines)
    return StoryDay(
        day=day,
        lines=lines,
        basis=bases.pop() if len(bases) == 1 else "",
        is_to_come=day is not None and day > on,
    )


def _is_main(place: "Placement") -> bool:
    return bool(place.tree.code == units.MAIN_TREE)


def _of_places(places: Sequence["Placement"], *, founded: set[date]) -> list[StoryLine]:
    """Say when the unit first stood in a tree, and each time that its superior changed."""
    lines = []
    parents: dict[int, int | None] = {}
    for place in sorted(places, key=lambda place: not _is_main(place)):
        first = place.tree_id not in parents
        if not first and parents[place.tree_id] == place.parent_id:
            continue  # somebody above moved
        parents[place.tree_id] = place.parent_id
        text = _placed(place, first=first, founded=place.valid.lower in founded)
        above = (unit_link(place.parent, on=place.valid.lower),) if place.parent else ()
        lines.append(StoryLine(place.valid.lower, text, place.legal_basis, above))
    return lines


def _placed(place: "Placement", *, first: bool, founded: bool) -> str:
    said = {"tree": named(place.tree)}
    if place.parent is None:
        return _("Stands at the head of the tree “%(tree)s”.") % said
    if not _is_main(place):
        text = _("In the tree “%(tree)s” under:") if first else _("Moves in “%(tree)s” under:")
        return text % said
    if not first:
        return _("Moves under:")
    if founded:
        return _("Stands under:")
    if place.change is not None and place.change.kind == ChangeKind.CREATE:
        return _("Established, under:")
    return _("Recorded from this day on, under:")


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


def never_begun(change: "Change") -> StoryDay:
    """Return the whole story of a unit whose establishment was undone."""
    text = _("It was to be established on this day; that was undone, and the unit never began.")
    line = StoryLine(change.day, text, "")
    return StoryDay(day=change.day, lines=(line,), basis=change.legal_basis, is_to_come=False)


def _of_predecessors(rows: Sequence[Followed]) -> list[StoryLine]:
    """Say from whom the unit came: those it took over whole, then those of whom it took a part."""
    lines = []
    for day, basis in dict.fromkeys((row.day, row.legal_basis) for row in rows):
        held = [row for row in rows if (row.day, row.legal_basis) == (day, basis)]
        for whole in (True, False):
            links = tuple(_link_before(row) for row in held if row.whole is whole)
            if links:
                text = _("Takes over the whole of:") if whole else _("Takes over a part of:")
                lines.append(StoryLine(day, text, basis, links))
    return lines


def _of_followers(rows: Sequence[Followed]) -> list[StoryLine]:
    """Say who followed the unit, one line for each day."""
    lines = []
    for day, basis in dict.fromkeys((row.day, row.legal_basis) for row in rows):
        held = [row for row in rows if (row.day, row.legal_basis) == (day, basis)]
        ended = any(row.answers for row in held)
        text = _("Ended; followed by:") if ended else _("A part went to:")
        lines.append(StoryLine(day, text, basis, tuple(_link_after(row) for row in held)))
    return lines


def _link_before(row: Followed) -> UnitLink:
    return unit_link(row.source, on=row.day - timedelta(days=1), note=_share(row))


def _link_after(row: Followed) -> UnitLink:
    notes = [_share(row) or ("" if row.whole else _("a part"))]
    if row.answers:
        notes.append(_("answers for what was owed"))
    return unit_link(row.target, on=row.day, note=", ".join(note for note in notes if note))


def _share(row: Followed) -> str:
    if row.share is None:
        return ""
    return _("%(share)s%% of it") % {"share": f"{row.share * 100:f}".rstrip("0").rstrip(".")}
