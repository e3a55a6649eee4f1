"""Who else takes part in a duty: one unit owes it, others coordinate, advise, monitor, appraise."""

from datetime import date, datetime

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import services as registry
from lotrinh.apps.duties.models import DutyPart
from lotrinh.apps.duties.services.refusals import LeadTakesPart, StepNotOpen
from lotrinh.apps.duties.services.steps import last_event, locked, require
from lotrinh.apps.journal import services as journal
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import OPEN, SENT, DutyState
from lotrinh.rules.parts import Part

JOINED_IN = (DutyState.DRAFT, *OPEN)
"""The states in which a unit may come to take part."""


@transaction.atomic
def assign_part(
    *, duty_id: int, unit: Unit, part: Part, user: User, on: date, at: datetime
) -> DutyPart:
    """Let a unit take part in the duty from ``on``; the same again is the same.

    Once the duty is issued, the unit may read it and the documents that ask for it.
    Raises NotAllowed, LeadTakesPart, StepNotOpen.
    """
    duty = locked(duty_id=duty_id)
    require(action=Action.ASSIGN_DUTY, unit=duty.owed_to, user=user, on=on)
    require(action=Action.ASSIGN_DUTY, unit=unit, user=user, on=on)
    if unit.pk == duty.unit_id:
        raise LeadTakesPart(unit.code)
    known = duty.taken_parts.filter(unit=unit, part=part, ended_on=None).first()
    if known is not None:
        return known
    if duty.state not in JOINED_IN:
        raise StepNotOpen(f"{part} in {duty.state}", last_event(duty=duty))
    taken = DutyPart.objects.create(duty=duty, unit=unit, part=part, since=on)
    journal.record(
        "part.assigned",
        duty.named,
        actor=user.named,
        at=at,
        unit_uid=unit.uid,
        data={"part": str(part)},
    )
    if duty.state in SENT:
        for source in duty.sources.select_related("rendition__document"):
            document = source.rendition.document
            registry.send_to(document=document, unit=unit, actor=user.named, at=at)
    return taken


@transaction.atomic
def end_part(*, duty_id: int, part_id: int, user: User, on: date, at: datetime) -> DutyPart:
    """Let a unit take this part no longer; ended before, it stays as it ended.

    The unit then reads the duty no more; what was sent to it stays sent. Raises NotAllowed.
    """
    duty = locked(duty_id=duty_id)
    require(action=Action.ASSIGN_DUTY, unit=duty.owed_to, user=user, on=on)
    taken = duty.taken_parts.select_related("unit").get(pk=part_id)
    if taken.ended_on is not None:
        return taken
    taken.ended_on = on
    taken.save(update_fields=["ended_on"])
    journal.record(
        "part.ended",
        duty.named,
        actor=user.named,
        at=at,
        unit_uid=taken.unit.uid,
        data={"part": taken.part},
    )
    return taken
