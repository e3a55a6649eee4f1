"""A unit is asked to explain: the request is a duty of its own, and its answer is the claim of it.

So an explanation has a deadline, is late or in time, is accepted or returned like all else that is
owed.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import Duty, DutyEvent, DutySource
from lotrinh.apps.duties.services.refusals import (
    DeadlineNotLater,
    DutyNotClear,
    NoReason,
    StepNotOpen,
)
from lotrinh.apps.duties.services.steps import Act, keep_step, last_event, locked, require
from lotrinh.apps.duties.services.words import Assignment, columns_of, words_of
from lotrinh.apps.journal import services as journal
from lotrinh.rules.actions import Action
from lotrinh.rules.clarities import missing_clarities
from lotrinh.rules.duty_states import BINDING, EXPLANATION, Step


@transaction.atomic
def ask_explanation(
    *,
    duty_id: int,
    title: str,
    language: str,
    deliverable: str,
    due: date,
    note: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Duty:
    """Ask the unit that owes a binding duty to explain, and return the duty to do so.

    It is owed by the same unit and person to the same unit until ``due``, rests on the same
    passages, and binds at once; ``note`` says what is to be explained. The same key again returns
    what there is. Raises NotAllowed, StepNotOpen (nothing binds), NoReason, DeadlineNotLater (the
    day is over), DutyNotClear.
    """
    duty = locked(duty_id=duty_id)
    require(action=Action.JUDGE_DUTY, unit=duty.owed_to, user=user, on=on)
    known = _asked_before(duty, client_key)
    if known is not None:
        return known
    if duty.state not in BINDING:
        raise StepNotOpen(f"{EXPLANATION} from {duty.state}", last_event(duty=duty))
    if not note.strip():
        raise NoReason(EXPLANATION)
    if due < on:
        raise DeadlineNotLater(due.isoformat())
    asked = _drafted(duty, title=title, language=language, deliverable=deliverable, due=due)
    missing = missing_clarities(asked.terms)
    if missing:
        raise DutyNotClear(missing)
    asked.issued_on = on
    journal.record(
        "duty.explanation_asked",
        duty.named,
        actor=user.named,
        at=at,
        unit_uid=(duty.unit or duty.owed_to).uid,
        data={"explanation": str(asked.uid)},
    )
    act = Act(user, client_key, on, at, asked.version, note)
    return keep_step(duty=asked, step=Step.ISSUE, words_before=words_of(duty=asked), act=act)


def _asked_before(duty: Duty, client_key: UUID) -> Duty | None:
    sent = DutyEvent.objects.filter(
        duty__superior=duty, duty__kind=EXPLANATION, step=Step.ISSUE, client_key=client_key
    )
    event = sent.select_related("duty").first()
    return event.duty if event else None


def _drafted(duty: Duty, *, title: str, language: str, deliverable: str, due: date) -> Duty:
    """Write the draft, with the passages of the duty that is to be explained."""
    words = Assignment(
        title=title,
        language=language,
        unit=duty.unit,
        person=duty.person,
        due=due,
        responsibility=duty.responsibility,
        deliverable=deliverable,
        authority=duty.authority,
    )
    asked = Duty.objects.create(
        kind=EXPLANATION, owed_to=duty.owed_to, superior=duty, **columns_of(assignment=words)
    )
    DutySource.objects.bulk_create(
        DutySource(
            duty=asked,
            rendition_id=source.rendition_id,
            clause_id=source.clause_id,
            start=source.start,
            end=source.end,
        )
        for source in duty.sources.order_by("id")
    )
    return asked
