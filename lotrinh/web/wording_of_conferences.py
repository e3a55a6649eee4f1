"""Words of conferences: how far one is, how a site is connected, what is counted."""

from django.utils.translation import gettext_lazy as _

from lotrinh.rules.conferences import Admission, ConferenceState, Counting, Link
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
ADMISSIONS: Words = {
    Admission.ADMITTED: _("Welcome: checked in."),
    Admission.GUEST: _("Welcome: checked in as a guest of another site."),
    Admission.AGAIN: _("This pass was checked in here already."),
    Admission.ELSEWHERE: _("This pass was checked in at another site, where it counts."),
    Admission.RENEWED: _("Another pass was given since; this one opens no door."),
    Admission.UNKNOWN: _("This is no pass of this conference."),
    Admission.NOT_NOW: _("Nobody is checked in now: the conference is not open."),
    "waiting": _("Kept on this device, not sent yet"),
}
"""What is said at a door, by what came of a pass."""
