"""How templates print days: ``{{ duty.due_on|day }}``, ``{{ event.at|moment }}``.

There is one form in each language, and these are the only ways to print one (a field of a form
shows what one types there, and an attribute for machines the form that machines read).
"""

from datetime import date, datetime

from django.template import Library
from django.utils import formats

from lotrinh.web import clock, formatting

register = Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """Print a day, or the day of an instant; nothing where there is none."""
    if not value:
        return ""
    return formatting.day(clock.day_of(value) if isinstance(value, datetime) else value)


@register.filter
def month(value: date | None) -> str:
    """Print the month in which a day lies; nothing where there is none."""
    return formatting.month(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Print an instant with its hour; nothing where there is none."""
    return formatting.day_and_time(value) if value else ""


@register.filter
def weekday_and_day(value: date | None) -> str:
    """Print a day after the short name of its day of the week."""
    return f"{formats.date_format(value, 'D')}, {formatting.day(value)}" if value else ""
