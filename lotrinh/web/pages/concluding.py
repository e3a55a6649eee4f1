"""Concluding a conference: what was concluded, line by line into duties, and the notice of it."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Passage
from lotrinh.apps.reviews import printing
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.attachments import kept_as
from lotrinh.web.forms.concluding import MORE, LinesForm, LinkNoticeForm, NoticeForm, RemarksForm
from lotrinh.web.forms.proposals import MOST_HOLDERS
from lotrinh.web.pages.conferences import conference_or_404
from lotrinh.web.pages.editions import UNPRINTED, unprinted
from lotrinh.web.presenters.concluding import (
    conclusion_rows,
    file_stem,
    notice_begun,
    notice_of,
    notice_said,
)
from lotrinh.web.presenters.names import PeopleNames, UnitNames
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.wording import word
from lotrinh.web.wording_of_conferences import STATES

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.dissemination.models import Conference

MOST_DOCUMENTS = 100
_SPOKEN = (ConferenceState.UNDER_WAY, ConferenceState.CLOSED)


@right(Action.READ_DUTY)
@require_safe
def conclusions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what a conference concluded, with how the duties that came of it stand."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    found = dissemination.conclusions_of(conference=conference, seen_by=user.pk, on=on)
    may_hold = dissemination.may_hold(conference, user_id=user.pk, on=on)
    context = {
        "conference": conference,
        "rows": conclusion_rows(found, on=on),
        "notice": dissemination.notice_of(conference=conference, seen_by=user.pk, on=on),
        "may_conclude": may_hold and conference.state in _SPOKEN,
    }
    return render(request, "pages/conferences/conclusions.html", context)


@right(Action.HOLD_CONFERENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def conclude(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the remarks line by line, say who and by when, look at it all, and keep it in one act.

    ``act`` is the step: ``lines`` of the remarks, ``more`` lines, ``preview``, ``keep``.
    """
    user, on = reader(request), clock.today()
    conference = _held(uid, user, on)
    act = request.POST.get("act", "")
    if act in {"more", "change", "preview", "keep"}:
        return _of_lines(request, conference, act)
    notice = dissemination.notice_of(conference=conference, seen_by=user.pk, on=on)
    clauses = dissemination.clauses_announced(notice) if notice else ()
    form = RemarksForm(request.POST if request.method == "POST" else None, clauses=clauses)
    if request.method == "POST" and form.is_valid():
        lines = LinesForm(form.lines(), more=MORE, **_given(conference, user, on))
        return _lines_page(request, conference, lines)
    context = {"conference": conference, "form": form, "has_clauses": bool(clauses)}
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/conferences/remarks.html", context, status=status)


def _of_lines(request: HttpRequest, conference: "Conference", act: str) -> HttpResponse:
    """Answer a form of lines."""
    user, on = reader(request), clock.today()
    given = _given(conference, user, on)
    if act in {"more", "change"}:
        lines = LinesForm(request.POST, more=MORE, **given)
        return _lines_page(request, conference, lines, is_judged=False)
    lines = LinesForm(request.POST, **given)
    if not lines.is_valid():
        return _lines_page(request, conference, lines, status=422)
    if act == "preview":
        context = {"conference": conference, "lines": [_previewed(one) for one in lines.forms]}
        context["forms"] = lines.forms
        return render(request, "pages/conferences/preview.html", context)
    refused = _kept(request, conference, lines)
    if refused:
        return _lines_page(request, conference, lines, refused=refused, status=409)
    return SeeOther(reverse("conference-conclusions", kwargs={"uid": conference.uid}))


def _kept(request: HttpRequest, conference: "Conference", lines: LinesForm) -> str:
    """Keep the lines; return why they could not be, empty where they were."""
    user, on = reader(request), clock.today()
    passages = _passages(conference, user, on)
    try:
        kept = services.conclude(
            conference_id=conference.pk,
            lines=[one.line(passages) for one in lines.forms],
            user=user,
            on=on,
            at=clock.now(),
        )
    except services.NotNow:
        messages.error(request, _not_now(conference))
        return ""
    except duties.NotAllowed:
        who = who_may(Action.ASSIGN_DUTY, unit_id=conference.organiser_id, on=on)
        return _("You may not assign to one of these units. %(who)s") % {"who": who}
    except duties.PersonElsewhere:
        return _("One of these people no longer holds a post in the unit.")
    except services.KeyTaken:
        return _("This form was sent by somebody else. Open it anew.")
    made = sum(one.duty_id is not None for one in kept)
    said = ngettext(
        "Kept: %(n)s draft duty. It binds nobody until it is issued.",
        "Kept: %(n)s draft duties. They bind nobody until they are issued.",
        made,
    )
    messages.success(request, said % {"n": made})
    return ""


def _previewed(form: Any) -> dict[str, Any]:
    held = form.cleaned_data
    return {
        "title": held["title"],
        "unit": held["unit"],
        "person": held["person"],
        "due": held["due"],
        "deliverable": held["deliverable"],
        "is_duty": not held["is_remark"],
    }


