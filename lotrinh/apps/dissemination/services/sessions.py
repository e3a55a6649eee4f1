"""Later sessions for the absent, and acknowledgements for those who came to none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models import (
    Acknowledgement,
    Conference,
    Delegate,
    LaterSession,
    Site,
    Summons,
)
from lotrinh.apps.dissemination.selectors.presence import room_of_all, sites_now
from lotrinh.apps.dissemination.selectors.seen import classes_on, may_hold, may_tell
from lotrinh.apps.dissemination.services.attending import SiteAct
from lotrinh.apps.dissemination.services.preparing import ConferenceSaid, plan_conference
from lotrinh.apps.dissemination.services.refusals import (
    ClassUnknown,
    KeyTaken,
    NotAllowed,
    NothingSaid,
    NotNow,
    TooMany,
)
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState, Counting
from lotrinh.rules.conferences.sessions import absent_of


@dataclass(frozen=True, slots=True)
class SessionSaid:
    """When and where a later session is held."""

    title: str
    day: date
    begins: time | None = None
    place: str = ""


@transaction.atomic
def plan_later_session(
    *, conference_id: int, said: SessionSaid, user: User, on: date, at: datetime, client_key: UUID
) -> Conference:
    """Plan a conference anew for those who were absent: each site calls its own absent.

    By headcount the summons of a site are those that did not come, by class; by person its
    delegates are those who were not checked in. A site where nobody is missing is not called; one
    that told nothing is called without a number. A session of a session follows the first one.
    Sent twice it is planned once. Raises NotAllowed, NotNow before the conference is closed, and
    what ``plan_conference`` raises.
    """
    first = Conference.objects.select_related("organiser").get(pk=conference_id)
    if not may_hold(first, user_id=user.pk, on=on):
        raise NotAllowed(f"{Action.HOLD_CONFERENCE} at {first.organiser.code}")
    if first.state != ConferenceState.CLOSED:
        raise NotNow(first.state)
    whole = ConferenceSaid(
        organiser=first.organiser,
        title=said.title,
        language=first.language,
        day=said.day,
        begins=said.begins,
        place=said.place,
        counting=Counting(first.counting),
        documents=list(first.documents.all()),
    )
    later = plan_conference(said=whole, user=user, on=on, at=at, client_key=client_key)
    if LaterSession.objects.filter(later=later).exists():
        return later
    root = LaterSession.objects.filter(later=first).select_related("first__organiser").first()
    LaterSession.objects.create(later=later, first=root.first if root else first)
    if first.counting == Counting.PERSON:
        called = _call_by_name(first, later)
    else:
        called = _call_by_heads(first, later)
    journal.record(
        "conference.session_planned",
        later.named,
        actor=user.named,
        at=at,
        unit_uid=first.organiser.uid,
        data={"follows": str(first.uid), "sites": called},
    )
    return later


@transaction.atomic
def acknowledge(
    *, site_id: int, read: Mapping[str, int], act: SiteAct
) -> tuple[Acknowledgement, ...]:
    """Keep how many absent of each class have read the documents; the same key again is once.

    What was said before is kept, and counts no more. Raises NotAllowed, NotNow before the
    conference is closed, NothingSaid, ClassUnknown, KeyTaken, TooMany for more than were absent.
    """
    take_turn("acknowledgement", site_id)
    site = Site.objects.select_related("unit", "conference__organiser").get(pk=site_id)
    if not may_tell(site, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"to tell for {site.unit.code}")
    known = Acknowledgement.objects.filter(client_key=act.client_key)
    if known:
        if {(one.site_id, one.by_id) for one in known} != {(site.pk, act.user.pk)}:
            raise KeyTaken(str(act.client_key))
        return tuple(known.order_by("pk"))
    if site.conference.state != ConferenceState.CLOSED:
        raise NotNow(site.conference.state)
    if not read:
        raise NothingSaid("acknowledgement")
    classes = {one.code: one for one in classes_on(on=site.conference.day)}
    _require_absent(site, read, known=frozenset(classes))
    made = Acknowledgement.objects.bulk_create(
        Acknowledgement(
            site=site,
            attendees=classes[code],
            number=people,
            by=act.user,
            at=act.at,
            client_key=act.client_key,
        )
        for code, people in read.items()
    )
    journal.record(
        "site.absent_acknowledged",
        site.named,
        actor=act.user.named,
        at=act.at,
        unit_uid=site.unit.uid,
        data={
            "conference": str(site.conference.uid),
            "read": [f"{code} {people}" for code, people in read.items()],
        },
    )
    return tuple(made)


def _require_absent(site: Site, read: Mapping[str, int], *, known: frozenset[str]) -> None:
    """Raise where more have read than were absent, or a class is not counted."""
    (now,) = sites_now([site])
    absent = absent_of(now.summoned, now.present)
    for code, people in read.items():
        if code not in known:
            raise ClassUnknown(code)
        if people > absent.get(code, 0):
            raise TooMany(f"{code}: {people}")


def _call_by_heads(first: Conference, later: Conference) -> int:
    """Call the absent of each site to a site of the later session; say how many sites that are."""
    classes = {one.code: one for one in classes_on(on=first.day)}
    called = 0
    for one in room_of_all(first).sites:
        absent = absent_of(one.summoned, one.present)
        if one.present and not absent:
            continue
        site = _site_like(one.site, later)
        Summons.objects.bulk_create(
            Summons(site=site, attendees=classes[code], number=people)
            for code, people in absent.items()
            if code in classes
        )
        called += 1
    return called


def _call_by_name(first: Conference, later: Conference) -> int:
    """Call everybody by name who was not checked in, at his own site."""
    rows = Delegate.objects.filter(conference=first, check_in__isnull=True).order_by("pk")
    sites: dict[int, Site] = {}
    absent = list(rows.select_related("site"))
    for one in absent:
        if one.site_id not in sites:
            sites[one.site_id] = _site_like(one.site, later)
    Delegate.objects.bulk_create(
        Delegate(
            conference=later,
            site=sites[one.site_id],
            attendees_id=one.attendees_id,
            person_id=one.person_id,
            name=one.name,
        )
        for one in absent
    )
    return len(sites)


def _site_like(site: Site, later: Conference) -> Site:
    """Return the site of the later session for the unit of a site; the main one stays the main."""
    made, _is_new = Site.objects.get_or_create(
        conference=later, unit_id=site.unit_id, name="" if site.is_main else site.name
    )
    return made
