"""To which conferences an account's units are called, and whose line was not tried yet."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from lotrinh.apps.dissemination.models import Conference, Signal
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState

MOST_CALLED = 20


@dataclass(frozen=True, slots=True)
class CalledTo:
    """A conference to come with how many sites the account tells for, and how many are untried."""

    conference: Conference
    sites: int
    untried: int


def called_to(*, user_id: int, on: date) -> tuple[CalledTo, ...]:
    """Return the conferences from that day on at which the account tells for a site, soonest first.

    Not those that it holds itself: whoever calls need not be told.
    """
    reach = units.reach(user_id=user_id, action=Action.DO_DUTY, on=on)
    holds = units.reach(user_id=user_id, action=Action.HOLD_CONFERENCE, on=on)
    untold = Q(~Exists(Signal.objects.filter(site=OuterRef("sites"))))
    mine = Q(sites__unit__in=reach)
    found = (
        Conference.objects.filter(
            mine,
            day__gte=on,
            state__in=[ConferenceState.PREPARED, ConferenceState.UNDER_WAY],
        )
        .exclude(organiser__in=holds)
        .annotate(
            told_for=Count("sites", filter=mine),
            untried=Count("sites", filter=mine & untold),
        )
        .order_by("day", "pk")
    )
    return tuple(CalledTo(one, one.told_for, one.untried) for one in found[:MOST_CALLED])
