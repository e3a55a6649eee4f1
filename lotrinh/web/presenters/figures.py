"""Figures as pages show them: one with all that is known of it, those behind a total, the parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.rules.formats import number
from lotrinh.rules.target_terms import Rollup
from lotrinh.web.answers import address
from lotrinh.web.formatting import amount, named
from lotrinh.web.presenters.target_series import (
    OutcomeSign,
    language,
    level_text,
    of_plan_text,
    outcome_sign,
    share_text,
)

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import Figure
    from lotrinh.apps.reporting.selectors import Answering, Series
    from lotrinh.apps.targets.models import Measure, Target
    from lotrinh.apps.units.models import Unit

WIDE, HIGH = 120, 14
"""How wide and high a bar of a part is."""
_TOP = 160
"""So many percent of the plan end a bar."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: what it says, who entered it and who let it count."""

    url: str
    unit_name: str
    unit_url: str
    value_text: str
    share_text: str
    entered_by: str
    entered_on: date
    approved_by: str
    approved_at: datetime
    reason: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class UnitPart:
    """A unit among the parts of a target: plan, actual, share, bar, outcome, day of the report.

    ``bar`` ends what was reached and ``whole`` is where the plan stands, in the measure of a
    drawing ``WIDE`` wide; None where there is nothing to draw.
    """

    name: str
    url: str
    planned_text: str
    actual_text: str
    share_text: str
    door: str
    is_estimated: bool
    of_plan_text: str
    bar: str | None
    whole: str | None
    outcome: OutcomeSign | None
    told_on: date | None
    order: tuple[int, Fraction]


def figure_row(figure: "Figure", names: Mapping[UUID, str]) -> FigureRow:
    """Return a figure with the names of whoever entered and approved it."""
    act = figure.approval
    return FigureRow(
        url=reverse("figure", kwargs={"uid": figure.uid}),
        unit_name=named(figure.unit),
        unit_url=reverse("unit", kwargs={"uid": figure.unit.uid}),
        value_text=value_text(figure, figure.measure),
        share_text=_share(figure),
        entered_by=names.get(act.entered_by.uid, ""),
        entered_on=act.entered_on,
        approved_by=names.get(act.approved_by.uid, ""),
        approved_at=act.at,
        reason=figure.reason,
        is_withdrawn=figure.value is None and figure.numerator is None,
    )


def value_text(figure: "Figure", measure: "Measure") -> str:
    """Return what a figure says, as it was said: nothing is rounded away of a plain value."""
    if figure.value is not None:
        return amount(figure.value, measure.unit_of_measure)
    if figure.numerator is None or not figure.denominator:
        return _share(figure)
    per = 100 if measure.unit_of_measure == "%" else 1
    return level_text(Fraction(figure.numerator) / Fraction(figure.denominator) * per, measure)


def people_of(figures: "Iterable[Figure]") -> set[UUID]:
    """Return the accounts that entered or approved figures."""
    acts = [figure.approval for figure in figures]
    return {one.uid for act in acts for one in (act.entered_by, act.approved_by)}


def report_url(uid: UUID | None) -> str:
    """Return the address of a report where its pages are installed, else nothing."""
    return _optional("report", uid)


def evidence_url(uid: UUID) -> str:
    """Return the address of a file of a report where its pages are installed, else nothing."""
    return _optional("report-evidence", uid)


def unit_parts(
    target: "Target",
    series: "Series",
    found: "Answering",
    units: "Iterable[tuple[int, Unit]]",
    plans: "Mapping[int, Target]",
) -> tuple[UnitPart, ...]:
    """Return the parts of units, what is furthest first, those that told nothing last."""
    rows = [_part(target, series, found, (pk, unit), plans.get(pk)) for pk, unit in units]
    return tuple(sorted(rows, key=lambda row: (row.order, row.name)))


def _part(
    target: "Target",
    series: "Series",
    found: "Answering",
    placed: "tuple[int, Unit]",
    plan: "Target | None",
) -> UnitPart:
    pk, unit = placed
    part = series.parts.get(pk)
    level, stated = (part.level, part.said) if part else (None, None)
    told = found.at(pk)
    share = _percent(plan, level)
    sign = None
    if plan is not None and stated is not None:
        grows = bool(target.measure.accumulates) or series.is_added_up
        judged = reporting.outcome_of(
            plan, level, period=series.last.period, basis=stated.basis, grows=grows
        )
        sign = outcome_sign(judged)
    return UnitPart(
        name=named(unit),
        url=reverse("target", kwargs={"uid": plan.uid})
        if plan
        else reverse("unit", kwargs={"uid": unit.uid}),
        planned_text=level_text(plan.value, target.measure) if plan else "",
        actual_text=level_text(level, target.measure),
        share_text=share_text(stated, target.measure),
        door=_door(target, series, unit, told),
        is_estimated=series.last.actual is None,
        of_plan_text=of_plan_text(plan, level) if plan else "",
        bar=None if share is None else _x(min(max(share, Fraction(0)), Fraction(_TOP))),
        whole=None if share is None else _x(Fraction(100)),
        outcome=sign,
        told_on=max((one.approval.entered_on for one in told), default=None),
        order=(level is None, -(share if share is not None else level or Fraction(0))),
    )


def _door(
    target: "Target",
    series: "Series",
    unit: "Unit",
    told: "tuple[Figure, ...]",
) -> str:
    """Return the very figure where it is the only one, else the list of those that make the sum."""
    if len(told) == 1 and not series.is_added_up:
        return reverse("figure", kwargs={"uid": told[0].uid})
    said = series.last.said
    return address(
        reverse("target-figures", kwargs={"uid": target.uid}),
        period=series.last.period.uid,
        basis=said.basis if said else None,
        unit=unit.uid,
    )


def _percent(plan: "Target | None", level: Fraction | None) -> Fraction | None:
    if plan is None or not plan.value or plan.value < 0 or level is None:
        return None
    return level / Fraction(plan.value) * 100


def _x(percent: Fraction) -> str:
    return f"{float(percent * WIDE / _TOP):.1f}"


def _share(figure: "Figure") -> str:
    if figure.numerator is None or figure.denominator is None:
        weighed = figure.measure.rollup == Rollup.WEIGHTED and figure.weight is not None
        return _plain(figure.weight) if weighed else ""
    return f"{_plain(figure.numerator)}/{_plain(figure.denominator)}"


def _plain(value: Decimal | None) -> str:
    return "" if value is None else number(value, language=language())


def _optional(name: str, uid: UUID | None) -> str:
    if uid is None:
        return ""
    try:
        return reverse(name, kwargs={"uid": uid})
    except NoReverseMatch:
        return ""
