"""What the unit that owes does: accept, refuse, report, claim, contest, ask for more time."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services.refusals import (
    AskedTooLate,
    DeadlineNotLater,
    NothingHandedIn,
    PersonElsewhere,
)
from lotrinh.apps.duties.services.steps import Act, take
from lotrinh.apps.files.models import Blob
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Person
from lotrinh.rules.duty_states import Step

ROOM = 2000


@transaction.atomic
def accept_duty(
    *,
    duty_id: int,
    version: int,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    note: str = "",
) -> Duty:
    """Say that the unit takes the duty on.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile.
    """
    act = Act(user, client_key, on, at, version, note)
    return take(step=Step.ACCEPT, duty_id=duty_id, act=act)


@transaction.atomic
def refuse_duty(
    *,
    duty_id: int,
    version: int,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    note: str,
) -> Duty:
    """Say that the duty is not the unit's business, and why; it stays open until that is judged.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, NoReason.
    """
    act = Act(user, client_key, on, at, version, note)
    return take(step=Step.REFUSE, duty_id=duty_id, act=act)


@transaction.atomic
def report_progress(
    *,
    duty_id: int,
    version: int,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    percent: int | None = None,
    obstacle: str = "",
    proposal: str = "",
    note: str = "",
    blobs: Iterable[tuple[Blob, str]] = (),
) -> Duty:
    """Say how far the unit is: ``percent`` of the work (0 to 100, None: not said) and in words.

    ``obstacle`` is what stands in the way, ``proposal`` what the unit asks for. Raises NotAllowed,
    StepNotOpen, DutyChangedMeanwhile, ValueError for a percent out of range.
    """
    act = Act(user, client_key, on, at, version, note, blobs=tuple(blobs))

    def change(duty: Duty) -> None:
        if percent is not None and not 0 <= percent <= 100:
            raise ValueError(f"{percent} %")
        duty.percent = duty.percent if percent is None else percent
        duty.updated_on = on

    return take(
        step=Step.REPORT,
        duty_id=duty_id,
        act=act,
        change=change,
        details={"percent": percent, "obstacle": obstacle[:ROOM], "proposal": proposal[:ROOM]},
    )


@transaction.atomic
def claim_duty(
    *,
    duty_id: int,
    version: int,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    note: str = "",
    blobs: Iterable[tuple[Blob, str]] = (),
) -> Duty:
    """Say that the duty is done, with its deliverable; somebody else verifies it.

    The day counts for being on time. Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, and
    NothingHandedIn where neither a file nor a word says where the deliverable is.
    """
    act = Act(user, client_key, on, at, version, note, blobs=tuple(blobs))

    def change(duty: Duty) -> None:
        if not act.blobs and not note.strip():
            raise NothingHandedIn(str(duty.uid))
        duty.handed_in_on, duty.claimed_by = on, user
        duty.updated_on = on

    return take(step=Step.CLAIM, duty_id=duty_id, act=act, change=change)


@transaction.atomic
def contest_return(
    *,
    duty_id: int,
    version: int,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    note: str,
    blobs: Iterable[tuple[Blob, str]] = (),
) -> Duty:
    """Say that the return was wrong, and why; the level above the creditor judges.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, NoReason.
    """
    act = Act(user, client_key, on, at, version, note, blobs=tuple(blobs))
    return take(step=Step.CONTEST, duty_id=duty_id, act=act)


@transaction.atomic
def ask_extension(
    *,
    duty_id: int,
    version: int,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    until: date,
    note: str,
) -> Duty:
    """Ask for more time, before the deadline has passed. ``until`` is the day asked for.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, NoReason, AskedTooLate, DeadlineNotLater.
    """
    act = Act(user, client_key, on, at, version, note)

    def change(duty: Duty) -> None:
        if duty.deadline is None or until <= duty.deadline:
            raise DeadlineNotLater(until.isoformat())
        if on > duty.deadline:
            raise AskedTooLate(duty.deadline.isoformat())
        duty.asked_due = until

    return take(
        step=Step.ASK, duty_id=duty_id, act=act, change=change, details={"due": until.isoformat()}
    )


@transaction.atomic
def hand_to_person(
    *,
    duty_id: int,
    version: int,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    person: Person,
    note: str = "",
) -> Duty:
    """Give the duty to another person of the unit.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, PersonElsewhere.
    """
    act = Act(user, client_key, on, at, version, note)

    def change(duty: Duty) -> None:
        unit_id = units.answerable_for([duty.unit_id or 0], on=on)[duty.unit_id or 0]
        if person not in units.people_in(unit_id=unit_id, on=on):
            raise PersonElsewhere(str(person.uid))
        duty.person = person

    return take(step=Step.HAND, duty_id=duty_id, act=act, change=change)
