"""Carrying a duty to every unit of a group in one act, and taking that back.

The draft on the group binds nobody: what counts are the duties of its units, each with its own
person, deadline and deliverable. Thousands are written in bulk, so every row says here what a
single step would have made it say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import F

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import services as registry
from lotrinh.apps.duties import selectors
from lotrinh.apps.duties.models import Duty, DutyEvent, DutyPart, DutySource
from lotrinh.apps.duties.services.bulk import BATCH, write_events
from lotrinh.apps.duties.services.refusals import (
    DutyHasMoved,
    LeftOutStranger,
    NoReason,
    NotAllowed,
    NothingToCarry,
    PersonElsewhere,
    StepNotOpen,
)
from lotrinh.apps.duties.services.steps import (
    VERBS,
    Act,
    keep_step,
    last_event,
    locked,
    require,
    require_ready,
    taken,
)
from lotrinh.apps.duties.services.words import words_of
from lotrinh.apps.journal import services as journal
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Group
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import TRANSITIONS, DutyState, Step

_UNTOUCHED = (DutyState.DRAFT, DutyState.ISSUED)
_MADE_BY_ASSIGNING = (Step.AMEND, Step.ISSUE)


@dataclass(frozen=True, slots=True)
class Carrying:
    """To whom a duty is carried: the units of ``group`` on ``as_of``, by their ids.

    ``left_out`` gives the reason for each unit that shall not owe it, ``own`` what a unit owes
    otherwise than the others.
    """

    group: Group
    as_of: date
    left_out: Mapping[int, str] = field(default_factory=dict)
    own: Mapping[int, selectors.Own] = field(default_factory=dict)


@transaction.atomic
def spread_duty(*, duty_id: int, act: Act, carrying: Carrying) -> Duty:
    """Let every unit of the group that is not left out owe what the draft says, from that day.

    Returns the draft, which is then carried. A unit whose duty lacks a clarity gets a draft that
    says what is missing, and owes nothing until that is issued. Every unit that owes may read the
    documents that ask for it. Sending the same key again changes nothing.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, NoReason, LeftOutStranger,
    PersonElsewhere, NothingToCarry.
    """
    duty = locked(duty_id=duty_id)
    require(action=Action.ISSUE_DUTY, unit=duty.owed_to, user=act.user, on=act.on)
    if taken(duty=duty, step=Step.SPREAD, client_key=act.client_key):
        return duty
    require_ready(duty=duty, version=act.version, step=Step.SPREAD)
    spread = _whole_spread(duty, carrying, user=act.user, on=act.on)
    children = _children(duty, spread, act)
    _give_sources(duty, children)
    _give_parts(duty, children, on=act.on)
    _send(duty, children, act)
    _record_issue(duty, children, act)
    details: dict[str, object] = {
        "group": carrying.group.code,
        "as_of": carrying.as_of.isoformat(),
        "units": len(children),
        "left_out": {str(unit.uid): reason for unit, reason in spread.left_out},
    }
    return keep_step(
        duty=duty, step=Step.SPREAD, words_before=words_of(duty=duty), act=act, details=details
    )


@transaction.atomic
def gather_duty(*, duty_id: int, act: Act) -> Duty:
    """Take back what was carried to a group: the draft is a draft again and no unit owes it.

    Of a single unit's duty: take back this one alone. Only as long as nobody has acted. What was
    sent to read stays sent. Sending the same key again changes nothing.

    Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile, DutyHasMoved.
    """
    duty = locked(duty_id=duty_id)
    require(action=Action.ISSUE_DUTY, unit=duty.owed_to, user=act.user, on=act.on)
    if taken(duty=duty, step=Step.GATHER, client_key=act.client_key):
        return duty
    require_ready(duty=duty, version=act.version, step=Step.GATHER)
    if duty.state == DutyState.ISSUED:
        if duty.superior is None or duty.superior.state != DutyState.SPREAD:
            raise StepNotOpen("not carried from a group", last_event(duty=duty))
        _require_untouched([duty])
        return keep_step(duty=duty, step=Step.GATHER, words_before=words_of(duty=duty), act=act)
    children = _locked_children(duty)
    _require_untouched(children)
    _take_back(children, act)
    details: dict[str, object] = {"units": len(children)}
    return keep_step(
        duty=duty, step=Step.GATHER, words_before=words_of(duty=duty), act=act, details=details
    )


def _whole_spread(duty: Duty, carrying: Carrying, *, user: User, on: date) -> selectors.Spread:
    """Return what would be made; raise where it may not be, or says something unfounded."""
    if not all(reason.strip() for reason in carrying.left_out.values()):
        raise NoReason("left out")
    spread = selectors.spread_of(
        duty=duty,
        group=carrying.group,
        as_of=carrying.as_of,
        left_out=carrying.left_out,
        own=carrying.own,
        seen_by=user.pk,
        on=on,
    )
    if spread.strangers:
        raise LeftOutStranger(spread.strangers)
    if spread.misplaced:
        raise PersonElsewhere(", ".join(map(str, sorted(spread.misplaced))))
    if not spread.shares:
        raise NothingToCarry(carrying.group.code)
    if not spread.is_allowed:
        raise NotAllowed(f"{Action.ISSUE_DUTY} throughout {carrying.group.code}")
    return spread


def _children(duty: Duty, spread: selectors.Spread, act: Act) -> list[Duty]:
    """Write one duty per unit: issued where it is clear, else a draft."""
    rows = units.units_by_ids(share.unit.id for share in spread.shares)
    children = []
    for share in spread.shares:
        binds = not share.missing
        children.append(
            Duty(
                kind=duty.kind,
                state=TRANSITIONS[DutyState.DRAFT, Step.ISSUE] if binds else DutyState.DRAFT,
                version=2 if binds else 1,
                title=duty.title,
                language=duty.language,
                owed_to=duty.owed_to,
                unit=rows[share.unit.id],
                person=share.person,
                due=share.due,
                binding_due=None if duty.recurrence else share.due,
                recurrence=duty.recurrence,
                responsibility=duty.responsibility,
                deliverable=share.deliverable[: Duty._meta.get_field("deliverable").max_length],
                authority=duty.authority,
                issued_on=act.on if binds else None,
                superior=duty,
                leader=duty.leader,
            )
        )
    return Duty.objects.bulk_create(children, batch_size=BATCH)


def _give_sources(duty: Duty, children: Iterable[Duty]) -> None:
    """Let every child come from the passages that ask for the draft."""
    sources = list(duty.sources.order_by("id"))
    DutySource.objects.bulk_create(
        (
            DutySource(
                duty=child,
                rendition_id=source.rendition_id,
                clause_id=source.clause_id,
                start=source.start,
                end=source.end,
                stated_due=source.stated_due,
                due=source.due,
                precision=source.precision,
                is_inferred=source.is_inferred,
            )
            for child in children
            for source in sources
        ),
        batch_size=BATCH,
    )


def _give_parts(duty: Duty, children: Iterable[Duty], *, on: date) -> None:
    """Let who takes part in the draft take part in every child; the lead takes no other part."""
    parts = selectors.taking_part(duty=duty)
    DutyPart.objects.bulk_create(
        (
            DutyPart(duty=child, unit=taken.unit, part=taken.part, since=on)
            for child in children
            for taken in parts
            if taken.unit_id != child.unit_id
        ),
        batch_size=BATCH,
    )


def _send(duty: Duty, children: Iterable[Duty], act: Act) -> None:
    """Send every document that asks for it to who owes it now, and to who takes part."""
    owing = [child.unit for child in children if child.state == DutyState.ISSUED and child.unit]
    to = [*owing, *(taken.unit for taken in selectors.taking_part(duty=duty))] if owing else []
    documents = {
        source.rendition.document_id: source.rendition.document
        for source in duty.sources.select_related("rendition__document").order_by("id")
    }
    for document in documents.values():
        registry.send_to_all(document=document, to=to, actor=act.user.named, at=act.at)


def _record_issue(duty: Duty, children: Iterable[Duty], act: Act) -> None:
    """Write the event of every child that binds, and an entry for every child."""
    binding = [child for child in children if child.state == DutyState.ISSUED]
    words = {child.pk: words_of(duty=child) for child in binding}
    write_events(duties=binding, step=Step.ISSUE, before=DutyState.DRAFT, words=words, act=act)
    journal.record_all(
        acts=[
            journal.Act(
                VERBS[Step.ISSUE] if child.state == DutyState.ISSUED else "duty.drafted",
                child.named,
                child.unit.uid if child.unit else None,
                {"version": child.version, "state": child.state, "superior": str(duty.uid)},
            )
            for child in children
        ],
        actor=act.user.named,
        at=act.at,
    )


def _locked_children(duty: Duty) -> list[Duty]:
    """Return what the draft was carried to, each behind a lock of its own row."""
    live = Duty.objects.filter(superior=duty).exclude(state=DutyState.WITHDRAWN)
    pks = list(live.select_for_update().order_by("pk").values_list("pk", flat=True))
    return list(live.filter(pk__in=pks).select_related("unit", "person").order_by("pk"))


def _require_untouched(children: list[Duty]) -> None:
    """Raise for the first duty on which somebody has acted since it was issued."""
    pks = [child.pk for child in children]
    acts = DutyEvent.objects.filter(duty__in=pks).exclude(step__in=_MADE_BY_ASSIGNING)
    parts = Duty.objects.filter(superior__in=pks).exclude(state=DutyState.WITHDRAWN)
    moved = {*acts.values_list("duty_id", flat=True), *parts.values_list("superior_id", flat=True)}
    for child in children:
        if child.pk in moved or child.state not in _UNTOUCHED:
            raise DutyHasMoved(child)


def _take_back(children: list[Duty], act: Act) -> None:
    """Withdraw every duty of the act, with its event and its entry."""
    for state, step in ((DutyState.ISSUED, Step.GATHER), (DutyState.DRAFT, Step.WITHDRAW)):
        found = [child for child in children if child.state == state]
        words = {child.pk: words_of(duty=child) for child in found}
        to = TRANSITIONS[state, step]
        Duty.objects.filter(pk__in=words).update(state=to, version=F("version") + 1)
        for child in found:
            child.state, child.version = to, child.version + 1
        write_events(duties=found, step=step, before=state, words=words, act=act)
        journal.record_all(
            acts=[
                journal.Act(
                    VERBS[step],
                    child.named,
                    child.unit.uid if child.unit else None,
                    {"version": child.version, "state": str(to)},
                )
                for child in found
            ],
            actor=act.user.named,
            at=act.at,
        )
