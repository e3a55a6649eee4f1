"""Drafts that wait for nothing but to be issued."""

from datetime import date

from django.db.models import Q, QuerySet

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.selectors.seen import visible
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import DutyState

_SPACE = r"^\s*$"


def ready_to_issue(*, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return the drafts that are clear in all six ways and that the account may issue."""
    return visible(seen_by=seen_by, on=on).filter(ready_filter(seen_by=seen_by, on=on))


def ready_filter(*, seen_by: int, on: date) -> Q:
    """Return the condition of ``ready_to_issue``: the right is asked for on both sides."""
    reach = units.reach(user_id=seen_by, action=Action.ISSUE_DUTY, on=on)
    return Q(state=DutyState.DRAFT, unit__in=reach, owed_to__in=reach) & clear_filter()


def clear_filter() -> Q:
    """Return the condition that ``rules.clarities`` finds nothing missing in what a duty says."""
    timed = Q(due__isnull=False) | _said("recurrence")
    answered = Q(leader__isnull=False) | _said("responsibility")
    named = Q(unit__isnull=False, person__isnull=False)
    return named & timed & answered & _said("title") & _said("deliverable") & _said("authority")


def _said(name: str) -> Q:
    return ~Q(**{f"{name}__regex": _SPACE})
