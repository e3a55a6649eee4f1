"""Proposals that a person makes: of one two, of neighbours one, or one that reading missed.

What is split or merged is not changed: it is replaced, and its last decision names what followed.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.intake.models import Candidate, Decision, Descent, ReadingRun
from lotrinh.apps.intake.passages import part_of, spoken_of, trimmed, whole_of
from lotrinh.apps.intake.selectors import candidates_of, decision_of, is_gone, is_left
from lotrinh.apps.intake.services.turns import (
    AnotherTextCounts,
    candidate_in_turn,
    decide,
    require_open,
    run_for_decider,
    take_turns,
)
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn

Origin = Candidate.Origin


class NoPlaceToSplit(Exception):
    """Before or after this place nothing would be left of the proposal."""


class NotNeighbours(Exception):
    """Only proposals of one kind that follow each other in the text are merged."""


class AlreadyProposed(Exception):
    """These very words are proposed already, as the same kind of commitment."""

    def __init__(self, candidate: Candidate) -> None:
        super().__init__(str(candidate.uid))
        self.candidate = candidate


class NoWords(Exception):
    """The passage lies outside the text, or holds no letter or digit."""


@transaction.atomic
def split_candidate(
    *,
    candidate_id: int,
    turn: int,
    place: int,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> tuple[Candidate, ...]:
    """Let two proposals stand for one: its words before ``place`` of the text, and from there on.

    Each keeps what the whole says of both. The same key again returns the two that there are.
    Raises NotAllowed, AlreadyDecided, NoPlaceToSplit.
    """
    candidate = candidate_in_turn(candidate_id=candidate_id, user=user, on=on)
    made = _made_before(candidate, Origin.SPLIT, user, client_key)
    if made:
        return made
    require_open(candidate=candidate, turn=turn)
    text, facts = candidate.run.rendition.text, candidate.run.facts
    spans = [trimmed(text, candidate.start, place), trimmed(text, place, candidate.end)]
    inside = candidate.start < place < candidate.end
    if not inside or not all(_says_something(text, *span) for span in spans):
        raise NoPlaceToSplit(str(place))
    parts = [(span, part_of(candidate, facts, text, *span)) for span in spans]
    return replace_by(
        replaced=[candidate],
        origin=Origin.SPLIT,
        parts=parts,
        user=user,
        client_key=client_key,
        at=at,
    )


@transaction.atomic
def merge_candidates(
    *,
    candidate_id: int,
    turn: int,
    other_id: int,
    other_turn: int,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Candidate:
    """Let one proposal stand for two neighbours: from where the first begins to where both end.

    The same key again returns the one that there is. Raises NotAllowed, AlreadyDecided,
    NotNeighbours.
    """
    take_turns(candidate_ids=[candidate_id, other_id])
    candidate = candidate_in_turn(candidate_id=candidate_id, user=user, on=on)
    made = _made_before(candidate, Origin.MERGED, user, client_key)
    if made:
        return made[0]
    standing = [row for row in candidates_of(run=candidate.run) if not is_gone(row)]
    turns = {candidate_id: turn, other_id: other_turn}
    pair = [row for row in standing if row.pk in turns]
    for row in pair:
        require_open(candidate=row, turn=turns[row.pk])
    if len(pair) != 2 or not _are_neighbours(pair, standing):
        raise NotNeighbours(f"{candidate_id}, {other_id}")
    for row in pair:
        row.run = candidate.run
    span = (min(row.start for row in pair), max(row.end for row in pair))
    (merged,) = replace_by(
        replaced=pair,
        origin=Origin.MERGED,
        parts=[(span, whole_of(pair))],
        user=user,
        client_key=client_key,
        at=at,
    )
    return merged


@transaction.atomic
def add_candidate(
    *,
    run_id: int,
    kind: str,
    start: int,
    end: int,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Candidate:
    """Propose a commitment that reading missed, by its words in the text.

    The same key again returns the proposal that there is. Raises NotAllowed, NoWords,
    AlreadyProposed, AnotherTextCounts.
    """
    run = run_for_decider(run_id=run_id, user=user, on=on)
    take_turn("text that counts", run.rendition.document_id)  # no other is taken meanwhile
    take_turn("proposals", run.pk)
    known = Candidate.objects.filter(run=run, made_by=user, client_key=client_key).first()
    if known:
        return known
    if is_left(run.rendition):
        raise AnotherTextCounts(Candidate(run=run, kind=kind, start=start, end=end))
    text = run.rendition.text
    if not 0 <= start < end <= len(text):
        raise NoWords(f"{start}, {end}")
    start, end = trimmed(text, start, end)
    if not _says_something(text, start, end):
        raise NoWords(f"{start}, {end}")
    for row in Candidate.objects.filter(run=run, kind=kind, start=start, end=end):
        if not is_gone(row):
            raise AlreadyProposed(row)
    fields = spoken_of(kind, run.facts, start, end)
    (added,) = propose(
        run=run,
        kind=kind,
        origin=Origin.ADDED,
        parts=[((start, end), fields)],
        user=user,
        client_key=client_key,
        at=at,
    )
    return added


Part = tuple[tuple[int, int], dict[str, object]]


def replace_by(
    *,
    replaced: Sequence[Candidate],
    origin: Candidate.Origin,
    parts: Sequence[Part],
    user: User,
    client_key: UUID,
    at: datetime,
) -> tuple[Candidate, ...]:
    """Write what follows, close what it follows, and tie the two together."""
    run = replaced[0].run
    take_turn("proposals", run.pk)
    made = propose(
        run=run,
        kind=replaced[0].kind,
        origin=origin,
        parts=parts,
        user=user,
        client_key=client_key,
        at=at,
    )
    for candidate in replaced:
        decision = decide(
            candidate=candidate,
            verdict=Decision.Verdict.REPLACED,
            user=user,
            client_key=client_key,
            at=at,
        )
        Descent.objects.bulk_create(Descent(decision=decision, successor=each) for each in made)
    return made


def propose(
    *,
    run: ReadingRun,
    kind: str,
    origin: Candidate.Origin,
    parts: Sequence[Part],
    user: User,
    client_key: UUID,
    at: datetime,
) -> tuple[Candidate, ...]:
    """Add proposals under the next numbers of the run. The caller has the turn of its proposals."""
    last = Candidate.objects.filter(run=run).aggregate(last=Max("ordinal"))["last"] or 0
    made = [
        Candidate.objects.create(
            run=run,
            clause=documents.clause_at(rendition=run.rendition, start=start, end=end),
            ordinal=last + number,
            kind=kind,
            start=start,
            end=end,
            rule=f"person.{origin}",
            confidence=1.0,
            fields=fields,
            origin=origin,
            made_by=user,
            made_at=at,
            client_key=client_key,
        )
        for number, ((start, end), fields) in enumerate(parts, start=1)
    ]
    for candidate in made:
        journal.record(
            "candidate.added",
            candidate.named,
            actor=user.named,
            at=at,
            unit_uid=run.rendition.document.keeper.uid,
            data={"kind": kind, "origin": str(origin), "run": str(run.uid)},
        )
    return tuple(made)


def _made_before(
    candidate: Candidate, origin: Candidate.Origin, user: User, client_key: UUID
) -> tuple[Candidate, ...]:
    """Return what this very form made of the candidate before."""
    rows = Candidate.objects.filter(
        descents__decision__candidate=candidate,
        origin=origin,
        made_by=user,
        client_key=client_key,
    )
    return tuple(rows.order_by("start", "ordinal"))


def _are_neighbours(pair: Sequence[Candidate], standing: Sequence[Candidate]) -> bool:
    """Say whether nothing of the kind that is still to decide stands between the two."""
    first, second = pair
    if first.kind != second.kind:
        return False
    alike = [row.pk for row in standing if row.kind == first.kind and decision_of(row) is None]
    return alike.index(second.pk) - alike.index(first.pk) == 1


def _says_something(text: str, start: int, end: int) -> bool:
    return any(sign.isalnum() for sign in text[start:end])
