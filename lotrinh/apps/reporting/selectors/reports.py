"""Reports as an account may see them on a day: one by one, its own, and one with its whole grid."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lotrinh.apps.reporting.models import (
    Collection,
    Figure,
    Report,
    ReportCell,
    ReportEvent,
    ReportEvidence,
)
from lotrinh.apps.reporting.selectors.asked_once import says_nothing_else, told_elsewhere
from lotrinh.apps.reporting.selectors.cells import cells_of, content_mark
from lotrinh.apps.reporting.selectors.events import asked_anew, passed_on
from lotrinh.apps.reporting.selectors.forms import lines_of
from lotrinh.apps.reporting.selectors.past import Before, before_of
from lotrinh.apps.reporting.selectors.questions import questions_of
from lotrinh.apps.targets.models import Measure, Target
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.figure_checks import FigureQuestion
from lotrinh.rules.progress import Comparison, percent_of
from lotrinh.rules.report_states import ReportState


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line of a report: the measure, its plan, what was told before and what is entered now.

    ``returned`` is what was asked when the report came back and has not been entered anew since;
    ``of_plan`` is None where there is no plan or no figure. ``elsewhere`` is the figure that counts
    already because another report has told it.
    """

    measure: Measure
    plan: Target | None
    previous: Figure | None
    year_before: Figure | None
    cell: ReportCell | None
    elsewhere: Figure | None
    of_plan: Comparison | None
    questions: tuple[FigureQuestion, ...]
    returned: str
    evidence: tuple[ReportEvidence, ...]

    @property
    def is_spared(self) -> bool:
        """Whether the line asks for nothing: its figure counts already and is left as it is."""
        return self.elsewhere is not None and says_nothing_else(self.cell, self.elsewhere)

    @property
    def told(self) -> Figure | ReportCell | None:
        """What the line says: the figure that counts already, else what was entered."""
        return self.elsewhere if self.is_spared else self.cell

    @property
    def is_asked(self) -> bool:
        """Whether there is a question that nobody has answered."""
        return bool(self.questions) and not (self.cell is not None and self.cell.comment)


@dataclass(frozen=True, slots=True)
class Grid:
    """A report with all its lines.

    ``content`` is the hash of what it says, ``events`` are the steps of ``passed_on``.
    """

    report: Report
    rows: tuple[GridRow, ...]
    before: Before
    content: str
    evidence: tuple[ReportEvidence, ...]
    events: tuple[ReportEvent, ...]


def visible_reports(*, seen_by: int, on: date) -> QuerySet[Report]:
    """Return the reports that an account may read: where it may read figures."""
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    return Report.objects.filter(units.at_any("unit", reach)).select_related(
        "unit",
        "duty",
        "handed_in_by",
        "collection__period__kind",
        "collection__regime__owed_to",
    )


def report_by_uid(uid: UUID, *, seen_by: int, on: date) -> Report | None:
    """Return the report, or None where it is missing or may not be seen."""
    return visible_reports(seen_by=seen_by, on=on).filter(uid=uid).first()


def reports_to_write(*, seen_by: int, on: date) -> tuple[Report, ...]:
    """Return the open reports that the account may enter into, the newest period first."""
    reach = units.reach(user_id=seen_by, action=Action.ENTER_FIGURE, on=on)
    found = visible_reports(seen_by=seen_by, on=on).filter(
        units.at_any("unit", reach), state=ReportState.OPEN, collection__closed_on=None
    )
    return tuple(found.order_by("-collection__period__ends", "unit__sort_key", "pk"))


def report_of_duty(*, duty_id: int, seen_by: int, on: date) -> Report | None:
    """Return the report that a duty asks for, where the account may see it."""
    return visible_reports(seen_by=seen_by, on=on).filter(duty=duty_id).first()


def grid_of(*, report: Report, seen_by: int, on: date) -> Grid:
    """Return a report that is at hand with all its lines, as the account may see it."""
    lines = lines_of(collection=report.collection)
    measures = [line.measure_id for line in lines]
    cells = cells_of(report=report)
    elsewhere = told_elsewhere(report=report)
    before = before_of(report=report, measure_ids=measures)
    asked = questions_of(cells=cells, before=before, on=on)
    plans = _plans(report, measures, seen_by=seen_by, on=on)
    events = passed_on(report=report)
    returned = asked_anew(report=report, events=events, cells=cells)
    handed = tuple(report.evidence.select_related("blob", "measure", "event__by").order_by("id"))
    files: dict[int | None, list[ReportEvidence]] = {}
    for one in handed:
        files.setdefault(one.measure_id, []).append(one)
    rows = tuple(
        GridRow(
            measure=line.measure,
            plan=plans.get(line.measure_id),
            previous=before.of_previous.get(line.measure_id),
            year_before=before.of_year.get(line.measure_id),
            cell=cells.get(line.measure_id),
            elsewhere=elsewhere.get(line.measure_id),
            of_plan=_of_plan(
                plans.get(line.measure_id),
                elsewhere.get(line.measure_id) or cells.get(line.measure_id),
            ),
            questions=asked.get(line.measure_id, ()),
            returned=returned.get(str(line.measure.uid), ""),
            evidence=tuple(files.get(line.measure_id, ())),
        )
        for line in lines
    )
    content = content_mark(cells.values(), handed)
    return Grid(report, rows, before, content, tuple(files.get(None, ())), events)


def returned_cells(*, report: Report) -> dict[str, str]:
    """Return by the uid of the measure what was asked last and nobody has entered anew since."""
    return asked_anew(report=report, events=passed_on(report=report), cells=cells_of(report=report))


def collection_by_uid(uid: UUID, *, seen_by: int, on: date) -> Collection | None:
    """Return the collection of a regime, if the account may read figures where it is owed."""
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    rows = Collection.objects.select_related("period__kind", "regime__owed_to", "closed_by")
    return rows.filter(units.at_any("regime__owed_to", reach), uid=uid).first()


def _plans(report: Report, measure_ids: list[int], *, seen_by: int, on: date) -> dict[int, Target]:
    """Return by measure the unit's target that falls due first, no earlier than the period ends."""
    reach = units.reach(user_id=seen_by, action=Action.READ_TARGET, on=on)
    if report.unit_id not in reach:
        return {}
    rows = Target.objects.filter(
        unit=report.unit_id,
        measure__in=measure_ids,
        withdrawn_on=None,
        due__gte=report.collection.period.rule.last,
    ).select_related("measure")
    found: dict[int, Target] = {}
    for target in rows.order_by("due", "id"):
        found.setdefault(target.measure_id, target)
    return found


def _of_plan(plan: Target | None, told: Figure | ReportCell | None) -> Comparison | None:
    if plan is None or plan.value is None or told is None or told.value is None:
        return None
    return percent_of(told.value, plan.value)
