"""A report of figures as a workbook: downloaded, filled in without a line, and sent back."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.books import read_book, write_book
from lotrinh.apps.reporting.services import ReportAct
from lotrinh.apps.units import selectors as units
from lotrinh.reading.readers import Unreadable
from lotrinh.rules.actions import Action
from lotrinh.rules.book_wording import fault_sentence
from lotrinh.rules.books import BookRefused, ReadBook
from lotrinh.rules.secrecy import secrecy_mark
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.report_books import ReportBookForm
from lotrinh.web.pages.period_reports import not_open_words, page_of_report, seen_report
from lotrinh.web.presenters.period_reports import report_facts
from lotrinh.web.presenters.sheet_refusals import sheet_sentence

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import Report

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@right(Action.READ_FIGURE)
@require_safe
def report_book_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the workbook of a report, in the language of the page, as a file to be kept."""
    user, on = reader(request), clock.today()
    found = seen_report(uid, user=user, on=on)
    grid = reporting.grid_of(report=found, seen_by=user.pk, on=on)
    book = reporting.book_of(grid=grid, language=_language())
    answer = HttpResponse(write_book(book), content_type=_MEDIA_TYPE)
    name = f"{found.unit.code}-{found.collection.period.code}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@right(Action.ENTER_FIGURE)
@require_http_methods(["GET", "HEAD", "POST"])
def report_book(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a workbook back: what was changed in it is entered, what is wrong is told by cell."""
    user, on = reader(request), clock.today()
    found = seen_report(uid, user=user, on=on)
    if not units.may(user_id=user.pk, action=Action.ENTER_FIGURE, unit_id=found.unit_id, on=on):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, found, ReportBookForm(initial={"client_key": uuid7()}))
    form = ReportBookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        read = read_book(*form.content())
    except Unreadable as refused:
        return _refused(request, found, form, sheet_sentence(refused))
    except BookRefused as refused:
        return _refused(request, found, form, fault_sentence(refused.fault, _language()))
    if secrecy_mark(_words_in(read)) is not None:
        words = _("The workbook bears the mark of a State secret. It is not taken in.")
        return _refused(request, found, form, words)
    return _taken(request, found, form, read)


def _taken(
    request: HttpRequest, found: "Report", form: ReportBookForm, read: ReadBook
) -> HttpResponse:
    user, on = reader(request), clock.today()
    grid = reporting.grid_of(report=found, seen_by=user.pk, on=on)
    act = ReportAct(user, form.cleaned_data["client_key"], on, clock.now())
    try:
        taken = services.take_book(grid=grid, read=read, act=act)
    except BookRefused as refused:
        return _refused(request, found, form, fault_sentence(refused.fault, _language()))
    except services.CollectionClosed:
        words = _("The collection is closed and takes nothing more in.")
        return _refused(request, found, form, words, status=409)
    except services.ReportStepNotOpen as refused:
        return _refused(request, found, form, not_open_words(refused), status=409)
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    faults = [fault_sentence(fault, _language()) for fault in taken.faults]
    if taken.entered is not None and taken.entered.meanwhile:
        faults += [
            _beside(cell.measure.name, cell.text) for cell in taken.entered.meanwhile.values()
        ]
    said = _said(taken)
    if not faults:
        messages.success(request, said)
        return SeeOther(page_of_report(found))
    fresh = ReportBookForm(initial={"client_key": uuid7()})
    return _page(request, found, fresh, faults=faults, said_text=said)


def _said(taken: services.Taken) -> str:
    if taken.entered is None:
        return _("The workbook says nothing new; nothing was changed.")
    count = taken.changed
    words = ngettext(
        "%(count)d line was taken from the workbook.",
        "%(count)d lines were taken from the workbook.",
        count,
    )
    return words % {"count": count}


def _beside(name: str, text: str) -> str:
    words = _("%(name)s: somebody has entered “%(text)s” meanwhile; that was left as it is.")
    return words % {"name": name, "text": text}


def _words_in(read: ReadBook) -> str:
    """Return all texts that somebody wrote into a workbook."""
    return "\n".join(cell.text for cell in (*read.cells.values(), *read.comments.values()))


def _refused(
    request: HttpRequest, found: "Report", form: ReportBookForm, why: str, *, status: int = 422
) -> HttpResponse:
    form.add_error("file", why)
    return _page(request, found, form, status=status)


def _page(
    request: HttpRequest, found: "Report", form: ReportBookForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    if found.collection.regime is None:
        raise Http404
    facts = report_facts(found, on=clock.today())
    context: dict[str, Any] = {**facts, "form": form, **more}
    return render(request, "pages/reports/book.html", context, status=status)


def _language() -> str:
    return (get_language() or "vi")[:2]
