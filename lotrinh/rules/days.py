"""The legal day, and the instants of a demonstration whose day stands still."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def legal_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the calendar day of ``instant`` where the authority sits.

    >>> legal_day(datetime.fromisoformat("2024-08-06T17:30:00+00:00"), ZoneInfo("Asia/Ho_Chi_Minh"))
    datetime.date(2024, 8, 7)
    """
    return instant.astimezone(zone).date()


def at_same_time_on(instant: datetime, day: date, zone: ZoneInfo) -> datetime:
    """Return the local time of day of ``instant``, on ``day``."""
    return datetime.combine(day, instant.astimezone(zone).timetz())
