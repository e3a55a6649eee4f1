"""Silence and owners who are not there, duty by duty: why, since when, and what was heard last.

It is shown on the day on which it begins to everyone who sees the duty, those to whom it is owed
among them: nobody above has to be told first.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.selectors.counting import rhythms_on
from lotrinh.apps.duties.selectors.owners import Away, away_among, away_of
from lotrinh.apps.duties.selectors.seen import visible
from lotrinh.apps.duties.selectors.totals import ids_from_document, silent_filter
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Placement
from lotrinh.rules.duty_states import OPEN, DutyState
from lotrinh.rules.recurrence import has_periods
from lotrinh.rules.reminders import REMINDED
from lotrinh.rules.tally import USUAL, Rhythm, is_silent


class Silence(StrEnum):
    """Why nobody is to be heard of an open duty."""

    NO_WORD = "no_word"  # nothing was said for longer than the rhythm bears
    NO_PERSON = "no_person"  # the person in charge holds no post any more
    ELSEWHERE = "elsewhere"  # he holds a post, but none in the unit that answers
    UNIT_ENDED = "unit_ended"  # the unit stands no more, and none answers for it


@dataclass(frozen=True, slots=True)
class Unheard:
    """An open duty that somebody has to ask about. ``since`` is the first day of each reason.

    A reason without a day holds for as long as is known. ``unit_id`` answers for the duty;
    ``heard_on`` is the day of the last word, None where there was none since the issue.
    """

    duty_id: int
    unit_id: int
    since: Mapping[Silence, date | None]
    heard_on: date | None
    issued_on: date | None

    @property
    def begun(self) -> date:
        """The day on which the first of the reasons began."""
        return min((day for day in self.since.values() if day), default=date.min)


@dataclass(frozen=True, slots=True)
class _Open:
    """What is read of an open duty."""

    pk: int
    owed_to_id: int
    unit_id: int
    person_id: int
    state: str
    recurrence: str
    updated_on: date | None
    heard_from: date | None
    issued_on: date | None
    binding_due: date | None

    @property
    def counted_from(self) -> date | None:
        """The day from which silence is counted; None where nothing is to be heard of it itself."""
        if DutyState(self.state) not in REMINDED or has_periods(self.recurrence):
            return None
        days = (self.issued_on, self.updated_on, self.heard_from)
        return max((day for day in days if day), default=None)

    def is_late(self, on: date) -> bool:
        """Say whether it is for the unit to move, past the deadline that holds."""
        is_awaited = DutyState(self.state) in REMINDED
        return is_awaited and self.binding_due is not None and self.binding_due < on


@dataclass(frozen=True, slots=True)
class _Around:
    """What is known of units and people on the day."""

    answers: Mapping[int, int]
    places: Mapping[int, Placement]
    seats: Mapping[int, frozenset[int]]
    left: Mapping[int, Mapping[int, date]]
    rhythms: Mapping[int, Rhythm]
    on: date


def unheard(
    *, seen_by: int, on: date, rhythms: Mapping[int, Rhythm] | None = None
) -> tuple[Unheard, ...]:
    """Return the open duties that fell silent or whose owner is not there, unit by unit.

    Units come in the order of the tree, their duties with the longest silence first. ``rhythms``
    are those of ``rhythms_on`` where they are known already.
    """
    known = rhythms_on(on=on) if rhythms is None else rhythms
    seen = visible(seen_by=seen_by, on=on)
    away = away_among(seen, on=on)
    held = _open_among(seen.filter(_told_of(away, known, on=on)))
    found = [one for one, _ in _told(held, away, known, on=on) if one.since]
    rank = {one.id: place for place, one in enumerate(units.tree_on(on=on))} if found else {}
    last = len(rank)
    return tuple(
        sorted(
            found,
            key=lambda one: (rank.get(one.unit_id, last), one.unit_id, one.begun, one.duty_id),
        )
    )


def to_urge(
    document: Document, *, seen_by: int, on: date, rhythms: Mapping[int, Rhythm] | None = None
) -> tuple[Unheard, ...]:
    """Return the duties from a document that are late, silent or without an owner.

    The longest overdue first. One that is merely late has no reason of silence. ``rhythms`` are
    those of ``rhythms_on`` where they are known already.
    """
    seen = visible(seen_by=seen_by, on=on).filter(pk__in=ids_from_document(document))
    held = _open_among(seen)
    away = away_of(Counter((one.unit_id, one.person_id) for one in held), on=on)
    told = _told(held, away, rhythms_on(on=on) if rhythms is None else rhythms, on=on)
    found = [(one, duty) for one, duty in told if one.since or duty.is_late(on)]
    found.sort(key=lambda pair: (pair[1].binding_due or date.max, pair[0].duty_id))
    return tuple(one for one, _ in found)


def _told_of(away: Away, rhythms: Mapping[int, Rhythm], *, on: date) -> Q:
    """Return a condition that holds of all open duties that there is a reason to tell of.

    And of some others: it is for the database to pass over the many of which there is none.
    """
    pairs = away.gone.keys() | away.elsewhere.keys()
    owners = Q(unit__in={unit_id for unit_id, _ in pairs}, person__in={who for _, who in pairs})
    return silent_filter(on=on, rhythms=rhythms) | Q(unit__in=away.orphaned) | owners


def _open_among(found: QuerySet[Duty]) -> list[_Open]:
    fields = (
        "pk",
        "owed_to_id",
        "unit_id",
        "person_id",
        "state",
        "recurrence",
        "updated_on",
        "heard_from",
        "issued_on",
        "binding_due",
    )
    rows = found.filter(state__in=OPEN).order_by().values_list(*fields)
    return [_Open(*row) for row in rows]


def _told(
    held: Sequence[_Open], away: Away, rhythms: Mapping[int, Rhythm], *, on: date
) -> list[tuple[Unheard, _Open]]:
    """Return each duty with the reasons for which nobody is to be heard of it, if any."""
    if not held:
        return []
    around = _around(away, rhythms, on=on)
    return [
        (
            Unheard(
                one.pk,
                around.answers[one.unit_id],
                dict(_reasons(one, around)),
                one.updated_on,
                one.issued_on,
            ),
            one,
        )
        for one in held
    ]


def _around(away: Away, rhythms: Mapping[int, Rhythm], *, on: date) -> _Around:
    answers = away.answers
    ended = {answers[unit_id] for unit_id in away.orphaned}
    places = units.nearest_places(unit_ids=ended, on=on) if ended else {}
    absent = {who for _, who in away.gone.keys() | away.elsewhere.keys()}
    left = units.seats_left(absent, on=on) if absent else {}
    return _Around(answers, places, away.seats, left, rhythms, on)


def _reasons(one: _Open, around: _Around) -> Iterator[tuple[Silence, date | None]]:
    """Tell why nobody is to be heard of a duty, each reason with its first day."""
    unit_id, heard = around.answers[one.unit_id], one.counted_from
    rhythm = around.rhythms.get(one.owed_to_id, USUAL)
    if heard is not None and is_silent(heard, around.on, rhythm=rhythm):
        yield Silence.NO_WORD, heard + rhythm.patience + timedelta(days=1)
    left = around.left.get(one.person_id, {})
    if one.person_id not in around.seats:
        yield Silence.NO_PERSON, max(left.values(), default=None)
    elif unit_id not in around.seats[one.person_id]:
        yield Silence.ELSEWHERE, left.get(unit_id)
    place = around.places.get(unit_id)
    if place is not None:
        yield Silence.UNIT_ENDED, place.valid.upper
