"""Preparing a conference: what is presented, the run sheet, its sites, and who is called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models import AgendaItem, AttendeeClass, Conference, Site, Summons
from lotrinh.apps.dissemination.selectors.seen import classes_on, may_hold
from lotrinh.apps.dissemination.services.refusals import (
    ClassUnknown,
    ConferenceChangedMeanwhile,
    KeyTaken,
    NoDocuments,
    NotAllowed,
    NotNow,
    NotSeen,
    SiteHasTold,
    TooMany,
)
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Group, Post, Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState, Counting

MOST_AT_A_SITE = 20_000
"""Delegates of one class at one site; more is a slip of the hand."""

Numbers = Mapping[str, int]
"""How many delegates, by the code of their class."""


@dataclass(frozen=True, slots=True)
class ConferenceSaid:
    """What a conference is: who holds it, when, where, and which documents it carries."""

    organiser: Unit
    title: str
    language: str
    day: date
    counting: Counting
    documents: Sequence[Document]
    begins: time | None = None
    place: str = ""
    talk_url: str = ""


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """An item of the run sheet; ``post`` presents it, else whoever ``presenter`` names."""

    title: str
    document: Document | None = None
    post: Post | None = None
    presenter: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """Which units are called to sites of their own: those of a group but for some, and others.

    ``added`` and ``without`` are ids of units.
    """

    group: Group | None = None
    added: Sequence[int] = ()
    without: frozenset[int] = field(default=frozenset())


@transaction.atomic
def plan_conference(
    *, said: ConferenceSaid, user: User, on: date, at: datetime, client_key: UUID
) -> Conference:
    """Plan a conference with its main site; sending it twice plans it once.

    Raises NotAllowed, NoDocuments, NotSeen, KeyTaken, NotNow for a day that is past.
    """
    take_turn("conference", str(client_key))
    known = Conference.objects.filter(client_key=client_key).first()
    if known is not None:
        if known.begun_by_id != user.pk:
            raise KeyTaken(str(client_key))
        return known
    action, unit = Action.HOLD_CONFERENCE, said.organiser
    if not units.may(user_id=user.pk, action=action, unit_id=unit.pk, on=on):
        raise NotAllowed(f"{action} at {unit.code}")
    if said.day < on:
        raise NotNow(said.day.isoformat())
    _require_documents(said.documents, user, on)
    conference = Conference.objects.create(
        organiser=unit,
        title=said.title.strip()[:500],
        language=said.language,
        day=said.day,
        begins=said.begins,
        place=said.place.strip()[:300],
        talk_url=said.talk_url,
        counting=said.counting,
        begun_by=user,
        begun_on=on,
        client_key=client_key,
    )
    conference.documents.set(said.documents)
    Site.objects.create(conference=conference, unit=unit, is_main=True)
    journal.record(
        "conference.planned",
        conference.named,
        actor=user.named,
        at=at,
        unit_uid=unit.uid,
        data={
            "day": said.day.isoformat(),
            "counting": str(said.counting),
            "documents": [str(one.uid) for one in said.documents],
        },
    )
    return conference


@transaction.atomic
def set_agenda(
    *,
    conference_id: int,
    version: int,
    items: Sequence[ItemSaid],
    user: User,
    on: date,
    at: datetime,
) -> Conference:
    """Let the run sheet be these items in this order, if nobody changed the conference meanwhile.

    Documents that an item presents are carried by the conference from then on. Raises NotAllowed,
    NotNow, ConferenceChangedMeanwhile, NotSeen.
    """
    conference = _being_prepared(conference_id, user, on)
    if conference.version != version:
        raise ConferenceChangedMeanwhile(str(conference.uid))
    papers = [one.document for one in items if one.document is not None]
    _require_seen(papers, user, on)
    conference.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(
            conference=conference,
            place=place,
            title=one.title.strip()[:500],
            document=one.document,
            post=one.post,
            presenter="" if one.post else one.presenter.strip()[:200],
            minutes=one.minutes,
        )
        for place, one in enumerate(items, start=1)
    )
    conference.documents.add(*papers)
    _changed(conference)
    _record(conference, "conference.agenda_changed", user, at, {"items": len(items)})
    return conference


@transaction.atomic
def call_sites(
    *,
    conference_id: int,
    called: Called,
    numbers: Numbers,
    user: User,
    on: date,
    at: datetime,
) -> int:
    """Give every called unit a site to which so many of each class are called; say how many.

    The group is the one of the conference's day. A unit that has a site keeps it, and whom it
    called. Raises NotAllowed, NotNow, ClassUnknown, TooMany.
    """
    conference = _being_prepared(conference_id, user, on)
    classes = _classes(numbers, conference.day)
    wanted = _wanted(conference, called)
    held = set(conference.sites.values_list("unit_id", flat=True))
    made = Site.objects.bulk_create(
        [Site(conference=conference, unit_id=pk) for pk in wanted if pk not in held],
        batch_size=2000,
    )
    Summons.objects.bulk_create(
        [
            Summons(site=site, attendees=classes[code], number=number)
            for site in made
            for code, number in numbers.items()
        ],
        batch_size=5000,
    )
    _changed(conference)
    _record(conference, "conference.sites_called", user, at, {"sites": len(made), **numbers})
    return len(made)


@transaction.atomic
def summon(*, site_id: int, numbers: Numbers, user: User, on: date, at: datetime) -> Site:
    """Call so many of each class to one site; a class that is not named is not called there.

    Raises NotAllowed, NotNow, ClassUnknown, TooMany.
    """
    site = Site.objects.select_related("unit").get(pk=site_id)
    conference = _being_prepared(site.conference_id, user, on)
    classes = _classes(numbers, conference.day)
    site.summons.all().delete()
    Summons.objects.bulk_create(
        Summons(site=site, attendees=classes[code], number=number)
        for code, number in numbers.items()
    )
    _changed(conference)
    _record(conference, "conference.delegates_called", user, at, {"site": str(site.uid), **numbers})
    return site


@transaction.atomic
def drop_site(*, site_id: int, user: User, on: date, at: datetime) -> None:
    """Take a site back that has told nothing and called nobody by name.

    Raises NotAllowed, NotNow, SiteHasTold.
    """
    site = Site.objects.get(pk=site_id)
    conference = _being_prepared(site.conference_id, user, on)
    told = site.signals.exists() or site.headcounts.exists() or site.delegates.exists()
    if site.is_main or told:
        raise SiteHasTold(str(site.uid))
    uid = str(site.uid)
    site.summons.all().delete()
    site.delete()
    _changed(conference)
    _record(conference, "conference.site_dropped", user, at, {"site": uid})


def _wanted(conference: Conference, called: Called) -> list[int]:
    """Return the ids of the called units, each once, in the order of the tree."""
    members: Iterable[int] = ()
    if called.group is not None:
        members = (one.id for one in units.members_of(group=called.group, on=conference.day))
    every = dict.fromkeys([*members, *called.added])
    return [pk for pk in every if pk not in called.without]


def _classes(numbers: Numbers, day: date) -> dict[str, AttendeeClass]:
    known = {one.code: one for one in classes_on(on=day)}
    for code, number in numbers.items():
        if code not in known:
            raise ClassUnknown(code)
        if number > MOST_AT_A_SITE:
            raise TooMany(f"{code}: {number}")
    return known


def _being_prepared(conference_id: int, user: User, on: date) -> Conference:
    """Return a conference that may still be changed, once nobody else is changing it."""
    rows = Conference.objects.select_for_update(of=("self",)).select_related("organiser")
    conference = rows.get(pk=conference_id)
    if not may_hold(conference, user_id=user.pk, on=on):
        raise NotAllowed(f"{Action.HOLD_CONFERENCE} at {conference.organiser.code}")
    if conference.state != ConferenceState.PREPARED:
        raise NotNow(conference.state)
    return conference


def _changed(conference: Conference) -> None:
    conference.version += 1
    conference.save(update_fields=["version"])


def _record(
    conference: Conference, verb: str, user: User, at: datetime, data: Mapping[str, str | int]
) -> None:
    journal.record(
        verb,
        conference.named,
        actor=user.named,
        at=at,
        unit_uid=conference.organiser.uid,
        data=dict(data),
    )


def _require_documents(papers: Sequence[Document], user: User, on: date) -> None:
    if not papers:
        raise NoDocuments("conference")
    _require_seen(papers, user, on)


def _require_seen(papers: Sequence[Document], user: User, on: date) -> None:
    wanted = {one.pk for one in papers}
    seen = documents.visible(seen_by=user.pk, on=on).filter(pk__in=wanted)
    if len(wanted) != seen.count():
        raise NotSeen("document")
