"""Another text of a document is taken: what was decided goes with it, each by its passage.

What was made of the texts before keeps pointing there. Where the new text says the same, or nearly
the same, its passage becomes a further source and its proposal has the decision of the one before;
where no passage is found nothing is carried, and the difference stays to be looked at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.documents.selectors import text_that_counts
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Passage
from lotrinh.apps.intake import selectors
from lotrinh.apps.intake.dues import Office, due_in
from lotrinh.apps.intake.models import Candidate, Decision, ReadingRun, TypedWords
from lotrinh.apps.intake.rights import require_decider
from lotrinh.apps.intake.selectors import decision_of, last_turn
from lotrinh.apps.intake.services.reshaping import propose
from lotrinh.apps.intake.services.turns import decide, take_turns
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.targets import services as targets
from lotrinh.reading.matching import OtherText
from lotrinh.rules.days import legal_day
from lotrinh.rules.duty_states import DutyState

Verdict = Decision.Verdict
_ENOUGH = 0.75
"""What share of the words of a passage must stand in the other text to be found again there."""


class TextNotRead(Exception):
    """The text waits to be read, or could not be: nothing could be carried to it."""


@dataclass(frozen=True, slots=True)
class Carried:
    """How many decisions went with the text, and those for which no passage was found."""

    count: int
    lost: tuple[Candidate, ...]


class _Act(TypedDict):
    """Who carries, by which key, when."""

    user: User
    client_key: UUID
    at: datetime


@transaction.atomic
def take_text(
    *,
    rendition: Rendition,
    instead_of: UUID | None,
    reason: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Carried:
    """Let this text of its document count, and carry to it what was decided about the other.

    The same key again carries nothing twice. Raises NotAllowed, TextNotRead, and what
    ``documents.take_text`` raises: two people never take different texts unseen.
    """
    document = rendition.document
    require_decider(document, user=user, on=on)
    take_turn("text that counts", document.pk)
    before = text_that_counts(document)
    newer = selectors.done_run_of(rendition)
    older = selectors.done_run_of(before) if before is not None else None
    if older is not None and newer is None:
        raise TextNotRead(str(rendition.uid))
    registry.take_text(
        rendition=rendition,
        instead_of=instead_of,
        reason=reason,
        user=user,
        client_key=client_key,
        on=on,
        at=at,
    )
    if older is None or newer is None or older.rendition_id == newer.rendition_id:
        return Carried(0, ())
    return _carry(older, newer, user=user, client_key=client_key, at=at)


def _carry(
    older: ReadingRun, newer: ReadingRun, *, user: User, client_key: UUID, at: datetime
) -> Carried:
    earlier = selectors.runs_of_further_texts(older, newer)
    for run in (older, *earlier):
        run.rendition.document = newer.rendition.document
    all_runs = (older, newer, *earlier)
    take_turns(candidate_ids=[row.pk for run in all_runs for row in selectors.standing(run)])
    count, lost = 0, []  # nobody decides meanwhile
    act: _Act = {"user": user, "client_key": client_key, "at": at}
    for row in _looked_up(older, newer):
        decision, other = decision_of(row.one), _there(row, newer, act)
        if other is None:
            lost += [row.one] if decision and decision.verdict == Verdict.CONFIRMED else []
        elif decision is not None:
            count += _carried(row.one, other, decision, act)
        else:
            _keep_typed(row.one, other)
    count += _carry_further(earlier, newer, act)
    held = selectors.made_by(newer)
    return Carried(count, tuple(one for one in lost if selectors.thing_of(one) not in held))


def _carry_further(earlier: Iterable[ReadingRun], newer: ReadingRun, act: _Act) -> int:
    """Carry what was decided on texts left before, which the text before this one did not have.

    What was accepted goes first. What a proposal of the new text holds already stays as it is.
    """
    rows = [row for run in earlier for row in _looked_up(run, newer) if decision_of(row.one)]
    rows.sort(key=lambda row: selectors.thing_of(row.one) is None)
    held, decided = set(selectors.made_by(newer)), set[int]()
    for row in rows:
        thing, decision = selectors.thing_of(row.one), decision_of(row.one)
        if decision is None or (thing is not None and thing in held):
            continue
        if row.other is not None and (row.other.pk in decided or decision_of(row.other)):
            continue
        if not _still_holds(decision):
            continue
        other = _there(row, newer, act)
        if other is not None and _carried(row.one, other, decision, act):
            decided.add(other.pk)
            held |= {thing} if thing else set()
    return len(decided)


@dataclass(frozen=True, slots=True)
class _Row:
    """A proposal of a text that was left: what the new one proposes, or where its words stand."""

    one: Candidate
    other: Candidate | None
    span: tuple[int, int] | None


def _looked_up(older: ReadingRun, newer: ReadingRun) -> list[_Row]:
    """Return each proposal of the older text that stands, with its place in the newer."""
    found = selectors.compared(older, newer)
    there = {one.pk: other for one, other in found.pairs}
    standing = [one for one, _other in found.pairs]
    standing += [row.older for row in found.gone if row.older is not None]
    spans = _passages(standing, there, older, newer)
    standing.sort(key=lambda one: (one.start, one.ordinal))
    return [_Row(one, there.get(one.pk), spans.get(one.pk)) for one in standing]


def _there(row: _Row, newer: ReadingRun, act: _Act) -> Candidate | None:
    """Return the proposal of the new text, made where its words stand there; None without."""
    if row.other is not None or row.span is None or not _is_worth_carrying(row.one):
        return row.other
    return _made_there(row.one, newer, row.span, act)


def _is_worth_carrying(candidate: Candidate) -> bool:
    """Say whether a proposal that the other reading does not make is made there by hand.

    What somebody confirmed or added himself is; what was only read, or dropped, is not.
    """
    decision = decision_of(candidate)
    if decision is not None:
        return bool(decision.verdict == Verdict.CONFIRMED)
    return candidate.origin != Candidate.Origin.READ


def _passages(
    rows: Iterable[Candidate],
    there: Mapping[int, Candidate],
    older: ReadingRun,
    newer: ReadingRun,
) -> dict[int, tuple[int, int]]:
    """Return by id where the words stand that the other reading proposes nothing of."""
    alone = [row for row in rows if row.pk not in there]
    if not alone:
        return {}
    places = OtherText(older.rendition.text, newer.rendition.text)
    found = {row.pk: places.find(row.start, row.end) for row in alone}
    return {pk: (at.start, at.end) for pk, at in found.items() if at and at.share >= _ENOUGH}


def _made_there(
    candidate: Candidate,
    run: ReadingRun,
    span: tuple[int, int],
    act: _Act,
) -> Candidate:
    take_turn("proposals", run.pk)
    (made,) = propose(
        run=run,
        kind=candidate.kind,
        origin=Candidate.Origin.CARRIED,
        parts=[(span, candidate.fields)],
        **act,
    )
    return made


def _carried(one: Candidate, other: Candidate, decision: Decision, act: _Act) -> bool:
    """Let the decision about one proposal hold for the other, unless something holds there."""
    last, holds = last_turn(other), decision_of(other)
    if not _still_holds(decision) or (last is not None and last.at > decision.at):
        return False  # or somebody has opened it again since
    if holds is not None:
        if not _gives_way(holds, decision):
            return False
        decide(candidate=other, verdict=Verdict.REOPENED, **act)
        other, run = Candidate.objects.get(pk=other.pk), other.run
        other.run = run  # its turns were at hand as they were before
    _keep_typed(one, other)
    decide(
        candidate=other,
        verdict=Verdict(decision.verdict),
        **act,
        reason=decision.reason,
        note=decision.note,
        words=decision.words_sha256,
        duty=decision.duty,
        target=decision.target,
        carried_from=decision,
    )
    _add_source(other, decision, user=act["user"], at=act["at"])
    return True


def _gives_way(holds: Decision, later: Decision) -> bool:
    """Say whether a rejection was followed by another decision; what was accepted stays so."""
    return (
        holds.verdict == Verdict.REJECTED
        and later.at > holds.at
        and (holds.verdict, holds.reason) != (later.verdict, later.reason)
    )


def _still_holds(decision: Decision) -> bool:
    """Say whether what a confirmation made is still there: a draft may have been withdrawn."""
    if decision.duty is not None:
        return bool(decision.duty.state != DutyState.WITHDRAWN)
    return decision.target is None or decision.target.withdrawn_on is None


def _add_source(candidate: Candidate, decision: Decision, *, user: User, at: datetime) -> None:
    rendition = candidate.run.rendition
    on = legal_day(at, timezone.get_default_timezone())
    if decision.duty is not None:
        passage = Passage(
            rendition=rendition,
            start=candidate.start,
            end=candidate.end,
            stated_due=str(candidate.fields.get("due") or ""),
            due=due_in(candidate, Office(rendition.document, on)),
        )
        duties.add_source(duty=decision.duty, passage=passage, actor=user.named, at=at)
    if decision.target is not None:
        targets.add_source(
            target=decision.target,
            rendition=rendition,
            start=candidate.start,
            end=candidate.end,
            actor=user.named,
            at=at,
        )


def _keep_typed(one: Candidate, other: Candidate) -> None:
    """Let what people typed and have not decided stand beside the proposal of the new text."""
    rows = TypedWords.objects.filter(candidate=one)
    TypedWords.objects.bulk_create(
        [TypedWords(candidate=other, by=row.by, values=row.values, at=row.at) for row in rows],
        ignore_conflicts=True,
    )
