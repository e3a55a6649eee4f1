"""What a stated deadline binds to: its last day in term, and how much of that the text said.

"Tháng 6" is due on 30 June, but the text did not say 30 June: the precision is kept beside the day.
How an office counts (what "trước" means, when its day closes, what is due where nothing is said) is
its own setting. The tests prove the table of deadlines of Party and State texts line by line.
"""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum

from lotrinh.rules.deadlines import SOON, first_day, last_day
from lotrinh.rules.recurrence import CONTINUOUS
from lotrinh.rules.tally import USUAL, Rhythm
from lotrinh.rules.working_days import WorkingDays

_ONE_DAY = timedelta(days=1)
_UNKNOWN = "XXXX"
_LEAP_CYCLE = 9  # within so many years every day of the calendar comes round


class Precision(StrEnum):
    """How exactly a text says by when."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"
    OPEN_RANGE = "open_range"
    CONTINUOUS = "continuous"
    RECURRING = "recurring"
    RELATIVE = "relative"
    NONE = "none"


class Before(StrEnum):
    """How an office reads "before 15 June": both leave the 14th as the last day in term."""

    END_OF_EVE = "end_of_eve"
    START_OF_DAY = "start_of_day"


class FromEvent(StrEnum):
    """From which event days are counted, where a text names one that an office knows."""

    ISSUED = "issued"
    RECEIVED = "received"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Counting:
    """How an office counts deadlines.

    ``closes_at`` is the hour at which its last day ends (None: at midnight); ``default_days`` how
    many days are given where the text gives none (None: none); ``soon_days`` from how many days
    before it a deadline is near. A word on what is owed is due every ``report_days``; after
    ``silent_periods`` of these without one the unit that owes it is silent.
    """

    before: Before = Before.END_OF_EVE
    closes_at: int | None = None
    default_days: int | None = None
    soon_days: int = SOON.days
    report_days: int = USUAL.days
    silent_periods: int = USUAL.periods

    @property
    def rhythm(self) -> Rhythm:
        """How often a word is due on what is owed to the office, and when its want is silence."""
        return Rhythm(days=self.report_days, periods=self.silent_periods)

    def counts_on(self, day: date, clock: time, *, deadline: date | None) -> date:
        """Return the day on which what is handed in then counts as handed in.

        Only on the last day does the hour matter: what comes after it counts for the next day.

        >>> Counting(closes_at=17).counts_on(
        ...     date(2025, 6, 15), time(17, 0, 1), deadline=date(2025, 6, 15))
        datetime.date(2025, 6, 16)
        """
        if self.closes_at is None or day != deadline or clock <= time(self.closes_at):
            return day
        return day + _ONE_DAY


DEFAULT_COUNTING = Counting()
"""How offices count that say nothing of it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text says of a deadline.

    ``iso`` is the time that it names, in the precision in which it does; ``is_before`` that it has
    to be done before that; ``is_open`` that it goes on "in the years that follow". ``days`` are
    counted from ``event``, working days where ``are_working``.
    """

    iso: str = ""
    is_before: bool = False
    is_open: bool = False
    recurrence: str = ""
    days: int | None = None
    are_working: bool = False
    event: FromEvent = FromEvent.OTHER


@dataclass(frozen=True, slots=True)
class Due:
    """By when something is due: the last ``day`` in term, None where there is none yet.

    ``since`` is when a range begins. ``is_inferred`` where the year was not stated, ``is_default``
    where nothing was and the office's own rule gave the day.
    """

    day: date | None
    precision: Precision
    since: date | None = None
    is_inferred: bool = False
    is_default: bool = False
    recurrence: str = ""


def due_of(
    stated: Stated,
    *,
    issued_on: date | None,
    counts_from: date | None,
    counting: Counting,
    calendar: WorkingDays,
) -> Due:
    """Return by when something is due that a document of ``issued_on`` states so.

    ``counts_from`` is the event from which days are counted, None while it is not known.
    """
    if stated.days is not None:
        return _relative(stated, counts_from, calendar)
    if stated.iso:
        return _named(stated, issued_on)
    if stated.recurrence in CONTINUOUS:
        return Due(None, Precision.CONTINUOUS, recurrence=stated.recurrence)
    if stated.recurrence:
        return Due(None, Precision.RECURRING, recurrence=stated.recurrence)
    if counting.default_days is None or counts_from is None:
        return Due(None, Precision.NONE)
    given = calendar.next_from(counts_from + timedelta(days=counting.default_days))
    return Due(given, Precision.NONE, is_default=True)


def precision_of(iso: str) -> Precision:
    """Return how exactly a time is named.

    >>> [precision_of(iso).value for iso in ("XXXX-06-15", "2025-Q2", "2025/2026")]
    ['day', 'quarter', 'range']
    """
    if "/" in iso:
        return Precision.RANGE
    if "Q" in iso:
        return Precision.QUARTER
    by_length = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
    return by_length.get(len(iso), Precision.NONE)


def in_year(iso: str, *, issued_on: date) -> str:
    """Return a time without a year in the year of the document, or in the next if that has passed.

    "29/2" waits for the next leap year.

    >>> in_year("XXXX-06-15", issued_on=date(2025, 8, 1))
    '2026-06-15'
    """
    for year in range(issued_on.year, issued_on.year + _LEAP_CYCLE):
        found = iso.replace(_UNKNOWN, f"{year:04}")
        last = last_day(found)
        if last is not None and last >= issued_on:
            return found
    return iso


def is_soon(due: date, on: date, counting: Counting) -> bool:
    """Say whether an open deadline is near, by the days of the office that owes it."""
    return 0 <= (due - on).days <= counting.soon_days


def _named(stated: Stated, issued_on: date | None) -> Due:
    """Return the deadline of a time that is named, with the year inferred where it is not."""
    is_inferred = stated.iso.startswith(_UNKNOWN) or f"/{_UNKNOWN}" in stated.iso
    iso = stated.iso
    if is_inferred and issued_on is not None:
        iso = in_year(iso, issued_on=issued_on)
    first, last = first_day(iso), last_day(iso)
    day = first - _ONE_DAY if stated.is_before and first is not None else last
    found = Due(
        day,
        precision_of(stated.iso),
        since=first if "/" in iso else None,
        is_inferred=is_inferred and day is not None,
        recurrence=stated.recurrence,
    )
    if stated.is_open:
        often = stated.recurrence or "yearly"
        return replace(found, precision=Precision.OPEN_RANGE, since=first, recurrence=often)
    if stated.recurrence in CONTINUOUS:
        return replace(found, precision=Precision.CONTINUOUS)
    if stated.recurrence:
        return replace(found, precision=Precision.RECURRING)
    return found


def _relative(stated: Stated, counts_from: date | None, calendar: WorkingDays) -> Due:
    """Count days from an event: the day that is named, else the one that is known.

    The first day is not counted, and a period of days that ends on a day off ends with the next
    working day (Civil Code 2015, art. 147 and 148).
    """
    event = last_day(stated.iso) if stated.iso else counts_from
    if event is None or stated.days is None:
        return Due(None, Precision.RELATIVE)
    if stated.are_working:
        return Due(calendar.after(event, stated.days), Precision.RELATIVE, since=event)
    ends = calendar.next_from(event + timedelta(days=stated.days))
    return Due(ends, Precision.RELATIVE, since=event)
