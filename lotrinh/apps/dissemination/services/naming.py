"""Calling delegates by name, where names are asked for, and giving them another pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models import Conference, Delegate, Site
from lotrinh.apps.dissemination.selectors.seen import classes_on, may_tell
from lotrinh.apps.dissemination.services.refusals import (
    ClassUnknown,
    NotAllowed,
    NotByName,
    NotNow,
    TooMany,
)
from lotrinh.apps.journal import services as journal
from lotrinh.apps.units.models import Person
from lotrinh.rules.conferences import ConferenceState, Counting

MOST_AT_ONCE = 2000
_OPEN = (ConferenceState.PREPARED, ConferenceState.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Named:
    """Who is called: a registered person, else a name as it was written."""

    attendees: str
    person: Person | None = None
    name: str = ""


@transaction.atomic
def call_delegates(
    *, site_id: int, named: Sequence[Named], user: User, on: date, at: datetime
) -> tuple[Delegate, ...]:
    """Call people by name to a site, each with a pass of his own; a person is called once.

    Late ones may be called while the conference is under way. Raises NotAllowed, NotNow, NotByName
    where only heads are counted, ClassUnknown, TooMany.
    """
    site = Site.objects.select_related("unit", "conference__organiser").get(pk=site_id)
    _require(site, user, on)
    if len(named) > MOST_AT_ONCE:
        raise TooMany(str(len(named)))
    classes = {one.code: one for one in classes_on(on=site.conference.day)}
    unknown = [one.attendees for one in named if one.attendees not in classes]
    if unknown:
        raise ClassUnknown(unknown[0])
    people = [one.person for one in named if one.person is not None]
    called = set(
        Delegate.objects.filter(conference=site.conference, person__in=people).values_list(
            "person_id", flat=True
        )
    )
    made = Delegate.objects.bulk_create(
        Delegate(
            conference=site.conference,
            site=site,
            attendees=classes[one.attendees],
            person=one.person,
            name="" if one.person else one.name.strip()[:200],
        )
        for one in named
        if one.person is None or one.person.pk not in called
    )
    journal.record(
        "site.delegates_named",
        site.named,
        actor=user.named,
        at=at,
        unit_uid=site.unit.uid,
        data={"conference": str(site.conference.uid), "people": len(made)},
    )
    return tuple(made)


@transaction.atomic
def renew_pass(*, delegate_id: int, user: User, on: date, at: datetime) -> Delegate:
    """Give a delegate another pass: the one before opens no door any more.

    Raises NotAllowed, NotNow, NotByName.
    """
    rows = Delegate.objects.select_for_update(of=("self",))
    delegate = rows.select_related("site__unit", "site__conference__organiser").get(pk=delegate_id)
    _require(delegate.site, user, on)
    delegate.version += 1
    delegate.save(update_fields=["version"])
    journal.record(
        "delegate.pass_renewed",
        delegate.named,
        actor=user.named,
        at=at,
        unit_uid=delegate.site.unit.uid,
        data={"version": delegate.version},
    )
    return delegate


def _require(site: Site, user: User, on: date) -> None:
    conference: Conference = site.conference
    if not may_tell(site, user_id=user.pk, on=on):
        raise NotAllowed(f"to call delegates for {site.unit.code}")
    if conference.counting != Counting.PERSON:
        raise NotByName(conference.counting)
    if conference.state not in _OPEN:
        raise NotNow(conference.state)
