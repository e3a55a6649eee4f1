"""The classes of delegates that are called and counted: a city names its own."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models import AttendeeClass
from lotrinh.apps.dissemination.selectors.seen import may_class
from lotrinh.apps.dissemination.services.refusals import NotAllowed
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules.actions import Action


@dataclass(frozen=True, slots=True)
class ClassSaid:
    """A class of delegates; it is counted on days before ``until``, or on all days from now on."""

    code: str
    name_vi: str
    name_en: str
    until: date | None = None


@transaction.atomic
def keep_class(*, said: ClassSaid, user: User, on: date, at: datetime) -> AttendeeClass:
    """Add a class after the others, or let the one of this code be called so or end.

    What was counted of a class stays. Raises NotAllowed.
    """
    if not may_class(user_id=user.pk, on=on):
        raise NotAllowed(Action.HOLD_CONFERENCE)
    take_turn("attendee_class", said.code)
    found = AttendeeClass.objects.filter(code=said.code).first()
    if found is None:
        last = AttendeeClass.objects.aggregate(last=Max("place"))["last"] or 0
        found = AttendeeClass(code=said.code, place=last + 1)
    found.name_vi, found.name_en, found.until = said.name_vi, said.name_en, said.until
    found.save()
    until = said.until.isoformat() if said.until else ""
    journal.record(
        "attendee_class.changed",
        found.named,
        actor=user.named,
        at=at,
        data={"code": said.code, "until": until},
    )
    return found
