"""Who is there: each site by its last words, added up along the tree of the conference's day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import takewhile
from uuid import UUID

from lotrinh.apps.dissemination.models import (
    Arrival,
    Arrived,
    Conference,
    Headcount,
    Signal,
    Site,
    Summons,
)
from lotrinh.apps.dissemination.selectors.seen import sites_seen
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.selectors import PlacedUnit
from lotrinh.rules.conferences import Link, Present, presence_of

Numbers = Mapping[str, int]
SiteTerms = tuple[Link, Numbers, Numbers]


@dataclass(frozen=True, slots=True)
class SiteNow:
    """A site by its last words: its link, whom it called and who is there, by code of class."""

    site: Site
    link: Link
    summoned: Numbers
    present: Numbers
    told_at: datetime | None

    @property
    def terms(self) -> SiteTerms:
        """What is added up."""
        return self.link, self.summoned, self.present


@dataclass(frozen=True, slots=True)
class Room:
    """All sites that a reader may look into, and their sum."""

    sites: tuple[SiteNow, ...]
    whole: Present
    by_class: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """By code of class: how many are there, and how many were called."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit of the tree with the sites at it and below it added up."""

    unit: PlacedUnit
    present: Present


def room_of(*, conference: Conference, seen_by: int, on: date) -> Room:
    """Return how a conference stands, as far as the account may look into its sites."""
    return _room(sites_now(sites_seen(conference=conference, seen_by=seen_by, on=on)))


def _room(sites: tuple[SiteNow, ...]) -> Room:
    codes = dict.fromkeys(code for one in sites for code in (*one.summoned, *one.present))
    return Room(
        sites,
        presence_of(one.terms for one in sites),
        {
            code: (
                sum(one.present.get(code, 0) for one in sites),
                sum(one.summoned.get(code, 0) for one in sites),
            )
            for code in codes
        },
    )


def whole_room(uid: UUID) -> Room | None:
    """Return how a conference stands at all of its sites, for pages that were let in before."""
    conference = Conference.objects.filter(uid=uid).first()
    return None if conference is None else room_of_all(conference)


def room_of_all(conference: Conference) -> Room:
    """Return how a conference stands at all of its sites, whoever asks."""
    return _room(sites_now(conference.sites.select_related("unit").order_by("pk")))


def branches_of(room: Room, *, day: date) -> tuple[Branch, ...]:
    """Return the units right below the one that stands above all sites, each added up.

    A site at that unit itself is in none of them.
    """
    placed = units.tree_on(on=day)
    paths = {one.id: one.path for one in placed}
    held = [(paths.get(one.site.unit_id, ()), one.terms) for one in room.sites]
    steps = zip(*(path for path, _terms in held if path), strict=False)
    depth = sum(1 for _step in takewhile(lambda step: len(set(step)) == 1, steps))
    below: dict[int, list[SiteTerms]] = {}
    for path, terms in held:
        if len(path) > depth:
            below.setdefault(path[depth], []).append(terms)
    return tuple(Branch(one, presence_of(below[one.id])) for one in placed if one.id in below)


def sites_now(sites: Iterable[Site]) -> tuple[SiteNow, ...]:
    """Return sites with their last words, however many there are, in five queries more."""
    held = list(sites)
    pks = [one.pk for one in held]
    links = {
        row.site_id: Link(row.link)
        for row in Signal.objects.filter(site__in=pks).order_by("site", "-id").distinct("site")
    }
    called: dict[int, dict[str, int]] = {pk: {} for pk in pks}
    summons = Summons.objects.filter(site__in=pks).order_by("attendees__place")
    for site, code, number in summons.values_list("site_id", "attendees__code", "number"):
        called[site][code] = number
    there: dict[int, dict[str, int]] = {pk: {} for pk in pks}
    arrived = Arrived.objects.filter(site__in=pks)
    waiting = Arrival.objects.filter(site__in=pks)
    for rows in (arrived, waiting):
        for site, code, people in rows.values_list("site_id", "attendees__code", "people"):
            there[site][code] = there[site].get(code, 0) + people
    told: dict[int, datetime] = {}
    counts = Headcount.objects.filter(site__in=pks).order_by("site", "attendees", "-id")
    last = counts.distinct("site", "attendees")
    for site, code, number, at in last.values_list("site_id", "attendees__code", "present", "at"):
        there[site][code] = number
        told[site] = max(at, told.get(site, at))
    return tuple(
        SiteNow(
            one, links.get(one.pk, Link.NOT_YET), called[one.pk], there[one.pk], told.get(one.pk)
        )
        for one in held
    )
