"""Later sessions of a conference: planned for the absent, added up, acknowledged by units."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState
from lotrinh.rules.conferences.sessions import together_words
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import named
from lotrinh.web.forms.sessions import AcknowledgeForm, SessionForm
from lotrinh.web.pages.conferences import conference_or_404
from lotrinh.web.pages.sites import site_or_404
from lotrinh.web.presenters.conferences import conference_rows
from lotrinh.web.presenters.target_series import language
from lotrinh.web.wording import word
from lotrinh.web.wording_of_conferences import STATES

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.selectors import AbsentAt


@right(Action.READ_DUTY)
@require_safe
def sessions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the sessions of a conference, their sum, and who is absent still at each site."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    found = dissemination.sessions_of(conference)
    seen = dissemination.visible(seen_by=user.pk, on=on)
    linked = [one.pk for one in (*found.later, *([found.follows] if found.follows else []))]
    absent = dissemination.absent_at(found, conference=conference, seen_by=user.pk, on=on)
    mine = dissemination.sites_told_by(conference=conference, user_id=user.pk, on=on)
    told = {one.pk for one in mine} if conference.state == ConferenceState.CLOSED else set()
    names = {one.code: named(one) for one in dissemination.classes_on(on=conference.day)}
    may_hold = dissemination.may_hold(conference, user_id=user.pk, on=on)
    is_whole = dissemination.sees_all(conference, user_id=user.pk, on=on) and linked
    context = {
        "conference": conference,
        "words": together_words(found.together, language=language()) if is_whole else "",
        "rows": conference_rows(seen.filter(pk__in=linked)),
        "absent": [_absent_row(one, names, may_tell=one.site.pk in told) for one in absent],
        "may_plan": may_hold and conference.state == ConferenceState.CLOSED,
    }
    return render(request, "pages/conferences/sessions.html", context)


def _absent_row(one: "AbsentAt", names: dict[str, str], *, may_tell: bool) -> dict[str, Any]:
    classes = {code: names.get(code, code) for code in one.absent}
    begun = {f"n-{code}": people for code, people in one.read.items()}
    form = AcknowledgeForm(
        None, classes=classes, initial=begun | {"client_key": uuid7()}, auto_id=f"a{one.site.pk}-%s"
    )
    return {
        "uid": one.site.uid,
        "name": named(one.site.unit),
        "people": [
            (names.get(code, code), people, one.read.get(code))
            for code, people in one.absent.items()
        ],
        "form": form if may_tell else None,
        "fields": [form[f"n-{code}"] for code in form.codes],
    }


@right(Action.HOLD_CONFERENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Plan a later session for those who were absent."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    if not dissemination.may_hold(conference, user_id=user.pk, on=on):
        raise PermissionDenied
    begun = {"client_key": uuid7(), "title": conference.title, "place": conference.place}
    form = SessionForm(request.POST if request.method == "POST" else None, initial=begun)
    context = {"conference": conference, "form": form}
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "pages/conferences/session_new.html", context, status=status)
    if conference.state != ConferenceState.CLOSED:
        said = _("Those who were absent are known once the conference is closed; it is %(state)s.")
        messages.error(request, said % {"state": word(STATES, conference.state)})
        return SeeOther(reverse("conference-sessions", kwargs={"uid": uid}))
    try:
        later = services.plan_later_session(
            conference_id=conference.pk,
            said=form.said(),
            user=user,
            on=on,
            at=clock.now(),
            client_key=form.cleaned_data["client_key"],
        )
    except services.NotNow:
        form.add_error("day", _("Choose today or a day to come."))
    except services.KeyTaken:
        form.add_error(None, _("This form was sent by somebody else. Open it anew."))
    except services.NotSeen:
        form.add_error(None, _("One of the documents was taken away from you meanwhile."))
    else:
        messages.success(request, _("The session is planned; the absent are called to it."))
        return SeeOther(reverse("conference", kwargs={"uid": later.uid}))
    return render(request, "pages/conferences/session_new.html", context, status=422)


@right(Action.DO_DUTY)
@require_POST
def acknowledge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say for a site how many of its absent have read the documents."""
    user, on = reader(request), clock.today()
    site = site_or_404(uid, user, on)
    here = reverse("conference-sessions", kwargs={"uid": site.conference.uid})
    if not dissemination.may_tell(site, user_id=user.pk, on=on):
        raise PermissionDenied
    known = dissemination.classes_on(on=site.conference.day)
    form = AcknowledgeForm(request.POST, classes={one.code: named(one) for one in known})
    if not form.is_valid():
        messages.error(request, next(iter(form.faults.values())))
        return SeeOther(here)
    key = form.cleaned_data["client_key"]
    try:
        services.acknowledge(
            site_id=site.pk,
            read=form.read(),
            act=services.SiteAct(user, key, on, clock.now()),
        )
    except services.NotNow:
        messages.error(request, _("The absent are known once the conference is closed."))
    except services.TooMany:
        messages.error(request, _("More than were absent: look again."))
    except services.NothingSaid:
        messages.error(request, _("Write how many have read the documents."))
    except services.KeyTaken:
        messages.error(request, _("This form was sent by somebody else. Open it anew."))
    else:
        messages.success(request, _("It is kept. Send it again when it changes."))
    return SeeOther(here)
