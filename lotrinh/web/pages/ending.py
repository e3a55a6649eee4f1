"""What serves a cancelled duty: shown with its number, and cancelled by the same document."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.ending import CancelPartsForm
from lotrinh.web.pages.steps import page_of, seen_duty
from lotrinh.web.presenters.standing import duty_row

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.models import Duty


@right(Action.READ_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_parts(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show which open parts of a cancelled duty would be cancelled; sent, they are.

    Who may cancel none of them, or may not read the document that orders it, is refused.
    """
    user, on = reader(request), clock.today()
    duty = seen_duty(uid, user=user, on=on)
    event = duties.cancelling(duty=duty, seen_by=user.pk, on=on)
    if event is None:
        raise PermissionDenied
    if request.method != "POST":
        form = CancelPartsForm(initial={"client_key": uuid7(), "note": event.note})
        return _page(request, duty, form)
    form = CancelPartsForm(request.POST)
    if not form.is_valid():
        return _page(request, duty, form, status=422)
    ended = _ended(duty, form, user=user, on=on)
    if ended is None:
        return _page(request, duty, form, status=409)
    words = ngettext("%(n)d part was cancelled.", "%(n)d parts were cancelled.", len(ended))
    messages.success(request, words % {"n": len(ended)})
    return SeeOther(page_of(duty))


def _ended(
    duty: "Duty", form: CancelPartsForm, *, user: "User", on: date
) -> "tuple[Duty, ...] | None":
    """Take the steps; None where the form says that something was done meanwhile."""
    try:
        return services.cancel_parts(
            duty_id=duty.pk,
            shown=form.shown,
            act=services.Act(
                user=user,
                client_key=form.cleaned_data["client_key"],
                on=on,
                at=clock.now(),
                version=duty.version,
                note=form.cleaned_data["note"],
            ),
        )
    except (services.NotAllowed, services.NoDocument) as refused:
        raise PermissionDenied from refused
    except (services.DutyChangedMeanwhile, services.StepNotOpen):
        form.add_error(
            None, _("Nothing was cancelled: something was done meanwhile. Read the list again.")
        )
    return None


def _page(
    request: HttpRequest, duty: "Duty", form: CancelPartsForm, *, status: int = 200
) -> HttpResponse:
    user, on = reader(request), clock.today()
    found = duties.to_end_with(duty=duty, seen_by=user.pk, on=on)
    rows = list(found)
    if not rows and status == 200:
        raise PermissionDenied
    left = duties.left_open(duty=duty, seen_by=user.pk, on=on).count() - len(rows)
    event = duties.cancelling(duty=duty, seen_by=user.pk, on=on)
    context: dict[str, Any] = {
        "duty": duty,
        "form": form,
        "parts": [(duty_row(row, on=on), row.version) for row in rows],
        "count": len(rows),
        "left": left,
        "document": event.basis if event else None,
        "client_key": uuid7() if form.is_bound else form.initial["client_key"],
    }
    return render(request, "pages/duties/cancel_parts.html", context, status=status)
