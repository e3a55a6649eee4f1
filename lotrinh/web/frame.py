"""What stands around every page: who reads, for which unit, which day, the counts of the rail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.rules.duty_states import OPEN
from lotrinh.web import clock
from lotrinh.web.formatting import named

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User


SECTIONS = {
    "documents": "documents",
    "proposals": "documents",
    "learning": "documents",
    "likenesses": "documents",
    "duties": "duties",
    "calendar": "duties",
    "notices": "duties",
    "targets": "targets",
    "figures": "targets",
    **dict.fromkeys(
        (
            "units",
            "changes",
            "groups",
            "people",
            "appointments",
            "posts",
            "accounts",
            "rights",
            "mandates",
        ),
        "organisation",
    ),
}
"""The entry of the rail to which a page belongs, by the first part of its address."""


MOST_NOTICES = 99
"""So many unread notices are counted on every page; beyond them it says that there are more."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame for somebody who is signed in; counts of None are not printed."""

    person_name: str
    post_text: str
    unit_uid: UUID | None
    unit_name: str
    today: date
    mine: int | None
    documents: int
    duties: int
    targets: int
    notices: int
    has_more_notices: bool
    is_demo: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the names that every template may use."""
    today = clock.today()
    around: dict[str, Any] = {
        "frame": None,
        "is_demo": bool(settings.LOTRINH_DEMO),
        "today": today,
        "section": SECTIONS.get(request.path_info.lstrip("/").partition("/")[0], ""),
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        with units.rights_asked_once():
            around["frame"] = _frame_of(user, today)
    return around


def _frame_of(user: "User", today: date) -> Frame:
    held = units.first_post(user_id=user.pk, on=today)
    unit = held.post.unit if held else None
    own = duties.answering_for(unit.pk, on=today) if unit else ()
    mine = duties.visible(seen_by=user.pk, on=today).filter(state__in=OPEN, unit_id__in=own)
    held_documents = documents.visible(seen_by=user.pk, on=today).filter(is_stub=False)
    counts = _counts(
        {"duties": duties.open_seen(seen_by=user.pk, on=today)},
        mine=mine,
        documents=held_documents,
        targets=targets.heads(seen_by=user.pk, on=today),
        notices=duties.some_unread_of(seen_by=user.pk, on=today, most=MOST_NOTICES + 1),
    )
    return Frame(
        person_name=held.person.full_name if held else user.sign_in_name,
        post_text=f"{named(held.post, 'title')}, {named(unit)}" if held else "",
        unit_uid=unit.uid if unit else None,
        unit_name=named(unit) if unit else "",
        today=today,
        mine=counts["mine"] if unit else None,
        documents=counts["documents"],
        duties=counts["duties"],
        targets=counts["targets"],
        notices=min(counts["notices"], MOST_NOTICES),
        has_more_notices=counts["notices"] > MOST_NOTICES,
        is_demo=bool(settings.LOTRINH_DEMO),
    )


def _counts(counted: Mapping[str, QuerySet[Any]], **lists: QuerySet[Any]) -> dict[str, int]:
    """Return how many rows each list holds, asking once for all: every page pays for this.

    What is ``counted`` already says so itself, in one row with its ``n``.
    """
    asked = [
        rows.annotate(what=Value(name)).values_list("what", "n") for name, rows in counted.items()
    ] + [
        rows.order_by().values(what=Value(name)).annotate(n=Count("pk")).values_list("what", "n")
        for name, rows in lists.items()
    ]
    found = dict(asked[0].union(*asked[1:], all=True))
    return {name: found.get(name, 0) for name in (*counted, *lists)}  # the empty are not asked
