"""Tables of duties: what is owed, what happened to it, how days are counted, who is told."""

from lotrinh.apps.duties.models.calendar import CalendarDay, CountingRule
from lotrinh.apps.duties.models.duty import Duty, DutyKind, DutyPart, DutySource
from lotrinh.apps.duties.models.events import DutyEvent, Evidence
from lotrinh.apps.duties.models.letters import Digest, DigestLine
from lotrinh.apps.duties.models.reminders import LadderRung, Notice, NoticeReading
from lotrinh.apps.duties.models.tally import DutyTally, TallyChange, TallyDay

__all__ = [
    "CalendarDay",
    "CountingRule",
    "Digest",
    "DigestLine",
    "Duty",
    "DutyEvent",
    "DutyKind",
    "DutyPart",
    "DutySource",
    "DutyTally",
    "Evidence",
    "LadderRung",
    "Notice",
    "NoticeReading",
    "TallyChange",
    "TallyDay",
]
