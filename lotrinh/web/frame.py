"""What stands around every page: who reads, for which unit, which day, the counts of the rail."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Value
from django.http import HttpRequest

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.web import clock
from lotrinh.web.formatting import named
from lotrinh.web.strangers import language_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lotrinh.apps.accounts.models import User


SECTIONS = {
    "documents": "documents",
    "proposals": "documents",
    "learning": "documents",
    "likenesses": "documents",
    "conferences": "documents",
    "programme-calls": "documents",
    "programmes": "documents",
    "programme-questions": "documents",
    "sites": "documents",
    "doors": "documents",
    "streams": "documents",
    "delegates": "documents",
    "duties": "duties",
    "calendar": "duties",
    "notices": "duties",
    "meetings": "duties",
    "targets": "targets",
    "reports": "reports",
    "outbox": "reports",
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
    **dict.fromkeys(
        (
            "reports",
            "regimes",
            "collections",
            "integrity",
            "reviews",
            "sections",
            "editions",
            "publications",
        ),
        "reports",
    ),
}
"""The entry of the rail to which a page belongs, by the first part of its address."""


MOST_NOTICES = 99
"""So many unread notices are counted on every page; beyond them it says that there are more."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame for somebody who is signed in; counts of None are not printed."""

    account_uid: UUID
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
    user = None if language_of(request.path_info) else getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        with units.rights_asked_once():
            around["frame"] = _frame_of(user, today)
    return around


def _frame_of(user: "User", today: date) -> Frame:
    held = units.known_as(user_id=user.pk, on=today)
    own = duties.answering_for(held.unit_id, on=today) if held else ()
    known = duties.open_known(seen_by=user.pk, on=today)
    counts = dict.fromkeys(("mine", "documents", "targets", "notices", "duties"), 0)
    counts |= units.ask_alike(_counts, own, known is None, user_id=user.pk, on=today)
    return Frame(
        account_uid=user.uid,
        person_name=held.person_name if held else user.sign_in_name,
        post_text=f"{named(held, 'title')}, {named(held)}" if held else "",
        unit_uid=held.unit_uid if held else None,
        unit_name=named(held) if held else "",
        today=today,
        mine=counts["mine"] if held else None,
        documents=counts["documents"],
        duties=counts["duties"] if known is None else known,
        targets=counts["targets"],
        notices=min(counts["notices"], MOST_NOTICES),
        has_more_notices=counts["notices"] > MOST_NOTICES,
        is_demo=bool(settings.LOTRINH_DEMO),
    )


def _counts(
    own: tuple[int, ...], with_duties: bool, *, seen_by: int, on: date
) -> "QuerySet[Any, tuple[str, int]]":
    """Return how many rows each list of the frame holds; lists without any are absent.

    Every page pays for this, so all is asked at once. The duties say so themselves in one row, and
    not at all where the page has learnt how many are open.
    """
    seen: dict[str, Any] = {"seen_by": seen_by, "on": on}
    lists: dict[str, QuerySet[Any]] = {
        "mine": duties.visible(**seen).filter(duties.STILL_OWED, unit_id__in=own),
        "documents": documents.visible(**seen).filter(is_stub=False),
        "targets": targets.heads(**seen),
        "notices": duties.some_unread_of(**seen, most=MOST_NOTICES + 1),
    }
    asked: list[QuerySet[Any, Any]] = [
        rows.order_by().values(what=Value(name)).annotate(n=Count("pk")).values_list("what", "n")
        for name, rows in lists.items()
    ]
    if with_duties:
        open_ones: QuerySet[Any] = duties.open_seen(**seen)
        asked.append(open_ones.annotate(what=Value("duties")).values_list("what", "n"))
    return asked[0].union(*asked[1:], all=True)
