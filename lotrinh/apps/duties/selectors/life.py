"""Reads of one duty's life: what was done, what was handed in, what was asked to be explained."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import JSONObject

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties.models import Duty, DutyEvent, DutyKind, Evidence
from lotrinh.apps.duties.selectors.seen import sees, visible
from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import EXPLANATION, OTHER_THAN, DutyState, Step


@dataclass(frozen=True, slots=True)
class LastUrging:
    """On which day a duty was urged last, and by whom; empty where that name is not kept."""

    on: date
    by_name: str


def life_of(*, duty: Duty, seen_by: int, on: date) -> tuple[DutyEvent, ...]:
    """Return the steps that were taken, newest first, with their documents and files.

    ``basis_is_seen`` of each says whether the account may see the document that orders it,
    ``files`` tells ``uid``, ``name`` and ``size`` (bytes) of what was handed in.
    """
    bases = documents.visible(seen_by=seen_by, on=on).order_by().filter(pk=OuterRef("basis"))
    files = Evidence.objects.filter(event=OuterRef("pk")).order_by("id")
    told = files.values(json=JSONObject(uid="uid", name="name", size="blob__size"))
    events = duty.events.select_related("by", "basis").annotate(files=ArraySubquery(told))
    return tuple(events.annotate(basis_is_seen=Exists(bases)).order_by("-version"))


def evidence_by_uid(uid: UUID, *, seen_by: int, on: date) -> Evidence | None:
    """Return a file that was handed in, or None where it is missing or its duty is not seen."""
    found = Evidence.objects.select_related("blob", "event__duty").filter(uid=uid).first()
    if found is None or not sees(found.event.duty, seen_by=seen_by, on=on):
        return None
    return found


def supported_by(*, blob_ids: Iterable[int], seen_by: int, on: date) -> dict[int, tuple[Duty, ...]]:
    """Return by file the duties that the account sees and that it was handed in for."""
    seen = visible(seen_by=seen_by, on=on)
    rows = Evidence.objects.filter(
        blob__in=list(blob_ids), event__duty__in=seen.order_by().values("pk")
    )
    found: dict[int, dict[int, Duty]] = {}
    for one in rows.select_related("event__duty").order_by("id"):
        found.setdefault(one.blob_id, {})[one.event.duty_id] = one.event.duty
    return {blob: tuple(held.values()) for blob, held in found.items()}


def judged_before(events: Iterable[DutyEvent], step: Step, *, user_id: int) -> DutyEvent | None:
    """Return the step of the account by which this one is not for it; None where there is none.

    ``events`` are those of the duty, newest first. Nobody judges what he has done himself.
    """
    rows = tuple(events)
    for judged in OTHER_THAN.get(step, ()):
        last = next((row for row in rows if row.step == judged), None)
        if last is not None and last.by_id == user_id:
            return last
    return None


def to_be_judged(events: Iterable[DutyEvent], step: Step) -> tuple[DutyEvent, ...]:
    """Return what this step judges, newest first; nothing where it judges nothing.

    ``events`` are those of the duty, newest first. With a claim come the reports that led to it.
    """
    judged = OTHER_THAN.get(step, ())
    rows = tuple(events)
    first = next((row for row in rows if row.step in judged), None)
    if first is None:
        return ()
    shown = {*judged, Step.REPORT} if Step.CLAIM in judged else {first.step}
    return tuple(row for row in rows if row.step in shown and row.version <= first.version)


def last_urgings(duty_ids: Iterable[int], *, on: date) -> dict[int, LastUrging]:
    """Return by duty how it was urged last by that day; nothing of one that nobody urged.

    Of duties that the reader sees.
    """
    found = DutyEvent.objects.filter(duty__in=list(duty_ids), step=Step.REMIND, on__lte=on)
    rows = found.annotate(by_name=journal.kept_name("by__uid"))
    rows = rows.order_by("duty", "-version").distinct("duty")
    return {
        duty_id: LastUrging(day, name)
        for duty_id, day, name in rows.values_list("duty_id", "on", "by_name")
        if day is not None
    }


def under(
    *, duty: Duty, most: int, seen_by: int, on: date
) -> tuple[tuple[Duty, ...], tuple[Duty, ...]]:
    """Return the duties by which this one is to be explained, and the first that are parts of it.

    At most so many of each, as far as the account may see them; none that was withdrawn.
    """
    found = visible(seen_by=seen_by, on=on).filter(superior=duty, period="")
    is_part = Case(When(kind=EXPLANATION, then=0), default=1)
    rows = tuple(
        found.exclude(state=DutyState.WITHDRAWN)
        .annotate(is_part=is_part)
        .order_by("is_part", "binding_due", "id")[: 2 * most]
    )
    explanations = tuple(row for row in rows if row.kind == EXPLANATION)
    return explanations[:most], tuple(row for row in rows if row.kind != EXPLANATION)[:most]


def superior_of(*, duty: Duty, seen_by: int, on: date) -> Duty | None:
    """Return the duty which this one serves, where the account may see it."""
    if duty.superior_id is None:
        return None
    return visible(seen_by=seen_by, on=on).filter(pk=duty.superior_id).first()


def moved_on(uid: UUID, *, seen_by: int, on: date) -> date | None:
    """Return the day on which a duty left the last unit for which the account does duties.

    None where it never was with such a unit, or is hidden for another reason.
    """
    left = DutyEvent.objects.filter(duty__uid=uid, step=Step.TRANSFER, on__isnull=False)
    gone = [(words.get("unit"), day) for day, words in left.values_list("on", "words_before")]
    reach = units.reach(user_id=seen_by, action=Action.DO_DUTY, on=on) if gone else frozenset()
    known = {told: units.unit_by_uid(UUID(told)) for told, _day in gone if told}
    mine = {told for told, unit in known.items() if unit is not None and unit.pk in reach}
    return max((day for told, day in gone if told in mine and day), default=None)


def kind_on(code: str, *, on: date) -> DutyKind | None:
    """Return what a kind of duty is called that day, or None where it is not known."""
    return DutyKind.objects.filter(Q(valid__contains=on), code=code).first()
