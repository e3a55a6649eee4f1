"""The stream of a conference: it has begun, it has ended, and what is presented now."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models import AgendaItem, Broadcast, Conference
from lotrinh.apps.dissemination.selectors.seen import may_hold
from lotrinh.apps.dissemination.services.refusals import NotAllowed, NotNow
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.journal.statements import run
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState

WATCHERS: Final = "lotrinh_broadcast"
"""The channel on which the database tells the pages that watch a conference."""
_NOTIFY = "SELECT pg_notify(%(channel)s, %(said)s)"
_SENT = (ConferenceState.PREPARED, ConferenceState.UNDER_WAY)
"""When something may be sent: before the conference, to try the lines, and during it."""


class ItemUnknown(Exception):
    """The run sheet of the conference has no such item."""


class ConferenceUnknown(Exception):
    """There is no conference of this name."""


@transaction.atomic
def start_broadcast(*, conference_uid: UUID, at: datetime) -> Broadcast:
    """Note that a conference is being sent; told again, nothing changes.

    The right is the key of the stream, which the caller has checked. Raises ConferenceUnknown,
    NotNow once the conference is closed or called off.
    """
    broadcast = _locked(conference_uid)
    conference = broadcast.conference
    if conference.state not in _SENT:
        raise NotNow(conference.state)
    return _switch(broadcast, "conference.stream_started", at, is_on=True)


@transaction.atomic
def end_broadcast(*, conference_uid: UUID, at: datetime) -> Broadcast:
    """Note that a conference is no longer sent; told again, nothing changes.

    The right is the key of the stream, which the caller has checked. Raises ConferenceUnknown.
    """
    return _switch(_locked(conference_uid), "conference.stream_ended", at, is_on=False)


@transaction.atomic
def present_item(
    *, conference_id: int, place: int | None, user: User, on: date, at: datetime
) -> Broadcast:
    """Say which item of the run sheet is presented now; None: none of them.

    Raises NotAllowed, NotNow unless the conference is under way, ItemUnknown.
    """
    uid = Conference.objects.values_list("uid", flat=True).get(pk=conference_id)
    broadcast = _locked(uid)
    conference = broadcast.conference
    if not may_hold(conference, user_id=user.pk, on=on):
        raise NotAllowed(f"{Action.HOLD_CONFERENCE} at {conference.organiser.code}")
    if conference.state != ConferenceState.UNDER_WAY:
        raise NotNow(conference.state)
    item = _item(conference, place)
    if item == broadcast.item:
        return broadcast
    broadcast.item = item
    broadcast.save(update_fields=["item"])
    said: dict[str, str | int | None] = {"place": place, "item": str(item.uid) if item else None}
    journal.record(
        "conference.item_presented",
        conference.named,
        actor=user.named,
        at=at,
        unit_uid=conference.organiser.uid,
        data=said,
    )
    tell_watchers(conference_uid=conference.uid)
    return broadcast


def tell_watchers(*, conference_uid: UUID) -> None:
    """Let the pages know that watch this conference, once what changed it is committed."""
    run(_NOTIFY, {"channel": WATCHERS, "said": str(conference_uid)})


def _locked(conference_uid: UUID) -> Broadcast:
    """Return how the stream stands, once nobody else is changing it."""
    conference = Conference.objects.filter(uid=conference_uid).first()
    if conference is None:
        raise ConferenceUnknown(str(conference_uid))
    Broadcast.objects.bulk_create([Broadcast(conference=conference)], ignore_conflicts=True)
    rows = Broadcast.objects.select_for_update(of=("self",))
    return rows.select_related("conference__organiser", "item").get(conference=conference)


def _switch(broadcast: Broadcast, verb: str, at: datetime, *, is_on: bool) -> Broadcast:
    if broadcast.is_on == is_on:
        return broadcast
    broadcast.is_on, broadcast.since = is_on, at
    broadcast.save(update_fields=["is_on", "since"])
    conference = broadcast.conference
    data: Mapping[str, str] = {"state": str(conference.state)}
    journal.record(
        verb,
        conference.named,
        actor=SYSTEM,
        at=at,
        unit_uid=conference.organiser.uid,
        data=dict(data),
    )
    tell_watchers(conference_uid=conference.uid)
    return broadcast


def _item(conference: Conference, place: int | None) -> AgendaItem | None:
    if place is None:
        return None
    found = conference.agenda.filter(place=place).first()
    if found is None:
        raise ItemUnknown(str(place))
    return found
