"""Reads of conferences: those that one may see, their sites, and who is there."""

from lotrinh.apps.dissemination.selectors.asking import (
    QuestionNow,
    question_by_uid,
    questions_of,
)
from lotrinh.apps.dissemination.selectors.calling import CalledTo, called_to
from lotrinh.apps.dissemination.selectors.concluding import (
    ConclusionNow,
    clauses_announced,
    conclusions_of,
    notice_of,
    record_of,
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
from lotrinh.apps.dissemination.selectors.recording import content_of
from lotrinh.apps.dissemination.selectors.running import ItemNow, run_sheet_of
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
    sites_told_by,
    visible,
)
from lotrinh.apps.dissemination.selectors.sessions import (
    AbsentAt,
    Sessions,
    absent_at,
    sessions_of,
)
from lotrinh.apps.dissemination.selectors.studying import Study, UnitStudy, study_of

__all__ = [
    "AbsentAt",
    "Branch",
    "CalledTo",
    "ConclusionNow",
    "ItemNow",
    "QuestionNow",
    "Room",
    "Sessions",
    "SiteNow",
    "Study",
    "UnitStudy",
    "absent_at",
    "agenda_of",
    "branches_of",
    "called_to",
    "classes_on",
    "clauses_announced",
    "conclusions_of",
    "conference_by_uid",
    "content_of",
    "delegate_by_uid",
    "delegates_of",
    "may_hold",
    "may_tell",
    "notice_of",
    "question_by_uid",
    "questions_of",
    "record_of",
    "room_of",
    "run_sheet_of",
    "sees_all",
    "sessions_of",
    "site_by_uid",
    "site_of_door",
    "sites_now",
    "sites_seen",
    "sites_told_by",
    "study_of",
    "visible",
    "whole_room",
]
