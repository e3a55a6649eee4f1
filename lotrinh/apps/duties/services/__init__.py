"""Writes of duties: drafted, issued, done, judged, directed."""

from lotrinh.apps.duties.services.breaking import (
    BROKEN_DOWN_IN,
    break_down,
)
from lotrinh.apps.duties.services.calendar import (
    DayTaken,
    NoDayOff,
    Said,
    enter_days,
    load_days,
    withdraw_day,
)
from lotrinh.apps.duties.services.carrying import (
    Carrying,
    gather_duty,
    spread_duty,
)
from lotrinh.apps.duties.services.climbing import climb_ladder
from lotrinh.apps.duties.services.concluding import Concluded, draft_conclusions
from lotrinh.apps.duties.services.counting import (
    LaterRuleKnown,
    RuleChangedMeanwhile,
    RuleInThePast,
    set_counting,
)
from lotrinh.apps.duties.services.digesting import (
    QuietNow,
    collect_digests,
    send_digest,
)
from lotrinh.apps.duties.services.directing import (
    cancel_duty,
    instruct_on,
    resume_duty,
    suspend_duty,
    transfer_duty,
)
from lotrinh.apps.duties.services.doing import (
    accept_duty,
    ask_extension,
    claim_duty,
    contest_return,
    hand_to_person,
    refuse_duty,
    report_progress,
)
from lotrinh.apps.duties.services.drafting import (
    add_source,
    amend_draft,
    draft_duty,
    issue_duty,
    withdraw_draft,
)
from lotrinh.apps.duties.services.drafting_many import Draft, draft_duties
from lotrinh.apps.duties.services.ending import cancel_parts
from lotrinh.apps.duties.services.explaining import ask_explanation
from lotrinh.apps.duties.services.importing import import_duties
from lotrinh.apps.duties.services.judging import (
    decline_extension,
    dismiss_contest,
    extend_duty,
    overrule_return,
    release_duty,
    reopen_duty,
    return_duty,
    uphold_duty,
    verify_duty,
)
from lotrinh.apps.duties.services.ladder import (
    LadderChangedMeanwhile,
    LadderInThePast,
    LaterLadderKnown,
    NoLadder,
    RungSaid,
    set_ladder,
)
from lotrinh.apps.duties.services.owing_reports import (
    OWN_PROGRAMME,
    PERIOD_REPORT,
    ReportOwed,
    owe_programmes,
    owe_reports,
)
from lotrinh.apps.duties.services.parting import (
    JOINED_IN,
    assign_part,
    end_part,
)
from lotrinh.apps.duties.services.reading import mark_read
from lotrinh.apps.duties.services.recurring import make_periods, make_periods_of
from lotrinh.apps.duties.services.refusals import (
    AskedTooLate,
    DeadlineNotLater,
    DueAfterSuperior,
    DutyChangedMeanwhile,
    DutyHasMoved,
    DutyNotClear,
    LeaderElsewhere,
    LeadTakesPart,
    LeftOutStranger,
    NoDocument,
    NoReason,
    NoSource,
    NotAllowed,
    NothingAsked,
    NothingHandedIn,
    NothingToCarry,
    PersonElsewhere,
    SamePerson,
    StepNotOpen,
    UnitNotBelow,
)
from lotrinh.apps.duties.services.steps import (
    VERBS,
    Act,
    right_for,
)
from lotrinh.apps.duties.services.table import MAY_LACK, TAKEN_BY, TAKES
from lotrinh.apps.duties.services.tallying import fold_tallies, recount_duties
from lotrinh.apps.duties.services.urging import Refused, remind_of, urge_duties
from lotrinh.apps.duties.services.words import (
    Assignment,
    Passage,
)

__all__ = [
    "BROKEN_DOWN_IN",
    "JOINED_IN",
    "MAY_LACK",
    "OWN_PROGRAMME",
    "PERIOD_REPORT",
    "TAKEN_BY",
    "TAKES",
    "VERBS",
    "Act",
    "AskedTooLate",
    "Assignment",
    "Carrying",
    "Concluded",
    "DayTaken",
    "DeadlineNotLater",
    "Draft",
    "DueAfterSuperior",
    "DutyChangedMeanwhile",
    "DutyHasMoved",
    "DutyNotClear",
    "LadderChangedMeanwhile",
    "LadderInThePast",
    "LaterLadderKnown",
    "LaterRuleKnown",
    "LeadTakesPart",
    "LeaderElsewhere",
    "LeftOutStranger",
    "NoDayOff",
    "NoDocument",
    "NoLadder",
    "NoReason",
    "NoSource",
    "NotAllowed",
    "NothingAsked",
    "NothingHandedIn",
    "NothingToCarry",
    "Passage",
    "PersonElsewhere",
    "QuietNow",
    "Refused",
    "ReportOwed",
    "RuleChangedMeanwhile",
    "RuleInThePast",
    "RungSaid",
    "Said",
    "SamePerson",
    "StepNotOpen",
    "UnitNotBelow",
    "accept_duty",
    "add_source",
    "amend_draft",
    "ask_explanation",
    "ask_extension",
    "assign_part",
    "break_down",
    "cancel_duty",
    "cancel_parts",
    "claim_duty",
    "climb_ladder",
    "collect_digests",
    "contest_return",
    "decline_extension",
    "dismiss_contest",
    "draft_conclusions",
    "draft_duties",
    "draft_duty",
    "end_part",
    "enter_days",
    "extend_duty",
    "fold_tallies",
    "gather_duty",
    "hand_to_person",
    "import_duties",
    "instruct_on",
    "issue_duty",
    "load_days",
    "make_periods",
    "make_periods_of",
    "mark_read",
    "overrule_return",
    "owe_programmes",
    "owe_reports",
    "recount_duties",
    "refuse_duty",
    "release_duty",
    "remind_of",
    "reopen_duty",
    "report_progress",
    "resume_duty",
    "return_duty",
    "right_for",
    "send_digest",
    "set_counting",
    "set_ladder",
    "spread_duty",
    "suspend_duty",
    "transfer_duty",
    "uphold_duty",
    "urge_duties",
    "verify_duty",
    "withdraw_day",
    "withdraw_draft",
]
