"""Duties as pages show them: the six classes that add up, and one duty in full."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from lotrinh.apps.duties.selectors import BESIDE, Counts
from lotrinh.rules.due_days import Counting
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.standing import Standing
from lotrinh.web.answers import address
from lotrinh.web.formatting import named
from lotrinh.web.presenters.shapes import Status
from lotrinh.web.presenters.standing import due_text_of, status_of

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import Duty

DRAFT = DutyState.DRAFT.value
STANDINGS = {
    "done_on_time": Standing.DONE_ON_TIME,
    "done_late": Standing.DONE_LATE,
    "open_in_term": Standing.OPEN_IN_TERM,
    "open_overdue": Standing.OPEN_OVERDUE,
    "done_undated": Standing.DONE_WITHOUT_DEADLINE,
    "open_undated": Standing.OPEN_WITHOUT_DEADLINE,
}
"""The six classes into which the issued duties split, in the order in which they are printed."""


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many duties a class holds, and the door to them."""

    code: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """One duty in full. ``version`` is what a step on this page refers to."""

    uid: UUID
    version: int
    title: str
    unit_name: str | None
    unit_uid: UUID | None
    assigner_name: str | None
    person_name: str | None
    person_post: str | None
    leader_name: str | None
    due_on: date | None
    due_text: str | None
    recurs: bool
    original_due_on: date | None
    deliverable: str | None
    responsibility: str | None
    authority: str | None
    is_draft: bool
    issued_on: date | None
    status: Status


def classes_of(
    counts: Counts, *, chosen: str, path: str, unit: UUID | None
) -> tuple[ClassCount, ...]:
    """Return all six classes, each with how many duties stand in it."""
    return tuple(
        ClassCount(
            code=code,
            count=counts.by_standing[standing],
            url=address(path, **{"class": code, "unit": unit}),
            is_current=code == chosen,
        )
        for code, standing in STANDINGS.items()
    )


def beside_of(
    counts: Counts, *, chosen: str, path: str, unit: UUID | None
) -> tuple[ClassCount, ...]:
    """Return what stands beside the six classes, each with its door; what there is none of, not."""
    numbers = {code: getattr(counts, code) for code in BESIDE}
    return tuple(
        ClassCount(
            code=code,
            count=count,
            url=address(path, **{"class": code, "unit": unit}),
            is_current=code == chosen,
        )
        for code, count in numbers.items()
        if count
    )


def duty_facts(duty: "Duty", *, post_text: str | None, on: date, counting: Counting) -> DutyFacts:
    """Return one duty in full as it stands on that day."""
    return DutyFacts(
        uid=duty.uid,
        version=duty.version,
        title=duty.title,
        unit_name=named(duty.unit) if duty.unit else None,
        unit_uid=duty.unit.uid if duty.unit else None,
        assigner_name=named(duty.owed_to),
        person_name=duty.person.full_name if duty.person else None,
        person_post=post_text,
        leader_name=duty.leader.full_name if duty.leader else None,
        due_on=duty.deadline,
        due_text=due_text_of(duty),
        recurs=bool(duty.recurrence),
        original_due_on=duty.due if duty.approved_due else None,
        deliverable=duty.deliverable or None,
        responsibility=duty.responsibility or None,
        authority=duty.authority or None,
        is_draft=duty.state == DutyState.DRAFT,
        issued_on=duty.issued_on,
        status=status_of(duty, on=on, counting=counting),
    )
