"""Letting delegates in by their passes: a whole batch in one statement, each of them once.

A device at the door decides by itself whether a pass is genuine, and sends what it let in once it
has a network, as often as it likes. The server believes no device: it checks the keyed hash of each
pass, and the unique row of a check-in says who came first. Nothing is locked and nothing counted:
how many arrived is appended, and folded by whoever shows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from lotrinh.apps.dissemination.models import Arrival, Arrived, CheckIn, Site
from lotrinh.apps.dissemination.services.telling import tell_pages
from lotrinh.apps.journal.statements import run
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules.conferences import Admission
from lotrinh.rules.conferences.passes import Pass

MOST_AT_ONCE: Final = 200
"""Passes in one batch."""

# OFFSET 0: each is looked up by its uid; else all of the conference may be read for one batch.
# SELECT around the lists: their length is not looked at, so the plan of one batch is kept for all.
_ADMIT = """
WITH asked AS (
  SELECT * FROM unnest((SELECT %(uids)s::uuid[]), (SELECT %(versions)s::int[]),
    (SELECT %(ats)s::timestamptz[])) AS asked (uid, version, at)
), known AS (
  SELECT delegate.id, asked.uid, delegate.version AS last, delegate.site_id,
    delegate.attendees_id, asked.version, asked.at
  FROM asked CROSS JOIN LATERAL (
    SELECT id, version, site_id, attendees_id FROM dissemination_delegate
    WHERE uid = asked.uid AND conference_id = %(conference)s OFFSET 0) delegate
), entered AS (
  INSERT INTO dissemination_check_in (delegate_id, site_id, at, device)
  SELECT DISTINCT ON (id) id, %(site)s, at, %(device)s::uuid FROM known
  WHERE version = last AND EXISTS (
    SELECT 1 FROM dissemination_conference WHERE id = %(conference)s AND state = 'under_way')
  ORDER BY id, at
  ON CONFLICT (delegate_id) DO NOTHING RETURNING delegate_id
), counted AS (
  INSERT INTO dissemination_arrival (site_id, attendees_id, people)
  SELECT %(site)s, attendees_id, count(DISTINCT id) FROM known JOIN entered ON delegate_id = id
  GROUP BY attendees_id
)
SELECT DISTINCT ON (known.uid) known.uid, known.version < known.last,
  entered.delegate_id IS NOT NULL, known.site_id = %(site)s, earlier.site_id,
  earlier.device = %(device)s::uuid
FROM known LEFT JOIN entered ON entered.delegate_id = known.id
  LEFT JOIN dissemination_check_in earlier ON earlier.delegate_id = known.id
ORDER BY known.uid
"""

_FOLD = """
WITH gone AS (DELETE FROM dissemination_arrival RETURNING site_id, attendees_id, people),
  added AS (SELECT site_id, attendees_id, sum(people) AS people FROM gone GROUP BY 1, 2),
  kept AS (
    INSERT INTO dissemination_arrived (site_id, attendees_id, people) SELECT * FROM added
    ON CONFLICT (site_id, attendees_id)
    DO UPDATE SET people = dissemination_arrived.people + excluded.people RETURNING site_id)
SELECT DISTINCT conference.uid::text FROM kept
  JOIN dissemination_site site ON site.id = kept.site_id
  JOIN dissemination_conference conference ON conference.id = site.conference_id
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A pass that was shown at a door, and when by the clock of the device."""

    shown: Pass
    at: datetime


@dataclass(frozen=True, slots=True)
class Door:
    """Where passes are shown: the site and its conference by their ids, and the device."""

    site: int
    conference: int
    device: UUID


def admit(*, door: Door, passes: Sequence[Shown], secret: bytes) -> Mapping[UUID, Admission]:
    """Let in whoever shows a pass of this conference, and say of each delegate what came of it.

    The same batch again changes nothing and answers alike. ``secret`` is the one by which the
    passes of the conference were hashed. Whoever may open the door asks before.
    """
    held = [one for one in passes[:MOST_AT_ONCE] if one.shown.is_by(secret)]
    found = dict.fromkeys((one.shown.delegate for one in passes), Admission.UNKNOWN)
    if not held:
        return found
    asked = {
        "uids": [one.shown.delegate for one in held],
        "versions": [one.shown.version for one in held],
        "ats": [one.at for one in held],
        "site": door.site,
        "conference": door.conference,
        "device": door.device,
    }
    answers = _answers(asked)
    if Admission.NOT_NOW in answers.values():  # or somebody else let them in this very instant
        later = _answers(asked)
        told = {uid for uid, one in answers.items() if one is Admission.NOT_NOW}
        answers |= {uid: one for uid, one in later.items() if uid in told}
    return found | answers


def _answers(asked: Mapping[str, Any]) -> dict[UUID, Admission]:
    return {row[0]: _admission(row, asked["site"]) for row in run(_ADMIT, asked)}


def _admission(row: tuple[Any, ...], site: int) -> Admission:
    _uid, is_old, is_new, is_called_here, earlier, is_ours = row
    if is_old:
        return Admission.RENEWED
    if is_new or is_ours:
        return Admission.ADMITTED if is_called_here else Admission.GUEST
    if earlier is None:
        return Admission.NOT_NOW
    return Admission.AGAIN if earlier == site else Admission.ELSEWHERE


@transaction.atomic
def fold_arrivals() -> int:
    """Add up who arrived since it was last done, and tell live pages; return of how many
    conferences. One at a time."""
    if not Arrival.objects.exists():
        return 0
    take_turn("arrivals", "fold")
    changed = run(_FOLD, {})
    for (uid,) in changed:
        tell_pages(conference=UUID(uid))
    return len(changed)


@transaction.atomic
def recount_arrivals(*, conference_id: int) -> int:
    """Count a conference anew from its check-ins; return for how many sites it was otherwise."""
    take_turn("arrivals", "fold")
    run(_FOLD, {})
    sites = Site.objects.filter(conference=conference_id)
    rows = Arrived.objects.filter(site__in=sites).values_list("site", "attendees", "people")
    held = {(site, attendees): people for site, attendees, people in rows}
    entered = CheckIn.objects.filter(site__in=sites).values("site", "delegate__attendees")
    counted = {
        (row["site"], row["delegate__attendees"]): row["people"]
        for row in entered.annotate(people=Count("pk")).order_by()
    }
    differing = {site for site, _ in dict(held.items() ^ counted.items())}
    Arrived.objects.filter(site__in=differing).delete()
    Arrived.objects.bulk_create(
        Arrived(site_id=site, attendees_id=attendees, people=people)
        for (site, attendees), people in counted.items()
        if site in differing
    )
    return len(differing)
