"""The collection room as its page shows it: unit by unit in the order of the tree, and its filters.

A report lies in one place at a time (``progress_of``); late, handed in and unsettled are told
besides. Each of the numbers is the length of a list that the same filter shows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.check_words import figure_question_words
from lotrinh.rules.duty_states import DutyState, Step, steps_from
from lotrinh.rules.figure_checks import Entered
from lotrinh.rules.report_states import ReportState
from lotrinh.web.answers import address
from lotrinh.web.formatting import amount, named, number
from lotrinh.web.presenters.regimes import (
    language,
    name_of_period,
    report_url,
    stage_name,
)
from lotrinh.web.presenters.shapes import Event, Status
from lotrinh.web.wording import EVENTS, word
from lotrinh.web.wording_of_regimes import PROGRESSES, SHOWN, STEPS_TAKEN

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import Collection, CollectionStage, ReportEvent
    from lotrinh.apps.reporting.selectors import CollectionCount, Outlier, Room, RoomRow
    from lotrinh.apps.targets.models import Measure
    from lotrinh.apps.units.models import Placement
    from lotrinh.apps.units.selectors import PlacedUnit

SHAPES = {
    "silent": "unreported",
    "entering": "open",
    "returned": "draft",
    "check": "waiting",
    "approve": "waiting",
    "approved": "done",
}
"""The sign of each place where a report lies."""
PICKED = frozenset({"late", "silent"})
"""The filters that choose those who are to be urged: their rows are ticked."""
REOPENED = "collection.reopened"
"""What the journal calls it that a closed collection takes reports in again."""
MOST_REASONS = 50
_SOON = 3


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A unit in the room. ``above`` is what it stands under, ``ended_on`` a day on which it ended.

    ``writer_text`` is None where the reader may not know; ``last_text`` says what was done last.
    """

    unit_uid: UUID
    unit_name: str
    above: str
    ended_on: date | None
    report_url: str | None
    code: str
    words_text: str
    shape: str
    stage_text: str
    due: date | None
    late: int
    handed_in_late: int
    filled: int
    lines: int
    unsettled: int
    writer_text: str | None
    last_text: str
    last_at: datetime | None
    last_by: str
    duty_uid: UUID | None
    may_urge: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A way of narrowing the room: how many units it leaves, and its address."""

    code: str
    words_text: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class StageShown:
    """A stage of a collection: who, by when, and how many reports have passed it."""

    name: str
    due: date
    stated: date
    passed: int
    is_next: bool


@dataclass(frozen=True, slots=True)
class OutlierLine:
    """A figure that is unlike those before it, and what is asked about it."""

    unit_uid: UUID
    unit_name: str
    report_url: str | None
    measure_name: str
    figure_text: str
    last_text: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountLine:
    """A collection in a list, with its numbers; each leads to the room narrowed to those units."""

    uid: UUID
    regime_name: str
    period_text: str
    asked: int
    numbers: tuple[Filter, ...]
    next_text: str
    next_due: date | None
    days_left: int


def progress_of(row: "RoomRow", stages: "Sequence[CollectionStage]") -> str:
    """Return where the report of a unit lies, in the codes of ``PROGRESSES``."""
    if row.report.state == ReportState.APPROVED:
        return "approved"
    if row.report.state == ReportState.HANDED_IN:
        return str(stages[row.report.passed].step)
    if row.returned:
        return "returned"
    return "entering" if row.is_begun else "silent"


def holds(row: "RoomRow", code: str, stages: "Sequence[CollectionStage]") -> bool:
    """Say whether a filter leaves a row."""
    wide: Mapping[str, Callable[[], bool]] = {
        "": lambda: True,
        "open": lambda: row.report.state == ReportState.OPEN,
        "handed_in": lambda: row.report.state != ReportState.OPEN,
        "late": lambda: row.late > 0,
        "unsettled": lambda: row.unsettled > 0,
    }
    return wide[code]() if code in wide else progress_of(row, stages) == code


def filters_of(
    room: "Room", *, path: str, asked: Mapping[str, object] | None = None
) -> tuple[Filter, ...]:
    """Return every way of narrowing the room; ``asked`` is what it is narrowed to already."""
    return tuple(
        Filter(
            code,
            str(said),
            sum(1 for row in room.rows if holds(row, code, room.stages)),
            address(path, show=code, **(asked or {})),
        )
        for code, said in SHOWN.items()
    )


def in_tree_order(
    rows: "Iterable[RoomRow]", placed: "Sequence[PlacedUnit]"
) -> "tuple[RoomRow, ...]":
    """Return rows as the tree has their units; those that do not stand come last, by name."""
    places = {unit.id: place for place, unit in enumerate(placed)}
    return tuple(sorted(rows, key=lambda row: places.get(row.report.unit_id, len(places))))


def room_lines(
    rows: "Sequence[RoomRow]",
    stages: "Sequence[CollectionStage]",
    placed: "Sequence[PlacedUnit]",
    *,
    seen_by: int,
    on: date,
) -> tuple[RoomLine, ...]:
    """Return the rows of one page."""
    standing = {unit.id: unit for unit in placed}
    last = reporting.last_events(row.report.pk for row in rows)
    sees = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    judges = units.reach(user_id=seen_by, action=Action.JUDGE_DUTY, on=on)
    gone = {row.report.unit_id for row in rows} - standing.keys()
    left = units.nearest_places(unit_ids=gone, on=on) if gone else {}
    return tuple(
        _line(
            row,
            stages,
            standing,
            place=left.get(row.report.unit_id),
            event=last.get(row.report.pk),
            sees=sees,
            judges=judges,
        )
        for row in rows
    )


def _line(
    row: "RoomRow",
    stages: "Sequence[CollectionStage]",
    standing: "Mapping[int, PlacedUnit]",
    *,
    place: "Placement | None",
    event: "ReportEvent | None",
    sees: frozenset[int],
    judges: frozenset[int],
) -> RoomLine:
    report, code = row.report, progress_of(row, stages)
    unit, duty = standing.get(report.unit_id), report.duty
    above = standing.get(unit.path[-2]) if unit and unit.depth else place and place.parent
    coming = stages[report.passed] if report.passed < len(stages) else None
    sees_duty = duty is not None and (report.unit_id in sees or duty.owed_to_id in sees)
    may_urge = duty is not None and sees_duty and duty.owed_to_id in judges
    return RoomLine(
        unit_uid=report.unit.uid,
        unit_name=named(unit or report.unit),
        above=named(above) if above else "",
        ended_on=place.valid.upper if place else None,
        report_url=report_url(report.uid),
        code=code,
        words_text=word(PROGRESSES, code),
        shape=SHAPES[code],
        stage_text=stage_name(coming.step, coming.height) if coming else "",
        due=row.due,
        late=row.late,
        handed_in_late=row.handed_in_late,
        filled=row.filled,
        lines=row.lines,
        unsettled=row.unsettled,
        writer_text=_writer(row) if sees_duty else None,
        last_text=word(STEPS_TAKEN, event.step) if event else "",
        last_at=event.at if event else None,
        last_by=str(getattr(event, "by_name", "")),
        duty_uid=duty.uid if duty and sees_duty else None,
        may_urge=may_urge and duty is not None and _may_be_urged(duty.state),
    )


def _writer(row: "RoomRow") -> str:
    duty = row.report.duty
    return duty.person.full_name if duty and duty.person else ""


def _may_be_urged(state: str) -> bool:
    return Step.REMIND in steps_from(DutyState(state))


def stages_shown(room: "Room", *, on: date) -> tuple[StageShown, ...]:
    """Return the stages with how many of the units asked have passed each."""
    coming = next_stage(room.stages, on=on)
    return tuple(
        StageShown(
            name=stage_name(stage.step, stage.height),
            due=stage.due,
            stated=stage.stated,
            passed=sum(1 for row in room.rows if row.report.passed > stage.position),
            is_next=stage is coming,
        )
        for stage in room.stages
    )


def next_stage(stages: "Iterable[CollectionStage]", *, on: date) -> "CollectionStage | None":
    """Return the first stage whose day has not passed; None after the last."""
    return next((stage for stage in stages if stage.due >= on), None)


def count_line(one: "CollectionCount") -> CountLine:
    """Return a collection with its numbers as a list shows it."""
    coming = one.next_stage
    path = reverse("collection", kwargs={"uid": one.collection.uid})
    numbers = (
        Filter("approved", "", one.approved.part, address(path, show="approved")),
        Filter("handed_in", "", one.handed_in.part, address(path, show="handed_in")),
        Filter("late", "", one.late, address(path, show="late")),
    )
    return CountLine(
        uid=one.collection.uid,
        regime_name=one.collection.regime.name if one.collection.regime else "",
        period_text=period_text(one.collection),
        asked=one.approved.whole,
        numbers=numbers,
        next_text=stage_name(coming.step, coming.height) if coming else "",
        next_due=coming.due if coming else None,
        days_left=(coming.due - one.on).days if coming else 0,
    )


def period_text(collection: "Collection") -> str:
    """Return the period of a collection in words."""
    return name_of_period(collection.period.rule)


def status_at(due: date, late: int, *, on: date) -> Status:
    """Return how a report stands before a stage that is due on a day."""
    if late:
        return Status("late", late)
    left = (due - on).days
    return Status("soon", left) if left <= _SOON else Status("open")


def outlier_lines(found: "Iterable[Outlier]") -> tuple[OutlierLine, ...]:
    """Return figures with what is asked about them."""
    return tuple(
        OutlierLine(
            unit_uid=one.report.unit.uid,
            unit_name=named(one.report.unit),
            report_url=report_url(one.report.uid),
            measure_name=one.measure.name,
            figure_text=_told(one.entered, one.measure),
            last_text=_told(one.last, one.measure) if one.last else "",
            questions=tuple(
                figure_question_words(asked, language=language()) for asked in one.questions
            ),
        )
        for one in found
    )


def _told(told: Entered, measure: "Measure") -> str:
    if told.over is not None:
        return f"{number(told.value)}/{number(told.over)}"
    return amount(told.value, measure.unit_of_measure)


def acts_of(collection: "Collection") -> tuple[Event, ...]:
    """Return when a collection was opened, closed and opened again, the last first, with why."""
    lines = journal.history(object_uid=collection.uid)
    reasons: dict[datetime, str] = {}
    if any(line.verb == REOPENED for line in lines):
        said = journal.entries_of(object_uid=collection.uid, verb=REOPENED, most=MOST_REASONS)
        reasons = {entry.at: str(entry.data.get("reason", "")) for entry in said}
    return tuple(
        Event(
            at=line.at,
            words_text=word(EVENTS, line.verb),
            actor_name=line.actor_name or None,
            reason=reasons.get(line.at) if line.verb == REOPENED else None,
        )
        for line in reversed(lines)
    )
