"""Publishing: one decision puts exactly what was shown in the place of what was public."""

import logging
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.publishing import shelf
from lotrinh.apps.publishing.models import (
    PublicationRecord,
    PublicHeading,
    PublicPaper,
    PublicPart,
    PublicPromise,
    PublicStep,
)
from lotrinh.apps.publishing.selectors import Chosen, may_publish, next_mark, papers_of
from lotrinh.apps.publishing.services.refusals import (
    ContentChanged,
    DecisionLater,
    KeyTaken,
    MayNotPublish,
    NothingChosen,
    ReasonMissing,
)
from lotrinh.apps.units import selectors as units
from lotrinh.rules.publication.canonical import canonical, digest, digest_of_papers, publication_of
from lotrinh.rules.publication.content import Heading, Paper, Promise, Publication

_log = logging.getLogger(__name__)
_BELOW = {"papers", "promises", "steps", "parts"}


@dataclass(frozen=True, slots=True)
class Decision:
    """By what it is published: the number and the day of a decision; why something is withdrawn."""

    number: str
    decided_on: date
    reason: str = ""


@transaction.atomic
def publish(
    *,
    chosen: Chosen,
    shown: str,
    decision: Decision,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> PublicationRecord:
    """Let everybody read the chosen targets as they stand on ``on``, in the place of what was.

    ``shown`` is the digest of the content that the account was shown. The same key again returns
    what it has published. Nothing chosen withdraws all that is public; what was published stays in
    the record. Raises MayNotPublish, KeyTaken, DecisionLater, ContentChanged, NothingChosen, and
    ReasonMissing where something that is public would not be any more without a reason.
    """
    if not may_publish(user_id=user.pk, on=on):
        raise MayNotPublish(user.uid)
    take_turn("publication", "")
    known = PublicationRecord.objects.filter(client_key=client_key).first()
    if known is not None:
        if known.by_id != user.pk:
            raise KeyTaken(str(client_key))
        return known
    if decision.decided_on > on:
        raise DecisionLater(decision.decided_on.isoformat())
    papers = papers_of(chosen=chosen, seen_by=user.pk, on=on)
    if digest_of_papers(papers, on) != shown:
        raise ContentChanged(shown)
    mark = next_mark()
    withdrawn = _require_reason(mark.before, papers, decision.reason)
    publication = Publication(_heading(mark.number, decision, on=on, at=at), papers)
    text = canonical(publication)
    made = PublicationRecord.objects.create(
        number=mark.number,
        as_of=on,
        decision=decision.number,
        decided_on=decision.decided_on,
        reason=decision.reason.strip(),
        content=text,
        sha256=digest(text),
        by=user,
        at=at,
        client_key=client_key,
    )
    _replace(publication, made.sha256)
    _record(made, papers, withdrawn, user=user, at=at)
    transaction.on_commit(partial(_shelve, Path(settings.LOTRINH_PUBLISHED), made))
    return made


def _require_reason(
    before: PublicationRecord | None, papers: tuple[Paper, ...], reason: str
) -> list[UUID]:
    """Return what would not be public any more; raise where there is nothing to decide, or why."""
    if before is None and not papers:
        raise NothingChosen
    withdrawn = _withdrawn(before, papers)
    if withdrawn and not reason.strip():
        raise ReasonMissing(str(len(withdrawn)))
    return withdrawn


def _heading(number: int, decision: Decision, *, on: date, at: datetime) -> Heading:
    root = units.tree_on(on=on)[0]
    return Heading(
        number=number,
        as_of=on,
        decision=decision.number,
        decided_on=decision.decided_on,
        office_vi=root.name_vi,
        office_en=root.name_en,
        published_at=at,
    )


def _withdrawn(before: PublicationRecord | None, papers: tuple[Paper, ...]) -> list[UUID]:
    """Return what was public and would not be any more."""
    if before is None:
        return []
    kept = {promise.uid for paper in papers for promise in paper.promises}
    was = publication_of(before.content)
    return [promise.uid for _paper, promise in was.promises if promise.uid not in kept]


def _replace(publication: Publication, sha256: str) -> None:
    """Write what is public now, and remove what was: of the past the heading alone stays."""
    for model in (PublicStep, PublicPart, PublicPromise, PublicPaper):
        rows = model.objects.all()
        rows._raw_delete(rows.db)  # the children are gone already; nothing has to be collected
    heading = PublicHeading.objects.create(**_columns(publication.heading), sha256=sha256)
    for paper in publication.papers:
        above = PublicPaper.objects.create(heading=heading, **_columns(paper))
        for promise in paper.promises:
            _write(promise, above)


def _write(promise: Promise, paper: PublicPaper) -> None:
    row = PublicPromise.objects.create(paper=paper, **_columns(promise))
    PublicStep.objects.bulk_create(
        PublicStep(promise=row, **_columns(one)) for one in promise.steps
    )
    PublicPart.objects.bulk_create(
        PublicPart(promise=row, **_columns(one)) for one in promise.parts
    )


def _columns(said: Any) -> dict[str, Any]:
    return {one.name: getattr(said, one.name) for one in fields(said) if one.name not in _BELOW}


def _record(
    made: PublicationRecord,
    papers: tuple[Paper, ...],
    withdrawn: list[UUID],
    *,
    user: User,
    at: datetime,
) -> None:
    data: dict[str, journal.Value] = {
        "number": made.number,
        "decision": made.decision,
        "decided_on": made.decided_on.isoformat(),
        "sha256": made.sha256,
        "documents": [str(paper.uid) for paper in papers],
        "targets": [str(promise.uid) for paper in papers for promise in paper.promises],
        "withdrawn": [str(uid) for uid in withdrawn],
        "reason": made.reason,
    }
    journal.record("publication.published", made.named, actor=user.named, at=at, data=data)


def _shelve(place: Path, made: PublicationRecord) -> None:
    """Leave the copy beside the database; a full disk takes back no publication."""
    try:
        shelf.keep(place, made.number, made.sha256, made.content)
    except OSError:
        _log.exception("the publication %s was not copied to %s", made.number, place)
