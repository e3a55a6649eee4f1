"""Reads of the ladder of reminders, and of the notices of rungs and urgings that people have."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from lotrinh.apps.duties.models import LadderRung, LadderSetting, Notice
from lotrinh.apps.duties.selectors.seen import visible


def ladder_on(*, on: date) -> tuple[LadderRung, ...]:
    """Return the rungs in force on a day, those of every kind first, each ladder from below."""
    return tuple(LadderRung.objects.filter(valid__contains=on).order_by("kind", "days", "code"))


@dataclass(frozen=True, slots=True)
class LadderHeld:
    """The ladder of every kind as it holds for ``[since, until)``; None is open."""

    since: date | None
    until: date | None
    rungs: tuple[LadderRung, ...]


def ladders_held() -> tuple[LadderHeld, ...]:
    """Return the ladders of every kind that held, hold and will hold, the latest first."""
    rows = list(LadderRung.objects.filter(kind="").order_by("days", "code"))
    begins = {row.valid.lower for row in rows}
    days = sorted(begins, key=lambda day: day or date.min)
    found = []
    for since in days:
        held = tuple(row for row in rows if _holds(row, since))
        until = min((row.valid.upper for row in held if row.valid.upper), default=None)
        found.append(LadderHeld(since, until, held))
    return tuple(reversed(found))


def last_ladder_setting() -> LadderSetting | None:
    """Return how the ladder was set last; None where it is still the one it began with."""
    return LadderSetting.objects.order_by("pk").last()


def _holds(row: LadderRung, since: date | None) -> bool:
    """Say whether a rung holds on the day on which a ladder begins; None is before all days."""
    if since is None:
        return row.valid.lower is None
    return since in row.valid


def notices_of(*, seen_by: int, on: date) -> QuerySet[Notice]:
    """Return what the account was told, the latest first, of duties that it may still see."""
    seen = visible(seen_by=seen_by, on=on).order_by().values("pk")
    rows = Notice.objects.filter(person__user_id=seen_by, duty__in=seen)
    told = rows.select_related("duty__unit", "reading", "urging__by")
    return told.order_by("-on", "-pk")


def unread_of(*, seen_by: int, on: date) -> QuerySet[Notice]:
    """Return those of ``notices_of`` that the account has not marked as read."""
    return notices_of(seen_by=seen_by, on=on).filter(reading=None).select_related(None)


def some_unread_of(*, seen_by: int, on: date, most: int) -> QuerySet[Notice]:
    """Return so many of ``unread_of`` at most, for who needs no more to say that they are many.

    A leader of a city may have been told of twenty thousand duties: to judge each of them anew, on
    every page, whether he still sees it would cost more than the page.
    """
    some = unread_of(seen_by=seen_by, on=on).order_by().values("pk")[:most]
    return Notice.objects.filter(pk__in=some)


def notices_until(found: QuerySet[Notice], uid: UUID, *, seen_by: int) -> QuerySet[Notice]:
    """Return the notice ``uid`` and what follows it in the order of ``notices_of``; its own only.

    Where the account was given no such notice nothing follows.
    """
    told = Notice.objects.filter(uid=uid, person__user_id=seen_by)
    first = told.values_list("on", "pk").first()
    if first is None:
        return found.none()
    day, pk = first
    return found.filter(Q(on__lt=day) | Q(on=day, pk__lte=pk))


def notices_after(found: QuerySet[Notice], uid: UUID) -> QuerySet[Notice]:
    """Return what follows the notice ``uid`` in the order of ``notices_of``: the next page."""
    last = found.filter(uid=uid).values_list("on", "pk").first()
    if last is None:
        return found.none()
    day, pk = last
    return found.filter(on__lt=day) | found.filter(on=day, pk__lt=pk)
