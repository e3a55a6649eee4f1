"""Conferences and sites as an account may see them on a day.

A conference is seen by those who may read duties at its organiser, and by those who may at a unit
that has a site: they were called. What other sites told is seen by the former alone.
"""

from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lotrinh.apps.dissemination.models import (
    AgendaItem,
    AttendeeClass,
    Conference,
    Delegate,
    Site,
)
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action


def visible(*, seen_by: int, on: date) -> QuerySet[Conference]:
    """Return the conferences that the account may see, the latest first."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    called = Exists(Site.objects.filter(conference=OuterRef("pk"), unit__in=reach))
    found = Conference.objects.filter(Q(organiser__in=reach) | called)
    return found.select_related("organiser").order_by("-day", "-pk")


def conference_by_uid(uid: UUID, *, seen_by: int, on: date) -> Conference | None:
    """Return a conference, or None where it is missing or not seen."""
    return visible(seen_by=seen_by, on=on).filter(uid=uid).first()


def sites_seen(*, conference: Conference, seen_by: int, on: date) -> QuerySet[Site]:
    """Return the sites of a conference that the account may look into."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    found = Site.objects.filter(conference=conference).select_related("unit")
    if conference.organiser_id not in reach:
        found = found.filter(unit__in=reach)
    return found.order_by("-is_main", "unit__sort_key", "unit_id", "name")


def site_by_uid(uid: UUID, *, seen_by: int, on: date) -> Site | None:
    """Return a site, or None where it is missing or not seen."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    found = Site.objects.filter(Q(unit__in=reach) | Q(conference__organiser__in=reach), uid=uid)
    return found.select_related("unit", "conference__organiser").first()


def delegates_of(*, site: Site) -> tuple[Delegate, ...]:
    """Return who is called to a site by name, as they were called; ``came_at`` None: not yet."""
    rows = Delegate.objects.filter(site=site).select_related("person", "attendees")
    return tuple(rows.annotate(came_at=F("check_in__at")).order_by("pk"))


def delegate_by_uid(uid: UUID, *, seen_by: int, on: date) -> Delegate | None:
    """Return a delegate of a site that the account may look into."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    found = Delegate.objects.filter(
        Q(site__unit__in=reach) | Q(conference__organiser__in=reach), uid=uid
    )
    return found.select_related("site").first()


def site_of_door(site_id: int) -> Site | None:
    """Return a site for whoever holds the key of its door."""
    return Site.objects.select_related("unit", "conference").filter(pk=site_id).first()


def agenda_of(*, conference: Conference) -> tuple[AgendaItem, ...]:
    """Return the run sheet in its order."""
    rows = conference.agenda.select_related("document", "post__scope")
    return tuple(rows.order_by("place"))


def classes_on(*, on: date) -> tuple[AttendeeClass, ...]:
    """Return the classes of delegates that are counted on a day, in their order."""
    rows = AttendeeClass.objects.filter(Q(until__isnull=True) | Q(until__gt=on))
    return tuple(rows.order_by("place"))


def classes_known() -> tuple[AttendeeClass, ...]:
    """Return every class of delegates, also those that are not counted any more."""
    return tuple(AttendeeClass.objects.order_by("place"))


def may_class(*, user_id: int, on: date) -> bool:
    """Say whether the account may name classes: whoever may hold conferences of the whole tree."""
    root = units.root_unit(on=on)
    action = Action.HOLD_CONFERENCE
    return root is not None and units.may(user_id=user_id, action=action, unit_id=root.pk, on=on)


def sees_all(conference: Conference, *, user_id: int, on: date) -> bool:
    """Say whether the account may look into every site of the conference."""
    place = conference.organiser_id
    return units.may(user_id=user_id, action=Action.READ_DUTY, unit_id=place, on=on)


def may_hold(conference: Conference, *, user_id: int, on: date) -> bool:
    """Say whether the account may prepare, open and close the conference."""
    place = conference.organiser_id
    return units.may(user_id=user_id, action=Action.HOLD_CONFERENCE, unit_id=place, on=on)


def may_tell(site: Site, *, user_id: int, on: date) -> bool:
    """Say whether the account may tell who is there: for its own unit, or as the organiser."""
    if units.may(user_id=user_id, action=Action.DO_DUTY, unit_id=site.unit_id, on=on):
        return True
    return may_hold(site.conference, user_id=user_id, on=on)


def sites_told_by(*, conference: Conference, user_id: int, on: date) -> tuple[Site, ...]:
    """Return the sites of a conference for which the account asks and answers.

    Whoever holds the conference may tell for every site; he has the main one here.
    """
    if may_hold(conference, user_id=user_id, on=on):
        found = Site.objects.filter(conference=conference, is_main=True)
    else:
        reach = units.reach(user_id=user_id, action=Action.DO_DUTY, on=on)
        found = Site.objects.filter(conference=conference, unit__in=reach)
    rows = found.select_related("unit", "conference__organiser")
    return tuple(rows.order_by("-is_main", "unit__sort_key", "unit_id", "name"))
