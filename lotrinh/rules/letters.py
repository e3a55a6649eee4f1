"""When letters may go out, and how long to wait where one could not.

Nobody's evening is disturbed by a machine: letters go out on working days and outside the quiet
hours of the installation. What could not be sent is tried again, at growing distances.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from lotrinh.rules.working_days import WorkingDays

_FIRST, _LONGEST = timedelta(minutes=2), timedelta(hours=1)
_ONE_DAY = timedelta(days=1)
CARRIED = timedelta(days=30)
"""How long a notice waits to be put into a letter: longer than any row of holidays."""


MOST_REFUSALS = 12
"""How often a letter that the server refuses is offered before it is given up: half a day."""


class Trouble(StrEnum):
    """Why a letter has not gone out."""

    UNREACHABLE = "unreachable"  # the mail server did not answer, or turned us away
    REFUSED = "refused"  # it answered, and would not take this letter


class HoursUnreadable(ValueError):
    """Quiet hours are two times of day, such as 18:00-07:00."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours ``[begins, ends)`` in which nothing is sent, over midnight where they turn back.

    Two equal times mean that no hour is quiet.
    """

    begins: time
    ends: time

    @classmethod
    def parsed(cls, typed: str) -> "QuietHours":
        """Return the hours as a setting writes them. Raises HoursUnreadable.

        >>> QuietHours.parsed("18:00-07:00").ends
        datetime.time(7, 0)
        """
        begins, _, ends = typed.partition("-")
        try:
            return cls(time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip()))
        except ValueError as error:
            raise HoursUnreadable(typed) from error

    def holds_at(self, moment: time) -> bool:
        """Say whether a time of day is quiet."""
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


def may_send(hours: QuietHours, calendar: WorkingDays, *, on: date, local: datetime) -> bool:
    """Say whether letters may go out at a local time of the legal day ``on``."""
    return calendar.works_on(on) and not hours.holds_at(local.time())


def opens_next(hours: QuietHours, calendar: WorkingDays, *, on: date, local: datetime) -> datetime:
    """Return from when letters may go out, ``local`` itself where they may at once."""
    if may_send(hours, calendar, on=on, local=local):
        return local
    today = local.replace(hour=0, minute=0, second=0, microsecond=0)
    ends = local.replace(hour=hours.ends.hour, minute=hours.ends.minute, second=0, microsecond=0)
    if calendar.works_on(on) and local < ends:
        return ends
    later = calendar.next_from(on + _ONE_DAY) - on
    first = ends if hours.holds_at(time()) else today
    return first + later


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries that failed: it doubles, up to an hour.

    >>> wait_after(1), wait_after(9)
    (datetime.timedelta(seconds=120), datetime.timedelta(seconds=3600))
    """
    doubled: timedelta = _FIRST * (1 << min(max(tries - 1, 0), 10))
    return min(doubled, _LONGEST)
