"""Urging: those to whom duties are owed remind of them, and whoever has to act has a notice.

One act urges one duty or many, in the same few statements. A duty that cannot be urged, or that has
moved on since it was shown, keeps no other one from being urged.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F

from lotrinh.apps.duties.models import Duty, DutyEvent, Notice
from lotrinh.apps.duties.selectors.heads import heads_around
from lotrinh.apps.duties.services.refusals import DutyChangedMeanwhile, NotAllowed, StepNotOpen
from lotrinh.apps.duties.services.steps import Act, entry_of, event_of, locked, right_for
from lotrinh.apps.duties.services.words import words_of
from lotrinh.apps.journal import services as journal
from lotrinh.apps.units import selectors as units
from lotrinh.rules.duty_states import TRANSITIONS, DutyState, Step

Refused = NotAllowed | StepNotOpen | DutyChangedMeanwhile
_BATCH = 1000


@transaction.atomic
def remind_of(*, duty_id: int, act: Act) -> Duty:
    """Remind the unit of what it owes; its person in charge has a notice with the words of the act.

    Where that person is not there any more, the head of the unit has it. Sending the same key again
    changes nothing. Raises NotAllowed, StepNotOpen, DutyChangedMeanwhile.
    """
    refused = urge_duties(versions={duty_id: act.version}, act=act)
    if duty_id in refused:
        raise refused[duty_id]
    return locked(duty_id=duty_id)


@transaction.atomic
@units.rights_asked_once_an_act()
def urge_duties(*, versions: Mapping[int, int], act: Act) -> Mapping[int, Refused]:
    """Remind of many duties in one act, as ``remind_of`` does of one; return why not, by duty.

    ``versions`` names by the id of each duty the version that was shown; that of the act is not
    looked at. Sending the same key again changes nothing.
    """
    found = _locked(versions)
    sent = DutyEvent.objects.filter(
        duty__in=versions, step=Step.REMIND, client_key=act.client_key, by=act.user
    )
    known = set(sent.values_list("duty_id", flat=True))
    asked = [duty for duty in found if duty.pk not in known]
    refused = _refused(asked, versions, act)
    _urge([duty for duty in asked if duty.pk not in refused], act)
    return refused


def _locked(duty_ids: Iterable[int]) -> list[Duty]:
    """Return the duties once nobody else takes a step of them, always locked in the same order."""
    rows = Duty.objects.filter(pk__in=list(duty_ids)).select_for_update(of=("self",))
    return list(rows.select_related("unit", "person", "owed_to", "leader").order_by("pk"))


def _refused(duties: Sequence[Duty], versions: Mapping[int, int], act: Act) -> dict[int, Refused]:
    """Return by duty why it is not urged."""
    closed = {duty.pk for duty in duties if (DutyState(duty.state), Step.REMIND) not in TRANSITIONS}
    moved = {duty.pk for duty in duties if duty.version != versions[duty.pk]}
    last = _last_events(closed | moved) if closed or moved else {}
    judged = _judged(duties, act)
    refused: dict[int, Refused] = {}
    for duty in duties:
        if duty.owed_to_id not in judged:
            refused[duty.pk] = NotAllowed(f"{Step.REMIND} of {duty.uid}")
        elif duty.pk in closed:
            words = f"{Step.REMIND} from {duty.state}"
            refused[duty.pk] = StepNotOpen(words, last.get(duty.pk))
        elif duty.pk in moved:
            words = f"version {duty.version}, shown {versions[duty.pk]}"
            refused[duty.pk] = DutyChangedMeanwhile(words, last.get(duty.pk))
    return refused


def _judged(duties: Iterable[Duty], act: Act) -> frozenset[int]:
    """Return to which units the duties have to be owed so that the account may urge them."""
    asked = {right_for(duty=duty, step=Step.REMIND, on=act.on) for duty in duties}
    actions = {action for action, _ in asked}
    if len(asked) > 1:  # of many units it costs less to learn at once which of them are reached
        reached = [units.reach(user_id=act.user.pk, action=one, on=act.on) for one in actions]
        return frozenset[int]().union(*reached)
    return frozenset(
        unit_id
        for action, unit_id in asked
        if units.may(user_id=act.user.pk, action=action, unit_id=unit_id, on=act.on)
    )


def _last_events(duty_ids: Iterable[int]) -> dict[int, DutyEvent]:
    """Return by duty the last step that was taken."""
    rows = DutyEvent.objects.filter(duty__in=list(duty_ids)).select_related("by")
    return {row.duty_id: row for row in rows.order_by("duty", "-version").distinct("duty")}


def _urge(duties: Sequence[Duty], act: Act) -> None:
    """Write of each duty the step, its entry, and the notices of those who have to act."""
    if not duties:
        return
    Duty.objects.filter(pk__in=[duty.pk for duty in duties]).update(version=F("version") + 1)
    events = []
    for duty in duties:
        before = words_of(duty=duty)
        duty.version += 1
        events.append(
            event_of(
                duty=duty,
                step=Step.REMIND,
                before=DutyState(duty.state),
                words_before=before,
                act=act,
            )
        )
    _tell(DutyEvent.objects.bulk_create(events, batch_size=_BATCH), act)
    journal.record_all(
        acts=[entry_of(duty=duty, step=Step.REMIND) for duty in duties],
        actor=act.user.named,
        at=act.at,
    )


def _tell(events: Sequence[DutyEvent], act: Act) -> None:
    """Give a notice to whoever is in charge; nobody has one where nobody can sign in."""
    heads = heads_around((event.duty for event in events), on=act.on)
    Notice.objects.bulk_create(
        (
            Notice(
                duty=event.duty,
                urging=event,
                due=event.duty.binding_due,
                on=act.on,
                person_id=person_id,
                at=act.at,
            )
            for event in events
            for person_id in heads.or_head(
                event.duty.person_id, event.duty.unit_id or event.duty.owed_to_id
            )
        ),
        batch_size=_BATCH,
    )
