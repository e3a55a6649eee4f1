"""What serves a cancelled duty is cancelled by the same document, each part in its own name."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid5

from django.db import transaction

from lotrinh.apps.duties import selectors
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.duties.services.directing import cancel_duty
from lotrinh.apps.duties.services.refusals import DutyChangedMeanwhile, NoDocument, StepNotOpen
from lotrinh.apps.duties.services.steps import Act, last_event, locked
from lotrinh.rules.duty_states import DutyState, Step


@transaction.atomic
def cancel_parts(*, duty_id: int, shown: Mapping[UUID, int], act: Act) -> tuple[Duty, ...]:
    """Cancel the open parts of a cancelled duty that the account may cancel, and return them.

    ``shown`` are their versions as the page showed them: all of them are cancelled or none. The
    document is the one that cancelled the duty; ``act.note`` says why. Parts of the parts stay
    with those to whom they are owed. The same key again returns what it did.

    Raises StepNotOpen (the duty is not cancelled), DutyChangedMeanwhile (other parts, or other
    versions, than shown), NoReason, NoDocument, NotAllowed.
    """
    duty = locked(duty_id=duty_id)
    keys = {uid: uuid5(act.client_key, str(uid)) for uid in shown}
    done = DutyEvent.objects.filter(
        duty__superior=duty, step=Step.CANCEL, client_key__in=keys.values(), by=act.user
    )
    if shown and len(done) == len(shown):
        return tuple(event.duty for event in done.select_related("duty").order_by("duty_id"))
    if duty.state != DutyState.CANCELLED:
        raise StepNotOpen(f"parts cancelled from {duty.state}", last_event(duty=duty))
    event = selectors.cancelling(duty=duty, seen_by=act.user.pk, on=act.on)
    if event is None:
        raise NoDocument(str(duty.uid))
    found = selectors.to_end_with(duty=duty, seen_by=act.user.pk, on=act.on).order_by("pk")
    if selectors.versions_of(found) != dict(shown):
        raise DutyChangedMeanwhile("other parts than shown", last_event(duty=duty))
    return tuple(
        cancel_duty(
            duty_id=part.pk,
            act=replace(act, client_key=keys[part.uid], version=part.version, basis=event.basis),
        )
        for part in found
    )
