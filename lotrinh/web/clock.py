"""The one clock of the pages: the legal day, and the instant at which something is done.

In a demonstration the day is fixed by the setting and the time of day goes on, so that what a
visitor does stands on the day that the pages show.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from lotrinh.rules.days import at_same_time_on, legal_day


def zone() -> ZoneInfo:
    """Return the zone in which days are counted."""
    return ZoneInfo(settings.TIME_ZONE)


def now() -> datetime:
    """Return the present instant, on the fixed day where there is one."""
    instant = timezone.now()
    fixed: date | None = settings.LOTRINH_TODAY
    return at_same_time_on(instant, fixed, zone()) if fixed else instant


def machine() -> int:
    """Return the seconds of the Unix clock, which is what other programs go by on any day."""
    return int(timezone.now().timestamp())


def day_of(instant: datetime) -> date:
    """Return the legal day on which an instant lies."""
    return legal_day(instant, zone())


def today() -> date:
    """Return the present legal day."""
    return legal_day(now(), zone())
