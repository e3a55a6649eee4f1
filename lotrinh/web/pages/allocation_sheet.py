"""The sheet of an allocation: the share of each unit, and the forms of whoever may act on it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from uuid_utils.compat import uuid7

from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.allocation_states import AllocationMethod
from lotrinh.web import clock
from lotrinh.web.formatting import amount, named
from lotrinh.web.forms.allocating import AmendForm
from lotrinh.web.forms.allocation_steps import AnswerForm, ConsultForm, DecideForm, WithdrawForm
from lotrinh.web.presenters.allocations import (
    against_words,
    answers_words,
    left_out_rows,
    share_rows,
    sheet_facts,
    steps_shown,
)
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.targets.models import Allocation

MOST_ANSWERED = 12
"""Whoever could answer for more units answers for none of them here: that is the units' word."""


class Sheet:
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
            context["left_out"] = left_out_rows(self.allocation)
            is_told = facts["is_consulting"] or any(share.answer for share in self.shares)
            context["answers_text"] = answers_words(self.shares) if is_told else ""
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
