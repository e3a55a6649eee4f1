"""One step of a duty: its page says what it brings about, asks for what it needs, and takes it."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import BINDING, BY_DOCUMENT, WITH_REASON, Step
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.attachments import attachment
from lotrinh.web.formatting import day_and_month
from lotrinh.web.forms.proposals import MOST_HOLDERS
from lotrinh.web.forms.steps import ExplainForm, LifeForm, StepForm
from lotrinh.web.pages.moved import moved_page
from lotrinh.web.presenters.life import (
    NOT_OFFERED,
    last_moment,
    may_take,
    moments_of,
    open_steps,
    same_person,
)
from lotrinh.web.presenters.names import PeopleNames
from lotrinh.web.presenters.standing import deadline_of, status_of
from lotrinh.web.wording import STEP_MEANINGS, STEPS, word

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.models import Duty

OFFERED = frozenset(Step) - NOT_OFFERED - {Step.REPORT, Step.CLAIM}
"""Every step that this page takes; a report and a claim have a page of their own."""


@right(Action.READ_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def step_page(request: HttpRequest, uid: UUID, step: str) -> HttpResponse:
    """Show the form of a step, and take it; somebody who was faster is told, nothing is lost."""
    user, on = reader(request), clock.today()
    duty = duties.duty_by_uid(uid, seen_by=user.pk, on=on)
    if step not in OFFERED:
        raise Http404
    if duty is None:
        return moved_page(request, uid)
    taken = Step(step)
    form = StepForm(
        request.POST if request.method == "POST" else None,
        step=taken,
        duty=duty,
        seen_by=user.pk,
        on=on,
    )
    if request.method != "POST":
        return _looked_at(request, duty, form)
    if not form.is_valid():
        if not may_take(duty, taken, user_id=user.pk, on=on):
            raise PermissionDenied
        return _form_page(request, duty, form, status=422)
    return _take(request, duty, form)


@right(Action.JUDGE_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask the unit to explain; the request is a duty of its own, and leads to its page."""
    user, on = reader(request), clock.today()
    duty = seen_duty(uid, user=user, on=on)
    if not may_ask(duty, user_id=user.pk, on=on):
        raise PermissionDenied
    form = ExplainForm(request.POST if request.method == "POST" else None, on=on)
    if request.method == "POST" and form.is_valid():
        asked = _asked(duty, form, user=user, on=on)
        if asked is not None:
            messages.success(request, _("The explanation was asked for."))
            return SeeOther(page_of(asked))
    context = {
        "duty": duty,
        "form": form,
        "status": status_of(duty, on=on),
        "deadline": deadline_of(duty),
    }
    status = 422 if form.is_bound else 200
    return render(request, "pages/duties/explain.html", context, status=status)


@right(Action.READ_DUTY)
@require_safe
def evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a file that was handed in, to whoever sees its duty."""
    user, on = reader(request), clock.today()
    found = duties.evidence_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return attachment(request, found.blob, found.name or f"{found.uid}")


def seen_duty(uid: UUID, *, user: "User", on: date) -> "Duty":
    """Return the duty; missing and hidden ones alike are not found."""
    found = duties.duty_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found


def may_ask(duty: "Duty", *, user_id: int, on: date) -> bool:
    """Say whether the account may ask for an explanation of this duty."""
    place = duty.owed_to_id
    return duty.state in BINDING and units.may(
        user_id=user_id, action=Action.JUDGE_DUTY, unit_id=place, on=on
    )


def page_of(duty: "Duty") -> str:
    """Return the address of the duty's page."""
    return reverse("duty", kwargs={"uid": duty.uid})


def overtaken(
    duty: "Duty",
    form: LifeForm,
    refused: "services.StepNotOpen | services.DutyChangedMeanwhile",
    *steps: Step,
    user: "User",
    on: date,
) -> dict[str, Any]:
    """Let the form be sent once more, where it still can; return what somebody else did."""
    now = seen_duty(duty.uid, user=user, on=on)
    form.renew(now.version)
    is_open = any(
        step in open_steps(now, on=on) and may_take(now, step, user_id=user.pk, on=on)
        for step in steps
    )
    event = refused.event
    return {
        "meanwhile": last_moment(event) if event else None,
        "was_me": event is not None and event.by_id == user.pk,
        "is_still_open": is_open,
    }


