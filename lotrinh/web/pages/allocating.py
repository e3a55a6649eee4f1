"""Dividing a target among units: the draft, the sheet, the units' answers, the decision."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.targets import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.allocation_states import AllocationMethod, ShareAnswer
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, asked_uid, posted
from lotrinh.web.formatting import amount, day_and_month, named
from lotrinh.web.forms.allocating import (
    AmendForm,
    AnswerForm,
    ConsultForm,
    DecideForm,
    DivideForm,
    VersionedForm,
    WithdrawForm,
)
from lotrinh.web.presenters.allocations import (
    against_words,
    answers_words,
    share_rows,
    sheet_facts,
    steps_shown,
)
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.targets.models import Allocation, AllocationShare, Target

MEANWHILE = (services.AllocationChangedMeanwhile, services.StepNotOpen)


@right(Action.ASSIGN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def divide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin an allocation: among whom, by which method, from which bases. A draft comes of it."""
    user, on = reader(request), clock.today()
    target = targets.target_by_uid(uid, seen_by=user.pk, on=on)
    if target is None:
        raise Http404
    if not targets.may_allocate(target=target, seen_by=user.pk, on=on):
        raise PermissionDenied
    names = UnitNames(units.tree_on(on=on))
    given: dict[str, Any] = {
        "groups": [group for group in units.groups_known(on=on) if on in group.valid],
        "methods": targets.methods_for(target.measure),
        "target": target,
        "names": names,
    }
    if request.method != "POST":
        begun = {"client_key": uuid7(), "as_of": day_and_month(on)}
        return _divide_page(request, target, DivideForm(None, initial=begun, **given))
    form = DivideForm(request.POST, **given)
    made = _drafted(target, form, user=user, on=on) if form.is_valid() else None
    if made is None:
        return _divide_page(request, target, form, status=422)
    messages.success(request, _("A draft was made. It binds nobody until it is decided."))
    return SeeOther(_sheet_of(made))


@right(Action.READ_TARGET)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show an allocation with the share of each unit, and take a step of it."""
    user, on = reader(request), clock.today()
    allocation = targets.allocation_by_uid(uid, seen_by=user.pk, on=on)
    if allocation is None:
        raise Http404
    page = _Sheet(request, allocation, user, on)
    if request.method != "POST":
        return page.shown()
    step = _STEPS.get(str(request.POST.get("act", "")))
    if step is None:
        raise PermissionDenied
    return step(page)


class _Sheet:
    """One asking for the sheet of an allocation, with the forms that stand on it."""

    def __init__(
        self, request: HttpRequest, allocation: "Allocation", user: "User", on: date
    ) -> None:
        self.request, self.allocation, self.user, self.on = request, allocation, user, on
        self.who: dict[str, Any] = {"seen_by": user.pk, "on": on}
        self.shares = targets.shares_of(allocation, **self.who)
        target = allocation.target
        self.sees_whole = targets.sees_whole(allocation, **self.who)
        self.may_allocate = targets.may_allocate(target=target, **self.who)
        self.may_decide = targets.may_decide(target=target, **self.who)
        self.unit = target.measure.unit_of_measure

    def begun(self) -> dict[str, Any]:
        """Return what every form begins with."""
        return {
            "client_key": uuid7(),
            "version": self.allocation.version,
            "base_words": self.allocation.base_words,
            "difference_reason": self.allocation.difference_reason,
        }

    def amend_form(self, data: Any = None) -> AmendForm:
        """Return the form of the figures."""
        return AmendForm(
            data,
            shares=self.shares,
            methods=targets.methods_for(self.allocation.target.measure),
            method=AllocationMethod(self.allocation.method),
            target=self.allocation.target,
            names=UnitNames(units.tree_on(on=self.on)),
            initial=self.begun(),
        )

    def said(self) -> dict[str, Any]:
        """Return who sends what, for a service."""
        return {"user": self.user, "on": self.on, "at": clock.now()}

    def required(self, *, may: bool) -> None:
        """Refuse whoever may not take the step at all."""
        if not may:
            raise PermissionDenied

    def shown(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        """Answer with the sheet and its forms, of which one may hold what was sent."""
        facts = sheet_facts(self.allocation)
        amends = facts["is_open"] and self.may_allocate
        form = forms.get("amend_form") or (self.amend_form() if amends else None)
        answerable = (
            targets.answerable_shares(self.shares, **self.who)
            if facts["is_consulting"]
            else frozenset()
        )
        context: dict[str, Any] = {
            **facts,
            "amend_form": form,
            "rows": share_rows(
                self.shares, unit=self.unit, answerable=answerable, form=form if amends else None
            ),
            "sees_whole": self.sees_whole,
            "sees_target": self.sees_whole,
            "steps": steps_shown(self.allocation, **self.who),
            "may_allocate": self.may_allocate,
            "may_decide": self.may_decide,
            "decider_text": ""
            if self.may_decide
            else who_may(Action.ISSUE_DUTY, unit_id=self.allocation.target.holder.pk, on=self.on),
            "unit_names": form.names.offered if form else (),
            "answer_forms": self._answers(answerable, forms.get("answer_form")),
            "consult_form": forms.get("consult_form") or ConsultForm(None, initial=self.begun()),
            "decide_form": forms.get("decide_form")
            or DecideForm(None, seen_by=self.user.pk, on=self.on, initial=self.begun()),
            "withdraw_form": forms.get("withdraw_form") or WithdrawForm(None, initial=self.begun()),
            "sent_form": next(iter(forms.values()), None),
        }
        if self.sees_whole:
            context |= against_words(self.allocation, self.shares)
            context["answers_text"] = answers_words(self.shares)
        return render(self.request, "pages/targets/sheet.html", context, status=status)

    def _answers(
        self, answerable: frozenset[int], sent: AnswerForm | None
    ) -> "list[tuple[str, str, AnswerForm]]":
        """Return for each unit that the reader answers for its name, figure and form."""
        wanted = str(sent.data.get("share", "")) if sent is not None else ""
        found = []
        for share in self.shares:
            if share.pk not in answerable:
                continue
            begun = {**self.begun(), "version": share.version, "share": share.uid}
            form = AnswerForm(None, unit=self.unit, initial=begun)
            if sent is not None and wanted == str(share.uid):
                form = sent
            value = "" if share.value is None else amount(share.value, self.unit)
            found.append((named(share.unit), value, form))
        return found if len(found) <= MOST_ANSWERED else []


MOST_ANSWERED = 12
"""Whoever could answer for more units answers for none of them here: that is the units' word."""


