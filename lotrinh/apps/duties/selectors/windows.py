"""Conditions on time: due between two days, a step taken since a day, judged by the first deadline.

A page that counts by one of these and the list that it opens ask by the same condition.
"""

from datetime import date
from enum import StrEnum

from django.db.models import DateField, F, Q
from django.db.models.functions import Coalesce, TruncDate

from lotrinh.apps.duties.models import DutyEvent
from lotrinh.rules.duty_states import OPEN, DutyState, Step

STEP_DAY = Coalesce("on", TruncDate("at"), output_field=DateField())
"""The legal day of a step."""


class ByOriginal(StrEnum):
    """How a duty stands against the deadline with which it was issued, whatever was granted."""

    ON_TIME = "on_time"
    LATE = "late"
    MOVED = "moved"  # whether kept or not: more time was granted


HAS_MOVED = Q(approved_due__isnull=False, recurrence="") & ~Q(approved_due=F("due"))
"""The condition of having another deadline than the first."""


def due_between(first: date | None, last: date | None) -> Q:
    """Return the condition of being due on one of these days, both included; None: no end."""
    condition = Q(binding_due__isnull=False) if first or last else Q()
    if first is not None:
        condition &= Q(binding_due__gte=first)
    if last is not None:
        condition &= Q(binding_due__lte=last)
    return condition


def took_since(step: Step, since: date) -> Q:
    """Return the condition that this step was taken on that day or later."""
    taken = DutyEvent.objects.annotate(day=STEP_DAY).filter(step=step, day__gte=since)
    return Q(pk__in=taken.values("duty"))


def by_original(judged: ByOriginal, *, on: date) -> Q:
    """Return the condition of having been done by the first deadline, or of not having been.

    Late is what was handed in after it, and what is open past it. What has no deadline, and what is
    still in its first term, is neither.
    """
    if judged is ByOriginal.MOVED:
        return HAS_MOVED
    is_done = Q(state=DutyState.DONE, counted_by_periods=False, recurrence="")
    if judged is ByOriginal.ON_TIME:
        return is_done & Q(handed_in_on__lte=F("due"))
    is_open = Q(state__in=OPEN, counted_by_periods=False, recurrence="")
    return (is_done & Q(handed_in_on__gt=F("due"))) | (is_open & Q(due__lt=on))
