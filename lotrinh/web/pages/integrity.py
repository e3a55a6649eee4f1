"""Questions of integrity: the list, one with the rows it rests on, the answer, the closing.

A question is never a verdict: each page says which rule asked, with which numbers, and what the
unit has said. Only those who may read the figures see it.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.selectors import Asking
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.integrity import IntegrityRule
from lotrinh.rules.integrity.closing import QuestionOutcome, QuestionState
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, address, asked_place, asked_uid
from lotrinh.web.formatting import named
from lotrinh.web.forms.integrity import AnswerForm, CloseQuestionForm
from lotrinh.web.presenters.integrity import (
    MOST_ROWS,
    acts_on,
    answer_rows,
    ground_rows,
    question_line,
    rule_text,
)
from lotrinh.web.presenters.regimes import name_of_period
from lotrinh.web.presenters.room import period_text
from lotrinh.web.wording import word
from lotrinh.web.wording_of_integrity import OUTCOMES, RULES, STATES

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import IntegrityQuestion
    from lotrinh.web.forms.proposals import KeyedForm

ROWS = 50


@right(Action.READ_FIGURE)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Show the questions, narrowed by ``rule``, ``state``, ``period``, ``unit``, ``collection``."""
    user, on = reader(request), clock.today()
    asking = _asking(request)
    found = reporting.questions_asked(asking=asking, seen_by=user.pk, on=on)
    begin, total = asked_place(request) * ROWS, found.count()
    here, kept = reverse("integrity"), _kept(asking)
    unit = units.unit_by_uid(asking.unit) if asking.unit else None
    context = {
        "lines": [question_line(one) for one in found[begin : begin + ROWS]],
        "total": total,
        "is_narrowed": any(kept.values()),
        "rules": [(code, said, code == asking.rule) for code, said in RULES.items()],
        "periods": [
            (one.uid, name_of_period(one.rule), one.uid == asking.period)
            for one in reporting.periods_questioned(seen_by=user.pk, on=on)
        ],
        "states": [
            (str(said), address(here, **(kept | {"state": code})), code == asking.state)
            for code, said in STATES.items()
        ],
        "all_states_url": address(here, **(kept | {"state": ""})),
        "state": asking.state,
        "unit": unit,
        "unit_name": named(unit) if unit else "",
        "collection": asking.collection,
        "period_text": period_text(asking.collection) if asking.collection else "",
        "next_url": address(here, **kept, page=begin // ROWS + 1) if begin + ROWS < total else None,
    }
    return render(request, "pages/integrity/list.html", context)


@right(Action.READ_FIGURE)
@require_safe
def question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a question, the rows on which it rests, what was said and done."""
    return _page(request, _found(request, uid))


@right(Action.ENTER_FIGURE)
@require_POST
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep what the unit says."""
    found = _found(request, uid)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            services.answer_question(
                question_id=found.pk, text=form.cleaned_data["text"], act=_act(request, form)
            )
        except services.NotAllowed as refused:
            raise PermissionDenied from refused
        except services.QuestionClosed as refused:
            form.add_error(None, _closed_words(refused))
        else:
            messages.success(request, _("Your answer is kept with the question."))
            return SeeOther(reverse("integrity-question", kwargs={"uid": uid}))
    elif not _may_answer(request, found):
        raise PermissionDenied
    return _page(request, found, answering=form, status=422)


@right(Action.ASSIGN_DUTY)
@require_POST
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close a question as it was found."""
    found = _found(request, uid)
    form = CloseQuestionForm(request.POST)
    if form.is_valid():
        if _close(request, found, form):
            messages.success(request, _("The question is closed."))
            return SeeOther(reverse("integrity-question", kwargs={"uid": uid}))
    elif not _may_close(request, found):
        raise PermissionDenied
    return _page(request, found, closing=form, status=422)


def _close(request: HttpRequest, found: "IntegrityQuestion", form: CloseQuestionForm) -> bool:
    """Take the step; say on the form why it could not be taken."""
    try:
        services.close_question(
            question_id=found.pk,
            outcome=QuestionOutcome(form.cleaned_data["outcome"]),
            note=form.cleaned_data["note"],
            act=_act(request, form),
        )
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    except services.QuestionClosed as refused:
        form.add_error(None, _closed_words(refused))
    except services.SamePerson:
        form.add_error(
            None,
            _("You answered this question or entered what it asks about: somebody else closes it."),
        )
    except services.NotAnswered:
        form.add_error("outcome", _("The unit has not answered yet: nothing is explained so far."))
    except services.NothingCorrected:
        form.add_error(
            "outcome",
            _("No figure on which it rests was corrected: open one and correct it first."),
        )
    else:
        return True
    return False


def _closed_words(refused: services.QuestionClosed) -> str:
    words = _("Somebody else has closed this question: %(outcome)s.")
    return words % {"outcome": word(OUTCOMES, refused.closing.outcome)}


def _asking(request: HttpRequest) -> Asking:
    """Return by what the address narrows; a collection that is not seen narrows nothing."""
    rule, state = request.GET.get("rule", ""), request.GET.get("state", "")
    uid = asked_uid(request.GET, "collection")
    user, on = reader(request), clock.today()
    return Asking(
        collection=reporting.collection_by_uid(uid, seen_by=user.pk, on=on) if uid else None,
        period=asked_uid(request.GET, "period"),
        unit=asked_uid(request.GET, "unit"),
        rule=IntegrityRule(rule) if rule in set(IntegrityRule) else None,
        state=QuestionState(state) if state in set(QuestionState) else None,
    )


def _kept(asking: Asking) -> dict[str, Any]:
    return {
        "rule": asking.rule or "",
        "state": asking.state or "",
        "period": asking.period or "",
        "unit": asking.unit or "",
        "collection": asking.collection.uid if asking.collection else "",
    }


def _found(request: HttpRequest, uid: UUID) -> "IntegrityQuestion":
    """Return a question that the reader sees; to others it is not there."""
    found = reporting.question_by_uid(uid, seen_by=reader(request).pk, on=clock.today())
    if found is None:
        raise Http404
    return found


def _may_answer(request: HttpRequest, found: "IntegrityQuestion") -> bool:
    user_id = reader(request).pk
    return reporting.may_answer(question=found, user_id=user_id, on=clock.today())


def _may_close(request: HttpRequest, found: "IntegrityQuestion") -> bool:
    user_id = reader(request).pk
    return reporting.may_close_question(question=found, user_id=user_id, on=clock.today())


def _act(request: HttpRequest, form: "KeyedForm") -> services.QuestionAct:
    key = form.cleaned_data["client_key"]
    return services.QuestionAct(reader(request), key, clock.today(), clock.now())


def _page(
    request: HttpRequest,
    found: "IntegrityQuestion",
    *,
    answering: AnswerForm | None = None,
    closing: CloseQuestionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, on = reader(request), clock.today()
    answers = list(reporting.answers_of(question=found))
    closed = reporting.closing_of(question=found)
    grounds = reporting.grounds_of(question=found, seen_by=user.pk, on=on)
    rows = ground_rows(found, grounds)
    took_part = any(one.by_id == user.pk for one in answers)
    is_open = closed is None
    keyed = {"client_key": uuid7()}
    context = {
        "line": question_line(found),
        "regime": found.collection.regime,
        "collection": found.collection,
        "rule_text": rule_text(found),
        "rows": rows[:MOST_ROWS],
        "total": len(rows),
        "hidden": grounds.hidden,
        "others": [(one.uid, named(one)) for one in grounds.others],
        "answers": answer_rows(answers),
        "closing": closed,
        "outcome_text": word(OUTCOMES, closed.outcome) if closed else "",
        "events": acts_on(found, answers, closed),
        "answering": (answering or AnswerForm(None, initial=keyed))
        if is_open and _may_answer(request, found)
        else None,
        "closing_form": (closing or CloseQuestionForm(None, initial=keyed))
        if is_open and _may_close(request, found) and not took_part
        else None,
        "may_close_but": is_open and took_part and _may_close(request, found),
        "faulty": answering or closing,
    }
    return render(request, "pages/integrity/detail.html", context, status=status)
