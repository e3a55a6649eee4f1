"""Tables of conferences: what was prepared, who was called, and what the sites told."""

from lotrinh.apps.dissemination.models.attendance import Headcount, Signal
from lotrinh.apps.dissemination.models.conferences import (
    AgendaItem,
    AttendeeClass,
    Conference,
    Site,
    Summons,
)

__all__ = [
    "AgendaItem",
    "AttendeeClass",
    "Conference",
    "Headcount",
    "Signal",
    "Site",
    "Summons",
]
