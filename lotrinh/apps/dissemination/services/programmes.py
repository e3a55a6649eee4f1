"""Following a conference up: units owe programmes of their own, link them, the office reads them.

The duty of the unit follows what it links, so that one thing is never told twice: a draft is word
of it, an issued document hands it in, the office's review verifies it. Whoever may not take such a
step leaves it to those who may.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models import (
    Conference,
    Programme,
    ProgrammeCall,
    ProgrammeLink,
    ProgrammeReview,
)
from lotrinh.apps.dissemination.selectors.programmes import (
    Owing,
    asking_clause,
    may_follow,
    may_link,
    state_of,
    would_owe,
)
from lotrinh.apps.dissemination.selectors.seen import may_hold
from lotrinh.apps.dissemination.services.comparing import queue_comparison
from lotrinh.apps.dissemination.services.refusals import (
    DayPassed,
    KeyTaken,
    NobodyOwes,
    NotAllowed,
    NotIssued,
    NotNow,
    NotSeen,
    SameDocument,
    SamePerson,
)
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services import Assignment, Passage, ReportOwed
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Group
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState
from lotrinh.rules.duty_states import BINDING, WORKED_ON, DutyState
from lotrinh.rules.programmes import ProgrammeState, owed_words


@dataclass(frozen=True, slots=True)
class ProgrammeAct:
    """Who follows up or answers, when, and by which form."""

    user: User
    client_key: UUID
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class ProgrammesSaid:
    """For which document units owe programmes, by when, and which: a group, or those with sites."""

    document: Document
    due: date
    group: Group | None = None
    without: frozenset[int] = field(default=frozenset())


@transaction.atomic
@units.rights_asked_once_an_act()
def call_for_programmes(
    *, conference_id: int, said: ProgrammesSaid, act: ProgrammeAct
) -> tuple[Programme, ...]:
    """Let every chosen unit owe a programme of its own by that day; return those that are new.

    Each is a duty, which comes from the clause that asks for it where the document has one. A unit
    that owes one for the document already keeps it as it is, so that the same form sent again makes
    nothing. Where nobody holds a post the duty is a draft and binds nobody yet.

    Raises NotAllowed, NotNow, NotSeen, DayPassed, NobodyOwes.
    """
    take_turn("programmes", conference_id)
    conference = Conference.objects.select_related("organiser").get(pk=conference_id)
    _require_following(conference, said, act)
    chosen = would_owe(
        conference=conference,
        document=said.document,
        group=said.group,
        without=said.without,
        on=act.on,
    )
    if not chosen:
        raise NobodyOwes(str(conference.uid))
    call, _is_new = ProgrammeCall.objects.get_or_create(
        conference=conference,
        document=said.document,
        defaults={"begun_by": act.user, "begun_on": act.on},
    )
    new = [one for one in chosen if not one.owes_already]
    made = _owed(call, new, said, act)
    if made:
        journal.record(
            "programme_call.opened",
            call.named,
            actor=act.user.named,
            at=act.at,
            unit_uid=conference.organiser.uid,
            data={
                "document": str(said.document.uid),
                "due": said.due.isoformat(),
                "units": len(made),
            },
        )
    return made


@transaction.atomic
def link_programme(*, programme_id: int, document: Document, act: ProgrammeAct) -> Programme:
    """Let this be the unit's programme, readable for the organiser; the same key again is once.

    The duty hears of a draft and is handed in with an issued document; linking the same document
    again once it has number and day hands it in. Raises NotAllowed, NotNow where nothing is owed,
    NotSeen, SameDocument for the very document that is carried out, KeyTaken.
    """
    programme = _taken(programme_id)
    known = programme.links.filter(client_key=act.client_key).first()
    if known is not None:
        if known.by_id != act.user.pk or known.document_id != document.pk:
            raise KeyTaken(str(act.client_key))
        return programme
    if not may_link(programme, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"to link for {programme.unit.code}")
    if programme.duty.state not in BINDING:
        raise NotNow(programme.duty.state)
    if not documents.may_read(document=document, seen_by=act.user.pk, on=act.on):
        raise NotSeen("document")
    if document.pk == programme.call.document_id:
        raise SameDocument(str(document.uid))
    ProgrammeLink.objects.create(
        programme=programme,
        document=document,
        by=act.user,
        on=act.on,
        at=act.at,
        client_key=act.client_key,
    )
    programme.document = document
    programme.save(update_fields=["document"])
    organiser = programme.call.conference.organiser
    registry.send_to_all(document=document, to=[organiser], actor=act.user.named, at=act.at)
    _record(programme, "programme.linked", act, {"document": str(document.uid)})
    _hand_in(programme.duty, document, act)
    queue_comparison(call_id=programme.call_id)
    return programme


@transaction.atomic
def review_programme(*, programme_id: int, note: str, act: ProgrammeAct) -> ProgrammeReview:
    """Say that the office has read the issued programme, and verify its duty; once for each text.

    Raises NotAllowed, NotIssued, SamePerson for whoever linked it.
    """
    programme = _taken(programme_id)
    if not may_follow(programme.call, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"{Action.HOLD_CONFERENCE} for {programme.uid}")
    document = programme.document
    known = programme.reviews.filter(document=document).first() if document else None
    if known is not None:
        return known
    if document is None or state_of(programme) is not ProgrammeState.ISSUED:
        raise NotIssued(str(programme.uid))
    if programme.links.filter(document=document, by=act.user).exists():
        raise SamePerson(str(act.user.uid))
    review = ProgrammeReview.objects.create(
        programme=programme,
        document=document,
        note=note.strip()[:2000],
        by=act.user,
        on=act.on,
        at=act.at,
        client_key=act.client_key,
    )
    _record(programme, "programme.reviewed", act, {"document": str(document.uid)})
    _verify(programme.duty, act)
    return review


@transaction.atomic
def remind_of_programmes(
    *, call_id: int, versions: Mapping[int, int], note: str, act: ProgrammeAct
) -> Mapping[int, duties.Refused]:
    """Remind units of the programmes that they owe, each by a notice; return why not, by duty.

    ``versions`` names by the id of each duty the version that was shown. The same key again sends
    nothing twice. Raises NotAllowed, NotSeen for a duty of another call.
    """
    call = ProgrammeCall.objects.select_related("conference__organiser").get(pk=call_id)
    if not may_follow(call, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"{Action.HOLD_CONFERENCE} for {call.uid}")
    if call.programmes.filter(duty__in=list(versions)).count() != len(versions):
        raise NotSeen("duty")
    return duties.urge_duties(versions=versions, act=_act(act, version=0, note=note))


def _require_following(conference: Conference, said: ProgrammesSaid, act: ProgrammeAct) -> None:
    if not may_hold(conference, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"{Action.HOLD_CONFERENCE} at {conference.organiser.code}")
    if conference.state == ConferenceState.CALLED_OFF:
        raise NotNow(conference.state)
    if not conference.documents.filter(pk=said.document.pk).exists():
        raise NotSeen("document")
    if said.due < act.on:
        raise DayPassed(said.due.isoformat())


def _owed(
    call: ProgrammeCall, chosen: Sequence[Owing], said: ProgrammesSaid, act: ProgrammeAct
) -> tuple[Programme, ...]:
    """Write the duty and the programme of each unit."""
    conference, document = call.conference, said.document
    rows = units.units_by_ids(one.unit.id for one in chosen)
    words = owed_words(document.number, document.title, language=conference.language)
    keys = {pk: uuid5(call.uid, str(unit.uid)) for pk, unit in rows.items()}
    owed = [
        ReportOwed(
            Assignment(
                language=conference.language,
                unit=rows[one.unit.id],
                person=one.person,
                due=said.due,
                title=words["title"],
                responsibility=words["responsibility"],
                deliverable=words["deliverable"],
                authority=f"{document}; {conference.title}",
            ),
            keys[one.unit.id],
        )
        for one in chosen
    ]
    try:
        held = duties.owe_programmes(
            owed=owed,
            owed_to=conference.organiser,
            passage=_passage(document),
            act=_act(act, version=0),
        )
    except duties.NotAllowed as refused:
        raise NotAllowed(str(refused)) from refused
    return tuple(
        Programme.objects.bulk_create(
            (
                Programme(call=call, unit=rows[one.unit.id], duty=held[keys[one.unit.id]])
                for one in chosen
            ),
            batch_size=2000,
        )
    )


def _passage(document: Document) -> Passage | None:
    clause = asking_clause(document)
    if clause is None:
        return None
    return Passage(clause.rendition, clause.start, clause.end)


def _hand_in(duty: Duty, document: Document, act: ProgrammeAct) -> None:
    """Let the duty hear of what was linked, where it is for the unit to move."""
    if duty.state not in WORKED_ON:
        return
    if document.number and document.issued_on:
        note = f"{document.number}, {document.issued_on:%d/%m/%Y}"
        duties.claim_duty(duty_id=duty.pk, act=_act(act, version=duty.version, note=note))
        return
    taken = _act(act, version=duty.version, note=str(document)[:500])
    duties.report_progress(duty_id=duty.pk, act=taken)


def _verify(duty: Duty, act: ProgrammeAct) -> None:
    """Find the duty done, where it is handed in and the account may judge it."""
    if duty.state != DutyState.CLAIMED or duty.claimed_by_id == act.user.pk:
        return
    place, action = duty.owed_to_id, Action.JUDGE_DUTY
    if units.may(user_id=act.user.pk, action=action, unit_id=place, on=act.on):
        duties.verify_duty(duty_id=duty.pk, act=_act(act, version=duty.version))


def _act(act: ProgrammeAct, *, version: int, note: str = "") -> duties.Act:
    return duties.Act(act.user, act.client_key, act.on, act.at, version, note=note)


def _taken(programme_id: int) -> Programme:
    """Return a programme once nobody else is linking or reviewing it."""
    take_turn("programme", programme_id)
    rows = Programme.objects.select_related(
        "unit", "duty", "document", "call__conference__organiser"
    )
    return rows.get(pk=programme_id)


def _record(programme: Programme, verb: str, act: ProgrammeAct, data: Mapping[str, str]) -> None:
    journal.record(
        verb,
        programme.named,
        actor=act.user.named,
        at=act.at,
        unit_uid=programme.unit.uid,
        data=dict(data),
    )
