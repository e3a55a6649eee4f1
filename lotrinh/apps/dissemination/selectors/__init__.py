"""Reads of conferences: those that one may see, their sites, and who is there."""

from lotrinh.apps.dissemination.selectors.broadcasts import (
    BroadcastNow,
    broadcast_now,
    conference_to_stream,
)
from lotrinh.apps.dissemination.selectors.presence import (
    Branch,
    Room,
    SiteNow,
    branches_of,
    room_of,
    sites_now,
    whole_room,
)
from lotrinh.apps.dissemination.selectors.seen import (
    agenda_of,
    classes_on,
    conference_by_uid,
    delegate_by_uid,
    delegates_of,
    may_hold,
    may_tell,
    sees_all,
    site_by_uid,
    site_of_door,
    sites_seen,
    visible,
)

__all__ = [
    "Branch",
    "BroadcastNow",
    "Room",
    "SiteNow",
    "agenda_of",
    "branches_of",
    "broadcast_now",
    "classes_on",
    "conference_by_uid",
    "conference_to_stream",
    "delegate_by_uid",
    "delegates_of",
    "may_hold",
    "may_tell",
    "room_of",
    "sees_all",
    "site_by_uid",
    "site_of_door",
    "sites_now",
    "sites_seen",
    "visible",
    "whole_room",
]
