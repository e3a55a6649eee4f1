"""Writes of the working calendar: holidays and the week-ends that are worked instead.

What was counted before keeps its day: a calendar that is put right changes deadlines to come.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import CalendarDay
from lotrinh.apps.duties.services.refusals import NotAllowed
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.working_days import DayKind, WorkingDays


class DayTaken(Exception):
    """Something else is entered for this day; it has to be withdrawn first."""

    def __init__(self, held: CalendarDay) -> None:
        super().__init__(held.day.isoformat())
        self.held = held


class NoDayOff(Exception):
    """A day that offices work by the week anyway is not worked instead of another."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


@dataclass(frozen=True, slots=True)
class Said:
    """What is entered for a day: how it departs from the week, its name, who decided so."""

    day: date
    kind: DayKind
    name_vi: str
    name_en: str
    basis: str = ""


@transaction.atomic
def enter_days(
    *, days: Iterable[Said], user: User, client_key: UUID | None = None, on: date, at: datetime
) -> int:
    """Enter all of the days or none; return how many are new.

    What is entered so already stays as it is. Raises NotAllowed, DayTaken, NoDayOff.
    """
    _require(user, on=on)
    return load_days(days=days, client_key=client_key, actor=user.named, at=at)


@transaction.atomic
def load_days(
    *, days: Iterable[Said], client_key: UUID | None = None, actor: Named, at: datetime
) -> int:
    """Enter all of the days or none; the caller has checked the right. See ``enter_days``."""
    take_turn("calendar", "days")
    if client_key is not None and CalendarDay.objects.filter(client_key=client_key).exists():
        return 0
    new = [said for said in days if _is_new(said)]
    for place, said in enumerate(new):
        row = CalendarDay.objects.create(
            day=said.day,
            kind=said.kind,
            name_vi=said.name_vi,
            name_en=said.name_en,
            basis=said.basis,
            client_key=client_key if place == 0 else None,
        )
        data = {"day": said.day.isoformat(), "kind": str(said.kind)}
        journal.record("calendar_day.entered", row.named, actor=actor, at=at, data=data)
    return len(new)


@transaction.atomic
def withdraw_day(*, day: CalendarDay, user: User, on: date, at: datetime) -> CalendarDay:
    """Take back what was entered for a day; doing it twice is doing it once. Raises NotAllowed."""
    _require(user, on=on)
    row = CalendarDay.objects.select_for_update().get(pk=day.pk)
    if row.withdrawn_at is not None:
        return row
    row.withdrawn_at = at
    row.save()
    data = {"day": row.day.isoformat(), "kind": row.kind}
    journal.record("calendar_day.withdrawn", row.named, actor=user.named, at=at, data=data)
    return row


def _require(user: User, *, on: date) -> None:
    if not units.may_define(user_id=user.pk, on=on):
        raise NotAllowed(Action.DEFINE_ROLE)


def _is_new(said: Said) -> bool:
    if said.kind == DayKind.WORKED and WorkingDays().works_on(said.day):
        raise NoDayOff(said.day)
    held = CalendarDay.objects.filter(day=said.day, withdrawn_at__isnull=True).first()
    if held is None:
        return True
    if (held.kind, held.name_vi, held.name_en) != (said.kind, said.name_vi, said.name_en):
        raise DayTaken(held)
    return False
