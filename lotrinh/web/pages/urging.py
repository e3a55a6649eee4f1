"""Several duties urged in one act: shown first with their number, then all reminded of at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

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
from lotrinh.apps.duties.selectors import LastUrging
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
    """A duty that was chosen; ``fault_text`` says why it cannot be urged, or was not.

    ``urged`` is how somebody urged it before.
    """

    row: DutyRow
    version: int
    is_chosen: bool
    fault_text: str
    urged: LastUrging | None


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
        return SeeOther(_back(request.POST)[0])
    left = [duty for duty in _chosen(request.POST, user=user, on=on) if duty.pk in faults]
    return _page(request, form, left, faults, status=422)


def _urged(request: HttpRequest, form: UrgeForm, chosen: Iterable["Duty"]) -> dict[int, str]:
    """Remind of all of them in one act; return why not, by id, where it was not done."""
    given = form.cleaned_data
    refused = services.urge_duties(
        versions={duty.pk: _shown(request.POST, duty) for duty in chosen},
        act=services.Act(
            user=reader(request),
            client_key=given["client_key"],
            on=clock.today(),
            at=clock.now(),
            version=0,
            note=given["note"],
        ),
    )
    return {duty_id: _fault_text(why) for duty_id, why in refused.items()}


def _fault_text(refused: services.Refused) -> str:
    if isinstance(refused, services.NotAllowed):
        return _not_for_reader()
    if isinstance(refused, services.StepNotOpen):
        return _not_open()
    return _("Something was done meanwhile. Look at the duty, then send again.")


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
    urged = duties.last_urgings([duty.pk for duty in chosen], on=on)
    rows = [
        _row(duty, faults.get(duty.pk, ""), judged, urged.get(duty.pk), on=on) for duty in chosen
    ]
    asked = request.GET if request.method != "POST" else request.POST
    open_rows = [row for row in rows if row.is_chosen]
    back_url, back_name = _back(asked)
    context = {
        "form": form,
        "rows": rows,
        "count": len(open_rows),
        "units": len({row.row.unit_uid for row in open_rows}),
        "document_uid": asked_uid(asked, "document"),
        "is_from_morning": _is_from_morning(asked),
        "back_url": back_url,
        "back_name": back_name,
        "is_told": bool(faults),
    }
    return render(request, "pages/duties/urge.html", context, status=status)


def _row(
    duty: "Duty", fault: str, judged: frozenset[int], urged: LastUrging | None, *, on: date
) -> UrgedRow:
    why = ""
    if duty.owed_to_id not in judged:
        why = _not_for_reader()
    elif Step.REMIND not in steps_from(DutyState(duty.state)):
        why = _not_open()
    return UrgedRow(
        row=duty_row(duty, on=on),
        version=duty.version,
        is_chosen=not why,
        fault_text=why or fault,
        urged=urged,
    )


def _chosen(asked: "QueryDict", *, user: "User", on: date) -> list["Duty"]:
    """Return those of the duties that an address or a form names which the reader sees."""
    named = (asked_uid({"duty": one}, "duty") for one in asked.getlist("duty")[:MOST])
    wanted = {uid for uid in named if uid}
    return list(duties.visible(seen_by=user.pk, on=on).filter(uid__in=wanted)) if wanted else []


def _shown(given: "QueryDict", duty: "Duty") -> int:
    """Return the version of a duty that the page showed; 0 where it showed none."""
    typed = given.get(f"version-{duty.uid}", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _back(asked: "QueryDict") -> tuple[str, str]:
    """Return the address and the name of the page from which the duties were chosen."""
    uid: UUID | None = asked_uid(asked, "document")
    if uid:
        return reverse("document-glance", kwargs={"uid": uid}), _("at a glance")
    if _is_from_morning(asked):
        return reverse("morning"), _("This morning")
    return reverse("silent"), _("Silence")


def _is_from_morning(asked: "QueryDict") -> bool:
    return asked.get("from") == "morning"


def _not_for_reader() -> str:
    return _("Only those to whom it is owed urge it.")


def _not_open() -> str:
    return _("It is not for the unit to move now: nothing is to be urged.")