def _lines_page(
    request: HttpRequest,
    conference: "Conference",
    lines: LinesForm,
    *,
    refused: str = "",
    is_judged: bool = True,
    status: int = 200,
) -> HttpResponse:
    user, on = reader(request), clock.today()
    names = UnitNames(units.tree_on(on=on))
    first = [conference.organiser_id]
    holders = units.holders(first=first, seen_by=user.pk, on=on, most=MOST_HOLDERS)
    is_judged = is_judged and status != 200
    context = {
        "conference": conference,
        "rows": [*lines.forms, *lines.empty],
        "faults": lines.faults if is_judged else [],
        "is_judged": is_judged,
        "refused": refused,
        "unit_names": names.offered,
        "person_names": PeopleNames(holders, names).labels,
    }
    return render(request, "pages/conferences/lines.html", context, status=status)


@right(Action.HOLD_CONFERENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make the notice of conclusions, as a Word file or as a document; or say which one it is.

    ``act`` is what is done: ``file``, ``keep``, or ``link``.
    """
    user, on = reader(request), clock.today()
    conference = _held(uid, user, on)
    act = request.POST.get("act", "")
    seen = list(documents.visible(seen_by=user.pk, on=on)[:MOST_DOCUMENTS])
    if act == "link":
        return _link(request, conference, LinkNoticeForm(request.POST, documents=seen))
    system = next((one.system for one in seen if one.system in {"state", "party"}), "party")
    begun = {"client_key": uuid7(), **notice_begun(conference, system)}
    form = NoticeForm(request.POST if act else None, initial=begun)
    link = LinkNoticeForm(None, documents=seen, initial={"client_key": uuid7()})
    if act and form.is_valid():
        answer = _made(request, conference, form, act)
        if answer is not None:
            return answer
    return _notice_page(request, conference, form, link, status=422 if act else 200)


def _made(
    request: HttpRequest, conference: "Conference", form: NoticeForm, act: str
) -> HttpResponse | None:
    """Give the notice as a file, or keep it as a document; None, and why on the form, else."""
    user, on = reader(request), clock.today()
    found = dissemination.conclusions_of(conference=conference, seen_by=user.pk, on=on)
    frame = form.frame(on=on)
    try:
        if act == "file":
            content = printing.docx(notice_of(conference, found, frame))
            answer = HttpResponse(content, content_type=services.DOCX)
            answer["Content-Disposition"] = kept_as(f"{file_stem(conference.title)}.docx")
            answer["Cache-Control"] = "private, no-store"
            return answer
        services.announce_conclusions(
            conference_id=conference.pk,
            said=notice_said(conference, found, frame),
            user=user,
            on=on,
            at=clock.now(),
            client_key=form.cleaned_data["client_key"],
        )
    except UNPRINTED as wrong:
        form.add_error(None, unprinted(wrong))
    except services.NothingConcluded:
        form.add_error(None, _("Write the conclusions first: a notice announces them."))
    except services.NotNow:
        messages.error(request, _not_now(conference))
        return SeeOther(reverse("conference-conclusions", kwargs={"uid": conference.uid}))
    except registry.NotAllowed:
        place = conference.organiser_id
        form.add_error(None, who_may(Action.REGISTER_DOCUMENT, unit_id=place, on=on))
    except registry.KeptElsewhere:
        form.add_error("number", _("Another unit keeps a document of this number."))
    else:
        messages.success(request, _("The notice is registered and linked."))
        return SeeOther(reverse("conference-conclusions", kwargs={"uid": conference.uid}))
    return None


def _link(request: HttpRequest, conference: "Conference", link: LinkNoticeForm) -> HttpResponse:
    user, on = reader(request), clock.today()
    here = reverse("conference-conclusions", kwargs={"uid": conference.uid})
    if not link.is_valid():
        begun = {"client_key": uuid7(), **notice_begun(conference, "party")}
        return _notice_page(request, conference, NoticeForm(None, initial=begun), link, status=422)
    try:
        services.link_notice(
            conference_id=conference.pk,
            document=link.chosen(),
            user=user,
            on=on,
            at=clock.now(),
            client_key=link.cleaned_data["client_key"],
        )
    except services.NotNow:
        messages.error(request, _not_now(conference))
    else:
        messages.success(request, _("The notice is linked."))
    return SeeOther(here)


def _notice_page(
    request: HttpRequest,
    conference: "Conference",
    form: NoticeForm,
    link: LinkNoticeForm,
    *,
    status: int,
) -> HttpResponse:
    user, on = reader(request), clock.today()
    found = dissemination.conclusions_of(conference=conference, seen_by=user.pk, on=on)
    context = {
        "conference": conference,
        "form": form,
        "link": link,
        "rows": conclusion_rows(found, on=on),
    }
    return render(request, "pages/conferences/notice.html", context, status=status)


def _given(conference: "Conference", user: "User", on: date) -> dict[str, Any]:
    return {"names": UnitNames(units.tree_on(on=on)), "seen_by": user.pk, "on": on}


def _passages(conference: "Conference", user: "User", on: date) -> dict[UUID, Passage]:
    """Return where the notice says what, by the uid of its clause."""
    paper = dissemination.notice_of(conference=conference, seen_by=user.pk, on=on)
    clauses = dissemination.clauses_announced(paper) if paper else ()
    return {one.uid: Passage(text, one.start, one.end) for text, one in clauses}


def _held(uid: UUID, user: "User", on: date) -> "Conference":
    """Return a conference that the account holds."""
    conference = conference_or_404(uid, user, on)
    if not dissemination.may_hold(conference, user_id=user.pk, on=on):
        raise PermissionDenied
    return conference


def _not_now(conference: "Conference") -> str:
    said = _("It was not kept: the conference is %(state)s.")
    return said % {"state": word(STATES, conference.state)}
