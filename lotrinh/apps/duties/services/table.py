"""By which service each step is taken, and what that service takes beside the duty and the act.

Pages, programs and the demonstration take steps by this table; each of them says which it offers.
Where a step leads and who takes it stands in ``rules.duty_states``.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services.carrying import gather_duty, spread_duty
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
from lotrinh.apps.duties.services.drafting import amend_draft, issue_duty, withdraw_draft
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
from lotrinh.apps.duties.services.urging import remind_of
from lotrinh.rules.duty_states import Step

TAKEN_BY: Mapping[Step, Callable[..., Duty]] = MappingProxyType(
    {
        Step.AMEND: amend_draft,
        Step.ISSUE: issue_duty,
        Step.WITHDRAW: withdraw_draft,
        Step.SPREAD: spread_duty,
        Step.GATHER: gather_duty,
        Step.ACCEPT: accept_duty,
        Step.REFUSE: refuse_duty,
        Step.RELEASE: release_duty,
        Step.UPHOLD: uphold_duty,
        Step.REPORT: report_progress,
        Step.CLAIM: claim_duty,
        Step.VERIFY: verify_duty,
        Step.RETURN: return_duty,
        Step.CONTEST: contest_return,
        Step.OVERRULE: overrule_return,
        Step.DISMISS: dismiss_contest,
        Step.REOPEN: reopen_duty,
        Step.ASK: ask_extension,
        Step.EXTEND: extend_duty,
        Step.DECLINE: decline_extension,
        Step.SUSPEND: suspend_duty,
        Step.RESUME: resume_duty,
        Step.CANCEL: cancel_duty,
        Step.TRANSFER: transfer_duty,
        Step.HAND: hand_to_person,
        Step.INSTRUCT: instruct_on,
        Step.REMIND: remind_of,
    }
)
"""The service of every step: called with ``duty_id``, ``act`` and what the step takes beside."""

TAKES: Mapping[Step, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(Step, ()),
        Step.AMEND: ("assignment",),
        Step.SPREAD: ("carrying",),
        Step.REPORT: ("percent", "obstacle", "proposal"),
        Step.ASK: ("until",),
        Step.EXTEND: ("until",),
        Step.TRANSFER: ("unit", "person"),
        Step.HAND: ("person",),
    }
)
"""What a step takes beside the act. What is said with any step, and what orders it, is the act's:
``rules.duty_states`` says where they are needed (``WITH_REASON``, ``BY_DOCUMENT``)."""

MAY_LACK: Mapping[Step, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys(Step, frozenset[str]()),
        Step.REPORT: frozenset({"percent", "obstacle", "proposal"}),
        Step.EXTEND: frozenset({"until"}),
    }
)
"""What may be left out of that: an extension is then granted to the day that was asked for."""