def _looked_at(request: HttpRequest, duty: "Duty", form: StepForm) -> HttpResponse:
    """Show the form; a step that is no longer open leads back to the duty."""
    user, on = reader(request), clock.today()
    if form.step not in open_steps(duty, on=on):
        messages.info(request, _("This step is not open now. Below is what has been done."))
        return SeeOther(page_of(duty))
    if not may_take(duty, form.step, user_id=user.pk, on=on):
        raise PermissionDenied
    if form.step is Step.EXTEND and duty.asked_due:
        form.initial["due"] = day_and_month(duty.asked_due)
    return _form_page(request, duty, form)


def _take(request: HttpRequest, duty: "Duty", form: StepForm) -> HttpResponse:
    user, on = reader(request), clock.today()
    given = form.cleaned_data
    act = services.Act(
        user=user,
        client_key=given["client_key"],
        on=on,
        at=clock.now(),
        version=given["version"],
        note=given["note"],
        basis=form.document_found if form.step in BY_DOCUMENT else None,
    )
    try:
        services.TAKEN_BY[form.step](duty_id=duty.pk, act=act, **_special(form))
    except services.NotAllowed as refused:
        if form.step is not Step.TRANSFER or not may_take(duty, form.step, user_id=user.pk, on=on):
            raise PermissionDenied from refused
        form.add_error("unit", _("You may not issue duties to this unit."))
    except (services.StepNotOpen, services.DutyChangedMeanwhile) as refused:
        told = overtaken(duty, form, refused, form.step, user=user, on=on)
        return _form_page(request, duty, form, status=409, **told)
    except services.SamePerson as refused:
        form.add_error(None, same_person(refused.event))
    except services.PersonElsewhere:
        form.add_error("person", _("This person no longer holds a post in that unit."))
    except services.NothingAsked:
        form.add_error(None, _("Nobody has asked for more time."))
    except services.AskedTooLate:
        form.add_error("due", _("More time is asked for before the deadline has passed."))
    except services.DeadlineNotLater:
        form.add_error("due", _("More time means a later day than the deadline there is."))
    else:
        return SeeOther(page_of(duty))
    return _form_page(request, duty, form, status=422)


def _special(form: StepForm) -> dict[str, Any]:
    """Return what only this step takes."""
    found = {
        "until": form.cleaned_data.get("due"),
        "unit": form.unit_found,
        "person": form.person_found,
    }
    return {name: found[name] for name in services.TAKES[form.step]}


def _asked(duty: "Duty", form: ExplainForm, *, user: "User", on: date) -> "Duty | None":
    """Ask for the explanation; say on the form why it could not be asked for."""
    try:
        return services.ask_explanation(
            duty_id=duty.pk,
            title=_("Explain: %(title)s") % {"title": duty.title},
            language=(get_language() or "vi")[:2],
            deliverable=_("Written explanation"),
            due=form.cleaned_data["due"],
            note=form.cleaned_data["note"],
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    except services.StepNotOpen:
        form.add_error(None, _("This duty no longer binds."))
    except services.DutyNotClear:
        form.add_error(None, _("The duty says too little to ask for an explanation of it."))
    return None


def _form_page(
    request: HttpRequest, duty: "Duty", form: StepForm, *, status: int = 200, **told: Any
) -> HttpResponse:
    user, on = reader(request), clock.today()
    life = duties.life_of(duty=duty, seen_by=user.pk, on=on)
    own = duties.judged_before(life, form.step, user_id=user.pk)
    people: tuple[str, ...] = ()
    if "person" in form.fields:
        first = [duty.unit_id] if duty.unit_id else []
        holders = units.holders(first=first, seen_by=user.pk, on=on, most=MOST_HOLDERS)
        if form.step is Step.HAND:
            holders = tuple(one for one in holders if one.unit_id == duty.unit_id)
        people = PeopleNames(holders, form.names).labels
    context: dict[str, Any] = {
        "duty": duty,
        "form": form,
        "step_name": word(STEPS, form.step),
        "meaning": word(STEP_MEANINGS, form.step),
        "needs_words": form.step in WITH_REASON,
        "status": status_of(duty, on=on),
        "deadline": deadline_of(duty),
        "refused_text": same_person(own) if own else "",
        "asked_due": duty.asked_due,
        "judged": moments_of(duties.to_be_judged(life, form.step)),
        "unit_names": form.names.offered if "unit" in form.fields else (),
        "names_units": "unit" in form.fields,
        "person_names": people,
        "is_still_open": True,
        **told,
    }
    return render(request, "pages/duties/step.html", context, status=status)
