"""Duties from a sheet: looked at row by row, good rows taken in as drafts, bad ones given back.

Between the look and the import the sheet travels with the form, signed, and is kept nowhere. What
it would do is worked out anew by the import, so nothing that happened meanwhile is overlooked.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.files.sheets import Grid, read_sheet
from lotrinh.apps.units import selectors as units
from lotrinh.reading.readers import Unreadable
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_sheet import SHAPE, Fate
from lotrinh.rules.secrecy import secrecy_mark
from lotrinh.rules.sheet_heads import NoHead
from lotrinh.rules.sheets import head_word
from lotrinh.rules.sheets_returned import marked
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import asked_uid, posted
from lotrinh.web.forms.duty_sheets import DutySheetForm
from lotrinh.web.forms.unit_sheets import MOST_CARRIED, packed, too_large, unpacked
from lotrinh.web.pages.unit_sheets import sheet_file
from lotrinh.web.presenters.duty_sheets import column_lines, result_of, told_of
from lotrinh.web.presenters.sheet_refusals import sheet_sentence

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Rendition
    from lotrinh.apps.duties.selectors import DutiesJudged


@right(Action.ASSIGN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """Take a sheet of duties: look at it, take its good rows in, give its bad rows back.

    ``document`` names the document that asks for them.
    """
    step = request.POST.get("step", "")
    if step == "import":
        _check(request)
        return _second_step(request, step)
    with units.rights_asked_once():  # a look changes nothing, though it is sent
        _check(request)
        if step == "rows":
            return _second_step(request, step)
        return _look(request) if request.method == "POST" else _page(request, _fresh(request))


def _check(request: HttpRequest) -> None:
    user, on = reader(request), clock.today()
    if not units.reach(user_id=user.pk, action=Action.ASSIGN_DUTY, on=on):
        raise PermissionDenied


def _fresh(request: HttpRequest) -> DutySheetForm:
    """Return the form; the document from whose page one comes is filled in."""
    user, on = reader(request), clock.today()
    uid = asked_uid(request.GET, "document")
    found = documents.document_by_uid(uid, seen_by=user.pk, on=on) if uid else None
    initial = {"number": found.number if found else ""}
    return DutySheetForm(None, initial=initial, seen_by=user.pk, on=on)


def _look(request: HttpRequest) -> HttpResponse:
    user, on = reader(request), clock.today()
    form = DutySheetForm(request.POST, request.FILES, seen_by=user.pk, on=on)
    if not form.is_valid():
        return _page(request, form)
    content, name = form.content()
    asked = "file" if form.cleaned_data["file"] else "rows"
    try:
        given = read_sheet(content, name)
        judged = _judged(request, given.grid, form.rendition)
    except Unreadable as refused:
        return _refused(request, form, asked, sheet_sentence(refused))
    except NoHead as refused:
        return _refused(request, form, asked, _no_head(refused))
    if secrecy_mark("\n".join("\t".join(row) for row in given.grid)) is not None:
        return _refused(
            request,
            form,
            asked,
            _("The sheet bears the mark of a State secret. It is not taken in and was not kept."),
        )
    carried = packed(given.grid, user_id=user.pk)
    if len(carried) > MOST_CARRIED:
        return _refused(request, form, asked, too_large())
    shown = {
        "sheet": carried,
        "name": name if asked == "file" else "",
        "given": given,
        "client_key": uuid7(),
    }
    return _result(request, judged, form.rendition, **shown)


def _second_step(request: HttpRequest, step: str) -> HttpResponse:
    """Go on with the sheet that was looked at."""
    user, on = reader(request), clock.today()
    grid = unpacked(request.POST.get("sheet", ""), user_id=user.pk)
    given = posted(request)
    client_key, text = asked_uid(given, "client_key"), asked_uid(given, "text")
    rendition = documents.rendition_by_uid(text, seen_by=user.pk, on=on) if text else None
    is_lost = bool(given.get("text")) and rendition is None
    if grid is None or client_key is None or is_lost:
        form = DutySheetForm({}, seen_by=user.pk, on=on)
        whole = _("This form is no longer whole. Send it once more.")
        return _refused(request, form, "rows", whole)
    if step == "rows":
        return _rows_back(request, grid, rendition)
    return _import(request, grid, rendition, client_key)


def _import(
    request: HttpRequest, grid: Grid, rendition: "Rendition | None", client_key: UUID
) -> HttpResponse:
    user = reader(request)
    shown = {"sheet": packed(grid, user_id=user.pk), "client_key": client_key}
    try:
        judged = services.import_duties(
            grid=grid,
            rendition=rendition,
            user=user,
            client_key=client_key,
            language=_language(),
            on=clock.today(),
            at=clock.now(),
        )
    except (services.NotAllowed, services.NoDocument) as refused:
        raise PermissionDenied from refused
    except (
        services.DutyChangedMeanwhile,
        services.LeadTakesPart,
        services.PersonElsewhere,
        services.StepNotOpen,
    ):
        judged = _judged(request, grid, rendition)
        return _result(request, judged, rendition, **shown, was_overtaken=True)
    return _result(request, judged, rendition, **shown, is_done=True)


def _judged(request: HttpRequest, grid: Grid, rendition: "Rendition | None") -> "DutiesJudged":
    return duties.judged_duties(
        grid,
        rendition=rendition,
        seen_by=reader(request).pk,
        on=clock.today(),
        language=_language(),
    )


def _rows_back(request: HttpRequest, grid: Grid, rendition: "Rendition | None") -> HttpResponse:
    """Give the sheet back as it was given, with what became of each row beside it."""
    judged = _judged(request, grid, rendition)
    rows = marked(judged.grid, judged.head, told_of(judged, _language()), language=_language())
    wrong = {lot.line - 1 for lot in judged.lots if lot.fate is Fate.REFUSED}
    return sheet_file(rows, "xlsx", "lotrinh-rows", head=judged.head.first, wrong=wrong)


def _no_head(refused: NoHead) -> str:
    heads = ", ".join(f"“{head_word(SHAPE, name, _language())}”" for name in refused.missing)
    return _(
        "No row of the sheet names the columns %(heads)s. Name them in the first row; "
        "the export shows how."
    ) % {"heads": heads}


def _refused(request: HttpRequest, form: DutySheetForm, field: str, why: str) -> HttpResponse:
    form.full_clean()
    form.errors.clear()
    form.add_error(field, why)
    return _page(request, form)


def _result(
    request: HttpRequest, judged: "DutiesJudged", rendition: "Rendition | None", **more: object
) -> HttpResponse:
    shown = {
        "result": result_of(judged, _language(), is_taken=bool(more.get("is_done"))),
        "rendition": rendition,
        **more,
    }
    status = 409 if more.get("was_overtaken") else 200
    return render(request, "pages/duties/import.html", shown, status=status)


def _page(request: HttpRequest, form: DutySheetForm) -> HttpResponse:
    context = {"form": form, "columns": column_lines(_language())}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "pages/duties/import.html", context, status=status)


def _language() -> str:
    return translation.get_language() or "vi"
