"""Saved groups as pages show them: what each means, for which days, and its members of a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.apps.units.selectors import MAIN_TREE, PlacedUnit
from lotrinh.web.answers import address
from lotrinh.web.formatting import named
from lotrinh.web.presenters.organisation import UnitLink, unit_link
from lotrinh.web.wording import UNIT_KINDS, word

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Group

_ONE_DAY = timedelta(days=1)
PREVIEWED = 12
"""So many members are named before a group is saved."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in the list; ``size`` is None where it means nothing on the day."""

    code: str
    name: str
    url: str
    rule_text: str
    size: int | None
    begins: date | None
    ended: date | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a group means for some days; None is an open end, ``last`` is the last day."""

    name: str
    rule_text: str
    added: tuple[UnitLink, ...]
    left_out: tuple[UnitLink, ...]
    since: date | None
    last: date | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A unit of a group on a day, with what stands above it."""

    uid: UUID
    name: str
    url: str
    kind_text: str
    above: str


def group_rows(
    groups: Iterable["Group"], sizes: Mapping[str, int], *, on: date
) -> tuple[GroupRow, ...]:
    """Return the groups with how many units each means on that day."""
    return tuple(
        GroupRow(
            code=group.code,
            name=named(group),
            url=group_url(group.code, on=on),
            rule_text=rule_text(group),
            size=sizes.get(group.code),
            begins=group.valid.lower if group.valid.lower and group.valid.lower > on else None,
            ended=group.valid.upper if group.valid.upper and group.valid.upper <= on else None,
        )
        for group in groups
    )


def group_url(code: str, *, on: date) -> str:
    """Return the address of a group as of a day."""
    return address(reverse("group", kwargs={"code": code}), on=on.isoformat())


def rule_text(group: "Group") -> str:
    """Return in a few words which units a group chooses."""
    kinds = ", ".join(word(UNIT_KINDS, kind) for kind in group.kinds)
    parts = []
    if group.below is not None:
        said = {"kinds": kinds or _("all units"), "unit": named(group.below)}
        parts.append(_("%(kinds)s at or below %(unit)s") % said)
    elif kinds:
        parts.append(kinds)
    if group.tree.code != MAIN_TREE:
        parts.append(_("in the tree “%(tree)s”") % {"tree": named(group.tree)})
    if added := len(group.added.all()):
        parts.append(_("with %(n)s chosen one by one") % {"n": added})
    if left_out := len(group.left_out.all()):
        parts.append(_("without %(n)s that are left out") % {"n": left_out})
    return "; ".join(parts)


def meanings(groups: Iterable["Group"], *, on: date) -> tuple[Meaning, ...]:
    """Return what a group meant and will mean, the latest first."""
    return tuple(
        Meaning(
            name=named(group),
            rule_text=rule_text(group),
            added=tuple(unit_link(unit) for unit in group.added.all()),
            left_out=tuple(unit_link(unit) for unit in group.left_out.all()),
            since=group.valid.lower,
            last=group.valid.upper - _ONE_DAY if group.valid.upper else None,
            is_here=on in group.valid,
        )
        for group in groups
    )


def member_rows(
    members: Sequence[PlacedUnit], above: Mapping[int, str], *, on: date
) -> tuple[Member, ...]:
    """Return the members, each with the name of what stands above it that day."""
    return tuple(
        Member(
            uid=unit.uid,
            name=named(unit),
            url=address(reverse("unit", kwargs={"uid": unit.uid}), on=on.isoformat()),
            kind_text=word(UNIT_KINDS, unit.kind),
            above=above.get(unit.path[-2], "") if unit.depth else "",
        )
        for unit in members
    )
