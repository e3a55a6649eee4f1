"""Reads of periods and of their kinds."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from lotrinh.apps.reporting.models import Period, PeriodKind


def period_kinds(*, on: date) -> tuple[PeriodKind, ...]:
    """Return the kinds of period that are offered on a day, the shortest first."""
    begun = Q(since__isnull=True) | Q(since__lte=on)
    return tuple(PeriodKind.objects.filter(begun).exclude(until__lte=on).order_by("pk"))


def period_by_uid(uid: UUID) -> Period | None:
    """Return the period with this uid, or None. Which periods there are is known to everyone."""
    return Period.objects.select_related("kind").filter(uid=uid).first()


def periods_by_code(codes: Iterable[str]) -> dict[str, Period]:
    """Return the periods with these codes, by code."""
    rows = Period.objects.select_related("kind").filter(code__in=set(codes))
    return {one.code: one for one in rows}


def periods_known(*, since: date, until: date) -> tuple[Period, ...]:
    """Return the periods that share a day with ``[since, until)``, in the order of their days."""
    rows = Period.objects.select_related("kind").filter(starts__lt=until, ends__gt=since)
    return tuple(rows.order_by("starts", "ends", "pk"))


def periods_within(period: Period) -> tuple[Period, ...]:
    """Return the shorter periods that end with one that begins on 1 January, the longest first.

    What is counted from the beginning of the year stands at the same level in each of them.
    """
    if (period.starts.month, period.starts.day) != (1, 1):
        return ()
    found = Period.objects.filter(ends=period.ends, starts__gt=period.starts)
    return tuple(found.select_related("kind").order_by("starts", "pk"))
