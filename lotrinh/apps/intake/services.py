"""Writes of intake: a text is submitted, read, and what reading proposes is decided."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.documents.services import Identity, Piece
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services import Assignment, Passage
from lotrinh.apps.files import services as files
from lotrinh.apps.intake import selectors
from lotrinh.apps.intake.models import Candidate, Decision, ReadingRun
from lotrinh.apps.intake.text import HEADER_CHARACTERS, decoded
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.targets import services as targets
from lotrinh.apps.targets.models import Target
from lotrinh.apps.targets.services import Promise
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.reading import Header, Reading, read_text
from lotrinh.reading.facts import Citation, Relation
from lotrinh.rules.actions import Action
from lotrinh.rules.rejections import Rejection

READ_JOB = "intake.read"


class NotAllowed(Exception):
    """No post of this account carries the right at that unit on that day."""


class AlreadyDecided(Exception):
    """Somebody has confirmed or rejected this candidate before."""


class WrongKind(Exception):
    """A task cannot be confirmed as a target, nor a target as a task."""


class ReasonUnknown(Exception):
    """A proposal is rejected for one of the reasons of ``rules.rejections``."""


class RunNotFailed(Exception):
    """Only a run that failed is queued again by hand."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A text as it came: from a file (then ``content`` is kept as the original) or pasted."""

    content: bytes
    source_name: str
    kind: str = Rendition.Kind.ORIGINAL


def submit(
    *,
    submission: Submission,
    keeper: Unit,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    rendition_of: Document | None = None,
) -> ReadingRun:
    """Keep a text and queue its reading; the answer comes before the text is read.

    Nothing is kept of a text that bears a mark of secrecy but the line that it was refused. The
    same key again, or the same text again, returns the run that there is. Raises NotAllowed,
    ``text.SecretMarked``, ``text.NotText``, ``text.TooLong``, ``registry.TextEmpty``,
    ``registry.KeptElsewhere``.
    """
    _require_registrar(keeper, user=user, on=on)
    text = decoded(submission.content)
    with transaction.atomic():
        take_turn("submission", client_key)
        known = ReadingRun.objects.filter(client_key=client_key, queued_by=user).first()
        if known:
            return known
        take_turn("text", hashlib.sha256(submission.content).hexdigest())
        repeated = selectors.run_of_text(text=text, seen_by=user.pk, on=on)
        if repeated:
            return repeated
        return _keep(text, submission, keeper, user, client_key, on, at, rendition_of)


def refuse_secret(*, sha256: str, keeper: Unit, user: User, at: datetime) -> None:
    """Record that a text with a mark of secrecy was refused: who, when, its hash, no more."""
    journal.record(
        "text.refused_secret",
        keeper.named,
        actor=user.named,
        at=at,
        unit_uid=keeper.uid,
        data={"sha256": sha256},
    )


def _keep(
    text: str,
    submission: Submission,
    keeper: Unit,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    rendition_of: Document | None,
) -> ReadingRun:
    header = read_text(text[:HEADER_CHARACTERS]).header
    blob = files.store(content=submission.content, media_type="text/plain", actor=user.named, at=at)
    document = rendition_of or registry.register_document(
        identity=Identity(
            system=header.system or "press",
            type_code=header.type or "",
            number=header.number or "",
            issuer=units.unit_named(header.issuer or ""),
            issuer_text=header.issuer or "",
            issued_on=_whole_day(header.issued),
        ),
        title=_title(header, submission, text),
        language=header.language,
        keeper=keeper,
        user=user,
        on=on,
        at=at,
    )
    if not _may_register(document.keeper, user=user, on=on):
        raise registry.KeptElsewhere(document.number)
    rendition = registry.add_rendition(
        document=document,
        kind=submission.kind,
        language=header.language,
        text=text,
        blob=blob,
        source_name=submission.source_name,
        actor=user.named,
        at=at,
    )
    run = ReadingRun.objects.create(
        rendition=rendition, queued_by=user, queued_at=at, client_key=client_key
    )
    journal.record("reading.queued", run.named, actor=user.named, at=at, unit_uid=keeper.uid)
    enqueue(run)
    return run


def _title(header: Header, submission: Submission, text: str) -> str:
    """Return what a document is called; one with a number needs no other name.

    Without a number the file's name stands for a title that could not be read, and for a pasted
    text its first line.
    """
    if header.title or header.number:
        return header.title or ""
    lines = (line.strip() for line in text.splitlines())
    return submission.source_name or next((line for line in lines if line), "")


