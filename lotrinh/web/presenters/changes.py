"""Changes of the organisation as pages show them: what happened, what a step would move."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.units import selectors as units
from lotrinh.rules.placement import (
    BelowItself,
    LaterChangeKnown,
    ParentStandsNowhere,
    Refused,
    StandsAlready,
    StandsNowhere,
    StillOthersBelow,
)
from lotrinh.web.formatting import day, named
from lotrinh.web.presenters.organisation import UnitLink, unit_link
from lotrinh.web.wording import CHANGE_KINDS, word

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Change, Unit

NAMED = 12
"""How many units a line of a list names before it only counts."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change in a list. ``more`` units are not named.

    ``went`` became ``into``; where a change has no such direction both are empty.
    """

    uid: UUID
    kind_text: str
    day: date
    basis: str
    units: tuple[UnitLink, ...]
    more: int
    is_planned: bool
    is_undone: bool
    went: tuple[UnitLink, ...] = ()
    into: tuple[UnitLink, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that a change does: to ``units``, and where it leads (``to``)."""

    text: str
    units: tuple[UnitLink, ...]
    to: tuple[UnitLink, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would move, before it is made."""

    moved: tuple[UnitLink, ...]
    more: int
    posts: int
    owed: int
    is_past: bool


def change_row(change: "Change", *, on: date) -> ChangeRow:
    """Return a change as it stands on that day."""
    held = sorted(change.units.all(), key=lambda unit: unit.sort_key)
    return ChangeRow(
        uid=change.uid,
        kind_text=word(CHANGE_KINDS, change.kind),
        day=change.day,
        basis=change.legal_basis,
        units=tuple(unit_link(unit, on=change.day) for unit in held[:NAMED]),
        more=max(len(held) - NAMED, 0),
        is_planned=change.day > on,
        is_undone=change.undone_at is not None,
    )


def directed(rows: "Sequence[Change]", *, on: date) -> list[ChangeRow]:
    """Return changes as a list shows them, each with what became what."""
    became, renamed = units.became_in(rows), units.renamed_in(rows)
    return [
        replace(
            change_row(row, on=on),
            **(_ways(row, became[row.pk]) if row.pk in became else _named_anew(row, renamed)),
        )
        for row in rows
    ]


def _ways(change: "Change", pairs: "Iterable[tuple[Unit, Unit]]") -> dict[str, Any]:
    """Return the units that a change ends or divides, and those that they become."""
    rows = tuple(pairs)
    went = {source.pk: source for source, _target in rows}
    into = {target.pk: target for _source, target in rows}
    return {
        "went": tuple(unit_link(unit, on=_eve(change)) for unit in went.values())[:NAMED],
        "into": tuple(unit_link(unit, on=change.day) for unit in into.values())[:NAMED],
        "more": max(len(went) - NAMED, 0) + max(len(into) - NAMED, 0),
    }


def _named_anew(change: "Change", renamed: "Mapping[int, units.Renamed]") -> dict[str, Any]:
    """Return the old and the new name of a unit that is named anew, in the page's language."""
    names, held = renamed.get(change.pk), list(change.units.all())
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    if names is None or len(held) != 1:
        return {}
    before = names.before.get(language) or names.before.get("vi")
    after = names.after.get(language) or names.after.get("vi")
    if not before or not after:
        return {}
    old = replace(unit_link(held[0], on=_eve(change)), name=before)
    return {"went": (old,), "into": (replace(unit_link(held[0], on=change.day), name=after),)}


def _eve(change: "Change") -> date:
    return change.day - timedelta(days=1)


def change_lines(change: "Change") -> tuple[ChangeLine, ...]:
    """Return what a change does, sentence by sentence, each with the units that it speaks of."""
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    lines = [
        ChangeLine(
            _("is then called “%(name)s”") % {"name": name.text}, (unit_link(name.unit),), ()
        )
        for name in units.begun_names(change=change)
        if name.language == language
    ]
    lines += [
        ChangeLine(_("stands under"), (unit_link(place.unit),), (unit_link(place.parent),))
        for place in units.begun_places(change=change)
        if place.parent is not None
    ]
    for row in units.successions_in(change=change):
        text = _("goes, as a whole, to") if row.whole else _("goes, in part, to")
        note = _("answers for what was owed") if row.answers else ""
        lines.append(
            ChangeLine(text, (unit_link(row.source),), (unit_link(row.target, note=note),))
        )
    return tuple(lines)


def preview_of(kind: str, unit: "Unit", *, moved: Iterable[int], day: date, on: date) -> Preview:
    """Return what a change of this kind would move."""
    ids = [pk for pk in moved if pk != unit.pk]
    known = list(units.units_by_ids(ids).values())
    ends = kind == "abolish"
    owed = duties.still_owed(unit_id=unit.pk, on=on) if ends else 0
    return Preview(
        moved=tuple(unit_link(one, on=on) for one in known[:NAMED]),
        more=max(len(known) - NAMED, 0),
        posts=units.posts_ending(unit_id=unit.pk, day=day) if ends else 0,
        owed=owed,
        is_past=day <= on,
    )


def refusal_text(refused: Refused) -> str:
    """Say why a tree cannot be changed so, and what to do first."""
    unit = units.unit_by_id(refused.unit)
    said = {"unit": named(unit) if unit else "?", "day": day(refused.day)}
    sentences = {
        StandsAlready: _("%(unit)s stands in this tree already."),
        StandsNowhere: _("%(unit)s does not stand in this tree on %(day)s."),
        ParentStandsNowhere: _(
            "%(unit)s does not stand in this tree from %(day)s on, so nothing can be put under it."
        ),
        BelowItself: _("%(unit)s cannot stand below itself or below one of its own units."),
        LaterChangeKnown: _(
            "A change of %(unit)s is known for %(day)s already. Choose a later day, or undo that "
            "change first."
        ),
        StillOthersBelow: _(
            "%(unit)s would be left without a superior on %(day)s. Put it under another unit, or "
            "abolish it, first."
        ),
    }
    return sentences[type(refused)] % said
