"""What totals are made of, figure by figure, in numbers that the rules can add up again.

``made_of`` opens many totals at once: those of several measures, periods and units ask as often as
one does, apart from the tree of each last day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q

from lotrinh.apps.reporting.models import Figure, Period, ReportEvidence
from lotrinh.apps.reporting.selectors.ledger import Telling, as_counted, as_rule, standing_of
from lotrinh.apps.reporting.selectors.measuring import Grounded, ground_of, measured, per_of
from lotrinh.apps.targets.models import Measure
from lotrinh.rules.figures import Basis
from lotrinh.rules.rolling import located
from lotrinh.rules.totals import Measured, Part


class Wanted(NamedTuple):
    """A total: of a measure, for a period, on a basis, at a unit."""

    measure: Measure
    period: Period
    basis: Basis
    unit_id: int


@dataclass(frozen=True, slots=True)
class PartMade:
    """A figure, or the part of it, that lies at the unit of a total or below it."""

    figure_id: int
    figure_uid: UUID
    part: Part


@dataclass(frozen=True, slots=True)
class Made:
    """A total with all that makes it."""

    wanted: Wanted
    how: Measured
    parts: tuple[PartMade, ...]


_SAID = ("pk", "uid", "period_id", "basis", *Telling._fields)


def made_of(wanted: Iterable[Wanted]) -> dict[Wanted, Made]:
    """Return what each total is made of, as the ledger holds it now; nothing is left to be folded.

    Whoever asks has been let see the totals.
    """
    asked = list(dict.fromkeys(wanted))
    told = _told(asked)
    grounds: dict[int, Grounded] = {}
    found = {}
    for one in asked:
        if one.period.pk not in grounds:
            grounds[one.period.pk] = ground_of(one.period)
        rows = told[one.measure.pk, one.period.pk, str(one.basis)]
        found[one] = _made(one, rows, grounds[one.period.pk])
    return found


def _told(
    asked: Iterable[Wanted],
) -> Mapping[tuple[int, int, str], list[tuple[int, UUID, Telling]]]:
    found: dict[tuple[int, int, str], list[tuple[int, UUID, Telling]]] = defaultdict(list)
    by_basis: dict[Basis, list[Wanted]] = defaultdict(list)
    for one in asked:
        by_basis[one.basis].append(one)
    for basis, held in by_basis.items():
        rows = standing_of(basis=basis).filter(
            period__in={one.period.pk for one in held}, measure__in={one.measure.pk for one in held}
        )
        for pk, uid, period_id, said, *told in rows.order_by("pk").values_list(*_SAID):
            telling = Telling(*told)
            found[telling.measure_id, period_id, said].append((pk, uid, telling))
    return found


def _made(one: Wanted, rows: Iterable[tuple[int, UUID, Telling]], grounded: Grounded) -> Made:
    how, ground = measured(one.measure), grounded.ground
    known = {
        told.unit_id: (pk, uid, as_rule(told, one.period, one.basis))
        for pk, uid, told in rows
        if as_counted(told, how.rollup) is not None
    }
    parts = located(
        [figure for _pk, _uid, figure in known.values()],
        measured=how,
        parents=ground.parents,
        lineage=ground.lineage,
        on=ground.on,
        bases=[one.basis],
    )
    held = [
        PartMade(*known[part.figure.unit][:2], part)
        for part in parts
        if part.at is not None and one.unit_id in ground.way(part.at)
    ]
    held.sort(key=lambda made: made.figure_id)
    return Made(one, replace(how, per=per_of(one.measure)), tuple(held))


class Support(NamedTuple):
    """A file that was handed in for a figure, or for the whole report that it came with."""

    uid: UUID
    sha256: str
    name: str


def supports_of(figure_ids: Iterable[int]) -> dict[int, tuple[Support, ...]]:
    """Return by figure the files that were there when it was approved; three questions for all."""
    figures = {
        pk: (source, measure, at)
        for pk, source, measure, at in Figure.objects.filter(
            pk__in=list(figure_ids), approval__source__isnull=False
        ).values_list("pk", "approval__source", "measure_id", "approval__at")
    }
    sources = {source for source, _measure, _at in figures.values() if source is not None}
    measures = {measure for _source, measure, _at in figures.values()}
    rows = ReportEvidence.objects.filter(
        Q(measure__in=measures) | Q(measure=None), report__uid__in=sources
    ).annotate(report_uid=F("report__uid"), handed_in=F("event__at"), sha256=F("blob__sha256"))
    of_report = defaultdict(list)
    for row in rows.order_by("pk"):
        of_report[row.report_uid].append(row)
    return {
        pk: tuple(
            Support(row.uid, row.sha256, row.name)
            for row in of_report[source]
            if row.measure_id in {measure, None} and row.handed_in <= at
        )
        for pk, (source, measure, at) in figures.items()
    }
