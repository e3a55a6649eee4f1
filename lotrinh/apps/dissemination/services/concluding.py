"""Concluding a conference: lines that become duties, the notice of them, and the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models import (
    Conclusion,
    ConclusionNotice,
    Conference,
    ConferenceRecord,
)
from lotrinh.apps.dissemination.selectors.recording import content_of
from lotrinh.apps.dissemination.selectors.seen import may_hold
from lotrinh.apps.dissemination.services.refusals import (
    KeyTaken,
    NotAllowed,
    NothingConcluded,
    NotNow,
    NotSeen,
    TooMany,
)
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Concluded, Passage
from lotrinh.apps.files.services import store
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState
from lotrinh.rules.conferences.words import authority_words
from lotrinh.rules.reviewing.numbers import canonical, digest

MOST_LINES = 100
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Told = dict[str, str | int | list[str]]
_SPOKEN = (ConferenceState.UNDER_WAY, ConferenceState.CLOSED)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the concluding remarks; one from which no duty follows is kept as it was said."""

    said: Concluded
    is_duty: bool = True


@dataclass(frozen=True, slots=True)
class NoticeSaid:
    """A notice of conclusions as a document: by what it is known, its text and its Word file.

    ``spans`` are where the text says which conclusion: by its id the first and last character.
    """

    identity: registry.Identity
    title: str
    text: str
    docx: bytes
    spans: Sequence[tuple[int, int, int]]
    name: str


@transaction.atomic
def conclude(
    *, conference_id: int, lines: Sequence[Line], user: User, on: date, at: datetime
) -> tuple[Conclusion, ...]:
    """Keep what was concluded and let every line that is one become a draft duty, all in one act.

    Lines whose keys are known are left as they are. Returned are those of this form. Raises
    NotAllowed, NotNow before the conference, KeyTaken, TooMany, and what ``draft_duties`` raises.
    """
    conference = _held(conference_id, user, on, _SPOKEN)
    if len(lines) > MOST_LINES:
        raise TooMany(str(len(lines)))
    keys = [one.said.client_key for one in lines]
    known = {one.client_key: one for one in Conclusion.objects.filter(client_key__in=keys)}
    if any((one.by_id, one.conference_id) != (user.pk, conference.pk) for one in known.values()):
        raise KeyTaken(str(next(iter(known))))
    new = [one for one in lines if one.said.client_key not in known]
    made = duties.draft_conclusions(
        lines=[one.said for one in new if one.is_duty],
        authority=authority_words(
            conference.title, day=conference.day, language=conference.language
        ),
        language=conference.language,
        owed_to=conference.organiser,
        user=user,
        on=on,
        at=at,
    )
    kept = Conclusion.objects.bulk_create(
        Conclusion(
            conference=conference,
            text=one.said.title[:500],
            duty=made.get(one.said.client_key),
            by=user,
            at=at,
            client_key=one.said.client_key,
        )
        for one in new
    )
    if kept:
        born = [str(one.uid) for one in made.values()]
        told: Told = {"lines": len(kept), "duties": born}
        _record(conference, "conference.concluded", user, at, told)
    return (*known.values(), *kept)


@transaction.atomic
def announce_conclusions(
    *,
    conference_id: int,
    said: NoticeSaid,
    user: User,
    on: date,
    at: datetime,
    client_key: UUID,
) -> Document:
    """Register the notice of conclusions with its text and its file, and link it.

    Every duty that came of a line points to where the notice says so. Sent twice it is registered
    once. Raises NotAllowed, NotNow, KeyTaken, NothingConcluded, and what ``register_document``
    raises.
    """
    take_turn("notice", str(client_key))
    conference = _held(conference_id, user, on, _SPOKEN)
    known = _known(conference, user, client_key)
    if known is not None:
        return known
    if not said.spans:
        raise NothingConcluded(str(conference.uid))
    paper = registry.register_document(
        identity=said.identity,
        title=said.title,
        language=conference.language,
        keeper=conference.organiser,
        user=user,
        on=on,
        at=at,
    )
    _write(conference, paper, said, user, at)
    return _linked(conference, paper, user, at, client_key)


