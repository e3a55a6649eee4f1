"""A person confirms what is proposed, in the sentence that says so, or rejects it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services import Assignment, Passage
from lotrinh.apps.intake.dues import Office, due_in
from lotrinh.apps.intake.models import Candidate, Decision
from lotrinh.apps.intake.services.learning import learn_from
from lotrinh.apps.intake.services.turns import (
    ReasonUnknown,
    WrongKind,
    candidate_in_turn,
    decide,
    digest,
    require_open,
)
from lotrinh.apps.targets import services as targets
from lotrinh.apps.targets.models import Target
from lotrinh.apps.targets.services import Promise
from lotrinh.rules.rejections import Rejection


@transaction.atomic
def confirm_task(
    *,
    candidate_id: int,
    assignment: Assignment,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    turn: int = 0,
) -> Duty:
    """Turn a proposed task into a draft duty that points to its sentence.

    ``turn`` is the last turn that the page showed, 0 where nobody had decided yet. Raises
    AlreadyDecided, WrongKind, NotAllowed, and what ``duties.draft_duty`` raises. The same key
    again returns the duty that there is.
    """
    candidate = candidate_in_turn(candidate_id=candidate_id, user=user, on=on)
    words = digest(words=assignment)
    repeated = _repeated(candidate_id, client_key)
    if repeated and repeated.duty and repeated.words_sha256 == words:
        return repeated.duty
    require_open(candidate=candidate, turn=turn)
    return draft_of_task(
        candidate=candidate,
        assignment=assignment,
        words=words,
        user=user,
        client_key=client_key,
        on=on,
        at=at,
    )


@transaction.atomic
def confirm_target(
    *,
    candidate_id: int,
    promise: Promise,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    turn: int = 0,
) -> Target:
    """Turn a proposed target into a draft target that points to its sentence.

    ``turn`` is the last turn that the page showed, 0 where nobody had decided yet. Raises
    AlreadyDecided, WrongKind, NotAllowed, and what ``targets.draft_target`` raises. The same key
    again returns the target that there is.
    """
    candidate = candidate_in_turn(candidate_id=candidate_id, user=user, on=on)
    words = digest(words=promise)
    repeated = _repeated(candidate_id, client_key)
    if repeated and repeated.target and repeated.words_sha256 == words:
        return repeated.target
    require_open(candidate=candidate, turn=turn)
    return draft_of_target(
        candidate=candidate,
        promise=promise,
        words=words,
        user=user,
        client_key=client_key,
        on=on,
        at=at,
    )


@transaction.atomic
def reject_candidate(
    *,
    candidate_id: int,
    reason: str,
    note: str = "",
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    turn: int = 0,
) -> Decision:
    """Say that a proposal is not held, why (a code of ``rules.rejections``), and in own words.

    Raises ReasonUnknown, AlreadyDecided, NotAllowed.
    """
    candidate = candidate_in_turn(candidate_id=candidate_id, user=user, on=on)
    repeated = _repeated(candidate_id, client_key)
    if repeated and repeated.verdict == Decision.Verdict.REJECTED:
        return repeated
    if reason not in set(Rejection):
        raise ReasonUnknown(reason)
    require_open(candidate=candidate, turn=turn)
    return decide(
        candidate=candidate,
        verdict=Decision.Verdict.REJECTED,
        user=user,
        client_key=client_key,
        at=at,
        reason=reason,
        note=note,
    )


def draft_of_task(
    *,
    candidate: Candidate,
    assignment: Assignment,
    words: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Duty:
    """Draft the duty of a task whose turn is had, and write the decision."""
    _require_kind(candidate, Candidate.Kind.TASK)
    rendition = candidate.run.rendition
    duty = duties.draft_duty(
        assignment=assignment,
        owed_to=rendition.document.keeper,
        passage=Passage(
            rendition=rendition,
            start=candidate.start,
            end=candidate.end,
            stated_due=str(candidate.fields.get("due") or ""),
            due=due_in(candidate, Office(rendition.document, on)),
        ),
        user=user,
        on=on,
        at=at,
    )
    decision = decide(
        candidate=candidate,
        verdict=Decision.Verdict.CONFIRMED,
        user=user,
        client_key=client_key,
        at=at,
        duty=duty,
        words=words,
    )
    learn_from(decision=decision, words=assignment, on=on)
    return duty


def draft_of_target(
    *,
    candidate: Candidate,
    promise: Promise,
    words: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Target:
    """Draft the target of a proposal whose turn is had, and write the decision."""
    _require_kind(candidate, Candidate.Kind.TARGET)
    rendition = candidate.run.rendition
    target = targets.draft_target(
        promise=promise,
        owed_to=rendition.document.keeper,
        rendition=rendition,
        start=candidate.start,
        end=candidate.end,
        user=user,
        on=on,
        at=at,
    )
    decision = decide(
        candidate=candidate,
        verdict=Decision.Verdict.CONFIRMED,
        user=user,
        client_key=client_key,
        at=at,
        target=target,
        words=words,
    )
    learn_from(decision=decision, words=promise, on=on)
    return target


def _repeated(candidate_id: int, client_key: UUID) -> Decision | None:
    """Return what was decided under this key before.

    Asked only of those who may decide: a key that somebody else found out tells him nothing.
    """
    return Decision.objects.filter(candidate_id=candidate_id, client_key=client_key).first()


def _require_kind(candidate: Candidate, kind: Candidate.Kind) -> None:
    if candidate.kind != kind:
        raise WrongKind(f"{candidate.kind} confirmed as {kind}")
