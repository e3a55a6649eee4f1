"""What those to whom a duty is owed order on the way: stand still, end, move, instruct."""

from django.db import transaction

from lotrinh.apps.documents import services as registry
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services.refusals import PersonElsewhere
from lotrinh.apps.duties.services.steps import Act, require, take
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Person, Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import Step


@transaction.atomic
def suspend_duty(*, duty_id: int, act: Act) -> Duty:
    """Let the duty stand still, as a document orders. It counts in its open class, with a mark.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, NoReason, NoDocument.
    """
    return take(step=Step.SUSPEND, duty_id=duty_id, act=act)


@transaction.atomic
def resume_duty(*, duty_id: int, act: Act) -> Duty:
    """Let a duty that stood still go on.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile.
    """
    return take(step=Step.RESUME, duty_id=duty_id, act=act)


@transaction.atomic
def cancel_duty(*, duty_id: int, act: Act) -> Duty:
    """End the duty, as a document orders: it is never done and counts in no total.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, NoReason, NoDocument.
    """

    def change(duty: Duty) -> None:
        duty.ended_on = act.on

    return take(step=Step.CANCEL, duty_id=duty_id, act=act, change=change)


@transaction.atomic
def transfer_duty(*, duty_id: int, act: Act, unit: Unit, person: Person) -> Duty:
    """Give the duty to another unit and a person there, who have to accept it anew.

    The deadlines stay; what the former unit asked for falls away, and so does its leader.
    Raises NotAllowed (the account must be able to issue to the new unit too), StepNotOpen,
    DutyChangedMeanwhile, NoReason, PersonElsewhere.
    """

    def change(duty: Duty) -> None:
        require(action=Action.ISSUE_DUTY, unit=unit, user=act.user, on=act.on)
        if person not in units.people_in(unit_id=unit.pk, on=act.on):
            raise PersonElsewhere(str(person.uid))
        duty.unit, duty.person = unit, person
        leading = units.leading_people(unit_ids={unit.pk, duty.owed_to_id}, on=act.on)
        if duty.leader_id not in leading:
            duty.leader = None
        duty.asked_due = duty.percent = None
        for source in duty.sources.select_related("rendition__document"):
            registry.send_to(
                document=source.rendition.document, unit=unit, actor=act.user.named, at=act.at
            )

    return take(step=Step.TRANSFER, duty_id=duty_id, act=act, change=change)


@transaction.atomic
def instruct_on(*, duty_id: int, act: Act) -> Duty:
    """Write an instruction on the duty, on the spot (bút phê).

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, NoReason.
    """
    return take(step=Step.INSTRUCT, duty_id=duty_id, act=act)
