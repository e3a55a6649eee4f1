"""Words of conferences: how far one is, how a site is connected, what is counted."""

from django.utils.translation import gettext_lazy as _

from lotrinh.rules.conferences import ConferenceState, Counting, Link
from lotrinh.web.wording import Words

STATES: Words = {
    ConferenceState.PREPARED: _("being prepared"),
    ConferenceState.UNDER_WAY: _("under way"),
    ConferenceState.CLOSED: _("closed"),
    ConferenceState.CALLED_OFF: _("called off"),
}
LINKS: Words = {
    Link.NOT_YET: _("not connected yet"),
    Link.TESTED: _("line tested"),
    Link.CONNECTED: _("connected"),
    Link.WEAK: _("weak connection"),
    Link.LOST: _("connection lost"),
}
COUNTINGS: Words = {
    Counting.HEADCOUNT: _("each site counts how many are there"),
    Counting.PERSON: _("each person is checked in once"),
}
