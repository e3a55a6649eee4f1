"""One unit's own programme: what it linked, what was found of it, what it is asked."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.rules.actions import Action
from lotrinh.rules.programmes import ProgrammeState
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import named
from lotrinh.web.forms.programmes import (
    AnswerForm,
    AskForm,
    CloseForm,
    LinkForm,
    ReviewForm,
    document_name,
)
from lotrinh.web.presenters.programmes import (
    findings,
    pair_lines,
    passage_lines,
    question_block,
    unit_line,
)

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.dissemination.models import (
        Programme,
        ProgrammeComparison,
        ProgrammeQuestion,
    )
    from lotrinh.web.forms.proposals import KeyedForm

MOST_DOCUMENTS = 100


@right(Action.READ_DUTY)
@require_safe
def programme(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the programme of one unit."""
    user, on = reader(request), clock.today()
    return _page(request, programme_or_404(uid, user, on))


@right(Action.DO_DUTY)
@require_POST
def link_programme(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Link a document that the unit keeps."""
    user, on = reader(request), clock.today()
    found = programme_or_404(uid, user, on)
    if not dissemination.may_link(found, user_id=user.pk, on=on):
        raise PermissionDenied
    form = LinkForm(request.POST, documents=_linkable(found, user, on))
    if not form.is_valid():
        return _page(request, found, linking=form, status=422)
    try:
        services.link_programme(
            programme_id=found.pk, document=form.chosen, act=_act(request, form)
        )
    except (services.NotNow, services.KeyTaken):
        messages.error(request, _("It was not linked: the unit does not owe it any more."))
    else:
        messages.success(request, _("The document is linked. It is compared in the background."))
    return SeeOther(reverse("programme", kwargs={"uid": uid}))


@right(Action.HOLD_CONFERENCE)
@require_POST
def review_programme(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that the office has read it."""
    user, on = reader(request), clock.today()
    found = programme_or_404(uid, user, on)
    if not dissemination.may_follow(found.call, user_id=user.pk, on=on):
        raise PermissionDenied
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reviewing=form, status=422)
    try:
        services.review_programme(
            programme_id=found.pk, note=form.cleaned_data["note"], act=_act(request, form)
        )
    except services.NotIssued:
        messages.error(request, _("Only a programme with number and day of issue is read."))
    except services.SamePerson:
        messages.error(request, _("You linked it yourself: somebody else reads it."))
    return SeeOther(reverse("programme", kwargs={"uid": uid}))


@right(Action.HOLD_CONFERENCE)
@require_POST
def ask_question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask the unit, with the passages that were chosen."""
    user, on = reader(request), clock.today()
    found = programme_or_404(uid, user, on)
    if not dissemination.may_ask_about(found, user_id=user.pk, on=on):
        raise PermissionDenied
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, found, asking=form, status=422)
    try:
        services.ask_question(
            programme_id=found.pk,
            text=form.cleaned_data["text"],
            chosen=_chosen(request.POST),
            act=_act(request, form),
        )
    except services.NotNow:
        messages.error(request, _("There is no text yet to ask about."))
    except services.KeyTaken:
        messages.error(request, _("This form was sent by somebody else. Open it anew."))
    return SeeOther(reverse("programme", kwargs={"uid": uid}) + "#questions")


@right(Action.DO_DUTY)
@require_POST
def answer_question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answer for the unit."""

    def send(question: "ProgrammeQuestion", form: AnswerForm) -> None:
        text, act = form.cleaned_data["text"], _act(request, form)
        services.answer_question(question_id=question.pk, text=text, act=act)

    return _said(request, uid, AnswerForm(request.POST), send)


