"""A person confirms what reading proposes, in the sentence that says so, or rejects it; once."""

import hashlib
from dataclasses import fields
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services import Assignment, Passage
from lotrinh.apps.intake.models import Candidate, Decision
from lotrinh.apps.intake.rights import require_decider
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.targets import services as targets
from lotrinh.apps.targets.models import Target
from lotrinh.apps.targets.services import Promise
from lotrinh.rules.rejections import Rejection


class AlreadyDecided(Exception):
    """Somebody has confirmed or rejected this candidate before."""


class WrongKind(Exception):
    """A task cannot be confirmed as a target, nor a target as a task."""


class ReasonUnknown(Exception):
    """A proposal is rejected for one of the reasons of ``rules.rejections``."""


@transaction.atomic
def confirm_task(
    *,
    candidate_id: int,
    assignment: Assignment,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Duty:
    """Turn a proposed task into a draft duty that points to its sentence.

    Raises AlreadyDecided, WrongKind, NotAllowed, and what ``duties.draft_duty`` raises. The same
    key again returns the duty that there is.
    """
    words = _digest(assignment)
    repeated = _repeated(candidate_id, client_key, user=user, on=on)
    if repeated and repeated.duty and repeated.words_sha256 == words:
        return repeated.duty
    candidate = _undecided(candidate_id, Candidate.Kind.TASK, user=user, on=on)
    document = candidate.run.rendition.document
    duty = duties.draft_duty(
        assignment=assignment,
        owed_to=document.keeper,
        passage=Passage(
            rendition=candidate.run.rendition,
            start=candidate.start,
            end=candidate.end,
            stated_due=str(candidate.fields.get("due") or ""),
        ),
        user=user,
        on=on,
        at=at,
    )
    _decide(candidate, Decision.Verdict.CONFIRMED, user, client_key, at, duty=duty, words=words)
    return duty


@transaction.atomic
def confirm_target(
    *, candidate_id: int, promise: Promise, user: User, client_key: UUID, on: date, at: datetime
) -> Target:
    """Turn a proposed target into a draft target that points to its sentence.

    Raises AlreadyDecided, WrongKind, NotAllowed, and what ``targets.draft_target`` raises. The
    same key again returns the target that there is.
    """
    words = _digest(promise)
    repeated = _repeated(candidate_id, client_key, user=user, on=on)
    if repeated and repeated.target and repeated.words_sha256 == words:
        return repeated.target
    candidate = _undecided(candidate_id, Candidate.Kind.TARGET, user=user, on=on)
    target = targets.draft_target(
        promise=promise,
        owed_to=candidate.run.rendition.document.keeper,
        rendition=candidate.run.rendition,
        start=candidate.start,
        end=candidate.end,
        user=user,
        on=on,
        at=at,
    )
    _decide(candidate, Decision.Verdict.CONFIRMED, user, client_key, at, target=target, words=words)
    return target


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
) -> Decision:
    """Say that a proposal is not held, why (a code of ``rules.rejections``), and in own words.

    Raises ReasonUnknown, AlreadyDecided, NotAllowed.
    """
    repeated = _repeated(candidate_id, client_key, user=user, on=on)
    if repeated and repeated.verdict == Decision.Verdict.REJECTED:
        return repeated
    if reason not in set(Rejection):
        raise ReasonUnknown(reason)
    candidate = _undecided(candidate_id, None, user=user, on=on)
    return _decide(
        candidate, Decision.Verdict.REJECTED, user, client_key, at, reason=reason, note=note
    )


def _repeated(candidate_id: int, client_key: UUID, *, user: User, on: date) -> Decision | None:
    """Return what was decided under this key before; nobody else decides in the meantime.

    Asked only of those who may decide: a key that somebody else found out tells him nothing.
    """
    candidate = Candidate.objects.select_related("run__rendition__document__keeper").get(
        pk=candidate_id
    )
    require_decider(candidate.run.rendition.document, user=user, on=on)
    take_turn("candidate", candidate_id)
    return Decision.objects.filter(candidate_id=candidate_id, client_key=client_key).first()


def _digest(words: Assignment | Promise) -> str:
    """Return the digest of what was confirmed; units and persons count by their uid."""
    said = [
        f"{field.name}={getattr(value, 'uid', value)}"
        for field in fields(words)
        for value in [getattr(words, field.name)]
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _undecided(
    candidate_id: int, kind: Candidate.Kind | None, *, user: User, on: date
) -> Candidate:
    candidate = Candidate.objects.select_related("run__rendition__document__keeper").get(
        pk=candidate_id
    )
    require_decider(candidate.run.rendition.document, user=user, on=on)
    if kind is not None and candidate.kind != kind:
        raise WrongKind(f"{candidate.kind} confirmed as {kind}")
    if Decision.objects.filter(candidate=candidate).exists():
        raise AlreadyDecided(str(candidate.uid))
    return candidate


def _decide(
    candidate: Candidate,
    verdict: Decision.Verdict,
    user: User,
    client_key: UUID,
    at: datetime,
    *,
    reason: str = "",
    note: str = "",
    words: str = "",
    duty: Duty | None = None,
    target: Target | None = None,
) -> Decision:
    """Write the one decision; whoever comes second, at the same instant too, is refused."""
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                candidate=candidate,
                verdict=verdict,
                reason=reason,
                note=note[:500],
                words_sha256=words,
                duty=duty,
                target=target,
                by=user,
                at=at,
                client_key=client_key,
            )
    except IntegrityError as refused:
        raise AlreadyDecided(str(candidate.uid)) from refused
    journal.record(
        f"candidate.{verdict}",
        candidate.named,
        actor=user.named,
        at=at,
        unit_uid=candidate.run.rendition.document.keeper.uid,
        data={"kind": candidate.kind, "run": str(candidate.run.uid)},
    )
    return decision