def enqueue(run: ReadingRun) -> None:
    """Ask the workers to read this run; asking while it already waits changes nothing.

    The job is a row of the same database and commits with the run.
    """
    job = jobs.configure_task(READ_JOB, queue="extract", queueing_lock=f"read:{run.uid}")
    try:
        with transaction.atomic():
            job.defer(run=str(run.uid))
    except AlreadyEnqueued:
        return


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
    reading = read_text(run.rendition.text)
    registry.divide(rendition=run.rendition, pieces=_pieces(reading), at=at)
    _propose(run, reading)
    _relate(run.rendition, reading, at=at)
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
    _require_decider(run.rendition.document, user=user, on=on)
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
    repeated = _repeated(candidate_id, client_key)
    if repeated and repeated.duty:
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
    _decide(candidate, Decision.Verdict.CONFIRMED, user, client_key, at, duty=duty)
    return duty


@transaction.atomic
def confirm_target(
    *, candidate_id: int, promise: Promise, user: User, client_key: UUID, on: date, at: datetime
) -> Target:
    """Turn a proposed target into a draft target that points to its sentence.

    Raises AlreadyDecided, WrongKind, NotAllowed, and what ``targets.draft_target`` raises. The
    same key again returns the target that there is.
    """
    repeated = _repeated(candidate_id, client_key)
    if repeated and repeated.target:
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
    _decide(candidate, Decision.Verdict.CONFIRMED, user, client_key, at, target=target)
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
    repeated = _repeated(candidate_id, client_key)
    if repeated:
        return repeated
    if reason not in set(Rejection):
        raise ReasonUnknown(reason)
    candidate = _undecided(candidate_id, None, user=user, on=on)
    return _decide(
        candidate, Decision.Verdict.REJECTED, user, client_key, at, reason=reason, note=note
    )


def _may_register(keeper: Unit, *, user: User, on: date) -> bool:
    return units.may(user_id=user.pk, action=Action.REGISTER_DOCUMENT, unit_id=keeper.pk, on=on)


def _require_registrar(keeper: Unit, *, user: User, on: date) -> None:
    if not _may_register(keeper, user=user, on=on):
        raise NotAllowed(f"{Action.REGISTER_DOCUMENT} at {keeper.code}")


def _repeated(candidate_id: int, client_key: UUID) -> Decision | None:
    """Return what was decided under this key before; nobody else decides in the meantime."""
    take_turn("candidate", candidate_id)
    return Decision.objects.filter(candidate_id=candidate_id, client_key=client_key).first()


def _undecided(
    candidate_id: int, kind: Candidate.Kind | None, *, user: User, on: date
) -> Candidate:
    candidate = Candidate.objects.select_related("run__rendition__document__keeper").get(
        pk=candidate_id
    )
    _require_decider(candidate.run.rendition.document, user=user, on=on)
    if kind is not None and candidate.kind != kind:
        raise WrongKind(f"{candidate.kind} confirmed as {kind}")
    if Decision.objects.filter(candidate=candidate).exists():
        raise AlreadyDecided(str(candidate.uid))
    return candidate


def _require_decider(document: Document, *, user: User, on: date) -> None:
    keeper = document.keeper
    if not units.may(user_id=user.pk, action=Action.DECIDE_CANDIDATE, unit_id=keeper.pk, on=on):
        raise NotAllowed(f"{Action.DECIDE_CANDIDATE} at {keeper.code}")


def _decide(
    candidate: Candidate,
    verdict: Decision.Verdict,
    user: User,
    client_key: UUID,
    at: datetime,
    *,
    reason: str = "",
    note: str = "",
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
    Candidate.objects.bulk_create(
        Candidate(
            run=run,
            clause=documents.clause_at(rendition=run.rendition, start=fact.start, end=fact.end),
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
    """Write what the document itself says of others; what it reports of two others stays a fact."""
    document = rendition.document
    cited = {fact.number: fact for fact in reading.facts if isinstance(fact, Citation)}
    stated = [fact for fact in reading.facts if isinstance(fact, Relation) and fact.target]
    for fact in sorted(stated, key=lambda found: found.target):  # two runs take turns in one order
        if fact.source != document.number:
            continue
        other = registry.cite_document(
            identity=_cited_identity(fact.target, cited.get(fact.target)),
            language=document.language,
            keeper=document.keeper,
            at=at,
        )
        registry.relate(
            source=document,
            target=other,
            kind=fact.relation,
            rendition=rendition,
            span=(fact.start, fact.end),
            at=at,
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
        issued_on=_whole_day(citation.date),
    )


def _whole_day(iso: str | None) -> date | None:
    """Return the day of a full ISO date; a month, a year or an unknown year is no day."""
    if iso is None or len(iso) != 10 or not iso[:4].isdigit():
        return None
    return date.fromisoformat(iso)
