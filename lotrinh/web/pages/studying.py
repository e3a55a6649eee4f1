"""Study after a conference: reflections called for, told by each unit, added up."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences.studying import handed_in_words
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, door
from lotrinh.web.formatting import named
from lotrinh.web.forms.studying import ReflectionsForm, StudyCallForm
from lotrinh.web.pages.conferences import conference_or_404
from lotrinh.web.pages.sites import site_or_404
from lotrinh.web.presenters.target_series import language

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.selectors import Study


@right(Action.READ_DUTY)
@require_safe
def study(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show how many reflections were handed in, by unit; those who may, tell here."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    found = dissemination.study_of(conference=conference, seen_by=user.pk, on=on)
    mine = dissemination.sites_told_by(conference=conference, user_id=user.pk, on=on)
    own = {one.unit_id: one for one in mine}
    words = ""
    if found.until:
        words = handed_in_words(found.whole, until=found.until, language=language())
    context = {
        "conference": conference,
        "study": found,
        "words": words,
        "rows": _rows(found),
        "branches": [(named(unit), told) for unit, told in found.branches],
        "mine": [
            {"uid": one.site.uid, "name": named(one.site.unit), "told": one.told, "key": uuid7()}
            for one in found.units
            if found.until and one.site.unit_id in own
        ],
        "may_hold": dissemination.may_hold(conference, user_id=user.pk, on=on),
        "key": uuid7(),
    }
    return render(request, "pages/conferences/study.html", context)


def _rows(found: "Study") -> list[dict[str, object]]:
    return [
        {"name": named(one.site.unit), "url": door("unit", one.site.unit.uid), "told": one.told}
        for one in found.units
    ]


@right(Action.HOLD_CONFERENCE)
@require_POST
def call_study(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say by which day reflections are due."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    if not dissemination.may_hold(conference, user_id=user.pk, on=on):
        raise PermissionDenied
    form = StudyCallForm(request.POST)
    if not form.is_valid():
        messages.error(request, next(iter(form.faults.values())))
        return SeeOther(reverse("conference-study", kwargs={"uid": uid}))
    try:
        services.call_for_reflections(
            conference_id=conference.pk,
            until=form.cleaned_data["until"],
            user=user,
            on=on,
            at=clock.now(),
            client_key=form.cleaned_data["client_key"],
        )
    except (services.NotNow, services.KeyTaken):
        messages.error(request, _("Choose the day of the conference or a later one."))
    else:
        messages.success(request, _("Reflections are called for. Units may tell of them now."))
    return SeeOther(reverse("conference-study", kwargs={"uid": uid}))


@right(Action.DO_DUTY)
@require_POST
def tell_study(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell how many reflections are due in a unit and how many were handed in."""
    user, on = reader(request), clock.today()
    site, form = site_or_404(uid, user, on), ReflectionsForm(request.POST)
    here = reverse("conference-study", kwargs={"uid": site.conference.uid})
    if not dissemination.may_tell(site, user_id=user.pk, on=on):
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, next(iter(form.faults.values())))
        return SeeOther(here)
    key = form.cleaned_data["client_key"]
    try:
        services.tell_reflections(
            site_id=site.pk,
            told=form.told(),
            act=services.SiteAct(user, key, on, clock.now()),
        )
    except services.NotNow:
        messages.error(request, _("No reflections were called for yet."))
    except services.KeyTaken:
        messages.error(request, _("This form was sent by somebody else. Open it anew."))
    else:
        messages.success(request, _("It is kept. Send it again when it changes."))
    return SeeOther(here)
