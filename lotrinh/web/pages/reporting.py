"""Reporting on a duty from anywhere: how far it is, what stands in the way, or that it is done."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.duties.services import PERIOD_REPORT
from lotrinh.apps.intake import services as intake
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import Step
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.steps import ReportForm
from lotrinh.web.pages.handing_in import through_gate
from lotrinh.web.pages.moved import moved_page
from lotrinh.web.pages.steps import overtaken, page_of
from lotrinh.web.presenters.life import may_take, open_steps
from lotrinh.web.presenters.standing import deadline_of, status_of

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.files.models import Blob


@right(Action.DO_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one short form for progress and for the claim that a duty is done, and take it."""
    user, on = reader(request), clock.today()
    duty = duties.duty_by_uid(uid, seen_by=user.pk, on=on)
    if duty is None:
        return moved_page(request, uid)
    if not may_take(duty, Step.REPORT, user_id=user.pk, on=on):
        raise PermissionDenied
    if request.method != "POST":
        return _looked_at(request, duty)
    form = ReportForm(request.POST, request.FILES, duty=duty)
    blobs = _handed_in(request, duty, form) if form.is_valid() else None
    if blobs is None:
        return _page(request, duty, form, status=422)
    try:
        _take(request, duty, form, blobs)
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    except (services.StepNotOpen, services.DutyChangedMeanwhile) as refused:
        told = overtaken(duty, form, refused, Step.REPORT, user=user, on=on)
        return _page(request, duty, form, status=409, **told)
    except services.NothingHandedIn:
        form.add_error("note", _("Hand in the deliverable, or say here where it can be found."))
        return _page(request, duty, form, status=422)
    if form.cleaned_data["done"]:
        messages.success(request, _("Handed in. Somebody else verifies it."))
    else:
        messages.success(request, _("Reported."))
    return SeeOther(page_of(duty))


def _looked_at(request: HttpRequest, duty: "Duty") -> HttpResponse:
    """Show the form; figures of a period are entered on a page of their own."""
    user, on = reader(request), clock.today()
    if duty.kind == PERIOD_REPORT:
        figures = reporting.report_of_duty(duty_id=duty.pk, seen_by=user.pk, on=on)
        if figures is not None:
            return SeeOther(reverse("report", kwargs={"uid": figures.uid}))
    if Step.REPORT not in open_steps(duty, on=on):
        messages.info(request, _("This step is not open now. Below is what has been done."))
        return SeeOther(page_of(duty))
    return _page(request, duty, ReportForm(duty=duty))


def _take(
    request: HttpRequest, duty: "Duty", form: ReportForm, blobs: "list[tuple[Blob, str]]"
) -> None:
    """Report progress, or claim that the duty is done, as the form says."""
    given = form.cleaned_data
    act = services.Act(
        user=reader(request),
        client_key=given["client_key"],
        on=clock.today(),
        at=clock.now(),
        version=given["version"],
        note=_all_words(form) if given["done"] else given["note"],
        blobs=tuple(blobs),
    )
    if given["done"]:
        services.claim_duty(duty_id=duty.pk, act=act)
        return
    services.report_progress(
        duty_id=duty.pk,
        act=act,
        percent=given["percent"],
        obstacle=given["obstacle"],
        proposal=given["proposal"],
    )


def _all_words(form: ReportForm) -> str:
    """Return everything that was typed: a claim has one field for words."""
    given = form.cleaned_data
    obstacle, proposal = given["obstacle"], given["proposal"]
    lines = [
        given["note"],
        _("In the way: %(words)s") % {"words": obstacle} if obstacle else "",
        _("Asked for: %(words)s") % {"words": proposal} if proposal else "",
    ]
    return "\n".join(line for line in lines if line)


def _handed_in(
    request: HttpRequest, duty: "Duty", form: ReportForm
) -> "list[tuple[Blob, str]] | None":
    """Take the files through the gate; None, and the reason on the form, where one is refused."""
    user, on = reader(request), clock.today()
    return through_gate(
        form,
        lambda handed: intake.take_evidence(
            duty=duty, handed=handed, user=user, on=on, at=clock.now()
        ),
        keeper=duty.unit or duty.owed_to,
        user=user,
    )


def _page(
    request: HttpRequest, duty: "Duty", form: ReportForm, *, status: int = 200, **told: Any
) -> HttpResponse:
    on = clock.today()
    context: dict[str, Any] = {
        "duty": duty,
        "form": form,
        "status": status_of(duty, on=on),
        "deadline": deadline_of(duty),
        "is_still_open": True,
        **told,
    }
    return render(request, "pages/duties/report.html", context, status=status)
