"""What stands around every page: who reads, for which unit, on which day, and the counts of the rail."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.rules.duty_states import DutyState
from lotrinh.web import clock
from lotrinh.web.formatting import named

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User


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
    is_demo: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the names that every template may use."""
    today = clock.today()
    around: dict[str, Any] = {
        "frame": None,
        "is_demo": bool(settings.LOTRINH_DEMO),
        "today": today,
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        around["frame"] = _frame_of(user, today)
    return around


def _frame_of(user: "User", today: date) -> Frame:
    post = units.first_post(user_id=user.pk, on=today)
    seen_duties = duties.visible(seen_by=user.pk, on=today).filter(state=DutyState.ISSUED)
    return Frame(
        person_name=post.person.full_name if post else user.sign_in_name,
        post_text=named(post.post, "title") if post else "",
        unit_uid=post.post.unit.uid if post else None,
        unit_name=named(post.post.unit) if post else "",
        today=today,
        mine=seen_duties.filter(unit_id=post.post.unit_id).count() if post else None,
        documents=documents.visible(seen_by=user.pk, on=today).filter(is_stub=False).count(),
        duties=seen_duties.count(),
        targets=targets.visible(seen_by=user.pk, on=today).count(),
        is_demo=bool(settings.LOTRINH_DEMO),
    )
