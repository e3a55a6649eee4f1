"""Tables of conferences: what was prepared, who was called, and what the sites told."""

from lotrinh.apps.dissemination.models.attendance import Headcount, Signal
from lotrinh.apps.dissemination.models.broadcasts import Broadcast
from lotrinh.apps.dissemination.models.conferences import (
    AgendaItem,
    AttendeeClass,
    Conference,
    Site,
    Summons,
)
from lotrinh.apps.dissemination.models.delegates import Arrival, Arrived, CheckIn, Delegate

__all__ = [
    "AgendaItem",
    "Arrival",
    "Arrived",
    "AttendeeClass",
    "Broadcast",
    "CheckIn",
    "Conference",
    "Delegate",
    "Headcount",
    "Signal",
    "Site",
    "Summons",
]
