"""Builders of conferences, through the services alone: one on the day of the tests."""

from collections.abc import Iterable, Mapping

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.models import Conference, Delegate, Site
from lotrinh.apps.dissemination.services import Called, ConferenceSaid, Named, SiteAct
from lotrinh.apps.documents.models import Document
from lotrinh.apps.units.models import Unit
from lotrinh.rules.conferences import Counting, Link
from tests.factories import NOW, TODAY, key

CLASS = "delegates"


def said(organiser: Unit, *papers: Document, **more: object) -> ConferenceSaid:
    """Say what a conference of today is."""
    words: dict[str, object] = {
        "organiser": organiser,
        "title": "Hội nghị quán triệt chương trình hành động",
        "language": "vi",
        "day": TODAY,
        "counting": Counting.HEADCOUNT,
        "documents": papers,
    }
    return ConferenceSaid(**(words | more))  # type: ignore[arg-type]


def plan(organiser: Unit, *papers: Document, user: User, **more: object) -> Conference:
    """Plan a conference of today."""
    return services.plan_conference(
        said=said(organiser, *papers, **more), user=user, on=TODAY, at=NOW, client_key=key()
    )


def call(
    conference: Conference, units: Iterable[Unit], *, user: User, number: int = 30, **more: object
) -> int:
    """Call so many delegates to a site of each unit."""
    return services.call_sites(
        conference_id=conference.pk,
        called=Called(added=[one.pk for one in units], **more),  # type: ignore[arg-type]
        numbers={CLASS: number},
        user=user,
        on=TODAY,
        at=NOW,
    )


def begin(conference: Conference, *, user: User) -> Conference:
    """Open a conference."""
    return services.open_conference(conference_id=conference.pk, user=user, on=TODAY, at=NOW)


def site_at(conference: Conference, unit: Unit) -> Site:
    """Return the site of a unit."""
    return conference.sites.get(unit=unit)


def signal(site: Site, link: Link, *, user: User, **more: object) -> object:
    """Let a site tell how it is connected."""
    return services.signal_link(site_id=site.pk, link=link, act=by(user, **more))


def count(site: Site, present: Mapping[str, int] | int, *, user: User, **more: object) -> object:
    """Let a site tell how many are there."""
    told = {CLASS: present} if isinstance(present, int) else present
    return services.tell_headcount(site_id=site.pk, present=told, act=by(user, **more))


def by(user: User, **more: object) -> SiteAct:
    """Say who tells something for a site now."""
    words: dict[str, object] = {"user": user, "client_key": key(), "on": TODAY, "at": NOW}
    return SiteAct(**(words | more))  # type: ignore[arg-type]


def name(site: Site, *names: str, user: User) -> tuple[Delegate, ...]:
    """Call people by name to a site."""
    return services.call_delegates(
        site_id=site.pk,
        named=[Named(CLASS, name=one) for one in names],
        user=user,
        on=TODAY,
        at=NOW,
    )


def close(conference: Conference, *, user: User) -> Conference:
    """Close a conference that is under way."""
    return services.close_conference(conference_id=conference.pk, user=user, on=TODAY, at=NOW)
