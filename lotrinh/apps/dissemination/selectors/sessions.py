"""A conference with its later sessions, and what is left of the absent at each site."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lotrinh.apps.dissemination.models import (
    Acknowledgement,
    CheckIn,
    Conference,
    LaterSession,
    Site,
)
from lotrinh.apps.dissemination.selectors.presence import (
    SiteNow,
    sites_now,
)
from lotrinh.apps.dissemination.selectors.seen import sites_seen
from lotrinh.rules.conferences import Counting, presence_of
from lotrinh.rules.conferences.sessions import Together, absent_of, together_of


@dataclass(frozen=True, slots=True)
class Sessions:
    """The first session and the later ones, added up; ``follows`` is the first one's, else None.

    ``sites`` are those of the session that was asked about.
    """

    follows: Conference | None
    later: tuple[Conference, ...]
    together: Together
    sites: tuple[SiteNow, ...]


@dataclass(frozen=True, slots=True)
class AbsentAt:
    """Who was absent at a site, and how many of them have read the documents, by code of class."""

    site: Site
    absent: Mapping[str, int]
    read: Mapping[str, int]


def sessions_of(conference: Conference) -> Sessions:
    """Return a conference with its sessions, whoever asks; each person counts once."""
    row = LaterSession.objects.filter(later=conference).select_related("first").first()
    first = row.first if row else conference
    links = LaterSession.objects.filter(first=first).select_related("later")
    later = tuple(one.later for one in links.order_by("later__day", "pk"))
    found = sites_now(Site.objects.filter(conference__in=[first, *later]).select_related("unit"))
    by_session = {
        one.pk: [now for now in found if now.site.conference_id == one.pk]
        for one in (first, *later)
    }
    sums = {pk: presence_of(now.terms for now in held) for pk, held in by_session.items()}
    together = together_of(sums[first.pk], [sums[one.pk] for one in later])
    if first.counting == Counting.PERSON:
        people = _people([first, *later])
        together = Together(together.sessions, people, first.delegates.count())
    return Sessions(row.first if row else None, later, together, tuple(by_session[conference.pk]))


def _people(sessions: list[Conference]) -> int:
    """Return how many people were in any of these sessions, each once.

    Who is no registered person is called again only where he was absent: he was in one at most.
    """
    rows = CheckIn.objects.filter(delegate__conference__in=sessions)
    known = rows.exclude(delegate__person=None).values("delegate__person").distinct().count()
    return known + rows.filter(delegate__person=None).count()


def absent_at(
    found: Sessions, *, conference: Conference, seen_by: int, on: date
) -> tuple[AbsentAt, ...]:
    """Return the sites into which the account may look where somebody was absent."""
    seen = [one.pk for one in sites_seen(conference=conference, seen_by=seen_by, on=on)]
    held = {one.site.pk: (one.site, absent) for one in found.sites if (absent := _absent(one))}
    read: dict[int, dict[str, int]] = {pk: {} for pk in seen if pk in held}
    rows = Acknowledgement.objects.filter(site__in=read).order_by("site", "attendees", "-pk")
    last = rows.distinct("site", "attendees")
    for site, code, number in last.values_list("site_id", "attendees__code", "number"):
        read[site][code] = number
    return tuple(AbsentAt(*held[pk], told) for pk, told in read.items())


def _absent(one: SiteNow) -> dict[str, int]:
    return absent_of(one.summoned, one.present)
