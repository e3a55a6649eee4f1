"""What a leader is told of since a day: the steps that were taken, what fell overdue, what comes.

Each number is counted by the condition by which its list is found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from lotrinh.apps.duties.models import DutyEvent
from lotrinh.apps.duties.selectors.seen import standing_filter, visible
from lotrinh.apps.duties.selectors.windows import STEP_DAY, due_between
from lotrinh.rules.duty_states import Step
from lotrinh.rules.standing import Standing

_ONE_DAY = timedelta(days=1)
_FELL, _COMING = "fell overdue", "due this week"


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class News:
    """How many duties took each step since a day; which ``fell`` overdue since; what is ``coming``.

    ``fell_due`` and ``coming_due`` are the days on which these were, and are, due.
    """

    since: date
    taken: Mapping[Step, int]
    fell: int
    fell_due: Span
    coming: int
    coming_due: Span


def news(*, since: date, seen_by: int, on: date) -> News:
    """Return what has changed from a day to this one and what is due by Sunday, in one query.

    A duty that took a step twice is one; what fell overdue and was then done did not stay so.
    """
    fell_due = Span(since - _ONE_DAY, on - _ONE_DAY)
    coming_due = Span(on, on + (6 - on.weekday()) * _ONE_DAY)
    found = visible(seen_by=seen_by, on=on).order_by().select_related(None)
    found = found.prefetch_related(None)
    late = standing_filter(Standing.OPEN_OVERDUE, on=on)
    in_term = standing_filter(Standing.OPEN_IN_TERM, on=on)
    taken: QuerySet[Any, Any] = (
        DutyEvent.objects.annotate(day=STEP_DAY)
        .filter(day__gte=since, duty__in=found.values("pk"))
        .order_by()
        .values(what=F("step"))
        .annotate(n=Count("duty", distinct=True))
        .values_list("what", "n")
    )

    def counted(name: str, condition: Q) -> QuerySet[Any, Any]:
        rows = found.filter(condition).values(what=Value(name)).annotate(n=Count("pk"))
        return rows.values_list("what", "n")

    sizes = dict(
        taken.union(
            counted(_FELL, late & due_between(fell_due.first, fell_due.last)),
            counted(_COMING, in_term & due_between(coming_due.first, coming_due.last)),
            all=True,
        )
    )
    return News(
        since=since,
        taken={step: sizes[step] for step in Step if step in sizes},
        fell=sizes.get(_FELL, 0),
        fell_due=fell_due,
        coming=sizes.get(_COMING, 0),
        coming_due=coming_due,
    )
