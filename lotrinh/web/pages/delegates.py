"""Delegates of a site: called by name, their passes to print, the key of the door."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.passes import door_of, keys_of
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import Counting
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.codes import code_svg
from lotrinh.web.formatting import named
from lotrinh.web.forms.conferences import NamesForm
from lotrinh.web.pages.doors import root
from lotrinh.web.pages.sites import site_or_404

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.dissemination.models import Site


@right(Action.DO_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def delegates(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show who is called to a site by name, and call others."""
    user, on = reader(request), clock.today()
    site = _told_site(uid, user, on)
    classes = dissemination.classes_on(on=site.conference.day)
    form = NamesForm(request.POST if request.method == "POST" else None, classes=classes)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = services.call_delegates(
                    site_id=site.pk, named=form.named(), user=user, on=on, at=clock.now()
                )
            except services.NotNow:
                form.add_error(None, _("The conference is over: nobody is called any more."))
                status = 409
            else:
                said = ngettext(
                    "%(n)s delegate is called.", "%(n)s delegates are called.", len(made)
                )
                messages.success(request, said % {"n": len(made)})
                return SeeOther(reverse("site-delegates", kwargs={"uid": uid}))
    address = request.build_absolute_uri(reverse("door", kwargs={"key": door_of(root(), site)}))
    context = {
        "site": site,
        "site_name": named(site.unit),
        "conference": site.conference,
        "delegates": [(one, named(one.attendees)) for one in dissemination.delegates_of(site=site)],
        "form": form,
        "door_url": address,
        "door_code": mark_safe(code_svg(address)),  # noqa: S308 -- drawn by us, of our own address
    }
    return render(request, "pages/conferences/delegates.html", context, status=status)


@right(Action.DO_DUTY)
@require_safe
def passes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the passes of a site's delegates, to be printed and cut."""
    user, on = reader(request), clock.today()
    site = _told_site(uid, user, on)
    keys = keys_of(root(), site.conference.uid)
    found = []
    for one in dissemination.delegates_of(site=site):
        written = keys.pass_of(one.uid, one.version).written()
        drawn = mark_safe(code_svg(written))  # noqa: S308 -- drawn by us, of letters and digits
        found.append((one.full_name, named(one.attendees), written, drawn))
    context = {
        "site_name": named(site.unit),
        "site": site,
        "conference": site.conference,
        "passes": found,
    }
    answer = render(request, "pages/conferences/passes.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@right(Action.DO_DUTY)
@require_POST
def renew(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a delegate another pass."""
    user, on = reader(request), clock.today()
    found = dissemination.delegate_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    try:
        services.renew_pass(delegate_id=found.pk, user=user, on=on, at=clock.now())
    except services.NotAllowed:
        raise PermissionDenied from None
    except services.NotNow:
        messages.error(request, _("The conference is over: no pass is given any more."))
    else:
        messages.success(request, _("Print the new pass: the old one opens no door any more."))
    return SeeOther(reverse("site-delegates", kwargs={"uid": found.site.uid}))


def _told_site(uid: UUID, user: "User", on: date) -> "Site":
    """Return a site by whose doors people come in by name, for whoever tells for it."""
    site = site_or_404(uid, user, on)
    if not dissemination.may_tell(site, user_id=user.pk, on=on):
        raise PermissionDenied
    if site.conference.counting != Counting.PERSON:
        raise Http404
    return site
