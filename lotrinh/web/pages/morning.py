"""The morning of a leader: what waits for a decision, what is late or silent, what has changed."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.selectors import Decision
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.tally import USUAL
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import address
from lotrinh.web.presenters.duties import DRAFT
from lotrinh.web.presenters.silence import may_be_urged
from lotrinh.web.presenters.standing import duty_row

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import Duty

_VERBS = dict.fromkeys(Decision, "decide") | {Decision.CLAIM: "verify"}
"""What the reader does about what waits for his decision; a claim is judged on one page."""


@right(Action.READ_DUTY)
@require_safe
def morning(request: HttpRequest) -> HttpResponse:
    """Show what needs the reader today: decisions that wait, the longest overdue, silence."""
    user, on = reader(request), clock.today()
    found = duties.morning(seen_by=user.pk, on=on)
    counted = reverse("duties-counted")

    judged = units.reach(user_id=user.pk, action=Action.JUDGE_DUTY, on=on)

    def rows(held: "tuple[Duty, ...]", act: str = "") -> list[Any]:
        return [replace(duty_row(duty, on=on), act=act) for duty in held]

    def urged(held: "tuple[Duty, ...]") -> list[Any]:
        return [
            replace(duty_row(duty, on=on), act="urge" if may_be_urged(duty, judged) else "")
            for duty in held
        ]

    context = {
        "decisions": [
            (str(one), n, address(counted, mark=str(one)), rows(found.first[one], _VERBS[one]))
            for one, n in found.to_decide.items()
        ],
        "to_decide": sum(found.to_decide.values()),
        "to_issue": found.to_issue,
        "to_issue_url": address(counted, **{"class": DRAFT, "mark": "to_issue"}),
        "ready": rows(found.ready),
        "overdue": found.overdue,
        "overdue_url": address(counted, **{"class": "open_overdue"}),
        "latest": urged(found.latest),
        "silent": found.silent,
        "silent_url": address(counted, mark="silent"),
        "quiet": urged(found.longest_silent),
        "patience": None if found.rhythms else USUAL.patience.days,
        "without_person": found.without_person,
        "without_person_url": address(counted, mark="without_person"),
        "elsewhere": found.phantom_owners,
        "elsewhere_url": address(counted, mark="elsewhere"),
    }
    return render(request, "pages/totals/morning.html", context)
