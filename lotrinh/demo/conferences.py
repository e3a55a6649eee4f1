"""The conferences of the demonstration: planned, called, held and closed through the services."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.services import Called, ClassSaid, ConferenceSaid, ItemSaid
from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.units import selectors as units
from lotrinh.demo import programmes
from lotrinh.demo.attendance import attend, key_of
from lotrinh.demo.cast import data, members
from lotrinh.demo.concluding import follow
from lotrinh.demo.titles import user_of_story
from lotrinh.rules.conferences import Counting

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.dissemination.models import Conference
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.units.models import Post


def hold_all(*, zone: ZoneInfo) -> int:
    """Plan, call, hold and close the conferences of ``conferences.toml``; return how many.

    What follows from each is told with it; own programmes stand in ``programmes.toml``.
    """
    told = data("conferences")
    by: dict[str, Any] = {"user": user_of_story(told["conference"][0]["by"])}
    first = min(row["planned_on"] for row in told["conference"])
    for row in told["class"]:
        said = ClassSaid(row["code"], row["name_vi"], row["name_en"])
        services.keep_class(said=said, on=first, at=_at(first, zone), **by)
    for row in told["conference"]:
        conference = _plan(row, zone)
        _call(conference, row, zone)
        minutes = sum(item["minutes"] for item in row["item"])
        attend(conference, {**row, "minutes": minutes}, zone)
        follow(conference, row, zone)
        if row["key"] == data("programmes")["conference"]:
            programmes.follow_up(conference, zone)
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
    made = services.plan_conference(said=said, client_key=key_of(row["key"], "plan"), **by)
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
