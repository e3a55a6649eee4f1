"""Who came to a conference of the demonstration: every site tells, the same on every machine."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from lotrinh.apps.dissemination import selectors, services
from lotrinh.apps.dissemination.services import SiteAct
from lotrinh.demo.titles import user_of_story
from lotrinh.rules.allocation import proportional
from lotrinh.rules.conferences import Link

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.models import Conference, Site
    from lotrinh.apps.dissemination.selectors import SiteNow

SETTLED = timedelta(minutes=20)
"""So long after the beginning the sites have told who is there."""


def attend(conference: "Conference", row: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Open a conference, let every site tell, and close it.

    ``absent`` of all who are called do not come; where ``missed`` is given, all of them are missing
    at about that share of the places, and elsewhere everybody came.
    """
    begun = datetime.combine(row["day"], row["begins"], zone)
    user, on, key = user_of_story(row["by"]), row["day"], row["key"]
    given: dict[str, Any] = {"conference_id": conference.pk, "user": user, "on": on}
    services.open_conference(at=begun - SETTLED, **given)
    sites = selectors.sites_now(conference.sites.select_related("unit").order_by("pk"))
    missing = _absent(sites, row)
    for one in sites:
        place = place_of(one.site)
        link = Link.WEAK if chance(key, place, "link") * 100 < row["weak"] else Link.CONNECTED
        services.signal_link(
            site_id=one.site.pk,
            link=link,
            act=SiteAct(user, key_of(key, place, "link"), on, begun),
        )
        services.tell_headcount(
            site_id=one.site.pk,
            present={
                code: number - missing[one.site.pk, code] for code, number in one.summoned.items()
            },
            act=SiteAct(user, key_of(key, place, "count"), on, begun + SETTLED),
        )
    services.close_conference(at=begun + timedelta(minutes=row["minutes"]), **given)


def chance(*parts: str) -> float:
    """Return a number from 0 to below 1, the same on every machine."""
    return int.from_bytes(sha256(":".join(parts).encode()).digest()[:4], "big") / 2**32


def place_of(site: "Site") -> str:
    """Return what a site is known by in the story."""
    return site.unit.code


def key_of(*parts: str) -> UUID:
    """Return the client key of a form of the story."""
    return uuid5(NAMESPACE_URL, ":".join(("urn:lotrinh:demo:conferences", *parts)))


def _absent(sites: "tuple[SiteNow, ...]", row: Mapping[str, Any]) -> dict[tuple[int, str], int]:
    """Spread the absent over the sites and their classes, by how many were called and by chance."""
    key, missed = row["key"], row.get("missed", 1)
    places = list(_called(sites))
    bases = {
        number: Decimal(round(called * chance(key, place, code) * 1000))
        if chance(key, place, "missed") < missed
        else Decimal(0)
        for number, (_site, place, code, called) in enumerate(places)
    }
    parts = proportional(Decimal(row["absent"]), bases, places=0).parts
    return {
        (site, code): int(parts[number])
        for number, (site, _place, code, _called) in enumerate(places)
    }


def _called(sites: "tuple[SiteNow, ...]") -> Iterator[tuple[int, str, str, int]]:
    for one in sites:
        for code, number in one.summoned.items():
            yield one.site.pk, place_of(one.site), code, number
