"""Reflections after a conference: each unit by its last word, added up along the tree."""

from dataclasses import dataclass
from datetime import date

from lotrinh.apps.dissemination.models import Conference, Reflections, Site, StudyCall
from lotrinh.apps.dissemination.selectors.seen import sites_seen
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.selectors import PlacedUnit
from lotrinh.rules.conferences.studying import HandedIn, Reflected, handed_in_of


@dataclass(frozen=True, slots=True)
class UnitStudy:
    """A called unit by its last word; ``site`` is one of its sites."""

    site: Site
    told: Reflected | None


@dataclass(frozen=True, slots=True)
class Study:
    """How study stands at the units into which a reader may look; ``until`` None: not called."""

    until: date | None
    units: tuple[UnitStudy, ...]
    whole: HandedIn
    branches: tuple[tuple[PlacedUnit, HandedIn], ...]


def study_of(*, conference: Conference, seen_by: int, on: date) -> Study:
    """Return how many reflections were handed in, by unit and by the units right below."""
    call = StudyCall.objects.filter(conference=conference).order_by("-pk").first()
    sites: dict[int, Site] = {}
    for site in sites_seen(conference=conference, seen_by=seen_by, on=on):
        sites.setdefault(site.unit_id, site)
    rows = Reflections.objects.filter(conference=conference, unit__in=sites)
    last = rows.order_by("unit", "-pk").distinct("unit")
    told = {one.unit_id: Reflected(one.due, one.handed_in, one.is_confirmed) for one in last}
    found = tuple(UnitStudy(site, told.get(pk)) for pk, site in sites.items())
    return Study(
        call.until if call else None,
        found,
        handed_in_of(one.told for one in found),
        _branches(conference, found),
    )


def _branches(
    conference: Conference, found: tuple[UnitStudy, ...]
) -> tuple[tuple[PlacedUnit, HandedIn], ...]:
    placed = units.tree_on(on=conference.day)
    ways = {one.id: frozenset(one.path) for one in placed}
    held = [(ways.get(one.site.unit_id, frozenset()), one.told) for one in found]
    below = (one for one in placed if one.path[-2:-1] == (conference.organiser_id,))
    return tuple(
        (unit, handed_in_of(told for way, told in held if unit.id in way))
        for unit in below
        if any(unit.id in way for way, _told in held)
    )