def _amended(page: _Sheet) -> HttpResponse:
    page.required(may=page.may_allocate)
    form = page.amend_form(page.request.POST)
    if not form.is_valid():
        return page.shown(status=422, amend_form=form)
    try:
        services.amend_allocation(
            allocation_id=page.allocation.pk,
            version=form.cleaned_data["version"],
            division=form.division(),
            client_key=form.cleaned_data["client_key"],
            **page.said(),
        )
    except MEANWHILE:
        return _told_meanwhile(page, form, "amend_form")
    except services.NothingToDivide:
        form.add_error(None, _("This target has no single level any more that could be divided."))
        return page.shown(status=422, amend_form=form)
    messages.success(page.request, _("The figures were kept."))
    return SeeOther(_sheet_of(page.allocation))


def _consulted(page: _Sheet) -> HttpResponse:
    page.required(may=page.may_allocate)
    form = ConsultForm(page.request.POST)
    if not form.is_valid():
        return page.shown(status=422, consult_form=form)
    try:
        services.consult_units(
            allocation_id=page.allocation.pk,
            version=form.cleaned_data["version"],
            answers_due=form.cleaned_data["answers_due"],
            client_key=form.cleaned_data["client_key"],
            **page.said(),
        )
    except MEANWHILE:
        return _told_meanwhile(page, form, "consult_form")
    except services.ShareMissing as missing:
        form.add_error(None, _missing_words(missing))
        return page.shown(status=422, consult_form=form)
    messages.success(page.request, _("Every unit now sees its own share and may answer."))
    return SeeOther(_sheet_of(page.allocation))


def _answered(page: _Sheet) -> HttpResponse:
    share = _answered_share(page)
    form = AnswerForm(page.request.POST, unit=page.unit)
    if not form.is_valid():
        return page.shown(status=422, answer_form=form)
    said = form.cleaned_data
    try:
        services.answer_consultation(
            share_id=share.pk,
            version=said["version"],
            answer=ShareAnswer(said["answer"]),
            asked=said["asked"],
            reason=said["reason"],
            client_key=said["client_key"],
            **page.said(),
        )
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    except MEANWHILE:
        return _told_meanwhile(page, form, "answer_form")
    messages.success(page.request, _("The answer was kept."))
    return SeeOther(_sheet_of(page.allocation))


def _answered_share(page: _Sheet) -> "AllocationShare":
    wanted = asked_uid(posted(page.request), "share")
    found = targets.share_by_uid(wanted, allocation=page.allocation, **page.who)
    if found is None or found.pk not in targets.answerable_shares([found], **page.who):
        raise PermissionDenied
    return found


def _decided(page: _Sheet) -> HttpResponse:
    page.required(may=page.may_decide)
    form = DecideForm(page.request.POST, seen_by=page.user.pk, on=page.on)
    if not form.is_valid() or form.document_found is None:
        return page.shown(status=422, decide_form=form)
    try:
        services.decide_allocation(
            allocation_id=page.allocation.pk,
            version=form.cleaned_data["version"],
            basis=form.document_found,
            difference_reason=form.cleaned_data["difference_reason"],
            client_key=form.cleaned_data["client_key"],
            **page.said(),
        )
    except MEANWHILE:
        return _told_meanwhile(page, form, "decide_form")
    except services.NotAllowed:
        form.add_error(None, _("You may not bind every one of these units."))
    except services.NoDocument:
        form.add_error("number", _("You may not read this document."))
    except services.ShareMissing as missing:
        form.add_error(None, _missing_words(missing))
    except services.UnitsEnded as ended:
        words = {"units": "; ".join(named(unit) for unit in ended.units)}
        form.add_error(None, _("These units stand no more: %(units)s. Draft it anew.") % words)
    except services.DifferenceUnexplained as refused:
        words = {"figure": amount(refused.difference, page.unit)}
        form.add_error(
            "difference_reason",
            _("The parts do not make the whole (%(figure)s). Say why, or change them.") % words,
        )
    else:
        messages.success(page.request, _("It is decided. Every unit has its own target."))
        return SeeOther(_sheet_of(page.allocation))
    return page.shown(status=422, decide_form=form)


