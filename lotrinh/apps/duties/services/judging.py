"""What those to whom a duty is owed judge: claims, refusals, requests for more time.

Nobody judges what he has handed in, refused or asked for himself.
"""

from datetime import date

from django.db import transaction

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services.refusals import DeadlineNotLater, NothingAsked
from lotrinh.apps.duties.services.steps import Act, take
from lotrinh.rules.duty_states import Step


@transaction.atomic
def verify_duty(*, duty_id: int, act: Act) -> Duty:
    """Find the duty done, as claimed. Somebody else than the claimant does.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, SamePerson.
    """

    def change(duty: Duty) -> None:
        duty.verified_on, duty.verified_by, duty.percent = act.on, act.user, 100

    return take(step=Step.VERIFY, duty_id=duty_id, act=act, change=change)


@transaction.atomic
def return_duty(*, duty_id: int, act: Act) -> Duty:
    """Find the duty not done, and say what is missing.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, SamePerson, NoReason.
    """
    return take(step=Step.RETURN, duty_id=duty_id, act=act)


@transaction.atomic
def release_duty(*, duty_id: int, act: Act) -> Duty:
    """Accept the refusal: the unit owes this no longer and it counts in no total.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, SamePerson.
    """

    def change(duty: Duty) -> None:
        duty.ended_on = act.on

    return take(step=Step.RELEASE, duty_id=duty_id, act=act, change=change)


@transaction.atomic
def uphold_duty(*, duty_id: int, act: Act) -> Duty:
    """Not accept the refusal, and say why: the unit owes it.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, SamePerson, NoReason.
    """
    return take(step=Step.UPHOLD, duty_id=duty_id, act=act)


@transaction.atomic
def extend_duty(*, duty_id: int, act: Act, until: date | None = None) -> Duty:
    """Grant more time, to the day asked for or to ``until``. The original deadline stays.

    The assigner grants the first extension, the level above him any further one. Raises
    NotAllowed, StepNotOpen, DutyChangedMeanwhile, SamePerson, NothingAsked, DeadlineNotLater.
    """

    def change(duty: Duty) -> None:
        granted = until or duty.asked_due
        if duty.asked_due is None or granted is None:
            raise NothingAsked(str(duty.uid))
        if duty.deadline is None or granted <= duty.deadline:
            raise DeadlineNotLater(granted.isoformat())
        duty.approved_due, duty.asked_due = granted, None
        duty.extensions += 1

    return take(step=Step.EXTEND, duty_id=duty_id, act=act, change=change)


@transaction.atomic
def decline_extension(*, duty_id: int, act: Act) -> Duty:
    """Not grant the time asked for, and say why; the deadline stands.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, SamePerson, NoReason, NothingAsked.
    """

    def change(duty: Duty) -> None:
        if duty.asked_due is None:
            raise NothingAsked(str(duty.uid))
        duty.asked_due = None

    return take(step=Step.DECLINE, duty_id=duty_id, act=act, change=change)


@transaction.atomic
def overrule_return(*, duty_id: int, act: Act) -> Duty:
    """Judge a contested return to have been wrong: the duty is done as it was claimed.

    Taken one level above the creditor. Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile,
    SamePerson, NoReason.
    """

    def change(duty: Duty) -> None:
        duty.verified_on, duty.verified_by, duty.percent = act.on, act.user, 100

    return take(step=Step.OVERRULE, duty_id=duty_id, act=act, change=change)


@transaction.atomic
def dismiss_contest(*, duty_id: int, act: Act) -> Duty:
    """Judge a contested return to have been right: it stays returned.

    Taken one level above the creditor. Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile,
    SamePerson, NoReason.
    """
    return take(step=Step.DISMISS, duty_id=duty_id, act=act)


@transaction.atomic
def reopen_duty(*, duty_id: int, act: Act) -> Duty:
    """Find that a duty which was verified is not done after all, and say why.

    What was claimed and verified stays in its events. Raises NotAllowed, StepNotOpen,
    DutyChangedMeanwhile, NoReason.
    """

    def change(duty: Duty) -> None:
        duty.verified_on = duty.verified_by = None

    return take(step=Step.REOPEN, duty_id=duty_id, act=act, change=change)
