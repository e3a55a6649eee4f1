"""The day itself: opening, how each site is connected, how many are there, closing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models import Conference, Headcount, Signal, Site
from lotrinh.apps.dissemination.selectors.seen import classes_on, may_hold, may_tell
from lotrinh.apps.dissemination.services.preparing import MOST_AT_A_SITE
from lotrinh.apps.dissemination.services.refusals import (
    ClassUnknown,
    KeyTaken,
    NotAllowed,
    NotNow,
    TooMany,
)
from lotrinh.apps.dissemination.services.telling import tell_pages
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import CONFERENCE_MOVES, ConferenceState, Link


@dataclass(frozen=True, slots=True)
class SiteAct:
    """Who tells something for a site, when, and by which form."""

    user: User
    client_key: UUID
    on: date
    at: datetime


@transaction.atomic
def open_conference(*, conference_id: int, user: User, on: date, at: datetime) -> Conference:
    """Let sites tell who is there; one that is under way stays so. Raises NotAllowed, NotNow."""
    return _move(conference_id, ConferenceState.UNDER_WAY, "conference.opened", user, on, at)


@transaction.atomic
def close_conference(*, conference_id: int, user: User, on: date, at: datetime) -> Conference:
    """Count nobody any more. Raises NotAllowed, NotNow where it is not under way."""
    return _move(conference_id, ConferenceState.CLOSED, "conference.closed", user, on, at)


@transaction.atomic
def call_off(*, conference_id: int, user: User, on: date, at: datetime) -> Conference:
    """Call a conference off that has not begun. Raises NotAllowed, NotNow."""
    return _move(conference_id, ConferenceState.CALLED_OFF, "conference.cancelled", user, on, at)


@transaction.atomic
def signal_link(*, site_id: int, link: Link, act: SiteAct) -> Signal:
    """Keep how a site is connected, and return that; the same key again is once.

    Before the day only a test can be told of. Raises NotAllowed, NotNow, KeyTaken.
    """
    site = _site(site_id)
    known = Signal.objects.filter(client_key=act.client_key).first()
    if known is not None:
        if (known.site_id, known.by_id) != (site.pk, act.user.pk):
            raise KeyTaken(str(act.client_key))
        return known
    _require_teller(site, act)
    state = site.conference.state
    if state != ConferenceState.UNDER_WAY and (state, link) != (
        ConferenceState.PREPARED,
        Link.TESTED,
    ):
        raise NotNow(state)
    made = Signal.objects.create(
        site=site, link=link, by=act.user, at=act.at, client_key=act.client_key
    )
    _record(site, "site.connection_changed", act, {"link": str(link)})
    return made


@transaction.atomic
def tell_headcount(
    *, site_id: int, present: Mapping[str, int], act: SiteAct
) -> tuple[Headcount, ...]:
    """Keep how many of each class are at a site; the same key again is once.

    What was told before is kept, and counts no more. Raises NotAllowed, NotNow, ClassUnknown,
    TooMany, KeyTaken.
    """
    take_turn("headcount", site_id)
    site = _site(site_id)
    known = Headcount.objects.filter(client_key=act.client_key)
    if known:
        if {(one.site_id, one.by_id) for one in known} != {(site.pk, act.user.pk)}:
            raise KeyTaken(str(act.client_key))
        return tuple(known.order_by("pk"))
    _require_teller(site, act)
    if site.conference.state != ConferenceState.UNDER_WAY:
        raise NotNow(site.conference.state)
    classes = {one.code: one for one in classes_on(on=site.conference.day)}
    for code, number in present.items():
        if code not in classes:
            raise ClassUnknown(code)
        if number > MOST_AT_A_SITE:
            raise TooMany(f"{code}: {number}")
    made = Headcount.objects.bulk_create(
        Headcount(
            site=site,
            attendees=classes[code],
            present=number,
            by=act.user,
            at=act.at,
            client_key=act.client_key,
        )
        for code, number in present.items()
    )
    told = [f"{code} {number}" for code, number in present.items()]
    _record(site, "site.headcount_changed", act, {"present": told})
    return tuple(made)


def _move(
    conference_id: int, state: ConferenceState, verb: str, user: User, on: date, at: datetime
) -> Conference:
    rows = Conference.objects.select_for_update(of=("self",)).select_related("organiser")
    conference = rows.get(pk=conference_id)
    if not may_hold(conference, user_id=user.pk, on=on):
        raise NotAllowed(f"{Action.HOLD_CONFERENCE} at {conference.organiser.code}")
    if conference.state == state:
        return conference
    if (ConferenceState(conference.state), state) not in CONFERENCE_MOVES:
        raise NotNow(conference.state)
    conference.state, conference.version = state, conference.version + 1
    conference.save(update_fields=["state", "version"])
    journal.record(
        verb,
        conference.named,
        actor=user.named,
        at=at,
        unit_uid=conference.organiser.uid,
        data={"sites": conference.sites.count()},
    )
    return conference


def _site(site_id: int) -> Site:
    return Site.objects.select_related("unit", "conference__organiser").get(pk=site_id)


def _require_teller(site: Site, act: SiteAct) -> None:
    if not may_tell(site, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"to tell for {site.unit.code}")


def _record(site: Site, verb: str, act: SiteAct, data: Mapping[str, str | list[str]]) -> None:
    journal.record(
        verb,
        site.named,
        actor=act.user.named,
        at=act.at,
        unit_uid=site.unit.uid,
        data={"conference": str(site.conference.uid), **data},
    )
    tell_pages(conference=site.conference.uid)
