"""The morning of a leader: what waits for a decision, what is late or silent, what has changed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.selectors import Decision, News
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import Step
from lotrinh.rules.tally import USUAL
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import address
from lotrinh.web.formatting import named, typed_day
from lotrinh.web.presenters.duties import DRAFT
from lotrinh.web.presenters.regimes import report_url
from lotrinh.web.presenters.room import period_text
from lotrinh.web.presenters.silence import may_be_urged
from lotrinh.web.presenters.standing import duty_row
from lotrinh.web.wording import word
from lotrinh.web.wording_of_leading import STEPS_SINCE

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.reporting.models import Report

_MOST = 5
_VERBS = dict.fromkeys(Decision, "decide") | {Decision.CLAIM: "verify"}
"""What the reader does about what waits for his decision; a claim is judged on one page."""


@right(Action.READ_DUTY)
@require_safe
def morning(request: HttpRequest) -> HttpResponse:
    """Show what needs the reader today: decisions that wait, the longest overdue, silence.

    Beside them what has changed since a day (``since``; the day before where none is asked for).
    """
    user, on = reader(request), clock.today()
    found = duties.morning(seen_by=user.pk, on=on)
    counted = reverse("duties-counted")
    reports = reporting.reports_waiting(seen_by=user.pk, on=on)
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
        **_changed(request, user_id=user.pk, on=on),
        "reports": len(reports),
        "first_reports": _reports(reports[:_MOST]),
    }
    return render(request, "pages/totals/morning.html", context)


def _changed(request: HttpRequest, *, user_id: int, on: date) -> dict[str, Any]:
    """Return what has changed since a day, what is due this week, and the doors to both."""
    since, counted = _since(request, on), reverse("duties-counted")
    told = duties.news(since=since, seen_by=user_id, on=on)
    fell, coming = told.fell_due, told.coming_due
    late, in_term = {"class": "open_overdue"}, {"class": "open_in_term"}
    return {
        "since": since,
        "sinces": [
            (words, address(reverse("morning"), since=day), day == since)
            for words, day in _sinces(on)
        ],
        "news": _news(told, counted),
        "fell": told.fell,
        "fell_url": address(counted, **late, first=fell.first, last=fell.last),
        "coming": told.coming,
        "coming_url": address(counted, **in_term, first=coming.first, last=coming.last),
    }


def _since(request: HttpRequest, on: date) -> date:
    """Return the day from which news are told: one asked for that is not to come, or yesterday."""
    asked = typed_day(request.GET.get("since", ""))
    return asked if asked is not None and asked <= on else on - timedelta(days=1)


def _sinces(on: date) -> tuple[tuple[str, date], ...]:
    """Return the days from which one may ask for news."""
    return (
        (_("yesterday"), on - timedelta(days=1)),
        (_("a week ago"), on - timedelta(days=7)),
        (_("a month ago"), on - timedelta(days=30)),
    )


def _news(told: News, counted: str) -> list[tuple[str, int, str]]:
    """Return what was done since, in words, how often, and the list; what was not is left out."""
    return [
        (
            word(STEPS_SINCE, step),
            told.taken[Step(step)],
            address(counted, step=step, since=told.since),
        )
        for step in STEPS_SINCE
        if Step(step) in told.taken
    ]


def _reports(reports: "Sequence[Report]") -> list[tuple[str, str, str | None]]:
    """Return by name, period and address the reports that wait for the reader."""
    return [(named(one.unit), period_text(one.collection), report_url(one.uid)) for one in reports]
