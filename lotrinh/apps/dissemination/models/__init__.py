"""Tables of conferences: what was prepared, who was called, and what the sites told."""

from lotrinh.apps.dissemination.models.attendance import Headcount, Signal
from lotrinh.apps.dissemination.models.conferences import (
    AgendaItem,
    AttendeeClass,
    Conference,
    Site,
    Summons,
)
from lotrinh.apps.dissemination.models.delegates import Arrival, Arrived, CheckIn, Delegate
from lotrinh.apps.dissemination.models.programmes import (
    Programme,
    ProgrammeAnswer,
    ProgrammeCall,
    ProgrammeClosing,
    ProgrammeComparison,
    ProgrammeLink,
    ProgrammePlan,
    ProgrammeQuestion,
    ProgrammeReview,
)

__all__ = [
    "AgendaItem",
    "Arrival",
    "Arrived",
    "AttendeeClass",
    "CheckIn",
    "Conference",
    "Delegate",
    "Headcount",
    "Programme",
    "ProgrammeAnswer",
    "ProgrammeCall",
    "ProgrammeClosing",
    "ProgrammeComparison",
    "ProgrammeLink",
    "ProgrammePlan",
    "ProgrammeQuestion",
    "ProgrammeReview",
    "Signal",
    "Site",
    "Summons",
]