@transaction.atomic
def link_notice(
    *,
    conference_id: int,
    document: Document,
    user: User,
    on: date,
    at: datetime,
    client_key: UUID,
) -> Document:
    """Let a registered document be the notice of what a conference concluded.

    Raises NotAllowed, NotNow, NotSeen, KeyTaken.
    """
    take_turn("notice", str(client_key))
    conference = _held(conference_id, user, on, _SPOKEN)
    known = _known(conference, user, client_key)
    if known is not None:
        return known
    if not documents.may_read(document=document, seen_by=user.pk, on=on):
        raise NotSeen("document")
    return _linked(conference, document, user, at, client_key)


@transaction.atomic
def freeze_record(*, conference_id: int, user: User, on: date, at: datetime) -> ConferenceRecord:
    """Freeze the record of a conference that is closed, once: later it is returned as it was.

    Raises NotAllowed, NotNow.
    """
    conference = _held(conference_id, user, on, (ConferenceState.CLOSED,))
    known = ConferenceRecord.objects.filter(conference=conference).first()
    if known is not None:
        return known
    content = canonical(content_of(conference, on=on))
    made = ConferenceRecord.objects.create(
        conference=conference,
        content=content,
        sha256=digest(content),
        frozen_by=user,
        frozen_on=on,
        frozen_at=at,
    )
    journal.record(
        "record.fixed",
        made.named,
        actor=user.named,
        at=at,
        unit_uid=conference.organiser.uid,
        data={"conference": str(conference.uid), "sha256": made.sha256},
    )
    return made


def _held(
    conference_id: int, user: User, on: date, states: Sequence[ConferenceState]
) -> Conference:
    """Return a conference in one of these states, once nobody else is changing it."""
    rows = Conference.objects.select_for_update(of=("self",)).select_related("organiser")
    conference = rows.get(pk=conference_id)
    if not may_hold(conference, user_id=user.pk, on=on):
        raise NotAllowed(f"{Action.HOLD_CONFERENCE} at {conference.organiser.code}")
    if conference.state not in states:
        raise NotNow(conference.state)
    return conference


def _write(
    conference: Conference, paper: Document, said: NoticeSaid, user: User, at: datetime
) -> None:
    """Keep the text of a notice, a clause for each line, and point every duty to its own."""
    text = registry.add_rendition(
        document=paper,
        kind=Rendition.Kind.ORIGINAL,
        language=conference.language,
        text=said.text,
        blob=store(content=said.docx, media_type=DOCX, actor=user.named, at=at),
        source_name=said.name,
        actor=user.named,
        at=at,
    )
    registry.divide(
        rendition=text,
        pieces=[
            registry.Piece(start, end, f"{place}.", 1, "point")
            for place, (_pk, start, end) in enumerate(said.spans, start=1)
        ],
        actor=user.named,
        at=at,
    )
    owed = {one.pk: one.duty for one in conference.conclusions.select_related("duty__owed_to")}
    for pk, start, end in said.spans:
        duty = owed.get(pk)
        if duty is not None:
            duties.add_source(duty=duty, passage=Passage(text, start, end), actor=user.named, at=at)


def _known(conference: Conference, user: User, client_key: UUID) -> Document | None:
    known = ConclusionNotice.objects.filter(client_key=client_key).first()
    if known is None:
        return None
    if (known.conference_id, known.by_id) != (conference.pk, user.pk):
        raise KeyTaken(str(client_key))
    return known.document


def _linked(
    conference: Conference, paper: Document, user: User, at: datetime, client_key: UUID
) -> Document:
    ConclusionNotice.objects.create(
        conference=conference, document=paper, by=user, at=at, client_key=client_key
    )
    _record(conference, "conference.announced", user, at, {"document": str(paper.uid)})
    return paper


def _record(
    conference: Conference,
    verb: str,
    user: User,
    at: datetime,
    data: Told,
) -> None:
    journal.record(
        verb,
        conference.named,
        actor=user.named,
        at=at,
        unit_uid=conference.organiser.uid,
        data=data,
    )
