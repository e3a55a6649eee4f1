"""The conferences of the demonstration: planned, called, held and closed through the services."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from lotrinh.apps.dissemination import selectors, services
from lotrinh.apps.dissemination.services import Called, ClassSaid, ConferenceSaid, ItemSaid, SiteAct
from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.units import selectors as units
from lotrinh.demo.cast import data, members
from lotrinh.demo.titles import user_of_story
from lotrinh.rules.allocation import proportional
from lotrinh.rules.conferences import Counting, Link

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.dissemination.models import Conference, Site
    from lotrinh.apps.dissemination.selectors import SiteNow
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.units.models import Post

SETTLED = timedelta(minutes=20)
"""So long after the beginning the sites have told who is there."""


def hold_all(*, zone: ZoneInfo) -> int:
    """Plan, call, hold and close the conferences of ``conferences.toml``; return how many."""
    told = data("conferences")
    by: dict[str, Any] = {"user": user_of_story(told["conference"][0]["by"])}
    first = min(row["planned_on"] for row in told["conference"])
    for row in told["class"]:
        said = ClassSaid(row["code"], row["name_vi"], row["name_en"])
        services.keep_class(said=said, on=first, at=_at(first, zone), **by)
    for row in told["conference"]:
        conference = _plan(row, zone)
        _call(conference, row, zone)
        _hold(conference, row, zone)
    return len(told["conference"])


def _plan(row: Mapping[str, Any], zone: ZoneInfo) -> "Conference":
    on = row["planned_on"]
    user = user_of_story(row["by"])
    organiser = units.unit_by_code(row["organiser"])
    if organiser is None:
        raise LookupError(row["organiser"])
    papers = {number: _document(number, user, on) for number in row["documents"]}
    said = ConferenceSaid(
        organiser=organiser,
        title=row["title"],
        language=row["language"],
        day=row["day"],
        counting=Counting.HEADCOUNT,
        documents=list(papers.values()),
        begins=row["begins"],
        place=row["place"],
        talk_url=row["talk_url"],
    )
    by: dict[str, Any] = {"user": user, "on": on, "at": _at(on, zone)}
    made = services.plan_conference(said=said, client_key=_key(row["key"], "plan"), **by)
    items = [
        ItemSaid(
            item["title"],
            document=papers.get(item.get("document", "")),
            post=_post(item["post"], row["day"]) if "post" in item else None,
            presenter=item.get("presenter", ""),
            minutes=item["minutes"],
        )
        for item in row["item"]
    ]
    return services.set_agenda(conference_id=made.pk, version=made.version, items=items, **by)


def _call(conference: "Conference", row: Mapping[str, Any], zone: ZoneInfo) -> None:
    on = row["planned_on"]
    by: dict[str, Any] = {"user": user_of_story(row["by"]), "on": on, "at": _at(on, zone)}
    main = conference.sites.get(is_main=True)
    services.summon(site_id=main.pk, numbers=row["main"], **by)
    groups = {one.code: one for one in units.groups_known(on=row["day"])}
    for told in row["called"]:
        left_out = [units.unit_by_code(code) for code in told.get("without", ())]
        called = Called(
            group=groups[told["group"]],
            without=frozenset(one.pk for one in left_out if one is not None),
        )
        services.call_sites(
            conference_id=conference.pk, called=called, numbers=told["numbers"], **by
        )


def _hold(conference: "Conference", row: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Open the conference, let every site tell, and close it."""
    begun = datetime.combine(row["day"], row["begins"], zone)
    user, on = user_of_story(row["by"]), row["day"]
    given: dict[str, Any] = {"conference_id": conference.pk, "user": user, "on": on}
    services.open_conference(at=begun - SETTLED, **given)
    sites = selectors.sites_now(conference.sites.select_related("unit").order_by("pk"))
    missing = _absent(sites, row["absent"], row["key"])
    for one in sites:
        place = _place(one.site)
        link = Link.WEAK if _chance(row["key"], place, "link") * 100 < row["weak"] else None
        services.signal_link(
            site_id=one.site.pk,
            link=link or Link.CONNECTED,
            act=SiteAct(user, _key(row["key"], place, "link"), on, begun),
        )
        services.tell_headcount(
            site_id=one.site.pk,
            present={
                code: number - missing[one.site.pk, code] for code, number in one.summoned.items()
            },
            act=SiteAct(user, _key(row["key"], place, "count"), on, begun + SETTLED),
        )
    minutes = sum(item["minutes"] for item in row["item"])
    services.close_conference(at=begun + timedelta(minutes=minutes), **given)


def _absent(sites: "tuple[SiteNow, ...]", absent: int, key: str) -> dict[tuple[int, str], int]:
    """Spread the absent over the sites and their classes, by how many were called and by chance."""
    places = list(_called(sites))
    bases = {
        number: Decimal(round(called * _chance(key, place, code) * 1000))
        for number, (_site, place, code, called) in enumerate(places)
    }
    parts = proportional(Decimal(absent), bases, places=0).parts
    return {
        (site, code): int(parts[number])
        for number, (site, _place, code, _called) in enumerate(places)
    }


def _called(sites: "tuple[SiteNow, ...]") -> Iterator[tuple[int, str, str, int]]:
    for one in sites:
        for code, number in one.summoned.items():
            yield one.site.pk, _place(one.site), code, number


def _place(site: "Site") -> str:
    return site.unit.code


def _chance(*parts: str) -> float:
    """Return a number from 0 to below 1, the same on every machine."""
    return int.from_bytes(sha256(":".join(parts).encode()).digest()[:4], "big") / 2**32


def _post(sign_in_name: str, on: date) -> "Post":
    """Return the post that somebody of the cast holds on a day."""
    held = units.first_post(user_id=user_of_story(sign_in_name).pk, on=on)
    if held is None:
        raise LookupError(next(one.name for one in members() if one.sign_in == sign_in_name))
    return held.post


def _document(number: str, user: "User", on: date) -> "Document":
    return registry.visible(seen_by=user.pk, on=on).filter(number=number).order_by("pk")[0]


def _at(on: date, zone: ZoneInfo) -> datetime:
    return datetime(on.year, on.month, on.day, 15, tzinfo=zone)


def _key(*parts: str) -> UUID:
    return uuid5(NAMESPACE_URL, ":".join(("urn:lotrinh:demo:conferences", *parts)))
