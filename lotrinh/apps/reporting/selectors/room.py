"""The collection room: how far the reports of one collection are, unit by unit.

Only units that stood in the period were asked, so only they are counted. A report that is late is
late against the day of the stage before which it lies; who is missing is named, never guessed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from lotrinh.apps.journal.selectors import kept_name
from lotrinh.apps.reporting.models import (
    Collection,
    CollectionStage,
    Report,
    ReportCell,
    ReportEvent,
)
from lotrinh.apps.reporting.selectors.asked_once import spared_lines
from lotrinh.apps.reporting.selectors.forms import lines_of
from lotrinh.apps.reporting.selectors.stages import stages_of
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.report_states import ReportState
from lotrinh.rules.tally import Share
from lotrinh.rules.typed_cells import UNSETTLED, CellKind


@dataclass(frozen=True, slots=True)
class RoomRow:
    """How far one unit is. ``due`` is the day of the stage that comes next, None after the last.

    ``late`` counts the days since; of a report that was handed in late ``handed_in_late`` those
    after the first day. ``filled`` of ``lines`` say something, ``spared`` of them because another
    report has told their figures; ``unsettled`` of them what cannot be read. ``returned``: it came
    back and has not been handed in since.
    """

    report: Report
    due: date | None
    late: int
    handed_in_late: int
    filled: int
    spared: int
    unsettled: int
    lines: int
    returned: bool

    @property
    def is_begun(self) -> bool:
        """Whether the unit has entered anything."""
        return self.filled > self.spared or self.report.state != ReportState.OPEN


@dataclass(frozen=True, slots=True)
class Room:
    """A collection with its stages, its units and how many of them are how far."""

    collection: Collection
    stages: tuple[CollectionStage, ...]
    rows: tuple[RoomRow, ...]

    @property
    def approved(self) -> Share:
        """How many of the units asked have a report that counts."""
        return self._share(lambda row: row.report.state == ReportState.APPROVED)

    @property
    def handed_in(self) -> Share:
        """How many have handed in, what is approved included."""
        return self._share(lambda row: row.report.state != ReportState.OPEN)

    @property
    def silent(self) -> tuple[RoomRow, ...]:
        """Those who have not entered anything."""
        return tuple(row for row in self.rows if not row.is_begun)

    @property
    def late(self) -> tuple[RoomRow, ...]:
        """Those whose next stage is past its day."""
        return tuple(row for row in self.rows if row.late)

    @property
    def at_stage(self) -> dict[int, int]:
        """How many reports have passed how many stages."""
        return dict(Counter(row.report.passed for row in self.rows))

    def _share(self, holds: Callable[[RoomRow], bool]) -> Share:
        return Share(sum(1 for row in self.rows if holds(row)), len(self.rows))


def room_of(*, collection: Collection, seen_by: int, on: date) -> Room:
    """Return the room of a collection with the units whose figures the account may read.

    In the order of Vietnamese names.
    """
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    stages = stages_of(collection=collection)
    lines = len(lines_of(collection=collection))
    reports = list(
        Report.objects.filter(units.at_any("unit", reach), collection=collection)
        .select_related("unit", "duty__person")
        .order_by("unit__sort_key", "unit_id")
    )
    filled = kinds_of(ReportCell.objects.filter(report__collection=collection))
    spared = spared_lines(report_ids=[report.pk for report in reports])
    rows = tuple(
        _row(
            report,
            stages,
            filled.get(report.pk, Counter()),
            (lines, spared.get(report.pk, 0)),
            on=on,
        )
        for report in reports
    )
    return Room(collection, stages, rows)


def last_events(report_ids: Iterable[int]) -> dict[int, ReportEvent]:
    """Return by report the step that was taken last; what nobody has touched is absent.

    ``by_name`` is who took it, empty of somebody who was erased.
    """
    rows = ReportEvent.objects.filter(report__in=list(report_ids))
    rows = rows.annotate(by_name=kept_name("by__uid"))
    return {one.report_id: one for one in rows.order_by("report", "-version").distinct("report")}


def _row(
    report: Report,
    stages: Sequence[CollectionStage],
    kinds: Counter[str],
    form: tuple[int, int],
    *,
    on: date,
) -> RoomRow:
    lines, spared = form
    coming = stages[report.passed] if report.passed < len(stages) else None
    late = 0 if coming is None else max(0, (on - coming.due).days)
    handed = report.handed_in_on
    return RoomRow(
        report=report,
        due=None if coming is None else coming.due,
        late=late,
        handed_in_late=0 if handed is None else max(0, (handed - stages[0].due).days),
        filled=kinds.total() - kinds[CellKind.EMPTY] + spared,
        spared=spared,
        unsettled=sum(kinds[kind] for kind in UNSETTLED),
        lines=lines,
        returned=report.state == ReportState.OPEN and report.round > 1,
    )


def kinds_of(cells: QuerySet[ReportCell]) -> dict[int, Counter[str]]:
    """Return by report how many of its latest entries are of which kind."""
    latest = cells.order_by().values("report", "measure").annotate(last=Max("id")).values("last")
    found: dict[int, Counter[str]] = {}
    for report_id, kind in ReportCell.objects.filter(pk__in=latest).values_list("report", "kind"):
        found.setdefault(report_id, Counter())[kind] += 1
    return found
