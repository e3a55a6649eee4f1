"""How any step of a duty is taken: once, in its turn, by whom the table says, and kept.

A step is looked for under its client key, allowed, and written behind a lock of the duty's own row,
so that of two at once the second finds what the first one did.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties.models import Duty, DutyEvent, Evidence
from lotrinh.apps.duties.services.refusals import (
    DutyChangedMeanwhile,
    NoDocument,
    NoReason,
    NotAllowed,
    SamePerson,
    StepNotOpen,
)
from lotrinh.apps.duties.services.words import words_of
from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal import services as journal
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import (
    BY_DOCUMENT,
    COUNTED_ANEW,
    OTHER_THAN,
    TRANSITIONS,
    WITH_REASON,
    DutyState,
    Side,
    Step,
    side_of,
)

VERBS = {
    Step.AMEND: "duty.amended",
    Step.ISSUE: "duty.issued",
    Step.WITHDRAW: "duty.withdrawn",
    Step.SPREAD: "duty.carried",
    Step.GATHER: "duty.gathered",
    Step.ACCEPT: "duty.accepted",
    Step.REFUSE: "duty.refused",
    Step.RELEASE: "duty.released",
    Step.UPHOLD: "duty.upheld",
    Step.REPORT: "duty.reported",
    Step.CLAIM: "duty.claimed",
    Step.VERIFY: "duty.verified",
    Step.RETURN: "duty.returned",
    Step.CONTEST: "duty.contested",
    Step.OVERRULE: "duty.overruled",
    Step.DISMISS: "duty.dismissed",
    Step.REOPEN: "duty.reopened",
    Step.ASK: "duty.extension_asked",
    Step.EXTEND: "duty.extended",
    Step.DECLINE: "duty.extension_declined",
    Step.SUSPEND: "duty.suspended",
    Step.RESUME: "duty.resumed",
    Step.CANCEL: "duty.cancelled",
    Step.TRANSFER: "duty.transferred",
    Step.HAND: "duty.handed",
    Step.INSTRUCT: "duty.instructed",
    Step.REMIND: "duty.reminded",
}
"""What the journal says of a step that was taken."""

ROOM_FOR_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Act:
    """Who takes a step, when, by which form (``client_key``) and as of which ``version``.

    ``version`` is the one of the duty that was read, ``on`` the legal day of the instant ``at``.
    ``note`` is what is said with it, ``basis`` the document that orders it, ``blobs`` the files
    that are handed in, each with the name by which it came.
    """

    user: User
    client_key: UUID
    on: date
    at: datetime
    version: int
    note: str = ""
    basis: Document | None = None
    blobs: tuple[tuple[Blob, str], ...] = ()


@units.rights_asked_once_an_act()
def take(
    *,
    step: Step,
    duty_id: int,
    act: Act,
    change: Callable[[Duty], None] = lambda duty: None,
    details: dict[str, object] | None = None,
) -> Duty:
    """Take one step of a duty and return it as it stands then.

    ``change`` sets the columns that this step moves and raises what speaks against it. The same key
    again returns the duty and changes nothing. Raises NotAllowed, StepNotOpen,
    DutyChangedMeanwhile, SamePerson, NoReason, NoDocument.
    """
    duty = locked(duty_id=duty_id)
    repeated = taken(duty=duty, step=step, client_key=act.client_key)
    if repeated and repeated.by_id == act.user.pk:
        return duty  # whoever granted an extension may no longer be the one who grants the next
    _require_side_as_shown(duty, step, act)
    require_ready(duty=duty, version=act.version, step=step)
    _require_said(step, act)
    _require_other(duty, step, act.user)
    before = words_of(duty=duty)
    change(duty)
    return keep_step(duty=duty, step=step, words_before=before, act=act, details=details)


def require(*, action: Action, unit: Unit, user: User, on: date) -> None:
    """Raise NotAllowed unless the account may do this at the unit."""
    if not units.may(user_id=user.pk, action=action, unit_id=unit.pk, on=on):
        raise NotAllowed(f"{action} at {unit.code}")


def require_side(*, duty: Duty, step: Step, user: User, on: date) -> None:
    """Raise NotAllowed unless the account acts for the side that takes this step."""
    action, unit_id = right_for(duty=duty, step=step, on=on)
    if not units.may(user_id=user.pk, action=action, unit_id=unit_id, on=on):
        raise NotAllowed(f"{action} for {step}")


def right_for(
    *, duty: Duty, step: Step, on: date, extensions: int | None = None
) -> tuple[Action, int]:
    """Return by which right, and at which unit, somebody takes this step of the duty that day.

    ``extensions`` is how often it has got more time before; None: as often as it has by now.
    """
    side = side_of(step, extensions=duty.extensions if extensions is None else extensions)
    if side is Side.OWER:
        return Action.DO_DUTY, duty.unit_id or duty.owed_to_id
    if side is Side.ABOVE:
        return Action.JUDGE_DUTY, _above(duty.owed_to_id, on=on)
    return Action.JUDGE_DUTY, duty.owed_to_id


def locked(*, duty_id: int) -> Duty:
    """Return the duty once nobody else is taking a step; until we have done, nobody will.

    With its units and its person, whom every step keeps in its words; their rows are not locked.
    """
    rows = Duty.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "person", "owed_to").get(pk=duty_id)


def taken(*, duty: Duty, step: Step, client_key: UUID) -> DutyEvent | None:
    """Return the event of this very step, if it has been taken before under the same key.

    Asked behind the lock: the same form sent twice at one instant finds what the first one did.
    """
    return duty.events.filter(client_key=client_key, step=step).first()


def require_ready(*, duty: Duty, version: int, step: Step) -> None:
    """Raise unless the duty is still as the reader saw it and the step is open."""
    if (DutyState(duty.state), step) not in TRANSITIONS:
        raise StepNotOpen(f"{step} from {duty.state}", last_event(duty=duty))
    if duty.version != version:
        raise DutyChangedMeanwhile(
            f"version {duty.version}, shown {version}", last_event(duty=duty)
        )


def last_event(*, duty: Duty, steps: tuple[Step, ...] = ()) -> DutyEvent | None:
    """Return the last step that was taken, or the last of these."""
    found = duty.events.select_related("by")
    return (found.filter(step__in=steps) if steps else found).order_by("-version").first()


def keep_step(
    *,
    duty: Duty,
    step: Step,
    words_before: dict[str, str],
    act: Act,
    details: dict[str, object] | None = None,
) -> Duty:
    """Write the duty as it now stands, the event with what was handed in, and the entry."""
    before = DutyState(duty.state)
    duty.state = TRANSITIONS[before, step]
    duty.version += 1
    if step in COUNTED_ANEW:
        duty.heard_from = act.on
    duty.save()
    event = event_of(duty=duty, step=step, before=before, words_before=words_before, act=act)
    event.details = details or {}
    event.save()
    _hand_in(event, act.blobs)
    entry = entry_of(duty=duty, step=step)
    journal.record_all(acts=[entry], actor=act.user.named, at=act.at)
    return duty


def event_of(
    *, duty: Duty, step: Step, before: DutyState, words_before: dict[str, str], act: Act
) -> DutyEvent:
    """Return the event of a step that led the duty to where it stands now, not yet written."""
    return DutyEvent(
        duty=duty,
        step=step,
        from_state=before,
        to_state=duty.state,
        version=duty.version,
        by=act.user,
        at=act.at,
        on=act.on,
        client_key=act.client_key,
        words_before=words_before,
        words_after=words_of(duty=duty),
        note=act.note.strip()[:ROOM_FOR_WORDS],
        basis=act.basis,
    )


def entry_of(*, duty: Duty, step: Step) -> journal.Act:
    """Return what the journal keeps of a step that led the duty to where it stands now."""
    return journal.Act(
        VERBS[step],
        duty.named,
        (duty.unit or duty.owed_to).uid,
        {"version": duty.version, "state": str(duty.state)},
    )


def _hand_in(event: DutyEvent, blobs: Iterable[tuple[Blob, str]]) -> None:
    """Keep each file once, under the name by which it came."""
    named = {blob.pk: (blob, name) for blob, name in blobs}
    Evidence.objects.bulk_create(
        Evidence(event=event, blob=blob, name=name[:200]) for blob, name in named.values()
    )


def _require_said(step: Step, act: Act) -> None:
    """Raise unless the step says why, and names the document that orders it, where it must."""
    if step in WITH_REASON and not act.note.strip():
        raise NoReason(str(step))
    if step not in BY_DOCUMENT:
        return
    if act.basis is None or not documents.may_read(
        document=act.basis, seen_by=act.user.pk, on=act.on
    ):
        raise NoDocument(str(step))


def _require_other(duty: Duty, step: Step, user: User) -> None:
    """Raise SamePerson for who took the last of the steps that this one judges."""
    for judged in OTHER_THAN.get(step, ()):
        event = last_event(duty=duty, steps=(judged,))
        if event is not None and event.by_id == user.pk:
            raise SamePerson(event)


def _require_side_as_shown(duty: Duty, step: Step, act: Act) -> None:
    """Raise NotAllowed unless the account takes this step, DutyChangedMeanwhile if it was to.

    Of two who grant an extension the slower one is told who was faster: that a further one would
    be granted a level higher is the work of the faster one, and not the answer to the slower one.
    """
    try:
        require_side(duty=duty, step=step, user=act.user, on=act.on)
    except NotAllowed:
        since = duty.events.filter(version__gt=act.version, step=Step.EXTEND).count()
        shown = right_for(duty=duty, step=step, on=act.on, extensions=duty.extensions - since)
        if not since or not units.may(
            user_id=act.user.pk, action=shown[0], unit_id=shown[1], on=act.on
        ):
            raise
        words = f"version {duty.version}, shown {act.version}"
        raise DutyChangedMeanwhile(words, last_event(duty=duty)) from None


def _above(unit_id: int, *, on: date) -> int:
    """Return the unit one level above the one that answers; the root has nobody above it."""
    answering = units.answerable_for([unit_id], on=on)[unit_id]
    place = units.place_of(unit_id=answering, on=on)
    return place.path[-2] if place and len(place.path) > 1 else answering
