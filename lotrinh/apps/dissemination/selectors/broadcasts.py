"""How the stream of a conference stands. Who may ask is decided by whoever shows the conference."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lotrinh.apps.dissemination.models import Broadcast, Conference
from lotrinh.rules.conferences import ConferenceState
from lotrinh.rules.conferences.streams import Sending

_OVER = (ConferenceState.CLOSED, ConferenceState.CALLED_OFF)


@dataclass(frozen=True, slots=True)
class BroadcastNow:
    """How far the stream is, since when, and which item of the run sheet is presented."""

    sending: Sending
    since: datetime | None
    item: UUID | None


def broadcast_now(conference_uid: UUID) -> BroadcastNow | None:
    """Return how the stream of a conference stands, or None where there is no such conference."""
    found = Conference.objects.filter(uid=conference_uid).values_list("pk", "state").first()
    if found is None:
        return None
    pk, state = found
    row = Broadcast.objects.select_related("item").filter(conference=pk).first()
    if row is None:
        return BroadcastNow(Sending.OVER if state in _OVER else Sending.NOT_BEGUN, None, None)
    return BroadcastNow(_sending(row, state), row.since, row.item.uid if row.item else None)


def conference_to_stream(conference_uid: UUID) -> Conference | None:
    """Return a conference for whoever runs its stream on a machine of the installation."""
    return Conference.objects.filter(uid=conference_uid).first()


def _sending(row: Broadcast, state: str) -> Sending:
    if state in _OVER:
        return Sending.OVER
    if row.is_on:
        return Sending.ON
    return Sending.NOT_BEGUN if row.since is None else Sending.INTERRUPTED
