"""The board of targets by unit and document: how many were reached, and the list behind a number.

A target counts by the last period that was told of it, or by the one that is chosen. Parts that
units hold stand in their rows; together they are not counted beside the whole they belong to.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.targets import selectors as targets
from lotrinh.rules.actions import Action
from lotrinh.rules.period_words import period_name
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, address, asked_place, asked_uid
from lotrinh.web.pages.unit_sheets import sheet_file
from lotrinh.web.presenters.target_board import (
    CAME,
    Asked,
    Papers,
    came_to,
    columns_of,
    filters_of,
    narrowed,
    outcome_row,
    paper_name,
    score_rows,
    summary_of,
)
from lotrinh.web.presenters.target_series import language

if TYPE_CHECKING:
    from lotrinh.apps.files.sheets import Cell
    from lotrinh.apps.reporting.models import Period
    from lotrinh.apps.reporting.selectors import Reached

MOST = 5_000
"""So many targets are held against their figures at once."""
_ENDINGS = ("xlsx", "csv")


@dataclass(frozen=True, slots=True)
class _Held:
    """What a reader sees of targets: what became of each, and by which documents it is set."""

    found: tuple["Reached", ...]
    papers: Papers
    periods: tuple["Period", ...]
    is_cut: bool


@right(Action.READ_TARGET)
@require_safe
def target_board(request: HttpRequest) -> HttpResponse:
    """Show units by documents (``document``, ``unit``, ``period``, ``came``; ``page`` turns)."""
    asked = _asked(request)
    held = _held(request, asked)
    columns = columns_of(held.found, held.papers, asked)
    listed = narrowed(held.found, held.papers, asked)
    shown = came_to(listed, asked.came)
    begin = asked_place(request) * PAGE
    follows = begin + PAGE < len(shown)
    others = {one.uid: one for papers in held.papers.values() for one in papers}
    rows = score_rows(held.found, held.papers, columns, asked)
    context = {
        "summary": summary_of(listed),
        "asked": asked,
        "all_url": Asked(period=asked.period).url(),
        "is_narrowed": bool(asked.document or asked.unit or asked.came),
        "columns": [(paper_name(one), Asked(one.uid, None, asked.period).url()) for one in columns],
        "rows": rows,
        "documents": [
            (str(one.uid), paper_name(one), one.uid == asked.document) for one in others.values()
        ],
        "periods": [
            (str(one.uid), period_name(one.rule, language=language()), one.uid == asked.period)
            for one in held.periods
        ],
        "filters": filters_of(listed, asked),
        "targets": [outcome_row(one) for one in shown[begin : begin + PAGE]],
        "total": len(shown),
        "next_url": asked.list_url(page=begin // PAGE + 1) if follows else None,
        "files": [(one, address(_file(one), **_words(asked))) for one in _ENDINGS],
        "most": MOST if held.is_cut else None,
    }
    return render(request, "pages/targets/board.html", context)


@right(Action.READ_TARGET)
@require_safe
def target_board_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the list as a file."""
    asked = _asked(request)
    held = _held(request, asked)
    heads: list[Cell] = [
        *(_("Measure"), _("Unit"), _("By document"), _("Level"), _("Actual"), _("Period")),
        *(_("Estimate"), _("Of the plan"), _("Outcome"), _("Because")),
    ]
    lines: list[list[Cell]] = [heads]
    for one in came_to(narrowed(held.found, held.papers, asked), asked.came):
        row = outcome_row(one)
        numbers = ", ".join(paper_name(each) for each in held.papers.get(one.target.pk, ()))
        estimate = _("estimate") if row.is_estimated else ""
        lines.append(
            [
                *(row.title, row.unit_name, numbers, row.planned_text, row.actual_text),
                *(row.period_text, estimate, row.of_plan_text, row.sign.word, row.sign.because),
            ]
        )
    return sheet_file(lines, ending, "lotrinh-targets")


def _asked(request: HttpRequest) -> Asked:
    came = request.GET.get("came", "")
    return Asked(
        asked_uid(request.GET, "document"),
        asked_uid(request.GET, "unit"),
        asked_uid(request.GET, "period"),
        came if came in CAME else "",
    )


def _file(ending: str) -> str:
    return reverse("target-board-file", kwargs={"ending": ending})


def _words(asked: Asked) -> dict[str, object]:
    return {
        "document": asked.document,
        "unit": asked.unit,
        "period": asked.period,
        "came": asked.came,
    }


def _held(request: HttpRequest, asked: Asked) -> _Held:
    user, on = reader(request), clock.today()
    rows = list(targets.visible(seen_by=user.pk, on=on)[: MOST + 1])
    is_cut = len(rows) > MOST
    rows = rows[:MOST]
    papers = targets.documents_of(rows, seen_by=user.pk, on=on)
    periods = reporting.periods_told(targets=rows)
    period = next((one for one in periods if one.uid == asked.period), None)
    found = reporting.reached_by(targets=rows, seen_by=user.pk, on=on, period=period)
    return _Held(found, papers, periods, is_cut)
