"""The deadlines of somebody as a calendar (RFC 5545) that programs read again and again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lotrinh.web.formatting import named

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import Duty

_ONE_DAY = timedelta(days=1)


def calendar_of(duties: "Iterable[Duty]", *, at: datetime) -> bytes:
    """Return the calendar of open duties: for each a whole day, with the door to it.

    What is done or not seen any more is absent, so that programs remove it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Lotrinh//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Deadlines in Lotrinh"))
    calendar.add("refresh-interval;value=duration", "PT6H")
    calendar.add("x-published-ttl", "PT6H")
    for duty in duties:
        if duty.binding_due is not None:
            calendar.add_component(_event(duty, duty.binding_due, at=at))
    return bytes(calendar.to_ical())


def _event(duty: "Duty", due: date, *, at: datetime) -> Event:
    host = settings.LOTRINH_ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0]
    event = Event()
    event.add("uid", f"{duty.uid}@{host}")
    event.add("dtstamp", at)
    event.add("dtstart", due)
    event.add("dtend", due + _ONE_DAY)
    event.add("sequence", duty.version)
    event.add("summary", duty.title)
    event.add("description", _("Owed by: %(unit)s") % {"unit": named(duty.unit)})
    event.add("url", settings.LOTRINH_ADDRESS + reverse("duty", kwargs={"uid": duty.uid}))
    event.add("transp", "TRANSPARENT")
    return event
