"""Figures: one with who stands for it, and those of which the total of a target is made.

From the number of a target one opens its figures, from there the figure of a ward, and there lie
its report and its evidence.
"""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.figures import Basis
from lotrinh.rules.period_words import period_name
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import asked_uid
from lotrinh.web.formatting import named
from lotrinh.web.pages.unit_sheets import sheet_file
from lotrinh.web.presenters.figures import (
    evidence_url,
    figure_row,
    people_of,
    report_url,
)
from lotrinh.web.presenters.integrity import question_line
from lotrinh.web.presenters.target_series import added_rows, language, period_rows
from lotrinh.web.wording import word
from lotrinh.web.wording_of_figures import BASES

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.reporting.models import Figure, Period
    from lotrinh.apps.targets.models import Target
    from lotrinh.apps.units.models import Unit


@right(Action.READ_FIGURE)
@require_safe
def figure_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a figure: what it says, who entered and approved it, its files, its corrections."""
    user, on = reader(request), clock.today()
    figure = reporting.figure_by_uid(uid, seen_by=user.pk, on=on)
    if figure is None:
        raise Http404
    series = reporting.history_of(figure=figure, seen_by=user.pk, on=on)
    names = journal.names_of(people_of(series))
    rows = [(one, figure_row(_with(one, figure), names)) for one in series]
    target = targets.visible(seen_by=user.pk, on=on).filter(measure=figure.measure).first()
    evidence = reporting.evidence_of(figure=figure, seen_by=user.pk, on=on)
    asked = reporting.questions_on_figure(figure=figure, seen_by=user.pk, on=on)
    context = {
        "questions": [question_line(one) for one in asked],
        "row": next(row for one, row in rows if one.pk == figure.pk),
        "measure": figure.measure,
        "period": period_name(figure.period.rule, language=language()),
        "basis": word(BASES, figure.basis),
        "target": target,
        "counts": series[-1].pk == figure.pk,
        "latest_url": rows[-1][1].url,
        "history": [(row, one.pk == figure.pk) for one, row in reversed(rows)]
        if len(rows) > 1
        else [],
        "report_url": report_url(figure.approval.source),
        "evidence": [(one.name, evidence_url(one.uid)) for one in evidence],
    }
    return render(request, "pages/figures/detail.html", context)


@right(Action.READ_FIGURE)
@require_safe
def figures_behind(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show of which figures the total of a target is made (``period``, ``basis``, ``unit``)."""
    user, on = reader(request), clock.today()
    target = _target(uid, user, on=on)
    asked = asked_uid(request.GET, "period")
    period = reporting.period_by_uid(asked) if asked else None
    typed = request.GET.get("basis", "")
    basis = Basis(typed) if typed in set(Basis) else Basis.SELF_REPORTED
    narrow = asked_uid(request.GET, "unit")
    unit = units.unit_by_uid(narrow) if narrow else target.unit or target.owed_to
    if unit is None:
        raise Http404
    context: dict[str, Any] = {
        "target": target,
        "title": target.measure.name,
        "unit": unit,
        "period": period_name(period.rule, language=language()) if period else "",
        "basis": word(BASES, basis),
    }
    if period:
        series = reporting.series_of(
            target=target,
            seen_by=user.pk,
            on=on,
            kind=period.kind.code,
            parts=() if narrow else targets.units_with_parts(target),
            at=unit.pk if narrow else None,
        )
        if series and series.place != unit.pk:
            context["unit"] = unit = units.units_by_ids([series.place])[series.place]
        context["added"] = added_rows(target, series, period, narrow) if series else ()
        context |= _behind(target, unit, period, basis, seen_by=user.pk, on=on)
    context["unit_name"] = named(unit)
    return render(request, "pages/figures/behind.html", context)


def _behind(
    target: "Target", unit: "Unit", period: "Period", basis: Basis, *, seen_by: int, on: date
) -> dict[str, Any]:
    """Return the figures of a unit and of those below it, and who among them has not answered."""
    found = reporting.answering(
        unit_id=unit.pk,
        measure=target.measure,
        period=period,
        basis=basis,
        seen_by=seen_by,
        on=on,
    )
    if found is None:
        raise Http404
    share = found.answered_of_owed
    absent = units.units_by_ids(found.missing) if found.missing else {}
    names = journal.names_of(people_of(found.figures.values()))
    return {
        "rows": [figure_row(_measured(one, target), names) for one in found.figures.values()],
        "answered": share.part,
        "owed": share.whole,
        "missing": sorted((named(one), one.uid) for one in absent.values()),
    }


@right(Action.READ_FIGURE)
@require_safe
def series_file(request: HttpRequest, uid: UUID, ending: str) -> HttpResponse:
    """Give the table of a target as a file, one row for each period (``kind``)."""
    user, on = reader(request), clock.today()
    target = _target(uid, user, on=on)
    kind = request.GET.get("kind", "")
    parts = targets.units_with_parts(target)
    series = reporting.series_of(target=target, seen_by=user.pk, on=on, kind=kind, parts=parts)
    rows = period_rows(target, series, targets.interim_of(target=target)) if series else ()
    head = [_("Period"), _("Plan"), _("Actual"), _("Of which"), _("Of the plan"), _("Year before")]
    lines: list[list[str]] = [head]
    for row in rows:
        actual = f"{_('estimate')}: {row.actual_text}" if row.is_estimated else row.actual_text
        lines.append(
            [row.name, row.planned_text, actual, row.share_text, row.of_plan_text, row.before_text]
        )
    return sheet_file(lines, ending, "lotrinh-target")


def _target(uid: UUID, user: "User", *, on: date) -> "Target":
    """Return a target of whose unit the reader may read figures; any other is a missing page."""
    found = targets.target_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    place = found.unit_id or found.owed_to_id
    if not units.may(user_id=user.pk, action=Action.READ_FIGURE, unit_id=place, on=on):
        raise Http404
    return found


def _with(one: "Figure", figure: "Figure") -> "Figure":
    """Return a figure of a series with the unit and the measure that are at hand."""
    one.unit, one.measure = figure.unit, figure.measure
    return one


def _measured(one: "Figure", target: "Target") -> "Figure":
    one.measure = target.measure
    return one
