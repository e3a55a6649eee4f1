"""The one clock of the interface: the legal day, and the instant at which something is done."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from lotrinh.rules.days import at_same_time_on, legal_day


def now() -> datetime:
    """Return the present instant, on the fixed day where there is one."""
    instant = timezone.now()
    fixed: date | None = settings.LOTRINH_TODAY
    return at_same_time_on(instant, fixed, _zone()) if fixed else instant


def today() -> date:
    """Return the present legal day."""
    return legal_day(now(), _zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