@right(Action.HOLD_CONFERENCE)
@require_POST
def close_question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close a question for the office."""

    def send(question: "ProgrammeQuestion", form: CloseForm) -> None:
        note, act = form.cleaned_data["note"], _act(request, form)
        services.close_question(question_id=question.pk, outcome=form.found, note=note, act=act)

    return _said(request, uid, CloseForm(request.POST), send)


def programme_or_404(uid: UUID, user: "User", on: date) -> "Programme":
    """Return a programme that the account may see."""
    found = dissemination.programme_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found


def _said(
    request: HttpRequest, uid: UUID, form: Any, send: Callable[["ProgrammeQuestion", Any], None]
) -> HttpResponse:
    """Keep what is said to a question, or say why it is not."""
    user, on = reader(request), clock.today()
    question = dissemination.question_asked(uid, seen_by=user.pk, on=on)
    if question is None:
        raise Http404
    found = programme_or_404(question.programme.uid, user, on)
    if not _may_say(form, found, user, on):
        raise PermissionDenied
    if not form.is_valid():
        faulty = {question.uid: form}
        return _page(request, found, saying=faulty, status=422)
    refused = {
        services.QuestionClosed: _("It was closed meanwhile."),
        services.SamePerson: _("You answered this question yourself: somebody else closes it."),
        services.NotAnswered: _("The unit has not answered yet: nothing explains it."),
        services.NothingRevised: _("The unit has linked no other text since it was asked."),
    }
    try:
        send(question, form)
    except tuple(refused) as why:
        messages.error(request, refused[type(why)])
    return SeeOther(reverse("programme", kwargs={"uid": found.uid}) + f"#q-{question.uid}")


def _may_say(form: Any, found: "Programme", user: "User", on: date) -> bool:
    if isinstance(form, AnswerForm):
        return dissemination.may_answer_about(found, user_id=user.pk, on=on)
    return dissemination.may_ask_about(found, user_id=user.pk, on=on)


def _page(
    request: HttpRequest, found: "Programme", *, status: int = 200, **faulty: Any
) -> HttpResponse:
    user, on = reader(request), clock.today()
    may_link = dissemination.may_link(found, user_id=user.pk, on=on)
    may_follow = dissemination.may_follow(found.call, user_id=user.pk, on=on)
    comparison = dissemination.comparison_of(programme=found)
    row = dissemination.programme_row(found, on=on)
    review = dissemination.review_of(programme=found)
    context = {
        "programme": found,
        "conference": found.call.conference,
        "name": document_name(found.call.document),
        "line": unit_line(row, comparison, {}),
        "unit_name": named(found.unit),
        "links": [
            (document_name(one.document), one.document.uid, one.on)
            for one in dissemination.links_of(programme=found)
        ],
        "review": review,
        "linking": _linking(found, user, on, faulty) if may_link else None,
        "reviewing": _keyed(ReviewForm, faulty.get("reviewing"))
        if may_follow and row.state == ProgrammeState.ISSUED
        else None,
        "asking": _keyed(AskForm, faulty.get("asking"))
        if may_follow and found.document_id
        else None,
        "faulty": next((one for one in faulty.values() if not isinstance(one, dict)), None),
        "pairs": pair_lines(dissemination.pairs_of(programme=found, found=comparison), found.call),
        **_found(comparison, user, on),
        **_questions(found, user, on, faulty.get("saying", {}), may_link, may_follow),
    }
    return render(request, "pages/conferences/programmes/one.html", context, status=status)


def _found(comparison: "ProgrammeComparison | None", user: "User", on: date) -> dict[str, object]:
    if comparison is None:
        return {"found": None, "passages": ()}
    alike = dissemination.alike_passages(
        text=comparison.rendition, spans=comparison.alike, seen_by=user.pk, on=on
    )
    return {"found": findings(comparison), "passages": passage_lines(alike)}


def _questions(
    found: "Programme",
    user: "User",
    on: date,
    saying: dict[UUID, Any],
    may_answer: bool,
    may_close: bool,
) -> dict[str, object]:
    told = dissemination.questions_about(programme=found, seen_by=user.pk, on=on)
    blocks = []
    for one in told:
        uid, is_open = one.question.uid, one.closing is None
        sent = saying.get(uid)
        answered = any(each.by_id == user.pk for each in one.answers)
        answering = sent if isinstance(sent, AnswerForm) else None
        closing = sent if isinstance(sent, CloseForm) else None
        blocks.append(
            (
                question_block(one),
                _keyed(AnswerForm, answering, uid) if is_open and may_answer else None,
                _keyed(CloseForm, closing, uid) if is_open and may_close and not answered else None,
            )
        )
    return {"questions": blocks}


def _linking(found: "Programme", user: "User", on: date, faulty: dict[str, Any]) -> LinkForm:
    if "linking" in faulty:
        sent: LinkForm = faulty["linking"]
        return sent
    papers = _linkable(found, user, on)
    return LinkForm(None, documents=papers, initial={"client_key": uuid7()})


def _linkable(found: "Programme", user: "User", on: date) -> list[Any]:
    rows = dissemination.linkable(programme=found, seen_by=user.pk, on=on)
    return list(rows[:MOST_DOCUMENTS])


def _keyed(kind: type["KeyedForm"], sent: Any, about: object = "") -> Any:
    """Return the form that was refused, or a fresh one; of several each has ids of its own."""
    form = sent or kind(None, initial={"client_key": uuid7()})
    form.auto_id = f"{kind.__name__.lower()}{about}-%s"
    return form


def _chosen(sent: QueryDict) -> list[int]:
    """Return the places of the passages that were chosen."""
    return [int(one) for one in sent.getlist("passage") if one.isascii() and one.isdigit()]


def _act(request: HttpRequest, form: Any) -> services.ProgrammeAct:
    key = form.cleaned_data["client_key"]
    return services.ProgrammeAct(reader(request), key, clock.today(), clock.now())
