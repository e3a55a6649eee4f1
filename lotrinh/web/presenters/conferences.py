"""Conferences in rows: the list, the sites as dots and lines, the tree, the sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.rules.conferences import Link, Present, attended_words
from lotrinh.rules.formats import number
from lotrinh.web.formatting import named
from lotrinh.web.presenters.target_series import language
from lotrinh.web.wording import word
from lotrinh.web.wording_of_conferences import LINKS, STATES

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.models import AttendeeClass, Conference
    from lotrinh.apps.dissemination.selectors import Branch, Room, SiteNow


@dataclass(frozen=True, slots=True)
class ConferenceRow:
    """A conference in the list."""

    title: str
    url: str
    organiser_name: str
    day: date
    state: str


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site as a dot and as a line."""

    uid: UUID
    name: str
    url: str
    link: str
    link_words: str
    present: int | None
    summoned: int | None
    told_at: datetime | None
    is_main: bool


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A unit with all sites at it and below it."""

    name: str
    url: str
    present: Present


@dataclass(frozen=True, slots=True)
class RoomShown:
    """How a conference stands, for the page and for what renews a part of it."""

    words: str
    whole: Present
    dots: tuple[SiteRow, ...]
    branches: tuple[BranchRow, ...]
    classes: tuple[tuple[str, int, int], ...]


def conference_rows(found: "Iterable[Conference]") -> list[ConferenceRow]:
    """Return conferences as rows."""
    return [
        ConferenceRow(
            one.title,
            reverse("conference", kwargs={"uid": one.uid}),
            named(one.organiser),
            one.day,
            word(STATES, one.state),
        )
        for one in found
    ]


def site_row(one: "SiteNow") -> SiteRow:
    """Return a site; what it never told is None, never 0."""
    site = one.site
    name = f"{named(site.unit)}, {site.name}" if site.name else named(site.unit)
    return SiteRow(
        site.uid,
        name,
        reverse("site", kwargs={"uid": site.uid}),
        str(one.link),
        word(LINKS, one.link),
        sum(one.present.values()) if one.present else None,
        sum(one.summoned.values()) if one.summoned else None,
        one.told_at,
        site.is_main,
    )


def room_shown(
    room: "Room", conference: "Conference", classes: "Iterable[AttendeeClass]"
) -> RoomShown:
    """Return what the live page shows."""
    names = {one.code: named(one) for one in classes}
    found = dissemination.branches_of(room, day=conference.day)
    return RoomShown(
        attended_words(room.whole, day=conference.day, language=language()),
        room.whole,
        tuple(map(site_row, room.sites)),
        tuple(map(_branch, found)),
        tuple(
            (names.get(code, code), present, called)
            for code, (present, called) in room.by_class.items()
        ),
    )


def _branch(one: "Branch") -> BranchRow:
    url = reverse("unit", kwargs={"uid": one.unit.uid})
    return BranchRow(named(one.unit), url, one.present)


def live_words(room: "Room") -> dict[str, Any]:
    """Return what a live page is told: numbers in both languages, and each site by its uid."""
    return {
        "words": {code: _numbers(room.whole, code) for code in ("vi", "en")},
        "sites": {
            str(one.site.uid): (
                str(one.link),
                str(sum(one.present.values())) if one.present else "",
            )
            for one in room.sites
        },
    }


def _numbers(whole: Present, code: str) -> dict[str, str]:
    held = {"joined": whole.joined, "present": whole.present, "silent": whole.silent}
    return {name: number(value, language=code) for name, value in held.items()}


def lagging(rows: Iterable[SiteRow]) -> list[SiteRow]:
    """Return the sites to telephone: neither connected nor heard of."""
    joined = {str(Link.CONNECTED), str(Link.WEAK)}
    return [one for one in rows if one.link not in joined or one.present is None]
