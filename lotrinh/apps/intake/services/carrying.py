"""Another text of a document is taken: what was decided goes with it, each by its passage.

What was made of the text before keeps pointing there. Where the new text says the same, or nearly
the same, its passage becomes a further source and its proposal has the decision of the one before;
where no passage is found nothing is carried, and the difference stays to be looked at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.documents.selectors import text_that_counts
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Passage
from lotrinh.apps.intake import selectors
from lotrinh.apps.intake.models import Candidate, Decision, ReadingRun, TypedWords
from lotrinh.apps.intake.rights import require_decider
from lotrinh.apps.intake.selectors import decision_of, last_turn
from lotrinh.apps.intake.services.reshaping import propose
from lotrinh.apps.intake.services.turns import decide, take_turns
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.targets import services as targets
from lotrinh.reading.matching import OtherText
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
    return _carry(older, newer, user=user, client_key=client_key, on=on, at=at)


def _carry(
    older: ReadingRun, newer: ReadingRun, *, user: User, client_key: UUID, on: date, at: datetime
) -> Carried:
    older.rendition.document = newer.rendition.document
    rows = selectors.standing(older)
    take_turns(candidate_ids=[row.pk for row in (*rows, *selectors.standing(newer))])
    found = selectors.compared(older, newer)  # nobody decides meanwhile
    there = {one.pk: other for one, other in found.pairs}
    standing = [one for one, _other in found.pairs] + [
        row.older for row in found.gone if row.older is not None
    ]
    found_again = _passages(standing, there, older, newer)
    count, lost = 0, []
    for one in sorted(standing, key=lambda row: (row.start, row.ordinal)):
        decision, other = decision_of(one), there.get(one.pk)
        if other is None and one.pk in found_again and _is_worth_carrying(one):
            other = _made_there(
                one, newer, found_again[one.pk], user=user, client_key=client_key, at=at
            )
        if other is None:
            lost += [one] if decision is not None and decision.verdict == Verdict.CONFIRMED else []
        elif decision is not None:
            count += _carried(one, other, decision, user=user, client_key=client_key, on=on, at=at)
        else:
            _keep_typed(one, other)
    return Carried(count, tuple(lost))


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
    *,
    user: User,
    client_key: UUID,
    at: datetime,
) -> Candidate:
    take_turn("proposals", run.pk)
    (made,) = propose(
        run=run,
        kind=candidate.kind,
        origin=Candidate.Origin.CARRIED,
        parts=[(span, candidate.fields)],
        user=user,
        client_key=client_key,
        at=at,
    )
    return made


def _carried(
    one: Candidate,
    other: Candidate,
    decision: Decision,
    *,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> bool:
    """Let the decision about one proposal hold for the other, unless something holds there."""
    if decision_of(other) is not None or not _still_holds(decision):
        return False
    last = last_turn(other)
    if last is not None and last.at > decision.at:
        return False  # somebody has opened it again since
    _keep_typed(one, other)
    decide(
        candidate=other,
        verdict=Verdict(decision.verdict),
        user=user,
        client_key=client_key,
        at=at,
        reason=decision.reason,
        note=decision.note,
        words=decision.words_sha256,
        duty=decision.duty,
        target=decision.target,
        carried_from=decision,
    )
    _add_source(other, decision, user=user, at=at)
    return True


def _still_holds(decision: Decision) -> bool:
    """Say whether what a confirmation made is still there: a draft may have been withdrawn."""
    if decision.duty is not None:
        return bool(decision.duty.state != DutyState.WITHDRAWN)
    return decision.target is None or decision.target.withdrawn_on is None


def _add_source(candidate: Candidate, decision: Decision, *, user: User, at: datetime) -> None:
    rendition = candidate.run.rendition
    if decision.duty is not None:
        passage = Passage(
            rendition=rendition,
            start=candidate.start,
            end=candidate.end,
            stated_due=str(candidate.fields.get("due") or ""),
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
