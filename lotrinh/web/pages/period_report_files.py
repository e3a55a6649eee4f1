"""Files beside the figures of a report, and its whole story: who entered, said and did what."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lotrinh.apps.intake import services as intake
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.services import ReportAct
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.report_states import ReportStep
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, SeeOther, address, asked_place, asked_uid
from lotrinh.web.attachments import attachment
from lotrinh.web.forms.period_reports import FiguresFilesForm
from lotrinh.web.pages.handing_in import through_gate
from lotrinh.web.pages.period_reports import (
    measures_of,
    not_open_words,
    page_of_report,
    seen_report,
)
from lotrinh.web.presenters.period_reports import report_facts
from lotrinh.web.presenters.report_story import also_words, story_lines

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.files.models import Blob
    from lotrinh.apps.reporting.models import Report


@right(Action.ENTER_FIGURE)
@require_http_methods(["GET", "HEAD", "POST"])
def report_files(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take files that support a figure of a report, or the whole of it."""
    user, on = reader(request), clock.today()
    found = seen_report(uid, user=user, on=on)
    if not units.may(user_id=user.pk, action=Action.ENTER_FIGURE, unit_id=found.unit_id, on=on):
        raise PermissionDenied
    measures = measures_of(found)
    if request.method != "POST":
        if ReportStep.ATTACH not in reporting.steps_open(report=found, seen_by=user.pk, on=on):
            messages.info(request, _("This step is not open now. Below is what has been done."))
            return SeeOther(page_of_report(found))
        line = str(asked_uid(request.GET, "line") or "")
        return _files_page(request, found, FiguresFilesForm(measures=measures, line=line))
    form = FiguresFilesForm(request.POST, request.FILES, measures=measures)
    blobs = _handed_in(found, form, user=user, on=on) if form.is_valid() else None
    if blobs is None:
        return _files_page(request, found, form, status=422)
    try:
        _attach(found, form, blobs, user=user, on=on)
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    except services.CollectionClosed:
        form.add_error(None, _("The collection is closed and takes nothing more in."))
        return _files_page(request, found, form, status=409)
    except services.ReportStepNotOpen as refused:
        form.add_error(None, not_open_words(refused))
        return _files_page(request, found, form, status=409)
    _tell(request, found, blobs, user=user, on=on)
    anchor = f"#line-{form.measure.uid}" if form.measure else "#files"
    return SeeOther(f"{page_of_report(found)}{anchor}")


@right(Action.READ_FIGURE)
@require_safe
def report_evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a file that was handed in, to whoever sees its report."""
    user, on = reader(request), clock.today()
    found = reporting.report_evidence_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return attachment(request, found.blob, found.name or f"{found.uid}")


@right(Action.READ_FIGURE)
@require_safe
def report_history(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell everything that was done to a report, the last first; ``line`` leaves one figure."""
    user, on = reader(request), clock.today()
    found = seen_report(uid, user=user, on=on)
    wanted = asked_uid(request.GET, "line")
    measure = next((one for one in measures_of(found) if one.uid == wanted), None)
    place = asked_place(request)
    rows = reporting.story_of(report=found, measure_id=measure.pk if measure else None)
    events = tuple(rows[place * PAGE : (place + 1) * PAGE + 1])
    here = reverse("report-history", kwargs={"uid": found.uid})
    line = measure.uid if measure else None
    more = len(events) > PAGE
    context: dict[str, Any] = {
        **report_facts(found, on=on),
        "measure": measure,
        "moments": story_lines(events[:PAGE], measures_of(found)),
        "all_url": here,
        "next_url": address(here, line=line, page=place + 1) if more else None,
    }
    return render(request, "pages/reports/history.html", context)


def _handed_in(
    found: "Report", form: FiguresFilesForm, *, user: "User", on: date
) -> "list[tuple[Blob, str]] | None":
    return through_gate(
        form,
        lambda handed: intake.take_figure_evidence(
            unit=found.unit, handed=handed, user=user, on=on, at=clock.now()
        ),
        keeper=found.unit,
        user=user,
    )


def _attach(
    found: "Report",
    form: FiguresFilesForm,
    blobs: "list[tuple[Blob, str]]",
    *,
    user: "User",
    on: date,
) -> None:
    act = ReportAct(user, form.cleaned_data["client_key"], on, clock.now(), blobs=tuple(blobs))
    measure = form.measure
    services.attach_evidence(
        report_id=found.pk, measure_id=measure.pk if measure else None, act=act
    )


def _tell(
    request: HttpRequest,
    found: "Report",
    blobs: "list[tuple[Blob, str]]",
    *,
    user: "User",
    on: date,
) -> None:
    """Say that the files are kept, and what else the same files support already."""
    messages.success(request, _("The files are kept beside the figure."))
    ids = [blob.pk for blob, _name in blobs]
    also = reporting.elsewhere_of(report=found, blob_ids=ids, seen_by=user.pk, on=on)
    for blob, name in blobs:
        if blob.pk in also:
            messages.warning(request, also_words(name, also[blob.pk]))


def _files_page(
    request: HttpRequest, found: "Report", form: FiguresFilesForm, *, status: int = 200
) -> HttpResponse:
    context = {**report_facts(found, on=clock.today()), "form": form}
    return render(request, "pages/reports/files.html", context, status=status)
