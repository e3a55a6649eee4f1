"""The classes of delegates: which are called and counted here, and the means to name others."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.conferences import ClassForm


@right(Action.HOLD_CONFERENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def attendee_classes(request: HttpRequest) -> HttpResponse:
    """Show the classes of delegates, and keep one."""
    user, on = reader(request), clock.today()
    if not dissemination.may_class(user_id=user.pk, on=on):
        raise PermissionDenied
    form = ClassForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            services.keep_class(said=form.said(), user=user, on=on, at=clock.now())
            messages.success(request, _("The class is kept."))
            return SeeOther(reverse("attendee-classes"))
        status = 422
    context = {"classes": dissemination.classes_known(), "form": form}
    return render(request, "pages/conferences/classes.html", context, status=status)
