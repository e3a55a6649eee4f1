"""What somebody has to do about reports: to write, to check and approve, to collect.

A report is everybody's whose right the next stage asks for, save those who took part in this round.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lotrinh.apps.reporting.models import (
    Collection,
    CollectionLine,
    CollectionStage,
    Report,
    ReportCell,
    ReportEvent,
)
from lotrinh.apps.reporting.selectors.asked_once import spared_lines
from lotrinh.apps.reporting.selectors.reports import visible_reports
from lotrinh.apps.reporting.selectors.room import kinds_of
from lotrinh.apps.reporting.selectors.stages import units_at_heights
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.report_states import PASSING, ReportState, ReportStep
from lotrinh.rules.tally import Share
from lotrinh.rules.typed_cells import CellKind

_RIGHTS = {
    ReportStep.CHECK: Action.ENTER_FIGURE,
    ReportStep.APPROVE: Action.APPROVE_FIGURE,
}


@dataclass(frozen=True, slots=True)
class ReportAt:
    """A report before its next stage; ``late`` counts the days since that one was due.

    ``filled`` of its ``lines`` say something, or another report has told their figures.
    """

    report: Report
    stage: CollectionStage
    late: int
    filled: int
    lines: int


@dataclass(frozen=True, slots=True)
class CollectionCount:
    """How many reports of a collection have passed how many stages (``passed``)."""

    collection: Collection
    stages: tuple[CollectionStage, ...]
    passed: Counter[int]
    on: date

    @property
    def approved(self) -> Share:
        """How many of the units asked have a report that counts."""
        return Share(self.passed[len(self.stages)], self.passed.total())

    @property
    def handed_in(self) -> Share:
        """How many have handed in, what is approved included."""
        return Share(self.passed.total() - self.passed[0], self.passed.total())

    @property
    def late(self) -> int:
        """How many wait for a stage that is past its day."""
        return sum(self.passed[stage.position] for stage in self.stages if stage.due < self.on)

    @property
    def next_stage(self) -> CollectionStage | None:
        """The first stage whose day has not passed; None after the last."""
        return next((stage for stage in self.stages if stage.due >= self.on), None)


def reports_waiting(*, seen_by: int, on: date) -> tuple[Report, ...]:
    """Return the reports that the account may check or approve, the earliest handed in first."""
    found = visible_reports(seen_by=seen_by, on=on).filter(
        state=ReportState.HANDED_IN, collection__closed_on=None
    )
    reports = list(found.order_by("handed_in_on", "unit__sort_key", "pk"))
    stages = _stages({one.collection_id for one in reports})
    coming = {one.pk: stages[one.collection_id][one.passed] for one in reports}
    places = units_at_heights(((one.unit_id, coming[one.pk].height) for one in reports), on=on)
    reach = {
        step: units.reach(user_id=seen_by, action=action, on=on) for step, action in _RIGHTS.items()
    }

    def is_for_account(report: Report) -> bool:
        stage = coming[report.pk]
        return places[report.unit_id, stage.height] in reach[ReportStep(stage.step)]

    mine = [one for one in reports if is_for_account(one)]
    taken = _taken_part([one.pk for one in mine], user_id=seen_by)
    return tuple(one for one in mine if (one.pk, one.round) not in taken)


def at_stages(reports: Sequence[Report], *, on: date) -> tuple[ReportAt, ...]:
    """Return reports on their way, each with the stage that comes next and how far it is filled."""
    stages = _stages({one.collection_id for one in reports})
    lines = Counter(
        CollectionLine.objects.filter(collection__in=stages).values_list("collection", flat=True)
    )
    asked = [one.pk for one in reports]
    kinds = kinds_of(ReportCell.objects.filter(report__in=asked))
    spared = spared_lines(report_ids=asked)
    found = []
    for one in reports:
        stage = stages[one.collection_id][one.passed]
        entered = kinds.get(one.pk, Counter())
        found.append(
            ReportAt(
                report=one,
                stage=stage,
                late=max(0, (on - stage.due).days),
                filled=entered.total() - entered[CellKind.EMPTY] + spared.get(one.pk, 0),
                lines=lines[one.collection_id],
            )
        )
    return tuple(found)


def collections_counted(
    *,
    seen_by: int,
    on: date,
    is_closed: bool | None = False,
    regime_id: int | None = None,
    most: int,
) -> tuple[CollectionCount, ...]:
    """Return the collections of regimes that the account may look into, the newest period first.

    Of the units whose figures it may read, as in the room of each. ``is_closed`` of None: closed or
    not.
    """
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    rows = Collection.objects.select_related("period__kind", "regime__owed_to")
    rows = rows.filter(units.at_any("regime__owed_to", reach))
    if is_closed is not None:
        rows = rows.filter(closed_on__isnull=not is_closed)
    if regime_id is not None:
        rows = rows.filter(regime=regime_id)
    collections = list(rows.order_by("-period__ends", "-pk")[:most])
    stages = _stages({one.pk for one in collections})
    counted: dict[int, Counter[int]] = {one.pk: Counter() for one in collections}
    seen = Report.objects.filter(units.at_any("unit", reach), collection__in=collections)
    for collection_id, passed in seen.values_list("collection", "passed"):
        counted[collection_id][passed] += 1
    return tuple(
        CollectionCount(one, tuple(stages[one.pk]), counted[one.pk], on) for one in collections
    )


def _stages(collection_ids: Iterable[int]) -> dict[int, list[CollectionStage]]:
    found: dict[int, list[CollectionStage]] = {}
    rows = CollectionStage.objects.filter(collection__in=list(collection_ids))
    for stage in rows.order_by("collection", "position"):
        found.setdefault(stage.collection_id, []).append(stage)
    return found


def _taken_part(report_ids: Sequence[int], *, user_id: int) -> frozenset[tuple[int, int]]:
    """Return report and round of those in which an account took a stage, or entered what counts."""
    steps = [ReportStep.HAND_IN, *PASSING]
    events = ReportEvent.objects.filter(report__in=report_ids, by=user_id, step__in=steps)
    taken = set(events.values_list("report", "round"))
    latest = (
        ReportCell.objects.filter(report__in=report_ids)
        .order_by("report", "measure", "-id")
        .distinct("report", "measure")
    )
    entered = ReportCell.objects.filter(pk__in=latest.values("pk"), event__by=user_id)
    return frozenset(taken | set(entered.values_list("report", "report__round")))
