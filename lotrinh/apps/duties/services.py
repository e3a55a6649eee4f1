"""Writes of duties: drafting, amending, issuing, withdrawing."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.duties.models import Duty, DutyEvent, DutySource
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Person, Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import (
    TRANSITIONS,
    Clarity,
    DutyState,
    Step,
    Terms,
    missing_clarities,
)

_TAKEN = {
    Step.AMEND: "duty.amended",
    Step.ISSUE: "duty.issued",
    Step.WITHDRAW: "duty.withdrawn",
}
"""What the journal says of a step that was taken."""


class NotAllowed(Exception):
    """No post of this account carries the right at that unit on that day."""


class StepNotOpen(Exception):
    """The duty has moved on: this step does not lead anywhere from its present state."""


class DutyChangedMeanwhile(Exception):
    """Somebody else has taken a step since the page was shown."""


class DutyNotClear(Exception):
    """At least one of the six clarities is missing; ``missing`` names them."""

    def __init__(self, missing: tuple[Clarity, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class PersonElsewhere(Exception):
    """The person holds no post in the unit on that day."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a document says so: a span, end exclusive, and the deadline as printed."""

    rendition: Rendition
    start: int
    end: int
    stated_due: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """The words of a duty, as far as they are known. Empty and None mean: not clear yet."""

    title: str
    language: str
    unit: Unit | None = None
    person: Person | None = None
    due: date | None = None
    recurrence: str = ""
    responsibility: str = ""
    deliverable: str = ""
    authority: str = ""


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
    _check(assignment, owed_to, user=user, on=on)
    duty = Duty.objects.create(kind=kind, owed_to=owed_to, **_columns(assignment))
    clause = documents.clause_at(rendition=passage.rendition, start=passage.start, end=passage.end)
    DutySource.objects.create(
        duty=duty,
        rendition=passage.rendition,
        clause=clause,
        start=passage.start,
        end=passage.end,
        stated_due=passage.stated_due[:30],
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
        stated_due=passage.stated_due[:30],
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
def amend_draft(
    *,
    duty_id: int,
    version: int,
    assignment: Assignment,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Duty:
    """Change the words of a draft that is still as the reader saw it (``version``).

    Only those who may assign at the unit it is owed to may: who owes does not say what he owes.
    The same key with other words is no repetition. Raises NotAllowed, PersonElsewhere,
    StepNotOpen, DutyChangedMeanwhile.
    """
    duty = _locked(duty_id)
    _require(Action.ASSIGN_DUTY, duty.owed_to, user=user, on=on)
    before, columns = _words(duty), _columns(assignment)
    taken = _taken(duty, Step.AMEND, client_key)
    for name, value in columns.items():
        setattr(duty, name, value)
    if taken and taken.words_after == _words(duty):
        duty.refresh_from_db()
        return duty
    _ready(duty, version, Step.AMEND)
    if taken:
        raise DutyChangedMeanwhile("the same key with other words")
    _check(assignment, duty.owed_to, user=user, on=on)
    return _step(duty, Step.AMEND, before, user=user, client_key=client_key, at=at)


@transaction.atomic
def issue_duty(
    *, duty_id: int, version: int, user: User, client_key: UUID, on: date, at: datetime
) -> Duty:
    """Make a draft binding from ``on``. Its unit may read the document that asks for it.

    What was clear when it was drafted must be so on that day: a unit that is gone and a person who
    has left answer for nothing. Sending the same key again returns the duty as it stands and
    issues nothing twice.

    Raises NotAllowed, DutyNotClear, StepNotOpen, DutyChangedMeanwhile.
    """
    duty = _locked(duty_id)
    _require(Action.ISSUE_DUTY, duty.owed_to, user=user, on=on)
    if duty.unit is not None:
        _require(Action.ISSUE_DUTY, duty.unit, user=user, on=on)
    if _taken(duty, Step.ISSUE, client_key):
        return duty
    _ready(duty, version, Step.ISSUE)
    missing = missing_clarities(_terms_on(duty, on=on))
    if missing or duty.unit is None:
        raise DutyNotClear(missing)
    before = _words(duty)
    duty.issued_on = on
    for source in duty.sources.select_related("rendition__document"):
        sent = source.rendition.document
        registry.send_to(document=sent, unit=duty.unit, actor=user.named, at=at)
    return _step(duty, Step.ISSUE, before, user=user, client_key=client_key, at=at)


@transaction.atomic
def withdraw_draft(
    *, duty_id: int, version: int, user: User, client_key: UUID, on: date, at: datetime
) -> Duty:
    """Give a draft up; it stays readable and counts nowhere.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile.
    """
    duty = _locked(duty_id)
    _require(Action.ASSIGN_DUTY, duty.owed_to, user=user, on=on)
    if _taken(duty, Step.WITHDRAW, client_key):
        return duty
    _ready(duty, version, Step.WITHDRAW)
    return _step(duty, Step.WITHDRAW, _words(duty), user=user, client_key=client_key, at=at)


def _check(assignment: Assignment, owed_to: Unit, *, user: User, on: date) -> None:
    """Raise unless the account may assign this and the person belongs to the unit."""
    _require(Action.ASSIGN_DUTY, assignment.unit or owed_to, user=user, on=on)
    if assignment.person is None:
        return
    unit_id = assignment.unit.pk if assignment.unit else None
    if unit_id is None or assignment.person not in units.people_in(unit_id=unit_id, on=on):
        raise PersonElsewhere(str(assignment.person.uid))


def _terms_on(duty: Duty, *, on: date) -> Terms:
    """Return what the duty says, with the unit and the person only if they are there that day."""
    stands = duty.unit is not None and units.place_of(unit_id=duty.unit.pk, on=on) is not None
    serves = (
        stands
        and duty.unit is not None
        and duty.person in units.people_in(unit_id=duty.unit.pk, on=on)
    )
    return replace(duty.terms, lead=stands, person=serves)


def _require(action: Action, unit: Unit, *, user: User, on: date) -> None:
    if not units.may(user_id=user.pk, action=action, unit_id=unit.pk, on=on):
        raise NotAllowed(f"{action} at {unit.code}")


def _locked(duty_id: int) -> Duty:
    """Return the duty once nobody else is taking a step; until we have done, nobody will."""
    return Duty.objects.select_for_update().get(pk=duty_id)


def _taken(duty: Duty, step: Step, client_key: UUID) -> DutyEvent | None:
    """Return the event of this very step, if it has been taken before under the same key.

    Asked behind the lock: the same form sent twice at one instant finds what the first one did.
    """
    return duty.events.filter(client_key=client_key, step=step).first()


def _ready(duty: Duty, version: int, step: Step) -> None:
    """Raise unless the duty is still as the reader saw it and the step is open."""
    if (DutyState(duty.state), step) not in TRANSITIONS:
        raise StepNotOpen(f"{step} from {duty.state}")
    if duty.version != version:
        raise DutyChangedMeanwhile(f"version {duty.version}, shown {version}")


def _step(
    duty: Duty,
    step: Step,
    words_before: dict[str, str],
    *,
    user: User,
    client_key: UUID,
    at: datetime,
) -> Duty:
    before = DutyState(duty.state)
    duty.state = TRANSITIONS[before, step]
    duty.version += 1
    duty.save()
    DutyEvent.objects.create(
        duty=duty,
        step=step,
        from_state=before,
        to_state=duty.state,
        version=duty.version,
        by=user,
        at=at,
        client_key=client_key,
        words_before=words_before,
        words_after=_words(duty),
    )
    journal.record(
        _TAKEN[step],
        duty.named,
        actor=user.named,
        at=at,
        unit_uid=(duty.unit or duty.owed_to).uid,
        data={"version": duty.version, "state": str(duty.state)},
    )
    return duty


def _columns(assignment: Assignment) -> dict[str, object]:
    """Return the columns of a duty that its words fill, cut to the room that they have."""
    values = {field.name: getattr(assignment, field.name) for field in fields(assignment)}
    return {name: _fitted(name, value) for name, value in values.items()}


def _fitted(name: str, value: object) -> object:
    room = getattr(Duty._meta.get_field(name), "max_length", None)
    return value[:room] if isinstance(value, str) and room else value


def _words(duty: Duty) -> dict[str, str]:
    """Return what a duty says, as its events keep it: no name of a person, only the uid."""
    return {
        "title": duty.title,
        "unit": str(duty.unit.uid) if duty.unit else "",
        "person": str(duty.person.uid) if duty.person else "",
        "due": duty.due.isoformat() if duty.due else "",
        "recurrence": duty.recurrence,
        "responsibility": duty.responsibility,
        "deliverable": duty.deliverable,
        "authority": duty.authority,
    }
