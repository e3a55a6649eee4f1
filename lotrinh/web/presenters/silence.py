"""Silence as the page shows it: by unit, each duty with its reasons and whom to ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.selectors import LastUrging, Silence, Unheard
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import DutyState, Step, steps_from
from lotrinh.web.formatting import day, named
from lotrinh.web.presenters.shapes import DutyRow
from lotrinh.web.presenters.standing import duty_row
from lotrinh.web.wording import SILENCES, word

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.units.models import Unit

_ONE_DAY = timedelta(days=1)
GONE = frozenset({Silence.NO_PERSON, Silence.ELSEWHERE})
"""Where the head of the unit is asked, since the person in charge is not there."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why nobody is to be heard, and since when; None where that is not known."""

    words_text: str
    since: date | None


@dataclass(frozen=True, slots=True)
class SilentRow:
    """A duty that somebody has to ask about.

    ``ask_text`` names the person in charge, where he is not there the head of the unit; empty where
    the reader may not know who that is. ``may_urge``: the reader may remind of it; ``is_picked``:
    and nobody has, since it fell silent or late.
    """

    row: DutyRow
    reasons: tuple[Reason, ...]
    heard_on: date | None
    issued_on: date | None
    ask_text: str
    may_urge: bool
    is_picked: bool
    urged: LastUrging | None
    owed_to_text: str


@dataclass(frozen=True, slots=True)
class SilentUnit:
    """A unit with those of its duties that stand on this page; ``count`` is of all pages."""

    uid: UUID
    name: str
    count: int
    rows: tuple[SilentRow, ...]


def by_unit(
    page: Sequence[Unheard], found: Sequence[Unheard], *, seen_by: int, on: date
) -> tuple[SilentUnit, ...]:
    """Return the duties of one page under their units; ``found`` are those of all pages."""
    rows = rows_of(page, seen_by=seen_by, on=on)
    told = [one for one in page if one.duty_id in rows]
    known = units.units_by_ids({one.unit_id for one in told})
    counts: dict[int, int] = {}
    for one in found:
        counts[one.unit_id] = counts.get(one.unit_id, 0) + 1
    return tuple(
        SilentUnit(
            known[unit_id].uid,
            named(known[unit_id]),
            counts[unit_id],
            tuple(rows[one.duty_id] for one in held),
        )
        for unit_id, held in groupby(told, key=lambda one: one.unit_id)
    )


def rows_of(
    page: Sequence[Unheard], *, seen_by: int, on: date, heads: bool = True
) -> dict[int, SilentRow]:
    """Return by id of the duty what is told of it; without ``heads`` only who is there is asked.

    What the reader has ceased to see since ``page`` was read is left out.
    """
    held = duties.rows_by_ids([one.duty_id for one in page], seen_by=seen_by, on=on)
    alone = {one.unit_id for one in page if one.since.keys() & GONE} if heads else set()
    asked = _heads(alone, seen_by=seen_by, on=on) if alone else {}
    judged = units.reach(user_id=seen_by, action=Action.JUDGE_DUTY, on=on)
    urged = duties.last_urgings(held, on=on)
    return {
        one.duty_id: _row(one, held[one.duty_id], asked, urged, on=on, judged=judged)
        for one in page
        if one.duty_id in held
    }


def may_be_urged(duty: "Duty", judged: frozenset[int]) -> bool:
    """Say whether the reader may urge a duty now; ``judged`` are the units for which he judges."""
    is_open = Step.REMIND in steps_from(DutyState(duty.state))
    return is_open and duty.owed_to_id in judged


def cells_of(one: Unheard, told: SilentRow, unit: "Unit") -> list[str | date | None]:
    """Return the row of a file."""
    return [
        named(unit),
        told.row.title,
        told.row.person_name,
        "; ".join(reason_text(reason) for reason in told.reasons),
        one.begun if one.begun != date.min else None,
        told.heard_on,
        told.issued_on,
        told.ask_text,
        told.owed_to_text,
        told.row.due_on,
        told.row.document_number,
        told.urged.on if told.urged else None,
        told.urged.by_name if told.urged else "",
    ]


def reason_text(reason: Reason) -> str:
    """Return a reason with its day."""
    return f"{reason.words_text} ({day(reason.since)})" if reason.since else reason.words_text


def _row(
    one: Unheard,
    duty: "Duty",
    heads: Mapping[int, str],
    urgings: Mapping[int, LastUrging],
    *,
    on: date,
    judged: frozenset[int],
) -> SilentRow:
    is_there, urged = not one.since.keys() & GONE, urgings.get(duty.pk)
    told = duty_row(duty, on=on)
    may_urge = may_be_urged(duty, judged)
    return SilentRow(
        row=told,
        reasons=tuple(Reason(word(SILENCES, str(why)), since) for why, since in one.since.items()),
        heard_on=one.heard_on,
        issued_on=one.issued_on,
        ask_text=(told.person_name or "") if is_there else heads.get(one.unit_id, ""),
        may_urge=may_urge,
        is_picked=may_urge and (urged is None or urged.on < _fell_on(one, duty)),
        urged=urged,
        owed_to_text=named(duty.owed_to),
    )


def _fell_on(one: Unheard, duty: "Duty") -> date:
    """Return since when there has been the last reason to ask; where none is known, before all."""
    days = [day for day in one.since.values() if day]
    if not one.since and duty.deadline is not None:
        days.append(duty.deadline + _ONE_DAY)  # nothing but late
    return max(days, default=date.min)


def _heads(unit_ids: Iterable[int], *, seen_by: int, on: date) -> dict[int, str]:
    """Return by unit who holds its first post, else the first above, as far as the account sees."""
    paths = units.paths_on(unit_ids, on=on)
    seen = units.reach(user_id=seen_by, action=Action.READ_PEOPLE, on=on)
    wanted = {step for path in paths.values() for step in path}
    held = units.first_holders(unit_ids=wanted, on=on)
    found: dict[int, str] = {}
    for unit_id, path in paths.items():
        head = next((step for step in reversed(path) if step in held), None)
        if head in seen:
            found[unit_id] = held[head].full_name
    return found
