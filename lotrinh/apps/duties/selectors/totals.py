"""Duties added up: over the tree of units, for one document, for one unit; and one by one.

Every number here is counted from the same rows that the lists show, under the same rights, so that
a number and the list that it opens cannot disagree. The board of all duties reads a kept tally,
which the database writes with every change of these rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import add

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.lookups import LessThanOrEqual

from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.duties.models.duty import LAST_WORD
from lotrinh.apps.duties.models.tally import CLASSES
from lotrinh.apps.duties.selectors.counting import rhythms_on
from lotrinh.apps.duties.selectors.counts import note_tally
from lotrinh.apps.duties.selectors.seen import standing_filter, within
from lotrinh.apps.duties.selectors.tallies import kept_by_unit
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.selectors import PlacedUnit
from lotrinh.rules.actions import Action
from lotrinh.rules.clarities import missing_clarities
from lotrinh.rules.duty_states import SENT, WORKED_ON, DutyState, Step
from lotrinh.rules.recurrence import PERIODIC, has_periods
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import USUAL, Aside, Course, Numbers, Rhythm, Taken, Tally

_NOTHING = Tally()
_ASIDE = {Aside.REFUSED: DutyState.REFUSED, Aside.CANCELLED: DutyState.CANCELLED}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A unit with what it owes itself (``own``) and with all units below it (``whole``)."""

    unit: PlacedUnit
    own: Tally
    whole: Tally


@dataclass(frozen=True, slots=True)
class Glance:
    """The duties of one document or unit added up, with the drafts and what they lack."""

    tally: Tally
    drafts: int
    unclear: int
    silent: int


def board(
    *, seen_by: int, on: date, under: int | None = None, document: Document | None = None
) -> tuple[BoardRow, ...]:
    """Return every unit of a subtree as it stands that day with its duties, parents first.

    ``under`` is the unit at the head of the subtree (None: the root). What an ended unit owed
    counts with the unit that answers for it. Duties that the account may not see are not counted.
    """
    placed = [one for one in units.tree_on(on=on) if under is None or under in one.path]
    if document is None:
        reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
        counted = kept_by_unit(reach=reach, on=on)
        in_all = tuple(map(sum, zip(*counted.values(), strict=True)))
        note_tally(Tally.of(in_all) if in_all else Tally(), seen_by=seen_by, on=on)
    else:
        counted = _by_unit(_seen(seen_by=seen_by, on=on, document=document), on=on)
    answers = units.answerable_for(counted, on=on) if counted else {}
    own: dict[int, Numbers] = {}
    for unit_id, found in counted.items():
        own[answers[unit_id]] = _together(own.get(answers[unit_id]), found)
    whole = _with_all_below(placed, own)
    return tuple(_row(one, own.get(one.id), whole.get(one.id)) for one in placed)


def document_board(
    *, document: Document, seen_by: int, on: date
) -> tuple[Tally, tuple[BoardRow, ...]]:
    """Return the duties of a document added up, and the units that owe them, parents first.

    The sum holds also what no standing unit answers for; only what a unit owes itself is told.
    """
    counted = _by_unit(_seen(seen_by=seen_by, on=on, document=document), on=on)
    answers = units.answerable_for(counted, on=on) if counted else {}
    own: dict[int, Numbers] = {}
    for unit_id, found in counted.items():
        own[answers[unit_id]] = _together(own.get(answers[unit_id]), found)
    placed = [one for one in units.tree_on(on=on) if one.id in own] if own else []
    rows = tuple(_row(one, own[one.id], own[one.id]) for one in placed)
    return sum(map(Tally.of, counted.values()), _NOTHING), rows


def glance_at(
    *,
    seen_by: int,
    on: date,
    document: Document | None = None,
    unit_ids: Iterable[int] | None = None,
    owed_to: Iterable[int] | None = None,
    rhythms: Mapping[int, Rhythm] | None = None,
) -> Glance:
    """Return the duties of a document, or those that some units owe or are owed, added up.

    As far as the account may see them. ``unclear`` are drafts that lack one of the six clarities,
    ``rhythms`` those of ``rhythms_on`` where they are known already.
    """
    found = _seen(seen_by=seen_by, on=on, document=document)
    if unit_ids is not None:
        found = found.filter(unit_id__in=list(unit_ids))
    if owed_to is not None:
        found = found.filter(owed_to_id__in=list(owed_to))
    drafts = [one for one in found.filter(state=DutyState.DRAFT)]
    return Glance(
        tally=sum(map(Tally.of, _by_unit(found, on=on).values()), _NOTHING),
        drafts=len(drafts),
        unclear=sum(bool(missing_clarities(one.terms)) for one in drafts),
        silent=found.filter(silent_filter(on=on, rhythms=rhythms)).count(),
    )


def owed_below(unit_id: int, *, on: date) -> tuple[int, ...]:
    """Return the units whose duties the board counts for a unit and all that stand below it.

    Those that stand there that day, and the ended ones for which one of them answers.
    """
    standing = set(units.descendants_of(unit_id=unit_id, on=on))
    heirs = units.answerable_for(units.heirs_by(on=on), on=on)
    return (*standing, *(ended for ended, heir in heirs.items() if heir in standing))


