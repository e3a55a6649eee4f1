"""A run waits, is read by a worker, fails or is read again; its candidates come at once."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Clause, Document, Rendition
from lotrinh.apps.documents.services import Identity, Piece
from lotrinh.apps.intake import selectors
from lotrinh.apps.intake.models import Candidate, ReadingRun
from lotrinh.apps.intake.papers import read_today
from lotrinh.apps.intake.rights import require_decider
from lotrinh.apps.intake.services.likening import liken
from lotrinh.apps.intake.services.queueing import enqueue
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.reading import Reading
from lotrinh.reading.facts import Citation, Relation
from lotrinh.rules.deadlines import stated_day
from lotrinh.rules.validity import CHANGES, EFFECTS, Effect

REPORTS_ON = "reports_on"
_CHANGES = CHANGES | {Effect.CORRECTED}
"""What changes a document is taken from the text that does it alone."""


class RunNotFailed(Exception):
    """Only a run that failed is queued again by hand."""


@transaction.atomic
def read_run(*, uid: UUID, at: datetime) -> ReadingRun:
    """Read the text of a queued run and leave its candidates, all or nothing.

    A run that has been read is returned as it is, so a job that comes twice reads once.
    """
    run = (
        ReadingRun.objects.select_for_update(of=["self"])
        .select_related("rendition__document__keeper")
        .get(uid=uid)
    )
    if run.state != ReadingRun.State.QUEUED:
        return run
    reading = read_today(run.rendition)
    registry.divide(rendition=run.rendition, pieces=_pieces(reading), at=at)
    _propose(run, reading)
    if run.rereads_id is None:
        _relate(run.rendition, reading, at=at)
    liken(rendition=run.rendition, reading=reading, at=at)
    run.state = ReadingRun.State.DONE
    run.finished_at = at
    run.engine_version = reading.engine_version
    run.lexicon_hash = reading.lexicon_hash
    run.facts = [fact.record("") for fact in reading.facts]
    run.save()
    journal.record(
        "reading.done",
        run.named,
        actor=SYSTEM,
        at=at,
        unit_uid=run.rendition.document.keeper.uid,
        data={"facts": len(reading.facts), "engine": reading.engine_version},
    )
    return run


@transaction.atomic
def give_up_run(*, uid: UUID, error: str, at: datetime) -> None:
    """Mark a run as failed after the worker's last try, with the reason for the officer."""
    run = ReadingRun.objects.select_for_update().get(uid=uid)
    if run.state != ReadingRun.State.QUEUED:
        return
    run.state = ReadingRun.State.FAILED
    run.finished_at = at
    run.error = error[:500]
    run.save()
    journal.record("reading.failed", run.named, actor=SYSTEM, at=at)


@transaction.atomic
def read_again(*, uid: UUID, user: User, on: date, at: datetime) -> ReadingRun:
    """Queue a failed run once more. Raises RunNotFailed, NotAllowed."""
    run = (
        ReadingRun.objects.select_for_update(of=["self"])
        .select_related("rendition__document__keeper")
        .get(uid=uid)
    )
    require_decider(run.rendition.document, user=user, on=on)
    if run.state != ReadingRun.State.FAILED:
        raise RunNotFailed(str(run.uid))
    run.state = ReadingRun.State.QUEUED
    run.error = ""
    run.finished_at = None
    run.save()
    journal.record("reading.queued", run.named, actor=user.named, at=at)
    enqueue(run)
    return run


def resume_waiting_runs(*, before: datetime) -> int:
    """Queue again every run that waits since before ``before``; return how many there are.

    A worker that was killed leaves its job half taken; the run itself is still untouched.
    """
    waiting = ReadingRun.objects.filter(state=ReadingRun.State.QUEUED, queued_at__lt=before)
    for run in waiting:
        enqueue(run)
    return len(waiting)


def _pieces(reading: Reading) -> list[Piece]:
    return [
        Piece(
            start=clause.start,
            end=clause.end,
            label=clause.label or "",
            level=clause.level,
            kind=clause.kind,
        )
        for clause in reading.clauses
    ]


def _propose(run: ReadingRun, reading: Reading) -> None:
    """Leave a candidate for every task and target, in the order of the text."""
    proposed = [fact for fact in reading.facts if fact.kind in Candidate.Kind.values]
    clauses = documents.clauses_of(rendition=run.rendition)
    starts = [clause.start for clause in clauses]

    def clause_with(start: int) -> Clause | None:
        place = bisect_right(starts, start) - 1
        return clauses[place] if place >= 0 and start < clauses[place].end else None

    Candidate.objects.bulk_create(
        Candidate(
            run=run,
            clause=clause_with(fact.start),
            ordinal=ordinal,
            kind=fact.kind,
            start=fact.start,
            end=fact.end,
            rule=fact.rule,
            confidence=fact.confidence,
            fields=fact.fields(),
        )
        for ordinal, fact in enumerate(proposed, start=1)
    )


def _relate(rendition: Rendition, reading: Reading, *, at: datetime) -> None:
    """Write what the document itself says of others, and what a report says of two others."""
    cited = [fact for fact in reading.facts if isinstance(fact, Citation)]
    numbered = [(fact.number, fact) for fact in cited if fact.number]
    found = _Found(
        rendition,
        cited={number: fact for number, fact in reversed(numbered)},
        here={(fact.start, number): fact for number, fact in numbered},
        at=at,
    )
    stated = [fact for fact in reading.facts if isinstance(fact, Relation) and fact.target]
    own = rendition.document.number
    for fact in sorted(stated, key=lambda found: (found.target, found.source or "")):  # one order
        if fact.source == own:
            found.state(rendition.document, found.document(fact.target, fact), fact)
        elif fact.source and not own and EFFECTS.get(fact.relation) not in _CHANGES:
            _report(found, fact.source, fact)


def _report(found: "_Found", number: str, fact: Relation) -> None:
    """Write what a report says of two others, unless the text of the first speaks for itself."""
    source = found.document(number, fact)
    found.state(found.rendition.document, source, replace(fact, relation=REPORTS_ON))
    if source.is_stub:
        found.state(source, found.document(fact.target, fact), fact)


@dataclass(frozen=True, slots=True)
class _Found:
    """The documents that a text cites: by number, and by the place at which it stands."""

    rendition: Rendition
    cited: Mapping[str, Citation]
    here: Mapping[tuple[int, str], Citation]
    at: datetime

    def document(self, number: str, fact: Relation) -> Document:
        """Return the document of this number, a stub where it is not registered."""
        citing = self.rendition.document
        citation = self.here.get((fact.start, number)) or self.cited.get(number)
        return registry.cite_document(
            identity=_cited_identity(number, citation),
            language=citing.language,
            keeper=citing.keeper,
            cited_on=citing.issued_on,
            at=self.at,
        )

    def state(self, source: Document, target: Document, fact: Relation) -> None:
        """Write that one stands to the other as the fact says, with its passage."""
        registry.relate(
            source=source,
            target=target,
            kind=fact.relation,
            rendition=self.rendition,
            span=(fact.start, fact.end),
            at=self.at,
        )


def _cited_identity(number: str, citation: Citation | None) -> Identity:
    """Return what a citation tells of a document: its number, and what stands beside it."""
    if citation is None:
        return Identity(system=selectors.system_of(number), number=number)
    return Identity(
        system=selectors.system_of(number),
        type_code=citation.type or "",
        number=number,
        issuer_text=citation.issuer or "",
        issued_on=stated_day(citation.date),
    )
