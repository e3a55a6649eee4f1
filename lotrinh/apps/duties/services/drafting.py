"""Drafting a duty, and what is done to it before and until it binds."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.duties.models import Duty, DutySource
from lotrinh.apps.duties.services.recurring import make_periods_of
from lotrinh.apps.duties.services.refusals import (
    DutyChangedMeanwhile,
    DutyNotClear,
    PersonElsewhere,
)
from lotrinh.apps.duties.services.steps import (
    Act,
    keep_step,
    locked,
    require,
    require_ready,
    taken,
)
from lotrinh.apps.duties.services.words import (
    Assignment,
    Passage,
    columns_of,
    source_columns,
    words_of,
)
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.clarities import Terms, missing_clarities
from lotrinh.rules.duty_states import Step


@transaction.atomic
def draft_duty(
    *,
    assignment: Assignment,
    owed_to: Unit,
    passage: Passage,
    user: User,
    on: date,
    at: datetime,
    kind: str = "task",
) -> Duty:
    """Hold a commitment as a draft with the passage that asks for it.

    Raises NotAllowed where the account may not assign to the unit named (or, with none named yet,
    at the unit it is owed to), and PersonElsewhere.
    """
    require_assignable(assignment=assignment, owed_to=owed_to, user=user, on=on)
    duty = Duty.objects.create(kind=kind, owed_to=owed_to, **columns_of(assignment=assignment))
    clause = documents.clause_at(rendition=passage.rendition, start=passage.start, end=passage.end)
    DutySource.objects.create(
        duty=duty,
        rendition=passage.rendition,
        clause=clause,
        start=passage.start,
        end=passage.end,
        **source_columns(passage=passage),
    )
    journal.record(
        "duty.drafted",
        duty.named,
        actor=user.named,
        at=at,
        unit_uid=(assignment.unit or owed_to).uid,
        data={"kind": kind, "rendition": str(passage.rendition.uid), "start": passage.start},
    )
    return duty


@transaction.atomic
def add_source(*, duty: Duty, passage: Passage, actor: Named, at: datetime) -> DutySource:
    """Let a further passage ask for the duty; the first stays, and the same again is the same.

    The caller has checked the right.
    """
    rendition = passage.rendition
    span = {"rendition": rendition, "start": passage.start, "end": passage.end}
    known = duty.sources.filter(**span).first()
    if known is not None:
        return known
    source = DutySource.objects.create(
        duty=duty,
        clause=documents.clause_at(rendition=rendition, start=passage.start, end=passage.end),
        **source_columns(passage=passage),
        **span,
    )
    journal.record(
        "duty.sourced",
        duty.named,
        actor=actor,
        at=at,
        unit_uid=duty.owed_to.uid,
        data={"rendition": str(rendition.uid), "start": passage.start},
    )
    return source


@transaction.atomic
@units.rights_asked_once_an_act()
def amend_draft(*, duty_id: int, act: Act, assignment: Assignment) -> Duty:
    """Change the words of a draft that is still as the reader saw it.

    Only those who may assign at the unit it is owed to may: who owes does not say what he owes.
    The same key with other words is no repetition. Raises NotAllowed, PersonElsewhere,
    StepNotOpen, DutyChangedMeanwhile.
    """
    duty = locked(duty_id=duty_id)
    require(action=Action.ASSIGN_DUTY, unit=duty.owed_to, user=act.user, on=act.on)
    before, columns = words_of(duty=duty), columns_of(assignment=assignment)
    repeated = taken(duty=duty, step=Step.AMEND, client_key=act.client_key)
    for name, value in columns.items():
        setattr(duty, name, value)
    if repeated and repeated.words_after == words_of(duty=duty):
        duty.refresh_from_db()
        return duty
    require_ready(duty=duty, version=act.version, step=Step.AMEND)
    if repeated:
        raise DutyChangedMeanwhile("the same key with other words")
    require_assignable(assignment=assignment, owed_to=duty.owed_to, user=act.user, on=act.on)
    return keep_step(duty=duty, step=Step.AMEND, words_before=before, act=act)


@transaction.atomic
@units.rights_asked_once_an_act()
def issue_duty(*, duty_id: int, act: Act) -> Duty:
    """Make a draft binding from that day. Its unit may read the document that asks for it.

    What was clear when it was drafted must be so on that day: a unit that is gone and a person who
    has left answer for nothing. Sending the same key again returns the duty as it stands and
    issues nothing twice. What recurs is owed at once for the period in which it is issued.

    Raises NotAllowed, DutyNotClear, StepNotOpen, DutyChangedMeanwhile.
    """
    duty = locked(duty_id=duty_id)
    require(action=Action.ISSUE_DUTY, unit=duty.owed_to, user=act.user, on=act.on)
    if duty.unit is not None:
        require(action=Action.ISSUE_DUTY, unit=duty.unit, user=act.user, on=act.on)
    if taken(duty=duty, step=Step.ISSUE, client_key=act.client_key):
        return duty
    require_ready(duty=duty, version=act.version, step=Step.ISSUE)
    missing = missing_clarities(_terms_on(duty, on=act.on))
    if missing or duty.unit is None:
        raise DutyNotClear(missing)
    before = words_of(duty=duty)
    duty.issued_on = act.on
    taking_part = [
        taken.unit for taken in duty.taken_parts.filter(ended_on=None).select_related("unit")
    ]
    for source in duty.sources.select_related("rendition__document"):
        sent = source.rendition.document
        to = [duty.unit, *taking_part]
        registry.send_to_all(document=sent, to=to, actor=act.user.named, at=act.at)
    issued = keep_step(duty=duty, step=Step.ISSUE, words_before=before, act=act)
    make_periods_of(duty=issued, on=act.on, at=act.at)
    return issued


@transaction.atomic
def withdraw_draft(*, duty_id: int, act: Act) -> Duty:
    """Give a draft up; it stays readable and counts nowhere.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile.
    """
    duty = locked(duty_id=duty_id)
    require(action=Action.ASSIGN_DUTY, unit=duty.owed_to, user=act.user, on=act.on)
    if taken(duty=duty, step=Step.WITHDRAW, client_key=act.client_key):
        return duty
    require_ready(duty=duty, version=act.version, step=Step.WITHDRAW)
    return keep_step(duty=duty, step=Step.WITHDRAW, words_before=words_of(duty=duty), act=act)


def require_assignable(*, assignment: Assignment, owed_to: Unit, user: User, on: date) -> None:
    """Raise unless the account may assign this and the person belongs to the unit."""
    require(action=Action.ASSIGN_DUTY, unit=assignment.unit or owed_to, user=user, on=on)
    if assignment.person is None:
        return
    unit_id = assignment.unit.pk if assignment.unit else None
    if unit_id is None or assignment.person not in units.people_in(unit_id=unit_id, on=on):
        raise PersonElsewhere(str(assignment.person.uid))


def _terms_on(duty: Duty, *, on: date) -> Terms:
    """Return what the duty says, with the unit and the person only if they are there that day."""
    stands = duty.unit is not None and units.stands(unit_id=duty.unit.pk, on=on)
    serves = (
        stands
        and duty.unit is not None
        and duty.person in units.people_in(unit_id=duty.unit.pk, on=on)
    )
    return replace(duty.terms, lead=stands, person=serves)