def aside_filter(aside: Aside) -> Q:
    """Return the condition by which the database finds what stands beside the total."""
    return Q(state=_ASIDE[aside])


def silent_filter(*, on: date, rhythms: Mapping[int, Rhythm] | None = None) -> Q:
    """Return the condition by which the database finds the duties of silent units.

    ``rhythms`` are those of ``rhythms_on`` where they are known already.

    Those to whom a duty is owed say how often they want to hear of it. One that is owed anew for
    each period is heard of by the duties for these.
    """
    by_rhythm: dict[Rhythm, list[int]] = {}
    known = rhythms_on(on=on) if rhythms is None else rhythms
    for unit_id, rhythm in known.items():
        by_rhythm.setdefault(rhythm, []).append(unit_id)
    said = [unit_id for held in by_rhythm.values() for unit_id in held]
    quiet = _unheard_for(USUAL, on=on)
    if said:
        quiet &= ~Q(owed_to__in=said)
    for rhythm, held in by_rhythm.items():
        quiet |= Q(owed_to__in=held) & _unheard_for(rhythm, on=on)
    has_no_periods = Q(recurrence="") | ~Q(recurrence__regex=f"^{PERIODIC}$")
    return Q(state__in=WORKED_ON) & has_no_periods & quiet


def _unheard_for(rhythm: Rhythm, *, on: date) -> Q:
    return Q(LessThanOrEqual(LAST_WORD, on - rhythm.patience - timedelta(days=1)))


def courses(duties: Iterable[Duty]) -> Mapping[int, Course]:
    """Return by id the course of each duty as its events tell it, in one query."""
    held = {duty.pk: duty for duty in duties}
    taken: dict[int, list[Taken]] = {pk: [] for pk in held}
    rows = DutyEvent.objects.filter(duty_id__in=list(held)).order_by("duty_id", "version")
    for event in rows.only("duty_id", "step", "to_state", "on", "at", "words_after"):
        granted = event.words_after.get("approved_due") if event.step == Step.EXTEND else None
        if event.step in {Step.AMEND, Step.WITHDRAW}:
            continue
        taken[event.duty_id].append(
            Taken(
                Step(event.step),
                DutyState(event.to_state),
                event.on or event.at.date(),
                date.fromisoformat(granted) if granted else None,
            )
        )
    return {
        pk: Course(
            held[pk].due,
            tuple(steps),
            has_periods=has_periods(held[pk].recurrence),
            is_counted_by_periods=held[pk].counted_by_periods,
        )
        for pk, steps in taken.items()
    }


def _seen(*, seen_by: int, on: date, document: Document | None) -> QuerySet[Duty]:
    """Return the duties that the account may see, without the order and the company of a list."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    found = Duty.objects.filter(within(reach))
    if document is None:
        return found
    return found.filter(pk__in=ids_from_document(document))


def ids_from_document(document: Document) -> QuerySet[Duty, int]:
    """Return the ids of the duties that come from a document, whoever asks, for a condition."""
    return Duty.objects.filter(sources__rendition__document=document).values_list("pk", flat=True)


def _by_unit(found: QuerySet[Duty], *, on: date) -> dict[int, Numbers]:
    """Return by unit id how many of the duties stand in each class, in one GROUP BY."""
    cases = [When(standing_filter(one, on=on), then=Value(str(one))) for one in Standing]
    rows = (
        found.filter(state__in=SENT, unit__isnull=False)
        .order_by()
        .annotate(
            stand=Case(*cases, default="state", output_field=CharField()),
        )
        .values_list("unit_id", "stand")
        .annotate(n=Count("pk"))
    )
    counted: dict[int, dict[str, int]] = {}
    for unit_id, stand, n in rows:
        counted.setdefault(unit_id, {})[stand] = n
    return {
        unit_id: tuple(stands.get(one, 0) for one in CLASSES) for unit_id, stands in counted.items()
    }


def _with_all_below(placed: Sequence[PlacedUnit], own: Mapping[int, Numbers]) -> dict[int, Numbers]:
    """Return by unit what it owes with all that stand below it; ``placed`` gives parents first."""
    whole = dict(own)
    for one in reversed(placed):
        if one.depth and one.id in whole:
            above = one.path[-2]
            whole[above] = _together(whole.get(above), whole[one.id])
    return whole


def _together(first: Numbers | None, second: Numbers) -> Numbers:
    return second if first is None else tuple(map(add, first, second))


def _row(unit: PlacedUnit, own: Numbers | None, whole: Numbers | None) -> BoardRow:
    of_own = _NOTHING if own is None else Tally.of(own)
    if whole is own:  # nothing is owed below, as nearly everywhere
        return BoardRow(unit, of_own, of_own)
    return BoardRow(unit, of_own, _NOTHING if whole is None else Tally.of(whole))
