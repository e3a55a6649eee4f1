"""The deadlines of somebody as a calendar (RFC 5545) that programs read again and again."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lotrinh.rules.conferences import ConferenceState
from lotrinh.web.formatting import named

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.models import Conference
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
    event = Event()
    event.add("uid", f"{duty.uid}@{_host()}")
    event.add("dtstamp", at)
    event.add("dtstart", due)
    event.add("dtend", due + _ONE_DAY)
    event.add("sequence", duty.version)
    event.add("summary", duty.title)
    event.add("description", _("Owed by: %(unit)s") % {"unit": named(duty.unit)})
    event.add("url", settings.LOTRINH_ADDRESS + reverse("duty", kwargs={"uid": duty.uid}))
    event.add("transp", "TRANSPARENT")
    return event


def conference_calendar(
    conference: "Conference", minutes: "Sequence[int | None]", *, at: datetime
) -> bytes:
    """Return a conference as one entry: by the hour where it is known, else the whole day.

    It lasts as long as its run sheet, where every item says how long; else two hours.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Lotrinh//conferences//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{conference.uid}@{_host()}")
    event.add("dtstamp", at)
    if conference.begins is None:
        event.add("dtstart", conference.day)
        event.add("dtend", conference.day + _ONE_DAY)
    else:
        zone = timezone.get_default_timezone()
        begins = datetime.combine(conference.day, conference.begins, zone).astimezone(UTC)
        known = [one for one in minutes if one is not None]
        is_whole = bool(known) and len(known) == len(minutes)
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(minutes=sum(known) if is_whole else 120))
    event.add("sequence", conference.version)
    event.add("summary", conference.title)
    if conference.place:
        event.add("location", conference.place)
    is_off = conference.state == ConferenceState.CALLED_OFF
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    path = reverse("conference", kwargs={"uid": conference.uid})
    event.add("url", settings.LOTRINH_ADDRESS + path)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _host() -> str:
    """Return the name under which entries are numbered: that of the pages."""
    return settings.LOTRINH_ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0]
