"""A unit as pages show it: its place, its posts, what it owes, its deadlines in a month."""

from calendar import Calendar as Weeks
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.apps.units.selectors import PlacedUnit, PostHeld
from lotrinh.rules.deadlines import end_of_week
from lotrinh.rules.due_days import Counting
from lotrinh.rules.duty_states import OPEN, DutyState
from lotrinh.web.answers import PAGE, address
from lotrinh.web.formatting import named
from lotrinh.web.presenters.shapes import Crumb, DutyRow, UnitNode
from lotrinh.web.presenters.standing import duty_row
from lotrinh.web.wording import UNIT_KINDS, word

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.units.models import Unit

BANDS = {
    "late": {"class": "open_overdue"},
    "week": {"class": "open_in_term"},
    "later": {"class": "open_in_term"},
    "undated": {"class": "open_undated"},
    "draft": {"state": "draft"},
}
"""The bands of a unit's page, the most urgent first, each with the filter of the full list."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit and where it stands, or where it last stood."""

    uid: UUID
    name: str
    kind_text: str
    crumbs: tuple[Crumb, ...]
    since: date | None
    until: date | None
    basis_text: str | None


@dataclass(frozen=True, slots=True)
class Band:
    """Duties of one urgency. ``until`` is the last day of the week."""

    code: str
    count: int
    until: date | None
    rows: tuple[DutyRow, ...]
    more_url: str | None


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post and who holds it; None is a vacancy."""

    post_text: str
    post_url: str
    person_name: str | None
    person_url: str | None
    role_text: str | None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; ``number`` is None outside the month."""

    number: int | None
    count: int
    is_late: bool
    is_today: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A month of deadlines, week by week from Monday."""

    month: date
    weeks: tuple[tuple[Day, ...], ...]


def unit_nodes(
    placed: Sequence[PlacedUnit], owed: Mapping[int, tuple[int, int]], *, mine: int | None
) -> tuple[UnitNode, ...]:
    """Return units of the tree with how many duties each still owed, and how many of them late."""
    return tuple(
        UnitNode(
            uid=unit.uid,
            name=named(unit),
            kind_text=word(UNIT_KINDS, unit.kind),
            level=unit.depth,
            open=owed.get(unit.id, (0, 0))[0],
            late=owed.get(unit.id, (0, 0))[1],
            is_mine=unit.id == mine,
        )
        for unit in placed
    )


def unit_facts(
    unit: "Unit", place: PlacedUnit | None, above: Sequence[PlacedUnit], *, on: date
) -> UnitFacts:
    """Return a unit with the way down to it on that day."""
    return UnitFacts(
        uid=unit.uid,
        name=named(place) if place else named(unit),
        kind_text=word(UNIT_KINDS, unit.kind),
        crumbs=tuple(
            Crumb(named(one), address(reverse("unit", kwargs={"uid": one.uid}), on=on))
            for one in above
        ),
        since=place.since if place else None,
        until=place.until - timedelta(days=1) if place and place.until else None,
        basis_text=(place.legal_basis or None) if place else None,
    )


def post_rows(posts: Sequence[PostHeld] | None) -> tuple[PostRow, ...]:
    """Return the posts of a unit; none where the reader may not see who holds them."""
    return tuple(
        PostRow(
            post_text=named(post, "title"),
            post_url=reverse("post", kwargs={"uid": post.post_uid}),
            person_name=post.person_name or None,
            person_url=reverse("person", kwargs={"uid": post.person_uid})
            if post.person_uid
            else None,
            role_text=named(post, "role"),
        )
        for post in posts or ()
    )


def band_of(duty: "Duty", *, on: date) -> str:
    """Return the band in which a duty stands on that day."""
    if duty.state == DutyState.DRAFT:
        return "draft"
    if duty.deadline is None:
        return "undated"
    if duty.deadline < on:
        return "late"
    return "week" if duty.deadline <= end_of_week(on) else "later"


def band_counts(rows: "Sequence[Duty]", *, on: date) -> dict[str, int]:
    """Return how many duties stand in each band, and how many bind at all (``open``)."""
    codes = [band_of(row, on=on) for row in rows]
    counts = {code: codes.count(code) for code in BANDS}
    drafts = counts.pop("draft")
    return {**counts, "drafts": drafts, "open": len(codes) - drafts}


def bands_of(
    rows: "Sequence[Duty]", *, unit_uid: UUID, on: date, counting: Counting
) -> tuple[Band, ...]:
    """Return the bands that hold something, each cut to what one page prints."""
    found = []
    for code, asked in BANDS.items():
        held = [row for row in rows if band_of(row, on=on) == code]
        if not held:
            continue
        more = address(reverse("duties"), **asked, unit=unit_uid) if len(held) > PAGE else None
        found.append(
            Band(
                code=code,
                count=len(held),
                until=end_of_week(on) if code == "week" else None,
                rows=tuple(
                    _owed_row(row, unit_uid, on=on, counting=counting) for row in held[:PAGE]
                ),
                more_url=more,
            )
        )
    return tuple(found)


def _owed_row(duty: "Duty", unit_uid: UUID, *, on: date, counting: Counting) -> DutyRow:
    """Return the row of a duty on a unit's page; it says from whom it was taken over."""
    row = duty_row(duty, on=on, counting=counting)
    if duty.unit is None or duty.unit.uid == unit_uid:
        return row
    return replace(row, sub_text=_("taken over from %(unit)s") % {"unit": named(duty.unit)})


def calendar_of(rows: "Sequence[Duty]", *, on: date) -> Calendar:
    """Return the month of ``on`` with the days on which something binding is due."""
    due: dict[date, str] = {}
    counts: dict[date, int] = {}
    for row in rows:
        day = row.deadline
        if row.state in OPEN and day is not None:
            due[day] = band_of(row, on=on)
            counts[day] = counts.get(day, 0) + 1
    weeks = Weeks(firstweekday=0).monthdatescalendar(on.year, on.month)
    return Calendar(
        month=on.replace(day=1),
        weeks=tuple(
            tuple(
                Day(
                    number=day.day,
                    count=counts.get(day, 0),
                    is_late=due.get(day) == "late",
                    is_today=day == on,
                    url=f"#{due[day]}" if day in due else None,
                )
                if day.month == on.month
                else Day(None, 0, is_late=False, is_today=False, url=None)
                for day in week
            )
            for week in weeks
        ),
    )
