"""Conclusions of a meeting or a conference: each line that was said becomes a draft duty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services.drafting_many import Draft, draft_duties
from lotrinh.apps.duties.services.words import Assignment, Passage
from lotrinh.apps.units.models import Person, Unit


@dataclass(frozen=True, slots=True)
class Concluded:
    """What was concluded, as far as it was said: what, who, by when, what is handed over.

    ``passage`` is where a notice of the conclusions says so, if one was issued already.
    """

    title: str
    client_key: UUID
    unit: Unit | None = None
    person: Person | None = None
    due: date | None = None
    deliverable: str = ""
    passage: Passage | None = None


@transaction.atomic
def draft_conclusions(
    *,
    lines: Sequence[Concluded],
    authority: str,
    language: str,
    owed_to: Unit,
    user: User,
    on: date,
    at: datetime,
) -> Mapping[UUID, Duty]:
    """Hold every line as a draft duty and return them by their keys; the same keys again are once.

    ``authority`` says in words where it was concluded. Raises what ``draft_duties`` raises.
    """
    draft_duties(
        drafts=[
            Draft(
                Assignment(
                    title=one.title,
                    language=language,
                    unit=one.unit,
                    person=one.person,
                    due=one.due,
                    deliverable=one.deliverable,
                    authority=authority,
                ),
                one.passage,
                one.client_key,
            )
            for one in lines
        ],
        owed_to=owed_to,
        user=user,
        on=on,
        at=at,
    )
    held = Duty.objects.filter(drafting_key__in=[one.client_key for one in lines])
    return {one.drafting_key: one for one in held if one.drafting_key is not None}
