"""Webhooks as pages show them: what was sent, what came back, what is tried again."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.duties.services import VERBS
from lotrinh.rules.duty_states import Step
from lotrinh.web.wording import EVENTS, word

if TYPE_CHECKING:
    from lotrinh.apps.hooks.models import HookDelivery

FAULTS = {
    "not_readable": gettext_lazy("This is no address such as https://system.example/lotrinh."),
    "not_secure": gettext_lazy("The address must begin with https://."),
    "names_somebody": gettext_lazy("The address must carry no name and no password."),
    "not_public": gettext_lazy("The address leads into a private network."),
    "not_found": gettext_lazy("There is no such host."),
    "no_answer": gettext_lazy("Nothing answered."),
    "no_trust": gettext_lazy("The certificate is not that of the host."),
    "closed": gettext_lazy("Not sent: the webhook is closed, or you no longer see the duty."),
}
"""What speaks against an address, or why nothing arrived."""


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery. ``result`` is "arrived", "waiting" or "lost"; ``next_at`` where it waits."""

    uid: str
    at: datetime
    what_text: str
    duty_title: str
    duty_url: str | None
    tries: int
    result: str
    result_text: str
    next_at: datetime | None


def fault_text(code: str) -> str:
    """Return a fault as a sentence."""
    return str(FAULTS.get(code, code))


def delivery_line(row: "HookDelivery", *, seen: frozenset[int]) -> DeliveryLine:
    """Return the row of a delivery; ``seen`` are the ids of the duties that the reader sees."""
    duty = row.event.duty
    is_seen = duty.pk in seen
    result = "arrived" if row.arrived_at else "waiting" if row.next_at else "lost"
    return DeliveryLine(
        uid=str(row.uid),
        at=row.event.at,
        what_text=word(EVENTS, VERBS[Step(row.event.step)]),
        duty_title=duty.title if is_seen else "",
        duty_url=reverse("duty", kwargs={"uid": duty.uid}) if is_seen else None,
        tries=row.tries,
        result=result,
        result_text=_result(row, result),
        next_at=row.next_at if result == "waiting" and row.tries else None,
    )


def _result(row: "HookDelivery", result: str) -> str:
    if result == "arrived":
        return _("arrived")
    if row.fault:
        return fault_text(row.fault)
    if row.status:
        return _("answered with %(status)s") % {"status": row.status}
    return _("waits to be sent")
