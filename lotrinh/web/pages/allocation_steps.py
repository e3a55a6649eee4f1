"""The steps of an allocation, taken on its sheet: amended, asked about, answered, decided."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.targets import services
from lotrinh.rules.actions import Action
from lotrinh.rules.allocation_states import ShareAnswer
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, asked_uid, posted
from lotrinh.web.formatting import amount, named
from lotrinh.web.forms.allocation_steps import (
    AnswerForm,
    ConsultForm,
    DecideForm,
    VersionedForm,
    WithdrawForm,
)
from lotrinh.web.pages.allocation_sheet import Sheet
from lotrinh.web.presenters.allocations import steps_shown

if TYPE_CHECKING:
    from lotrinh.apps.targets.models import Allocation, AllocationShare

MEANWHILE = (services.AllocationChangedMeanwhile, services.StepNotOpen)


@right(Action.READ_TARGET)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show an allocation with the share of each unit, and take a step of it."""
    user, on = reader(request), clock.today()
    allocation = targets.allocation_by_uid(uid, seen_by=user.pk, on=on)
    if allocation is None:
        raise Http404
    page = Sheet(request, allocation, user, on)
    if request.method != "POST":
        return page.shown()
    step = _STEPS.get(str(request.POST.get("act", "")))
    if step is None:
        raise PermissionDenied
    return step(page)


def _amended(page: Sheet) -> HttpResponse:
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


def _consulted(page: Sheet) -> HttpResponse:
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


def _answered(page: Sheet) -> HttpResponse:
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


def _answered_share(page: Sheet) -> "AllocationShare":
    wanted = asked_uid(posted(page.request), "share")
    found = targets.share_by_uid(wanted, allocation=page.allocation, **page.who)
    if found is None or found.pk not in targets.answerable_shares([found], **page.who):
        raise PermissionDenied
    return found


def _decided(page: Sheet) -> HttpResponse:
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


def _withdrawn(page: Sheet) -> HttpResponse:
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


_STEPS: dict[str, Callable[[Sheet], HttpResponse]] = {
    "amend": _amended,
    "consult": _consulted,
    "answer": _answered,
    "decide": _decided,
    "withdraw": _withdrawn,
}


def _told_meanwhile(page: Sheet, form: VersionedForm | AnswerForm, name: str) -> HttpResponse:
    """Say who was faster; what was typed stays and can be sent as the sheet now stands."""
    fresh = targets.allocation_by_uid(page.allocation.uid, **page.who)
    now = Sheet(page.request, fresh or page.allocation, page.user, page.on)
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


def _version_now(page: Sheet, share_uid: str) -> int:
    for share in page.shares:
        if str(share.uid) == share_uid:
            return share.version
    return page.allocation.version


def _missing_words(missing: services.ShareMissing) -> str:
    words = {"units": "; ".join(named(unit) for unit in missing.units[:8])}
    return _("These units have no figure yet: %(units)s. Missing is not zero.") % words


def _sheet_of(allocation: "Allocation") -> str:
    return reverse("allocation", kwargs={"uid": allocation.uid})
