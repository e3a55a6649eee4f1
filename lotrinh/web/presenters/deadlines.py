"""Deadlines in words: what each passage states and binds to, and the periods of what recurs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotrinh.rules.deadlines import states_a_day
from lotrinh.rules.due_days import Before, Counting, Precision
from lotrinh.web.formatting import day, named, stated
from lotrinh.web.presenters.provenance import passage_url
from lotrinh.web.presenters.shapes import Status
from lotrinh.web.presenters.standing import status_of
from lotrinh.web.wording import BEFORES, DAY_KINDS, word

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import CalendarDay, Duty, DutySource
    from lotrinh.apps.duties.selectors import CountingHeld

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StatedDeadline:
    """What one passage states, and the last day in term that it binds to, both in words."""

    document_number: str
    url: str
    stated_text: str
    bound_text: str
    is_inferred: bool
    is_earliest: bool


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period of what recurs, and the duty that is owed for it."""

    name: str
    url: str
    due_on: date | None
    status: Status


def stated_deadlines(
    sources: "Iterable[DutySource]", counting: Counting
) -> tuple[StatedDeadline, ...]:
    """Return what each passage states; the earliest is marked where they differ."""
    rows = [source for source in sources if source.stated_due or source.due]
    days = {source.due for source in rows if source.due}
    first = min(days) if len(days) > 1 else None
    return tuple(
        StatedDeadline(
            document_number=source.rendition.document.number or source.rendition.document.title,
            url=passage_url(source.rendition, source.start),
            stated_text=_stated_text(source),
            bound_text=bound_text(source.due, source.stated_due, counting),
            is_inferred=source.is_inferred,
            is_earliest=first is not None and source.due == first,
        )
        for source in rows
    )


def bound_text(due: date | None, iso: str, counting: Counting) -> str:
    """Return until when something is in term: "to the end of 30 June 2025", as the office counts.

    "Before 15 June" ends at 0:00 of the 15th where the office says it so.
    """
    if due is None:
        return ""
    eve = states_a_day(iso) and iso == (due + _ONE_DAY).isoformat()
    if eve and counting.before == Before.START_OF_DAY and counting.closes_at is None:
        return _("until 0:00 on %(day)s") % {"day": day(due + _ONE_DAY)}
    if counting.closes_at is not None:
        words = {"hour": counting.closes_at, "day": day(due)}
        return _("until %(hour)s:00 on %(day)s") % words
    return _("to the end of %(day)s") % {"day": day(due)}


def period_rows(
    periods: "Iterable[Duty]", *, on: date, counting: Counting
) -> tuple[PeriodRow, ...]:
    """Return the periods of what recurs, the latest first."""
    return tuple(
        PeriodRow(
            name=stated(row.period),
            url=reverse("duty", kwargs={"uid": row.uid}),
            due_on=row.deadline,
            status=status_of(row, on=on, counting=counting),
        )
        for row in periods
    )


def _stated_text(source: "DutySource") -> str:
    if source.precision == Precision.RELATIVE:
        return _("days counted from an event")
    if source.precision == Precision.RECURRING and source.stated_due:
        return _("for the period %(period)s") % {"period": stated(source.stated_due)}
    if not source.stated_due:
        return _("nothing; the office’s own rule")
    if source.precision == Precision.OPEN_RANGE:
        return _("%(time)s and the years that follow") % {"time": stated(source.stated_due)}
    return stated(source.stated_due)


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A day that departs from the week."""

    uid: UUID
    day: date
    kind_text: str
    name: str
    basis: str


@dataclass(frozen=True, slots=True)
class CountingRow:
    """One value of how a unit counts, and the unit that says so; None where nobody does."""

    label: str
    value: str
    origin: str | None
    url: str | None


def calendar_rows(days: "Iterable[CalendarDay]") -> tuple[CalendarRow, ...]:
    """Return the days of a year as the page lists them."""
    return tuple(
        CalendarRow(row.uid, row.day, word(DAY_KINDS, row.kind), named(row), row.basis)
        for row in days
    )


def counting_rows(held: "CountingHeld") -> tuple[CountingRow, ...]:
    """Return how a unit counts, value by value."""
    counting = held.counting
    hour = _("at %(hour)s:00") % {"hour": counting.closes_at}
    given = ngettext("%(n)s day", "%(n)s days", counting.default_days or 0)
    near = ngettext("%(n)s day before", "%(n)s days before", counting.soon_days)
    often = ngettext("each day", "every %(n)s days", counting.report_days)
    patience = ngettext(
        "after %(n)s period without a word",
        "after %(n)s periods without a word",
        counting.silent_periods,
    )
    values = {
        "before": (_("“Before 15 June” ends"), word(BEFORES, counting.before)),
        "closes_at": (
            _("The last day ends"),
            _("at midnight") if counting.closes_at is None else hour,
        ),
        "default_days": (
            _("Where the text gives no deadline"),
            _("none is given")
            if counting.default_days is None
            else given % {"n": counting.default_days},
        ),
        "soon_days": (_("Due soon"), near % {"n": counting.soon_days}),
        "report_days": (_("A word is due"), often % {"n": counting.report_days}),
        "silent_periods": (_("Silent"), patience % {"n": counting.silent_periods}),
    }
    return tuple(
        CountingRow(label, value, *_origin(held, name)) for name, (label, value) in values.items()
    )


def _origin(held: "CountingHeld", name: str) -> tuple[str | None, str | None]:
    unit = held.origins.get(name)
    if unit is None:
        return None, None
    return named(unit), reverse("unit-counting", kwargs={"uid": unit.uid})
