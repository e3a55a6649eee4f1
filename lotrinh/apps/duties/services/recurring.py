"""What recurs is owed anew for each period of the calendar, as a duty of its own.

The recurring duty is never late; the duty for a period is, once its day has passed. It is issued in
the name of whoever issued the recurring one, under a key that superior and period give: however
often it is asked for, there is one.
"""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from lotrinh.apps.duties.models import Duty, DutySource
from lotrinh.apps.duties.services.steps import Act, keep_step, last_event, locked
from lotrinh.apps.duties.services.words import words_of
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.rules.deadlines import first_day
from lotrinh.rules.due_days import Precision
from lotrinh.rules.duty_states import OPEN, DutyState, Step
from lotrinh.rules.recurrence import Period, has_periods, periods

_INHERITED = (
    "kind",
    "title",
    "language",
    "owed_to",
    "unit",
    "person",
    "leader",
    "responsibility",
    "deliverable",
    "authority",
)
"""What a duty for a period has from the one that recurs."""


def make_periods(*, on: date, at: datetime) -> int:
    """Let every duty that recurs be owed for all periods begun by ``on``; return how many are new.

    A job calls it; each duty is a transaction of its own, so that one that fails keeps none of the
    others back. Asked again it makes nothing.
    """
    recurring = Duty.objects.filter(state__in=OPEN).exclude(recurrence="")
    found = recurring.order_by("id").values_list("id", "recurrence")
    return sum(_make(pk, on=on, at=at) for pk, often in found.iterator() if has_periods(often))


@transaction.atomic
def _make(duty_id: int, *, on: date, at: datetime) -> int:
    return len(make_periods_of(duty=locked(duty_id=duty_id), on=on, at=at))


@transaction.atomic
def make_periods_of(*, duty: Duty, on: date, at: datetime) -> tuple[Duty, ...]:
    """Let a duty whose row is locked be owed for its periods begun by ``on``; return the new ones.

    From the period in which it was issued until its own last day; none while it is suspended, nor
    for what fell due meanwhile. From the first of them on they count in its stead.
    """
    state = DutyState(duty.state)
    if not has_periods(duty.recurrence):
        return ()
    if duty.issued_on is None or state not in OPEN or state == DutyState.SUSPENDED:
        return ()
    until = min(on, duty.due) if duty.due else on
    known = set(duty.parts.exclude(period="").values_list("period", flat=True))
    wanted = periods(duty.recurrence, since=_begin(duty, duty.issued_on), until=until)
    made = tuple(_owe(duty, one, on=on, at=at) for one in wanted if one.key not in known)
    if made and not duty.counted_by_periods:
        duty.counted_by_periods = True
        duty.save(update_fields=["counted_by_periods"])
    return made


def _begin(duty: Duty, issued_on: date) -> date:
    """Return the day from which periods are owed.

    That of issuing, later of resuming, later of the year with which "and the years that follow"
    begins.
    """
    resumed = last_event(duty=duty, steps=(Step.RESUME,))
    opened = duty.sources.filter(precision=Precision.OPEN_RANGE).values_list(
        "stated_due", flat=True
    )
    days = [issued_on, resumed.on if resumed else None, *map(first_day, opened)]
    return max(day for day in days if day is not None)


def _owe(duty: Duty, period: Period, *, on: date, at: datetime) -> Duty:
    """Issue the duty for one period, with the passages that ask for the recurring one."""
    issuing = last_event(duty=duty, steps=(Step.ISSUE,))
    if issuing is None:
        raise LookupError(str(duty.uid))
    columns = {name: getattr(duty, name) for name in _INHERITED}
    made = Duty.objects.create(
        superior=duty, period=period.key, due=period.due, issued_on=on, **columns
    )
    DutySource.objects.bulk_create(
        DutySource(
            duty=made,
            rendition=source.rendition,
            clause=source.clause,
            start=source.start,
            end=source.end,
            stated_due=period.key[:30],
            due=period.due,
            precision=Precision.RECURRING,
        )
        for source in duty.sources.select_related("rendition", "clause").order_by("id")
    )
    journal.record(
        "duty.period_opened",
        made.named,
        actor=SYSTEM,
        at=at,
        unit_uid=(duty.unit or duty.owed_to).uid,
        data={"of": str(duty.uid), "period": period.key},
    )
    act = Act(issuing.by, _key(duty.uid, period), on, at, made.version)
    return keep_step(
        duty=made,
        step=Step.ISSUE,
        words_before=words_of(duty=made),
        act=act,
        details={"period": period.key},
    )


def _key(uid: UUID, period: Period) -> UUID:
    return uuid5(uid, period.key)
