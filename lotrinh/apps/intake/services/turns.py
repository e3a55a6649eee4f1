"""One turn of a proposal: whoever decides has it alone, and names the last turn that he saw.

The turns of a proposal are numbered. A decision is written under the next number, and only where
the number that the page showed is still the last: two people at one document never decide the same
proposal twice, and the second is told what the first one did.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services import Assignment
from lotrinh.apps.intake import selectors
from lotrinh.apps.intake.models import Candidate, Decision, ReadingRun, TypedWords
from lotrinh.apps.intake.rights import require_decider
from lotrinh.apps.intake.selectors import decision_of, last_turn
from lotrinh.apps.intake.services.tallying import tally
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.targets.models import Target
from lotrinh.apps.targets.services import Promise


class AlreadyDecided(Exception):
    """Somebody has taken a turn at this candidate that the page did not show.

    ``decision`` is the last one there is; None where it came in at the same instant.
    """

    def __init__(self, candidate: Candidate, decision: Decision | None = None) -> None:
        super().__init__(str(candidate.uid))
        self.candidate = candidate
        self.decision = decision


class AnotherTextCounts(AlreadyDecided):
    """Another text of the document was taken meanwhile: its desk is the place to decide."""


class WrongKind(Exception):
    """A task cannot be confirmed as a target, nor a target as a task."""


class ReasonUnknown(Exception):
    """A proposal is rejected for one of the reasons of ``rules.rejections``."""


def candidate_in_turn(*, candidate_id: int, user: User, on: date) -> Candidate:
    """Return the candidate to one who may decide about it; nobody else decides meanwhile.

    Raises NotAllowed, AnotherTextCounts.
    """
    candidate = Candidate.objects.select_related("run__rendition__document__keeper").get(
        pk=candidate_id
    )
    require_decider(candidate.run.rendition.document, user=user, on=on)
    take_turn("candidate", candidate_id)
    if selectors.is_left(candidate.run.rendition):
        raise AnotherTextCounts(candidate, last_turn(candidate))
    return candidate


def run_for_decider(*, run_id: int, user: User, on: date) -> ReadingRun:
    """Return the run to one who may decide about what it proposes."""
    run = ReadingRun.objects.select_related("rendition__document__keeper").get(pk=run_id)
    require_decider(run.rendition.document, user=user, on=on)
    return run


def take_turns(*, candidate_ids: Iterable[int]) -> None:
    """Have the turns of many candidates at once; in one order, so that two never wait in a ring."""
    for pk in sorted(set(candidate_ids)):
        take_turn("candidate", pk)


def require_open(*, candidate: Candidate, turn: int) -> None:
    """Raise AlreadyDecided unless ``turn`` is still the last and leaves the candidate open."""
    last = last_turn(candidate)
    if decision_of(candidate) is not None or (last.turn if last else 0) != turn:
        raise AlreadyDecided(candidate, last)


def decide(
    *,
    candidate: Candidate,
    verdict: Decision.Verdict,
    user: User,
    client_key: UUID,
    at: datetime,
    reason: str = "",
    note: str = "",
    words: str = "",
    duty: Duty | None = None,
    target: Target | None = None,
    carried_from: Decision | None = None,
) -> Decision:
    """Write the next turn; whoever comes second, at the same instant too, is refused.

    What the decider had typed for the candidate is thrown away, unless it is open again, or may be
    once more where others stand for it now.
    """
    turn = _next_turn(candidate, before := last_turn(candidate), verdict)
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                candidate=candidate,
                turn=turn,
                verdict=verdict,
                reason=reason,
                note=note[:500],
                words_sha256=words,
                duty=duty,
                target=target,
                by=user,
                at=at,
                client_key=client_key,
                carried_from=carried_from,
            )
    except IntegrityError as refused:
        raise AlreadyDecided(candidate) from refused
    tally(candidate=candidate, before=before, after=decision)
    if verdict not in {Decision.Verdict.REOPENED, Decision.Verdict.REPLACED}:
        TypedWords.objects.filter(candidate=candidate, by=user).delete()
    journal.record(
        f"candidate.{verdict}",
        candidate.named,
        actor=user.named,
        at=at,
        unit_uid=candidate.run.rendition.document.keeper.uid,
        data={"kind": candidate.kind, "run": str(candidate.run.uid), "turn": decision.turn},
    )
    return decision


def _next_turn(candidate: Candidate, last: Decision | None, verdict: Decision.Verdict) -> int:
    """Return the number of the next turn; what is decided is only taken back by it."""
    takes_back = verdict in {Decision.Verdict.REOPENED, Decision.Verdict.WITHDRAWN}
    if last and last.verdict != Decision.Verdict.REOPENED and not takes_back:
        raise AlreadyDecided(candidate, last)
    return (last.turn if last else 0) + 1


def digest(*, words: Assignment | Promise) -> str:
    """Return the digest of what was confirmed; units and persons count by their uid."""
    said = [
        f"{field.name}={getattr(value, 'uid', value)}"
        for field in fields(words)
        for value in [getattr(words, field.name)]
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
