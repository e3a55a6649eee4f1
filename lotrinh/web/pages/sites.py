"""A site of a conference: how it is connected and who is there, told by those who sit in it."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.apps.documents import selectors as documents
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState, Counting, Link
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import named
from lotrinh.web.forms.conferences import CountForm, LinkForm, NumbersForm
from lotrinh.web.presenters.conferences import site_row
from lotrinh.web.wording import word
from lotrinh.web.wording_of_conferences import LINKS, STATES

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.dissemination.models import Site
    from lotrinh.web.forms.proposals import KeyedForm

_TOLD_LIVE = (Link.CONNECTED, Link.WEAK, Link.LOST)


@right(Action.READ_DUTY)
@require_safe
def site_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a site to those who sit in it, and let them tell."""
    user, on = reader(request), clock.today()
    return _page(request, site_or_404(uid, user, on))


@right(Action.DO_DUTY)
@require_POST
def tell_link(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell how a site is connected."""
    user, on = reader(request), clock.today()
    site, form = site_or_404(uid, user, on), LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, site, status=422)
    try:
        services.signal_link(
            site_id=site.pk, link=Link(form.cleaned_data["link"]), act=_act(request, form)
        )
    except services.NotAllowed:
        raise PermissionDenied from None
    except (services.NotNow, services.KeyTaken):
        messages.error(request, _not_now(site))
    return SeeOther(reverse("site", kwargs={"uid": uid}))


@right(Action.DO_DUTY)
@require_POST
def tell_count(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell how many are at a site now."""
    user, on = reader(request), clock.today()
    site = site_or_404(uid, user, on)
    form = CountForm(request.POST, classes=dissemination.classes_on(on=site.conference.day))
    if not form.is_valid():
        return _page(request, site, form=form, status=422)
    try:
        services.tell_headcount(site_id=site.pk, present=form.numbers(), act=_act(request, form))
    except services.NotAllowed:
        raise PermissionDenied from None
    except (services.NotNow, services.KeyTaken):
        messages.error(request, _not_now(site))
    else:
        messages.success(request, _("The count is kept. Send another when it changes."))
    return SeeOther(reverse("site", kwargs={"uid": uid}))


@right(Action.HOLD_CONFERENCE)
@require_POST
def summon(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call so many delegates of each class to a site, and no other than those."""
    user, on = reader(request), clock.today()
    site = _held_site(uid, user, on)
    form = NumbersForm(request.POST, classes=dissemination.classes_on(on=site.conference.day))
    if not form.is_valid():
        return _page(request, site, summons=form, status=422)
    try:
        services.summon(site_id=site.pk, numbers=form.numbers(), user=user, on=on, at=clock.now())
    except services.NotNow:
        messages.error(request, _not_now(site))
    else:
        messages.success(request, _("It is kept who is called to this site."))
    return SeeOther(reverse("site", kwargs={"uid": uid}))


@right(Action.HOLD_CONFERENCE)
@require_POST
def drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a site back that has told nothing."""
    user, on = reader(request), clock.today()
    site = _held_site(uid, user, on)
    try:
        services.drop_site(site_id=site.pk, user=user, on=on, at=clock.now())
    except services.NotNow:
        messages.error(request, _not_now(site))
    except services.SiteHasTold:
        said = _("The main site stays, and so does a site that has told anything or calls names.")
        messages.error(request, said)
    else:
        messages.success(request, _("%(name)s has no site any more.") % {"name": named(site.unit)})
        return SeeOther(reverse("conference", kwargs={"uid": site.conference.uid}))
    return SeeOther(reverse("site", kwargs={"uid": uid}))


def _held_site(uid: UUID, user: "User", on: date) -> "Site":
    """Return a site of a conference that the account holds."""
    site = site_or_404(uid, user, on)
    if not dissemination.may_hold(site.conference, user_id=user.pk, on=on):
        raise PermissionDenied
    return site


def _not_now(site: "Site") -> str:
    said = _("It was not kept: the conference is %(state)s.")
    return said % {"state": word(STATES, site.conference.state)}


def _page(
    request: HttpRequest,
    site: "Site",
    *,
    form: CountForm | None = None,
    summons: NumbersForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, on = reader(request), clock.today()
    conference = site.conference
    classes = dissemination.classes_on(on=conference.day)
    (now,) = dissemination.sites_now([site])
    begun = {f"n-{code}": number for code, number in now.present.items()}
    is_under_way = conference.state == ConferenceState.UNDER_WAY
    may_tell = dissemination.may_tell(site, user_id=user.pk, on=on)
    may_call = conference.state == ConferenceState.PREPARED and dissemination.may_hold(
        conference, user_id=user.pk, on=on
    )
    if may_call and summons is None:
        called = {f"n-{code}": number for code, number in now.summoned.items()}
        summons = NumbersForm(None, classes=classes, initial=called)
    links = _TOLD_LIVE if is_under_way else (Link.TESTED,)
    context = {
        "site": site,
        "conference": conference,
        "state": word(STATES, conference.state),
        "row": site_row(now),
        "form": form or CountForm(None, classes=classes, initial=begun | {"client_key": uuid7()}),
        "links": [(str(one), word(LINKS, one), one == now.link) for one in links],
        "link_key": uuid7(),
        "may_tell": may_tell,
        "summons": summons if may_call else None,
        "may_signal": may_tell
        and conference.state in {ConferenceState.PREPARED, ConferenceState.UNDER_WAY},
        "is_under_way": is_under_way,
        "by_name": conference.counting == Counting.PERSON,
        "agenda": dissemination.agenda_of(conference=conference),
        "documents": documents.visible(seen_by=user.pk, on=on).filter(conferences=conference),
    }
    return render(request, "pages/conferences/site.html", context, status=status)


def _act(request: HttpRequest, form: "KeyedForm") -> services.SiteAct:
    key = form.cleaned_data["client_key"]
    return services.SiteAct(reader(request), key, clock.today(), clock.now())


def site_or_404(uid: UUID, user: "User", on: date) -> "Site":
    """Return a site that the account may look into."""
    found = dissemination.site_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found
