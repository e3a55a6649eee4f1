"""Questions of sites: asked in writing, shown or set aside, answered."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences.questions import QuestionStep, may_ask
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.questions import AskForm, SettleForm
from lotrinh.web.pages.conferences import conference_or_404
from lotrinh.web.pages.sites import site_or_404
from lotrinh.web.presenters.questions_asked import asked_rows, asking_sites
from lotrinh.web.wording import word
from lotrinh.web.wording_of_conferences import STATES

if TYPE_CHECKING:
    from lotrinh.web.forms.proposals import KeyedForm


@right(Action.READ_DUTY)
@require_safe
def questions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the questions that the reader may read, with their answers; his sites may ask here."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    is_open = may_ask(conference.state, day=conference.day, on=on)
    mine = dissemination.sites_told_by(conference=conference, user_id=user.pk, on=on)
    may_hold = dissemination.may_hold(conference, user_id=user.pk, on=on)
    found = dissemination.questions_of(conference=conference, seen_by=user.pk, on=on)
    context = {
        "conference": conference,
        "rows": asked_rows(found),
        "sites": asking_sites(mine) if is_open else [],
        "is_open": is_open,
        "may_hold": may_hold,
    }
    return render(request, "pages/conferences/questions.html", context)


@right(Action.DO_DUTY)
@require_POST
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask a question for a site."""
    user, on = reader(request), clock.today()
    site, form = site_or_404(uid, user, on), AskForm(request.POST)
    here = reverse("conference-questions", kwargs={"uid": site.conference.uid})
    if not dissemination.may_tell(site, user_id=user.pk, on=on):
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, next(iter(form.faults.values())))
        return SeeOther(here)
    try:
        services.ask_at_site(
            site_id=site.pk, text=form.cleaned_data["text"], act=_act(request, form)
        )
    except (services.NotNow, services.KeyTaken):
        said = _("It was not asked: the conference is %(state)s.")
        messages.error(request, said % {"state": word(STATES, site.conference.state)})
    else:
        messages.success(request, _("The question is sent. You will find here what becomes of it."))
    return SeeOther(here)


@right(Action.HOLD_CONFERENCE)
@require_POST
def settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a question to all sites, set it aside, or answer it."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    if not dissemination.may_hold(conference, user_id=user.pk, on=on):
        raise PermissionDenied
    form = SettleForm(request.POST)
    here = reverse("conference-questions", kwargs={"uid": uid})
    asked = form.is_valid() and dissemination.question_by_uid(
        form.cleaned_data["question"], conference=conference
    )
    if not asked:
        messages.error(request, _("This form is no longer whole. Send it once more."))
        return SeeOther(here)
    try:
        services.settle_question(
            question_id=asked.pk,
            step=QuestionStep(form.cleaned_data["step"]),
            words=form.cleaned_data["words"],
            act=_act(request, form),
        )
    except services.NothingSaid:
        messages.error(request, _("Write the answer, or why it is set aside."))
    except services.KeyTaken:
        messages.error(request, _("This form was sent by somebody else. Open it anew."))
    return SeeOther(f"{here}#q-{asked.uid}")


def _act(request: HttpRequest, form: "KeyedForm") -> services.SiteAct:
    key = form.cleaned_data["client_key"]
    return services.SiteAct(reader(request), key, clock.today(), clock.now())
