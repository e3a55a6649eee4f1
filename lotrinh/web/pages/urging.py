"""Several duties urged in one act: shown first with their number, then each reminded of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import DutyState, Step, steps_from
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, asked_uid
from lotrinh.web.forms.urging import UrgeForm
from lotrinh.web.presenters.shapes import DutyRow
from lotrinh.web.presenters.standing import duty_row

if TYPE_CHECKING:
    from django.http import QueryDict

    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.models import Duty

MOST = 200
"""So many duties are urged in one act."""


@dataclass(frozen=True, slots=True)
class UrgedRow:
    """A duty that was chosen; ``fault_text`` says why it cannot be urged, or was not."""

    row: DutyRow
    version: int
    is_chosen: bool
    fault_text: str


@right(Action.JUDGE_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def urge(request: HttpRequest) -> HttpResponse:
    """Show the duties that were chosen and the words; sent, each unit is reminded of its own.

    What cannot be urged, or has changed meanwhile, is told beside its row; the others are urged.
    """
    user, on = reader(request), clock.today()
    chosen = _chosen(request.GET if request.method != "POST" else request.POST, user=user, on=on)
    if request.method != "POST":
        return _page(request, UrgeForm(initial={"client_key": uuid7()}), chosen, {})
    form = UrgeForm(request.POST)
    if not chosen and "client_key" not in form.errors:
        form.add_error(None, _("Choose at least one duty."))
    if not form.is_valid():
        return _page(request, form, chosen, {}, status=422)
    faults = _urged(request, form, chosen)
    done = len(chosen) - len(faults)
    if done:
        told = ngettext("%(n)s duty was urged.", "%(n)s duties were urged.", done)
        messages.success(request, told % {"n": done})
    if not faults:
        return SeeOther(_back(request.POST))
    left = [duty for duty in _chosen(request.POST, user=user, on=on) if duty.pk in faults]
    return _page(request, form, left, faults, status=422)


def _urged(request: HttpRequest, form: UrgeForm, chosen: Iterable["Duty"]) -> dict[int, str]:
    """Remind of each duty under a key of its own; return why not, by id, where it was not."""
    faults: dict[int, str] = {}
    given = form.cleaned_data
    for duty in chosen:
        try:
            services.remind_of(
                duty_id=duty.pk,
                act=services.Act(
                    user=reader(request),
                    client_key=uuid5(given["client_key"], str(duty.uid)),
                    on=clock.today(),
                    at=clock.now(),
                    version=_shown(request.POST, duty),
                    note=given["note"],
                ),
            )
        except services.NotAllowed:
            faults[duty.pk] = _not_for_reader()
        except services.StepNotOpen:
            faults[duty.pk] = _not_open()
        except services.DutyChangedMeanwhile:
            faults[duty.pk] = _("Something was done meanwhile. Look at the duty, then send again.")
    return faults


def _page(
    request: HttpRequest,
    form: UrgeForm,
    chosen: Sequence["Duty"],
    faults: Mapping[int, str],
    *,
    status: int = 200,
) -> HttpResponse:
    user, on = reader(request), clock.today()
    judged = units.reach(user_id=user.pk, action=Action.JUDGE_DUTY, on=on)
    rows = [_row(duty, faults.get(duty.pk, ""), judged, on=on) for duty in chosen]
    asked = request.GET if request.method != "POST" else request.POST
    open_rows = [row for row in rows if row.is_chosen]
    context = {
        "form": form,
        "rows": rows,
        "count": len(open_rows),
        "units": len({row.row.unit_uid for row in open_rows}),
        "document_uid": asked_uid(asked, "document"),
        "back_url": _back(asked),
        "is_told": bool(faults),
    }
    return render(request, "pages/duties/urge.html", context, status=status)


def _row(duty: "Duty", fault: str, judged: frozenset[int], *, on: date) -> UrgedRow:
    if duty.owed_to_id not in judged:
        why = _not_for_reader()
    elif Step.REMIND not in steps_from(DutyState(duty.state)):
        why = _not_open()
    else:
        return UrgedRow(duty_row(duty, on=on), duty.version, is_chosen=True, fault_text=fault)
    return UrgedRow(duty_row(duty, on=on), duty.version, is_chosen=False, fault_text=why)


def _chosen(asked: "QueryDict", *, user: "User", on: date) -> list["Duty"]:
    """Return those of the duties that an address or a form names which the reader sees."""
    named = (asked_uid({"duty": one}, "duty") for one in asked.getlist("duty")[:MOST])
    wanted = {uid for uid in named if uid}
    return list(duties.visible(seen_by=user.pk, on=on).filter(uid__in=wanted)) if wanted else []


def _shown(given: "QueryDict", duty: "Duty") -> int:
    """Return the version of a duty that the page showed; 0 where it showed none."""
    typed = given.get(f"version-{duty.uid}", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _back(asked: "QueryDict") -> str:
    """Return the page from which the duties were chosen."""
    uid: UUID | None = asked_uid(asked, "document")
    return reverse("document-glance", kwargs={"uid": uid}) if uid else reverse("silent")


def _not_for_reader() -> str:
    return _("Only those to whom it is owed urge it.")


def _not_open() -> str:
    return _("It is not for the unit to move now: nothing is to be urged.")
