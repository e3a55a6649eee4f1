"""Which days' data a period counts, and the days by which it goes up level by level.

Offices close their data before the period ends, so that the report is there when it ends: a month
counts the 15th of the month before to the 14th, a half year 15 December to 14 June. One rule says
all of them: both ends of a period move to a day of the month before. Between closing and sending
there must be time to write: one working day at least.

Source: Decree 09/2019/NĐ-CP, art. 12, for the days of closing.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lotrinh.rules.periods import YEAR, Period
from lotrinh.rules.working_days import WorkingDays

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CutOff:
    """On which day of which month data are closed and opened again.

    ``months`` are counted from the month that follows a period: the 15th of the month before that
    is (15, -1), the end of the calendar's period (1, 0). Of a month that has not so many days the
    last opens. Raises ValueError for a day below 1 or above 31.
    """

    day: int = 1
    months: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.day <= 31:
            raise ValueError(f"no day {self.day} of a month")

    def data_of(self, period: Period) -> Period:
        """Return the days whose data a period counts.

        A period that begins or ends within a month states its own days: they are its data.

        >>> CutOff(15, -1).data_of(Period(date(2024, 1, 1), date(2024, 7, 1))).code
        '2023-12-15_2024-06-14'
        """
        if not period.has_whole_months:
            return period
        return Period(self._moved(period.since), self._moved(period.until), period.kind)

    def _moved(self, first: date) -> date:
        year, month = divmod(first.year * YEAR + first.month - 1 + self.months, YEAR)
        return date(year, month + 1, min(self.day, monthrange(year, month + 1)[1]))


AT_THE_END = CutOff()
"""Data are those of the calendar's own days."""


@dataclass(frozen=True, slots=True)
class Sending:
    """By when one level sends: a day of the month in which the period ends, or of a later one."""

    level: str
    day: int
    months: int = 0


class TooTight(StrEnum):
    """Why a stated day of sending cannot be kept."""

    AFTER_CLOSING = "after_closing"  # too few working days lie between
    BEFORE_BELOW = "before_below"  # the level below sends no earlier


@dataclass(frozen=True, slots=True)
class SendBy:
    """The last day on which a level sends in time; ``stated`` is the one that the rule names.

    They differ where that is too near to the closing, or a day off. ``why`` says what is wrong with
    the stated day; a day off is nothing wrong.
    """

    level: str
    due: date
    stated: date
    why: TooTight | None = None


def send_by(
    period: Period,
    *,
    cut_off: CutOff,
    sendings: Sequence[Sending],
    calendar: WorkingDays,
    working_days: int = 1,
) -> tuple[SendBy, ...]:
    """Return by when each level sends its report of a period, the lowest level first.

    At least so many ``working_days`` lie between the last day of the data and the day of sending,
    neither counted; a day off moves to the next working day (Civil Code 2015, art. 148). A level
    that would send no later than the one below keeps its day, which a higher office has set, and is
    marked: whoever sets up the rule has to settle that.
    """
    closes = cut_off.data_of(period).last
    earliest = calendar.after(closes, working_days) + _ONE_DAY
    found: list[SendBy] = []
    for sending in sendings:
        stated = _stated(sending, period)
        due = calendar.next_from(max(stated, earliest))
        why = TooTight.AFTER_CLOSING if stated < earliest else None
        if why is None and found and due <= found[-1].due:
            why = TooTight.BEFORE_BELOW
        found.append(SendBy(sending.level, due, stated, why))
    return tuple(found)


def _stated(sending: Sending, period: Period) -> date:
    last = period.last
    year, month = divmod(last.year * YEAR + last.month - 1 + sending.months, YEAR)
    return date(year, month + 1, min(sending.day, monthrange(year, month + 1)[1]))