def _withdrawn(page: _Sheet) -> HttpResponse:
    page.required(may=page.may_allocate)
    form = WithdrawForm(page.request.POST)
    if not form.is_valid():
        return page.shown(status=422, withdraw_form=form)
    try:
        services.withdraw_allocation(
            allocation_id=page.allocation.pk,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            client_key=form.cleaned_data["client_key"],
            **page.said(),
        )
    except MEANWHILE:
        return _told_meanwhile(page, form, "withdraw_form")
    except services.NoReason:
        form.add_error("reason", _("The units were asked already: say why it is given up."))
        return page.shown(status=422, withdraw_form=form)
    messages.success(page.request, _("The allocation was given up. It stays readable here."))
    return SeeOther(_sheet_of(page.allocation))


_STEPS: dict[str, Callable[[_Sheet], HttpResponse]] = {
    "amend": _amended,
    "consult": _consulted,
    "answer": _answered,
    "decide": _decided,
    "withdraw": _withdrawn,
}


def _told_meanwhile(page: _Sheet, form: VersionedForm | AnswerForm, name: str) -> HttpResponse:
    """Say who was faster; what was typed stays and can be sent as the sheet now stands."""
    fresh = targets.allocation_by_uid(page.allocation.uid, **page.who)
    now = _Sheet(page.request, fresh or page.allocation, page.user, page.on)
    steps = steps_shown(now.allocation, **page.who)
    last = steps[0] if steps else None
    words = {"who": last.actor_name or "?", "what": last.words_text} if last else {}
    told = (
        _("%(who)s was faster (%(what)s). What you typed is still here; compare and send again.")
        % words
        if last
        else _("It was changed meanwhile. What you typed is still here; compare and send again.")
    )
    form.add_error(None, told)
    said: Any = form.data
    renewed = said.copy()
    renewed["client_key"] = str(uuid7())
    renewed["version"] = str(_version_now(now, renewed.get("share", "")))
    form.data = renewed
    return now.shown(status=409, **{name: form})


def _version_now(page: _Sheet, share_uid: str) -> int:
    for share in page.shares:
        if str(share.uid) == share_uid:
            return share.version
    return page.allocation.version


def _missing_words(missing: services.ShareMissing) -> str:
    words = {"units": "; ".join(named(unit) for unit in missing.units[:8])}
    return _("These units have no figure yet: %(units)s. Missing is not zero.") % words


def _drafted(target: "Target", form: DivideForm, *, user: "User", on: date) -> "Allocation | None":
    """Draft it; say on the form why it could not be drafted."""
    try:
        return services.draft_allocation(
            target_id=target.pk,
            among=form.among(),
            division=form.division(),
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    except services.NothingToDivide:
        form.add_error(None, _("Only a target with one level that still holds can be divided."))
    except services.AllocationOpen:
        form.add_error(
            None, _("Another allocation of this target is not decided yet. Go on with that one.")
        )
    except services.NoShares:
        form.add_error("group", _("The group means no unit on that day that is not left out."))
    except services.ShareStranger as stranger:
        for unit in units.units_by_ids(stranger.unit_ids).values():
            words = _("“%(unit)s” is not in the group on that day.") % {"unit": named(unit)}
            form.add_error("rows", words)
    return None


def _divide_page(
    request: HttpRequest, target: "Target", form: DivideForm, *, status: int = 200
) -> HttpResponse:
    user, on = reader(request), clock.today()
    found = targets.allocations_of(target=target, seen_by=user.pk, on=on)
    open_now = next((one for one in found if one.state in ("draft", "consulting")), None)
    context = {
        "target": target,
        "title": target.measure.name,
        "whole_text": ""
        if target.value is None
        else amount(target.value, target.measure.unit_of_measure),
        "is_divisible": targets.is_divisible(target),
        "open_url": _sheet_of(open_now) if open_now else None,
        "is_again": any(one.state == "decided" for one in found),
        "denominator": target.measure.denominator,
        "rollup_said": bool(target.measure.rollup),
        "form": form,
        "unit_names": form.names.offered,
    }
    return render(request, "pages/targets/divide.html", context, status=status)


def _sheet_of(allocation: "Allocation") -> str:
    return reverse("allocation", kwargs={"uid": allocation.uid})
