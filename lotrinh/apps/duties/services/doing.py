"""What the unit that owes does: accept, refuse, report, claim, contest, ask for more time."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.selectors import counting_of
from lotrinh.apps.duties.services.refusals import (
    AskedTooLate,
    DeadlineNotLater,
    NothingHandedIn,
    PersonElsewhere,
)
from lotrinh.apps.duties.services.steps import Act, take
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Person
from lotrinh.rules.duty_states import Step

ROOM = 2000


@transaction.atomic
def accept_duty(*, duty_id: int, act: Act) -> Duty:
    """Say that the unit takes the duty on.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile.
    """
    return take(step=Step.ACCEPT, duty_id=duty_id, act=act)


@transaction.atomic
def refuse_duty(*, duty_id: int, act: Act) -> Duty:
    """Say that the duty is not the unit's business, and why; it stays open until that is judged.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, NoReason.
    """
    return take(step=Step.REFUSE, duty_id=duty_id, act=act)


@transaction.atomic
def report_progress(
    *, duty_id: int, act: Act, percent: int | None = None, obstacle: str = "", proposal: str = ""
) -> Duty:
    """Say how far the unit is: ``percent`` of the work (0 to 100, None: not said) and in words.

    ``obstacle`` is what stands in the way, ``proposal`` what the unit asks for. Raises NotAllowed,
    StepNotOpen, DutyChangedMeanwhile, ValueError for a percent out of range.
    """

    def change(duty: Duty) -> None:
        if percent is not None and not 0 <= percent <= 100:
            raise ValueError(f"{percent} %")
        duty.percent = duty.percent if percent is None else percent
        duty.updated_on = act.on

    return take(
        step=Step.REPORT,
        duty_id=duty_id,
        act=act,
        change=change,
        details={"percent": percent, "obstacle": obstacle[:ROOM], "proposal": proposal[:ROOM]},
    )


@transaction.atomic
def claim_duty(*, duty_id: int, act: Act) -> Duty:
    """Say that the duty is done, with its deliverable; somebody else verifies it.

    The day counts for being on time; after the hour at which the creditor closes on the last day it
    is the next one. Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, and
    NothingHandedIn where neither a file nor a word says where the deliverable is.
    """

    def change(duty: Duty) -> None:
        if not act.blobs and not act.note.strip():
            raise NothingHandedIn(str(duty.uid))
        duty.handed_in_on, duty.claimed_by = _counts_on(duty, on=act.on, at=act.at), act.user
        duty.updated_on = act.on

    return take(step=Step.CLAIM, duty_id=duty_id, act=act, change=change)


@transaction.atomic
def contest_return(*, duty_id: int, act: Act) -> Duty:
    """Say that the return was wrong, and why; the level above the creditor judges.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, NoReason.
    """
    return take(step=Step.CONTEST, duty_id=duty_id, act=act)


@transaction.atomic
def ask_extension(*, duty_id: int, act: Act, until: date) -> Duty:
    """Ask for more time, before the deadline has passed. ``until`` is the day asked for.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, NoReason, AskedTooLate, DeadlineNotLater.
    """

    def change(duty: Duty) -> None:
        if duty.deadline is None or until <= duty.deadline:
            raise DeadlineNotLater(until.isoformat())
        if act.on > duty.deadline:
            raise AskedTooLate(duty.deadline.isoformat())
        duty.asked_due = until

    return take(
        step=Step.ASK, duty_id=duty_id, act=act, change=change, details={"due": until.isoformat()}
    )


@transaction.atomic
def hand_to_person(*, duty_id: int, act: Act, person: Person) -> Duty:
    """Give the duty to another person of the unit.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, PersonElsewhere.
    """

    def change(duty: Duty) -> None:
        unit_id = units.answerable_for([duty.unit_id or 0], on=act.on)[duty.unit_id or 0]
        if person not in units.people_in(unit_id=unit_id, on=act.on):
            raise PersonElsewhere(str(person.uid))
        duty.person = person

    return take(step=Step.HAND, duty_id=duty_id, act=act, change=change)


def _counts_on(duty: Duty, *, on: date, at: datetime) -> date:
    """Return the day on which what is handed in now counts as handed in."""
    counting = counting_of([duty.owed_to_id], on=on)[duty.owed_to_id]
    clock = at.astimezone(timezone.get_default_timezone()).time()
    return counting.counts_on(on, clock, deadline=duty.deadline)
