"""Units from a sheet and back: a file is looked at row by row, then its good rows come in.

Between the look and the import the sheet travels with the form, signed, and is kept nowhere. What
it would do is worked out anew by the import, so nothing that happened meanwhile is overlooked.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lotrinh.apps.files.sheets import (
    Cell,
    Grid,
    TooLongForExcel,
    as_csv,
    as_workbook,
    read_sheet,
)
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.services import ImportNotAllowed, import_units
from lotrinh.reading.readers import Unreadable
from lotrinh.rules.actions import Action
from lotrinh.rules.sheet_heads import NoHead
from lotrinh.rules.sheets import head_word
from lotrinh.rules.sheets_returned import returned
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.unit_sheets import MOST_CARRIED, SheetForm, packed, too_large, unpacked
from lotrinh.web.presenters.sheet_refusals import sheet_sentence
from lotrinh.web.presenters.unit_sheets import column_lines, result_of

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User

_MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@right(Action.CHANGE_UNIT)
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """Take a sheet of units: look at it, take its good rows over, give its bad rows back."""
    step = request.POST.get("step", "")
    if step in {"import", "rows", "kinds"}:
        return _second_step(request, step)
    with units.rights_asked_once():  # a look changes nothing, though it is sent
        _check(request)
        return _look(request) if request.method == "POST" else _page(request, SheetForm())


def _check(request: HttpRequest) -> None:
    user, on = reader(request), clock.today()
    if not units.may_throughout(user_id=user.pk, action=Action.CHANGE_UNIT, on=on):
        raise PermissionDenied


def _second_step(request: HttpRequest, step: str) -> HttpResponse:
    """Go on with the sheet that was looked at."""
    _check(request)
    user, on = reader(request), clock.today()
    grid = unpacked(request.POST.get("sheet", ""), user_id=user.pk)
    if grid is None:
        return _refused(
            request, SheetForm({}), _("This form is no longer whole. Send it once more.")
        )
    new_kinds = "new_kinds" in request.POST
    if step == "rows":
        return _rows_back(grid, new_kinds=new_kinds)
    if step == "kinds":
        judged = units.judged_units(grid, new_kinds=True)
        sheet = request.POST["sheet"]
        return _page(request, SheetForm(), result=result_of(judged), sheet=sheet, new_kinds=True)
    return _import(request, user, grid, new_kinds=new_kinds, on=on)


@right(SIGNED_IN)
@require_safe
def export(request: HttpRequest, ending: str) -> HttpResponse:
    """Give all units of all days as a sheet, in the shape that the import reads."""
    rows = list(units.unit_sheet_rows(language=_language()))
    try:
        return sheet_file(rows, ending, "lotrinh-units")
    except TooLongForExcel:
        messages.error(
            request,
            _("A unit has more other names than a cell of Excel can hold. Take the CSV file."),
        )
        return SeeOther(reverse("units"))


def _look(request: HttpRequest) -> HttpResponse:
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    file = form.cleaned_data["file"]
    try:
        given = read_sheet(file.read(), str(file.name))
        judged = units.judged_units(given.grid)
    except Unreadable as refused:
        return _refused(request, form, sheet_sentence(refused))
    except NoHead as refused:
        return _refused(request, form, _no_head(refused))
    carried = packed(given.grid, user_id=reader(request).pk)
    if len(carried) > MOST_CARRIED:
        return _refused(request, form, too_large())
    shown = {"sheet": carried, "name": str(file.name), "given": given}
    return _page(request, form, result=result_of(judged), **shown)


def _import(
    request: HttpRequest, user: "User", grid: Grid, *, new_kinds: bool, on: date
) -> HttpResponse:
    try:
        judged = import_units(grid=grid, user=user, new_kinds=new_kinds, on=on, at=clock.now())
    except ImportNotAllowed as refused:
        raise PermissionDenied from refused
    sheet = packed(grid, user_id=user.pk)
    shown = {"result": result_of(judged), "sheet": sheet, "new_kinds": new_kinds}
    return _page(request, SheetForm(), **shown, is_done=True)


def _rows_back(grid: Grid, *, new_kinds: bool) -> HttpResponse:
    """Give the sheet back as it was given, with what became of each row beside it."""
    judged = units.judged_units(grid, new_kinds=new_kinds)
    verdicts = judged.plan.verdicts
    rows = returned(judged.grid, judged.head, verdicts, "units", language=_language())
    wrong = {row.line - 1 for row in verdicts if row.faults}
    return sheet_file(rows, "xlsx", "lotrinh-rows", head=judged.head.first, wrong=wrong)


def sheet_file(rows: Grid | list[Any], ending: str, name: str, **shown: Any) -> HttpResponse:
    """Give rows as a file to be kept, never to be opened by the browser."""
    cells: list[tuple[Cell, ...]] = [tuple(row) for row in rows]
    content = as_csv(cells) if ending == "csv" else as_workbook(cells, name="Lotrinh", **shown)
    answer = HttpResponse(content, content_type=_MEDIA_TYPES[ending])
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{ending}") or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _no_head(refused: NoHead) -> str:
    heads = ", ".join(f"“{head_word('units', name, _language())}”" for name in refused.missing)
    return _(
        "No row of the sheet names the columns %(heads)s. Name them in the first row; "
        "the export shows how."
    ) % {"heads": heads}


def _refused(request: HttpRequest, form: SheetForm, why: str) -> HttpResponse:
    form.full_clean()
    form.errors.clear()
    form.add_error("file", why)
    return _page(request, form)


def _page(request: HttpRequest, form: SheetForm, **more: object) -> HttpResponse:
    context = {"form": form, "columns": column_lines(_language()), **more}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "pages/units/import.html", context, status=status)


def _language() -> str:
    return translation.get_language() or "vi"
