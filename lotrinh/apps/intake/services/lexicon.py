"""Lines of the lexicon are found in what people put right, measured, and applied by somebody.

Nothing is applied by itself. A worker looks for corrections that repeat and measures what a line
would change; whoever defines roles applies it, dismisses it or takes it back, with a reason. From
then on texts are read with it, and a reading made before shows by its fingerprint that it was not.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from lotrinh.apps.accounts.models import User
from lotrinh.apps.intake import selectors
from lotrinh.apps.intake.measuring import Outcome, measured
from lotrinh.apps.intake.models import LexiconLine, LexiconMeasure, LexiconSupport, LexiconTurn
from lotrinh.apps.intake.rights import NotAllowed
from lotrinh.apps.intake.selectors import LEAST_SUPPORT, Corrected
from lotrinh.apps.intake.services.learning import NoReason
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units import selectors as units
from lotrinh.reading.grammar import lexicon_hash
from lotrinh.reading.lines import Line
from lotrinh.reading.proposing import (
    changed_comparators,
    dropped_openings,
    missed_verbs,
    sentence_around,
)
from lotrinh.rules.actions import Action

MEASURE_JOB = "intake.measure_line"
Cause = LexiconLine.Cause
Verdict = LexiconTurn.Verdict
FROM: Mapping[str, frozenset[str]] = {
    Verdict.APPLIED: frozenset({selectors.PROPOSED, Verdict.DISMISSED, Verdict.REMOVED}),
    Verdict.DISMISSED: frozenset({selectors.PROPOSED}),
    Verdict.REMOVED: frozenset({Verdict.APPLIED}),
}
"""From which standing each verdict may follow."""
_ROOM = 500


class LineDecided(Exception):
    """Somebody has decided about this line meanwhile, or this verdict does not follow the last."""

    def __init__(self, last: LexiconTurn | None) -> None:
        super().__init__(str(last and last.verdict))
        self.last = last


@transaction.atomic
def find_lines(*, at: datetime) -> tuple[LexiconLine, ...]:
    """Propose a line for whatever people have put right three times; return those that are new.

    What speaks for a line that is there is added to it. Each new line is queued to be measured.
    """
    take_turn("lexicon", "find")
    made = selectors.corrections_made()
    causes = {one.decision_id: one.cause for one in made}
    could_be = {one.decision_id: _lines_of(one) for one in made}
    known = {(line.place, line.words): line for line in LexiconLine.objects.all()}
    spoken: dict[Line, list[int]] = defaultdict(list)
    for pk, lines in list(could_be.items()):
        there = next((line for line in lines if line in known), None)
        if there is not None:
            spoken[there].append(pk)
            del could_be[pk]
    repeated = _repeated(could_be)
    new = {line: _proposed(line, causes[pks[0]], at=at) for line, pks in repeated.items()}
    _support(known | new, spoken | repeated)
    for line in new.values():
        queue_measuring(line=line)
    return tuple(new.values())


def queue_measuring(*, line: LexiconLine) -> None:
    """Ask the workers to measure a line; asking while it already waits changes nothing."""
    job = jobs.configure_task(MEASURE_JOB, queue="extract", queueing_lock=f"measure:{line.uid}")
    try:
        with transaction.atomic():
            job.defer(line=str(line.uid))
    except AlreadyEnqueued:
        return


def measure_line(*, uid: UUID, at: datetime) -> LexiconMeasure:
    """Keep what a line would change on a set of texts whose commitments are known.

    Against the lexicon with all other lines that are applied. Raises ReaderFailed.
    """
    line = LexiconLine.objects.get(uid=uid)
    base = selectors.lexicon_lines(without=line.pk)
    return _kept(line, base, measured(base, [*base, (line.place, line.words)]), at=at)


@transaction.atomic
def _kept(
    line: LexiconLine, base: Sequence[Line], outcome: Outcome, *, at: datetime
) -> LexiconMeasure:
    kept = LexiconMeasure.objects.create(
        line=line,
        measured_on=outcome.measured_on,
        base_hash=lexicon_hash(base),
        documents=outcome.documents,
        known=outcome.known,
        gained=outcome.gained,
        lost=outcome.lost,
        false_gone=outcome.false_gone,
        false_new=outcome.false_new,
        at=at,
    )
    counts = {"gained": len(outcome.gained), "lost": len(outcome.lost)}
    journal.record("lexicon_line.measured", line.named, actor=SYSTEM, at=at, data=counts)
    return kept


@transaction.atomic
def decide_line(
    *,
    line_id: int,
    turn: int,
    verdict: str,
    reason: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> LexiconTurn:
    """Apply a line, dismiss it, or remove one that was applied; texts are read so from now on.

    ``turn`` is the last that the page showed. The same key again returns the turn that there is.
    Raises NotAllowed, NoReason, LineDecided.
    """
    if not units.may_define(user_id=user.pk, on=on):
        raise NotAllowed(str(Action.DEFINE_ROLE))
    take_turn("lexicon_line", line_id)
    turns = LexiconTurn.objects.filter(line_id=line_id).order_by("-turn")
    repeated = turns.filter(by=user, client_key=client_key, verdict=verdict).first()
    if repeated is not None:
        return repeated
    last = turns.first()
    stands = str(last.verdict) if last else selectors.PROPOSED
    if (last.turn if last else 0) != turn or stands not in FROM[verdict]:
        raise LineDecided(last)
    if not reason.strip():
        raise NoReason(str(line_id))
    line = LexiconLine.objects.get(pk=line_id)
    decided = LexiconTurn.objects.create(
        line=line,
        turn=turn + 1,
        verdict=verdict,
        reason=reason.strip()[:_ROOM],
        by=user,
        at=at,
        client_key=client_key,
    )
    journal.record(
        f"lexicon_line.{verdict}",
        line.named,
        actor=user.named,
        at=at,
        data={"place": line.place, "words": line.words, "reason": decided.reason},
    )
    return decided


def _proposed(line: Line, cause: str, *, at: datetime) -> LexiconLine:
    place, words = line
    proposed = LexiconLine.objects.create(place=place, words=words, cause=cause, found_at=at)
    journal.record("lexicon_line.proposed", proposed.named, actor=SYSTEM, at=at)
    return proposed


def _lines_of(one: Corrected) -> list[Line]:
    """Return the lines that would have spared this correction, the longer words first."""
    if one.cause == Cause.MISSED_VERB:
        return missed_verbs(one.passage)
    if one.cause == Cause.CHANGED_COMPARATOR:
        return changed_comparators(one.passage, one.became)
    whole = one.before + one.passage
    return dropped_openings(sentence_around(whole, len(one.before), len(whole)))


def _repeated(could_be: Mapping[int, list[Line]]) -> dict[Line, list[int]]:
    """Return the lines for which enough speaks; each correction speaks for one, the longest."""
    found: dict[Line, list[int]] = {}
    left = dict(could_be)
    most = max((len(line[1].split()) for lines in left.values() for line in lines), default=0)
    for length in range(most, 0, -1):
        counted: dict[Line, list[int]] = defaultdict(list)
        for pk, lines in left.items():
            for line in lines:
                if len(line[1].split()) == length:
                    counted[line].append(pk)
        for line in sorted(counted):
            pks = [pk for pk in counted[line] if pk in left]
            if len(pks) >= LEAST_SUPPORT:
                found[line] = pks
                for pk in pks:
                    del left[pk]
    return found


def _support(known: Mapping[Line, LexiconLine], taken: Mapping[Line, Iterable[int]]) -> None:
    LexiconSupport.objects.bulk_create(
        (
            LexiconSupport(line=known[line], decision_id=pk)
            for line, pks in taken.items()
            for pk in pks
        ),
        ignore_conflicts=True,
    )
