"""A report and the unit's duty to make it: the duty follows what becomes of the report.

When a report leaves its unit the duty is said to be done, by whoever handed it in; what only moves
within the unit changes nothing. The last approval verifies it where whoever approves may judge for
the unit to which it is owed, else those who may do so verify it there. What is returned or unlocked
is returned or reopened there too, where the same holds.
"""

from collections.abc import Callable

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.reporting.models import Report, ReportEvent
from lotrinh.apps.reporting.selectors.stages import stages_of
from lotrinh.apps.units import selectors as units
from lotrinh.rules.duty_states import TRANSITIONS, DutyState, Step
from lotrinh.rules.report_states import ReportState, ReportStep, leaves_unit

_TAKES: dict[Step, Callable[..., Duty]] = {
    Step.CLAIM: duties.claim_duty,
    Step.VERIFY: duties.verify_duty,
    Step.RETURN: duties.return_duty,
    Step.REOPEN: duties.reopen_duty,
}


def follow_duty(*, report: Report, event: ReportEvent) -> None:
    """Take the steps of the unit's duty that go with a step of its report, where they may be taken.

    Whoever may not take one, or has taken the one that it judges, leaves it to others.
    """
    if report.duty is None:
        return
    step = ReportStep(event.step)
    stages = [stage.rule for stage in stages_of(collection=report.collection)]
    if step is ReportStep.RETURN or step is ReportStep.UNLOCK:
        _take(report.duty.pk, Step.RETURN, event, by=event.by)
        _take(report.duty.pk, Step.REOPEN, event, by=event.by)
        return
    if leaves_unit(stages, report.passed) and report.handed_in_by is not None:
        _take(report.duty.pk, Step.CLAIM, event, by=report.handed_in_by)
    if report.state == ReportState.APPROVED:
        _take(report.duty.pk, Step.VERIFY, event, by=event.by)


def _take(duty_id: int, step: Step, event: ReportEvent, *, by: User) -> None:
    duty = Duty.objects.select_for_update(of=("self",)).get(pk=duty_id)
    if (DutyState(duty.state), step) not in TRANSITIONS:
        return
    action, unit_id = duties.right_for(duty=duty, step=step, on=event.on)
    judges_himself = step is not Step.CLAIM and duty.claimed_by_id == by.pk
    if judges_himself or not units.may(user_id=by.pk, action=action, unit_id=unit_id, on=event.on):
        return
    act = duties.Act(
        by,
        event.client_key,
        event.on,
        event.at,
        duty.version,
        note=event.note or duty.title,
    )
    _TAKES[step](duty_id=duty.pk, act=act)
