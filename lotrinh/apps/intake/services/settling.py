"""What a newer reading or another text says differently is taken or left, by a person.

Nothing that was decided changes by itself. A proposal that waits is replaced by what the newer
reading says of it; a draft takes the fields that a person takes; a duty that binds is not touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Assignment
from lotrinh.apps.intake import selectors
from lotrinh.apps.intake.differing import Changes, changes, merged
from lotrinh.apps.intake.models import Candidate, Decision, SettledDifference
from lotrinh.apps.intake.rights import require_decider
from lotrinh.apps.intake.selectors import decision_of, last_turn
from lotrinh.apps.intake.services.keeping import hand_on_typed
from lotrinh.apps.intake.services.reshaping import propose, replace_by
from lotrinh.apps.intake.services.turns import AlreadyDecided, AnotherTextCounts
from lotrinh.apps.intake.services.undoing import DutyIssued
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.targets import services as targets
from lotrinh.apps.targets.services import Promise
from lotrinh.rules.duty_states import LEFT_THE_DESK

Origin = Candidate.Origin


class NotADifference(Exception):
    """These two are not a proposal and what a newer reading, or another text, says of it."""


class AlreadySettled(Exception):
    """Somebody has taken or left this difference meanwhile."""

    def __init__(self, settled: SettledDifference | None) -> None:
        super().__init__(str(settled.pk) if settled else "")
        self.settled = settled


class NothingToTake(Exception):
    """There is nothing that could take it: what was proposed was dropped, or stands no longer."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken of a difference: names of fields, and the words of the draft with them.

    ``words`` is None where nobody has decided yet; ``shown`` is the version of the duty or the
    mark of the target that the page showed, ``turn`` the last turn of the proposal.
    """

    fields: Sequence[str] = ()
    words: Assignment | Promise | None = None
    shown: str = ""
    turn: int = 0


@transaction.atomic
def settle_difference(
    *,
    older_id: int | None,
    newer_id: int | None,
    taken: Taken,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> SettledDifference:
    """Take the fields named of a difference and leave the others.

    It is not asked again, unless what was taken is undone (``services.asking``). Of what is new,
    any field takes the whole as a proposal. The same key again changes nothing.
    Raises NotAllowed, NotADifference, AlreadySettled, AnotherTextCounts, AlreadyDecided,
    DutyIssued, NothingToTake, and what amending a draft raises.
    """
    older, newer = _candidate(older_id), _candidate(newer_id)
    _require_comparable(older, newer)
    for each in (older, newer):
        if each is not None:
            require_decider(each.run.rendition.document, user=user, on=on)
    standing = _standing(older, newer)
    take_turn("candidate", standing.pk)
    repeated = selectors.settled_under(
        older=older, newer=newer, client_key=client_key, user_id=user.pk
    )
    if repeated is not None:
        return repeated
    known = selectors.settlement_of(older=older, newer=newer)
    if known is not None and not known.is_reopened:
        raise AlreadySettled(known)
    if newer is not None and selectors.is_left(standing.run.rendition):
        raise AnotherTextCounts(standing, last_turn(standing))
    fields = _fields(older, newer)
    names = [name for name in fields if name in taken.fields]
    if older is None and newer is not None and newer.run.rereads is not None and taken.fields:
        names = ["words"]
        _propose_new(newer, user=user, client_key=client_key, at=at)
    elif names and older is not None and newer is not None:
        _take(older, newer, standing, names, taken, user=user, client_key=client_key, on=on, at=at)
    turn = known.turn + 1 if known else 1
    return _written(older, newer, fields, names, turn, user=user, client_key=client_key, at=at)


def _require_comparable(older: Candidate | None, newer: Candidate | None) -> None:
    """Raise unless the two come from readings that are compared with each other."""
    if older is None and newer is None:
        raise NotADifference("nothing")
    if older is not None and newer is not None:
        is_again = newer.run.rereads_id == older.run_id
        one, other = older.run.rendition, newer.run.rendition
        is_other_text = one.pk != other.pk and one.document_id == other.document_id
        if older.kind != newer.kind or not (is_again or is_other_text):
            raise NotADifference(f"{older.uid}, {newer.uid}")


def _standing(older: Candidate | None, newer: Candidate | None) -> Candidate:
    """Return the proposal about which people decide: that of the desk."""
    if older is not None and (newer is None or newer.run.rereads_id is not None):
        return older
    if newer is None:
        raise NotADifference("nothing")
    return newer


def _take(
    older: Candidate,
    newer: Candidate,
    standing: Candidate,
    names: Sequence[str],
    taken: Taken,
    *,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> None:
    last = last_turn(standing)
    if (last.turn if last else 0) != taken.turn:
        raise AlreadyDecided(standing, last)
    decision = decision_of(standing)
    if decision is None and standing.pk == older.pk:
        span = newer if "words" in names else older
        fields = merged(older.kind, older.fields, newer.fields, names)
        parts = [((span.start, span.end), fields)]
        (made,) = replace_by(
            replaced=[older],
            origin=Origin.REREAD,
            parts=parts,
            user=user,
            client_key=client_key,
            at=at,
        )
        hand_on_typed(one=older, other=made)
        return
    if decision is None or decision.verdict != Decision.Verdict.CONFIRMED:
        raise NothingToTake(str(standing.uid))
    _amend(decision, taken, user=user, client_key=client_key, on=on, at=at)


def _amend(
    decision: Decision, taken: Taken, *, user: User, client_key: UUID, on: date, at: datetime
) -> None:
    """Let a draft say what was taken."""
    duty, target = decision.duty, decision.target
    if duty is not None and isinstance(taken.words, Assignment):
        if duty.state in LEFT_THE_DESK:
            raise DutyIssued(duty)
        duties.amend_draft(
            duty_id=duty.pk,
            act=duties.Act(
                user=user,
                client_key=uuid5(client_key, str(duty.uid)),
                on=on,
                at=at,
                version=int(taken.shown) if taken.shown.isdecimal() else 0,
            ),
            assignment=taken.words,
        )
    elif target is not None and isinstance(taken.words, Promise):
        targets.amend_target(
            target_id=target.pk, shown=taken.shown, promise=taken.words, user=user, on=on, at=at
        )
    else:
        raise NothingToTake(str(decision.candidate_id))


def _propose_new(newer: Candidate, *, user: User, client_key: UUID, at: datetime) -> None:
    """Let the desk propose what only the newer reading finds."""
    run = newer.run.rereads
    if run is None:
        return  # of another text its own desk proposes it
    take_turn("proposals", run.pk)
    propose(
        run=run,
        kind=newer.kind,
        origin=Origin.REREAD,
        parts=[((newer.start, newer.end), newer.fields)],
        user=user,
        client_key=client_key,
        at=at,
    )


def _fields(older: Candidate | None, newer: Candidate | None) -> Changes:
    if older is None or newer is None:
        return {}
    words = tuple(row.run.rendition.text[row.start : row.end] for row in (older, newer))
    return changes(older.kind, older.fields, newer.fields, (words[0], words[1]))


def _written(
    older: Candidate | None,
    newer: Candidate | None,
    fields: Changes,
    names: Sequence[str],
    turn: int,
    *,
    user: User,
    client_key: UUID,
    at: datetime,
) -> SettledDifference:
    """Write what became of the difference; who comes second at the same instant is refused."""
    try:
        with transaction.atomic():
            settled = SettledDifference.objects.create(
                older=older,
                newer=newer,
                turn=turn,
                fields={name: list(pair) for name, pair in fields.items()},
                taken=list(names),
                by=user,
                at=at,
                client_key=client_key,
            )
    except IntegrityError as refused:
        raise AlreadySettled(None) from refused
    standing = _standing(older, newer)
    journal.record(
        "difference.settled",
        standing.named,
        actor=user.named,
        at=at,
        unit_uid=standing.run.rendition.document.keeper.uid,
        data={"fields": sorted(fields), "taken": list(names)},
    )
    return settled


def _candidate(pk: int | None) -> Candidate | None:
    if pk is None:
        return None
    document = "rendition__document__keeper"
    rows = Candidate.objects.select_related(f"run__{document}", f"run__rereads__{document}")
    return rows.get(pk=pk)
