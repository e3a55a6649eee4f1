"""What was decided is taken back: the proposal is open again, and its draft is withdrawn.

Nothing is deleted. Undoing is a turn of its own, and what was undone can be decided anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.intake.models import Candidate, Decision
from lotrinh.apps.intake.selectors import decision_of, holding_too, last_turn, successors_of
from lotrinh.apps.intake.services.asking import ask_again
from lotrinh.apps.intake.services.keeping import hand_on_typed
from lotrinh.apps.intake.services.turns import (
    AlreadyDecided,
    candidate_in_turn,
    decide,
    run_for_decider,
    take_turns,
)
from lotrinh.apps.targets import services as targets
from lotrinh.apps.units import selectors as units
from lotrinh.rules.duty_states import LEFT_THE_DESK, DutyState

Verdict = Decision.Verdict


class NothingToUndo(Exception):
    """There is no decision that holds, or it is one that cannot be taken back."""


class DutyIssued(Exception):
    """The draft has become a binding duty since; a duty is ended on its own page."""

    def __init__(self, duty: Duty) -> None:
        super().__init__(str(duty.uid))
        self.duty = duty


class SuccessorDecided(Exception):
    """What came of a split or a merger has been decided since: that must be undone first."""

    def __init__(self, successor: Candidate) -> None:
        super().__init__(str(successor.uid))
        self.successor = successor


_OF_ONE = (
    DutyIssued,
    SuccessorDecided,
    AlreadyDecided,
    duties.DutyChangedMeanwhile,
    duties.StepNotOpen,
    duties.NotAllowed,
    targets.NotAllowed,
)


@dataclass(frozen=True, slots=True)
class Undone:
    """The proposals that are open again, and those that are not with the reason."""

    reopened: tuple[Candidate, ...]
    kept: tuple[tuple[Candidate, Exception], ...]


@transaction.atomic
def reopen_candidate(
    *, candidate_id: int, turn: int, user: User, client_key: UUID, on: date, at: datetime
) -> Candidate:
    """Take back the decision ``turn`` of a proposal, whoever took it; its draft is withdrawn.

    What was split or merged stands again in the place of what came of it, and what was taken of a
    newer reading is asked again. The same key again
    changes nothing. Raises NotAllowed, AlreadyDecided, NothingToUndo, DutyIssued,
    SuccessorDecided, and what withdrawing raises.
    """
    candidate = candidate_in_turn(candidate_id=candidate_id, user=user, on=on)
    if Decision.objects.filter(
        candidate=candidate, client_key=client_key, verdict=Verdict.REOPENED
    ).exists():
        return candidate
    last = last_turn(candidate)
    if (last.turn if last else 0) != turn:
        raise AlreadyDecided(candidate, last)
    _take_back(candidate, user=user, client_key=client_key, on=on, at=at)
    return candidate


@transaction.atomic
def undo_act(
    *, run_id: int, act: UUID, user: User, client_key: UUID, on: date, at: datetime
) -> Undone:
    """Take back what the account did on this desk in one act, a block too.

    ``act`` is the key under which it was done. What cannot be taken back any more is kept and
    named; where nothing can, the first reason is raised. The same key again changes nothing.
    Raises NotAllowed, NothingToUndo, DutyIssued, SuccessorDecided.
    """
    run = run_for_decider(run_id=run_id, user=user, on=on)
    of_run = Candidate.objects.filter(run=run)
    repeated = of_run.filter(decisions__client_key=client_key, decisions__by=user)
    if repeated:
        return Undone(tuple(repeated.distinct()), ())
    decided = of_run.filter(decisions__client_key=act, decisions__by=user)
    added = of_run.filter(
        client_key=act, made_by=user, origin=Candidate.Origin.ADDED, decisions__isnull=True
    )
    wanted = {row.pk: row for row in (*decided, *added)}
    for row in wanted.values():
        row.run = run  # with its text and facts it is large: once is enough
    take_turns(candidate_ids=wanted)
    with units.rights_asked_once():
        reopened, kept = _each_back(wanted, act, user=user, client_key=client_key, on=on, at=at)
    if not reopened:
        raise kept[0][1] if kept else NothingToUndo(str(act))
    return Undone(tuple(reopened), tuple(kept))


def _each_back(
    wanted: Mapping[int, Candidate],
    act: UUID,
    *,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> tuple[list[Candidate], list[tuple[Candidate, Exception]]]:
    """Take back what still holds of an act; return what is open again, and what stays and why."""
    reopened: list[Candidate] = []
    kept: list[tuple[Candidate, Exception]] = []
    for _pk, candidate in sorted(wanted.items()):
        if not _is_by_this_act(candidate, act):
            continue
        try:
            with transaction.atomic():
                open_again = _take_back(candidate, user=user, client_key=client_key, on=on, at=at)
        except _OF_ONE as refused:
            kept.append((candidate, refused))
        else:
            reopened += open_again
    return reopened, kept


def _is_by_this_act(candidate: Candidate, act: UUID) -> bool:
    """Say whether what holds of a candidate comes from this act."""
    last = last_turn(candidate)
    if last is None:
        return candidate.client_key == act
    return last.client_key == act and last.carried_from_id is None


def _take_back(
    candidate: Candidate, *, user: User, client_key: UUID, on: date, at: datetime
) -> list[Candidate]:
    """Take the last turn back and undo what came of it; return what is open or gone by it."""
    decision = decision_of(candidate)
    if decision is None and candidate.origin == Candidate.Origin.ADDED:
        decide(
            candidate=candidate, verdict=Verdict.WITHDRAWN, user=user, client_key=client_key, at=at
        )
        return [candidate]
    if decision is None or decision.verdict == Verdict.WITHDRAWN:
        raise NothingToUndo(str(candidate.uid))
    _withdraw(decision, user=user, client_key=client_key, on=on, at=at)
    if decision.verdict == Verdict.REPLACED:
        partners = _dissolve(decision, user=user, client_key=client_key, at=at)
    else:
        partners = list(holding_too(decision))
    for each in (candidate, *partners):
        decide(candidate=each, verdict=Verdict.REOPENED, user=user, client_key=client_key, at=at)
        ask_again(candidate=each, user=user, client_key=client_key, at=at)
    return [each for each in (candidate, *partners) if each.run_id == candidate.run_id]


def _withdraw(decision: Decision, *, user: User, client_key: UUID, on: date, at: datetime) -> None:
    """Withdraw the draft that a confirmation left, if it left one that is still a draft."""
    duty, target = decision.duty, decision.target
    if duty is not None:
        if duty.state in LEFT_THE_DESK:
            raise DutyIssued(duty)
        if duty.state == DutyState.DRAFT:
            duties.withdraw_draft(
                duty_id=duty.pk,
                act=duties.Act(
                    user=user,
                    client_key=uuid5(client_key, str(duty.uid)),
                    on=on,
                    at=at,
                    version=duty.version,
                ),
            )
    if target is not None:
        targets.withdraw_target(target_id=target.pk, user=user, on=on, at=at)


def _dissolve(decision: Decision, *, user: User, client_key: UUID, at: datetime) -> list[Candidate]:
    """Withdraw what came of a split or merger; return the others from which it was merged."""
    partners: dict[int, Candidate] = {}
    for successor in successors_of(decision):
        if last_turn(successor) is not None and decision_of(successor) is not None:
            raise SuccessorDecided(successor)
        if successor.origin == Candidate.Origin.REREAD:
            hand_on_typed(one=successor, other=decision.candidate)
        decide(
            candidate=successor, verdict=Verdict.WITHDRAWN, user=user, client_key=client_key, at=at
        )
        rows = Candidate.objects.filter(decisions__descents__successor=successor)
        for row in rows.exclude(pk=decision.candidate_id).distinct():
            partners[row.pk] = row
    take_turns(candidate_ids=partners)
    return [partners[pk] for pk in sorted(partners)]
