"""Many proposals decided in one act: the rows of a table, or what was chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Assignment
from lotrinh.apps.intake.models import Candidate, Decision
from lotrinh.apps.intake.selectors import candidates_of, last_turn, turns_of
from lotrinh.apps.intake.selectors import is_left as is_text_left
from lotrinh.apps.intake.services.deciding import draft_of_target, draft_of_task
from lotrinh.apps.intake.services.turns import (
    AlreadyDecided,
    AnotherTextCounts,
    ReasonUnknown,
    WrongKind,
    decide,
    digest,
    require_open,
    run_for_decider,
    take_turns,
)
from lotrinh.apps.targets import services as targets
from lotrinh.apps.targets.services import Promise
from lotrinh.apps.units import selectors as units
from lotrinh.rules.rejections import Rejection

_OF_ONE_ROW = (
    AlreadyDecided,
    WrongKind,
    duties.NotAllowed,
    duties.PersonElsewhere,
    targets.NotAllowed,
    targets.RangeUpsideDown,
)
"""What can be wrong with one row and leave the others whole."""


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal of a block: the last turn that was shown, and the words to confirm."""

    candidate_id: int
    turn: int
    words: Assignment | Promise


@dataclass(frozen=True, slots=True)
class Block:
    """What came of an act on many proposals, by candidate id, in the order of the text."""

    done: tuple[int, ...]
    refused: tuple[tuple[int, Exception], ...]


class BlockRefused(Exception):
    """Not every row could be taken, and the whole was wanted: nothing was."""

    def __init__(self, refused: Sequence[tuple[int, Exception]]) -> None:
        super().__init__(f"{len(refused)} rows")
        self.refused = tuple(refused)


@transaction.atomic
def confirm_block(
    *,
    run_id: int,
    rows: Sequence[Row],
    whole: bool,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Block:
    """Turn many proposals of one reading into drafts, each pointing to its own passage.

    With ``whole`` either all rows are taken or none; without it the good ones are, and the others
    are returned with what is wrong with each. The same key again takes nothing twice. Raises
    NotAllowed, BlockRefused.
    """
    words = {row.candidate_id: row for row in rows}

    def confirm(candidate: Candidate) -> None:
        row = words[candidate.pk]
        said = digest(words=row.words)
        if _repeats(candidate, client_key, Decision.Verdict.CONFIRMED, said):
            return
        require_open(candidate=candidate, turn=row.turn)
        if isinstance(row.words, Assignment):
            draft_of_task(
                candidate=candidate,
                assignment=row.words,
                words=said,
                user=user,
                client_key=client_key,
                on=on,
                at=at,
            )
        else:
            draft_of_target(
                candidate=candidate,
                promise=row.words,
                words=said,
                user=user,
                client_key=client_key,
                on=on,
                at=at,
            )

    return _each(run_id, words, confirm, whole=whole, user=user, on=on)


@transaction.atomic
def reject_block(
    *,
    run_id: int,
    turns: Mapping[int, int],
    reason: str,
    note: str = "",
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Block:
    """Reject many proposals of one reading for one reason; ``turns``: by candidate id, as shown.

    What somebody else has decided meanwhile is left as it is and returned as refused. Raises
    ReasonUnknown, NotAllowed.
    """
    if reason not in set(Rejection):
        raise ReasonUnknown(reason)

    def reject(candidate: Candidate) -> None:
        if _repeats(candidate, client_key, Decision.Verdict.REJECTED, ""):
            return
        require_open(candidate=candidate, turn=turns[candidate.pk])
        decide(
            candidate=candidate,
            verdict=Decision.Verdict.REJECTED,
            user=user,
            client_key=client_key,
            at=at,
            reason=reason,
            note=note,
        )

    return _each(run_id, turns, reject, whole=False, user=user, on=on)


def _each(
    run_id: int,
    wanted: Mapping[int, object],
    act: Callable[[Candidate], None],
    *,
    whole: bool,
    user: User,
    on: date,
) -> Block:
    """Do the act to each wanted proposal; what is wrong with one undoes only that one."""
    run = run_for_decider(run_id=run_id, user=user, on=on)
    take_turns(candidate_ids=wanted)
    is_left = is_text_left(run.rendition)
    done: list[int] = []
    refused: list[tuple[int, Exception]] = []
    with units.rights_asked_once():
        for candidate in candidates_of(run=run):
            if candidate.pk not in wanted:
                continue
            candidate.run = run
            try:
                if is_left:
                    raise AnotherTextCounts(candidate, last_turn(candidate))
                with transaction.atomic():
                    act(candidate)
            except _OF_ONE_ROW as fault:
                refused.append((candidate.pk, fault))
            else:
                done.append(candidate.pk)
    if whole and refused:
        raise BlockRefused(refused)
    return Block(tuple(done), tuple(refused))


def _repeats(candidate: Candidate, client_key: UUID, verdict: str, words: str) -> bool:
    """Say whether this very thing was decided under this key before."""
    return any(
        turn.client_key == client_key and turn.verdict == verdict and turn.words_sha256 == words
        for turn in turns_of(candidate)
    )
