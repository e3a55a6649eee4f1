"""Is a text another text of a document that is known? Reading proposes it, a person says so.

A translation or a report may bear no number, or a wrong one; its facts tell. What is found is
proposed with the facts that differ, and a person says whether it is one document or another. The
text of the original language is the one that counts: nothing is ever decided from a translation.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.documents.rights import require_keeper
from lotrinh.apps.intake.models import (
    Candidate,
    Decision,
    Fingerprint,
    Likeness,
    LikenessAnswer,
    ReadingRun,
)
from lotrinh.apps.intake.papers import read_today
from lotrinh.apps.intake.selectors import likeness as found
from lotrinh.apps.intake.selectors.proposals import holding
from lotrinh.apps.intake.services.queueing import enqueue
from lotrinh.apps.intake.services.turns import take_turns
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.reading import Comparison, Reading, compare
from lotrinh.reading.side_by_side import lay_beside

KINDS = (Rendition.Kind.TRANSLATION, Rendition.Kind.REPORT, Rendition.Kind.ORIGINAL)


class AnsweredMeanwhile(Exception):
    """Somebody else has said meanwhile whether the two are one document."""

    def __init__(self, answer: LikenessAnswer) -> None:
        super().__init__(str(answer.likeness_id))
        self.answer = answer


class AlreadyOne(Exception):
    """Both texts are texts of one document: there is nothing to join."""


class HasCommitments(Exception):
    """Commitments were accepted from the text that would become another's: undo them first."""


def liken(*, rendition: Rendition, reading: Reading, at: datetime) -> tuple[Likeness, ...]:
    """Compare a text that was read with the others that may be the same document, once.

    With every other text of its own document, and with the texts of other documents that share the
    most telling facts. Texts that prove to be of different documents leave no trace. Of two texts
    that are read at once the second finds the first: it waits until that one has ended.
    """
    take_turn("likeness", "find")
    keys = found.keys_of(reading)
    Fingerprint.objects.get_or_create(rendition=rendition, defaults={"keys": keys})
    known = set(Likeness.objects.filter(text=rendition).values_list("other", flat=True))
    known |= set(Likeness.objects.filter(other=rendition).values_list("text", flat=True))
    rows = Rendition.objects.filter(documents.belongs()).order_by("id")
    rows = rows.exclude(pk__in=[rendition.pk, *known])
    beside = rows.filter(document_id=rendition.document_id, runs__state="done").distinct()
    elsewhere = rows.filter(pk__in=found.alike(keys=keys, text=rendition))
    made = [_likeness(rendition, reading, other, at=at) for other in (*beside, *elsewhere)]
    return tuple(row for row in made if row is not None)


@transaction.atomic
def answer_likeness(
    *,
    likeness: Likeness,
    into: Document | None,
    kind: str = Rendition.Kind.TRANSLATION,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> LikenessAnswer:
    """Say that two texts are one document, the one ``into`` which the other goes, or (None) not.

    The text of the other becomes a further text of ``into``, of this kind, and waits to be read
    there; which text counts stays as it is. The same key again changes nothing. Raises NotAllowed
    of the registry, AnsweredMeanwhile, AlreadyOne, HasCommitments, ``documents.NotJoinable``.
    """
    pair = likeness.text.document, likeness.other.document
    for document in pair:
        require_keeper(document, user=user, on=on)
    take_turn("likeness", likeness.pk)
    known = LikenessAnswer.objects.filter(likeness=likeness).select_related("by").first()
    if known is not None and (known.by_id, known.client_key) == (user.pk, client_key):
        return known
    if known is not None:
        raise AnsweredMeanwhile(known)
    if pair[0].pk == pair[1].pk:
        raise AlreadyOne(str(likeness.uid))
    if into is not None:
        _join(likeness, into, kind, user=user, on=on, at=at)
    answer = LikenessAnswer.objects.create(
        likeness=likeness, is_one=into is not None, by=user, at=at, client_key=client_key
    )
    journal.record(
        "likeness.confirmed" if into is not None else "likeness.denied",
        likeness.named,
        actor=user.named,
        at=at,
        unit_uid=pair[0].keeper.uid,
        data={"documents": [str(document.uid) for document in pair]},
    )
    return answer


def _join(
    likeness: Likeness, into: Document, kind: str, *, user: User, on: date, at: datetime
) -> None:
    is_text = likeness.text.document_id != into.pk
    goes = likeness.text.document if is_text else likeness.other.document
    take_turn("text that counts", goes.pk)
    rows = Candidate.objects.filter(run__rendition__document=goes)
    take_turns(candidate_ids=rows.values_list("pk", flat=True))  # nobody decides meanwhile
    made = holding().filter(
        candidate__run__rendition__document=goes, verdict=Decision.Verdict.CONFIRMED
    )
    if made.exists():
        raise HasCommitments(str(goes.uid))
    there = registry.join_document(document=goes, into=into, kind=kind, user=user, on=on, at=at)
    _carry_likeness(likeness, there, is_text=is_text, at=at)
    for text in there:
        _queue_reading(text, user=user, at=at)


def _queue_reading(text: Rendition, *, user: User, at: datetime) -> None:
    """Let a text be read where it stands newly: one that was never read could never be taken."""
    if text.runs.exists():
        return
    run = ReadingRun.objects.create(
        rendition=text, queued_by=user, queued_at=at, client_key=uuid7()
    )
    keeper = text.document.keeper
    journal.record("reading.queued", run.named, actor=user.named, at=at, unit_uid=keeper.uid)
    enqueue(run)


def _carry_likeness(
    likeness: Likeness, there: Iterable[Rendition], *, is_text: bool, at: datetime
) -> None:
    """Let what was found hold for the text where it stands now."""
    moved = likeness.text if is_text else likeness.other
    for text in there:
        if text.sha256 != moved.sha256:
            continue
        pair = (text, likeness.other) if is_text else (likeness.text, text)
        Likeness.objects.get_or_create(
            text=pair[0],
            other=pair[1],
            defaults={
                "verdict": likeness.verdict,
                "score": likeness.score,
                "shared": likeness.shared,
                "differences": likeness.differences,
                "shared_passages": likeness.shared_passages,
                "at": at,
            },
        )


def _likeness(
    rendition: Rendition, reading: Reading, other: Rendition, *, at: datetime
) -> Likeness | None:
    theirs = read_today(other)
    comparison = _compared(reading, theirs)
    is_own = other.document_id == rendition.document_id
    if not is_own and not _is_worth_asking(comparison, rendition, other):
        return None
    beside = lay_beside(reading, theirs, comparison)
    return Likeness.objects.create(
        text=rendition,
        other=other,
        verdict=comparison.verdict,
        score=comparison.score,
        shared=comparison.shared,
        differences=[row.record() for row in beside.differing],
        shared_passages=[list(row) for row in beside.shared],
        at=at,
    )


def _compared(one: Reading, other: Reading) -> Comparison:
    """Compare two texts; where only their numbers make them two, a translation may have slipped."""
    first = compare(one, other)
    if first.verdict != "different" or one.header.language == other.header.language:
        return first
    bare = replace(one, header=replace(one.header, number=None))
    without = compare(bare, other)
    if without.verdict in {"same", "part"}:
        return replace(without, verdict="unsure", differences=first.differences)
    return first


def _is_worth_asking(comparison: Comparison, one: Rendition, other: Rendition) -> bool:
    """Say whether a person is asked: of texts in one language only where it is clear."""
    if comparison.verdict == "different":
        return False
    return comparison.verdict != "unsure" or one.language != other.language
