"""Tables of conferences: what was prepared, who was called, and what the sites told."""

from lotrinh.apps.dissemination.models.attendance import Headcount, Signal
from lotrinh.apps.dissemination.models.broadcasts import Broadcast
from lotrinh.apps.dissemination.models.concluding import (
    Conclusion,
    ConclusionNotice,
    ConferenceRecord,
)
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
from lotrinh.apps.dissemination.models.questions import Question, QuestionEvent
from lotrinh.apps.dissemination.models.sessions import Acknowledgement, LaterSession
from lotrinh.apps.dissemination.models.studying import Reflections, StudyCall

__all__ = [
    "Acknowledgement",
    "AgendaItem",
    "Arrival",
    "Arrived",
    "AttendeeClass",
    "Broadcast",
    "CheckIn",
    "Conclusion",
    "ConclusionNotice",
    "Conference",
    "ConferenceRecord",
    "Delegate",
    "Headcount",
    "LaterSession",
    "Programme",
    "ProgrammeAnswer",
    "ProgrammeCall",
    "ProgrammeClosing",
    "ProgrammeComparison",
    "ProgrammeLink",
    "ProgrammePlan",
    "ProgrammeQuestion",
    "ProgrammeReview",
    "Question",
    "QuestionEvent",
    "Reflections",
    "Signal",
    "Site",
    "StudyCall",
    "Summons",
]
