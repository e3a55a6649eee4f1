"""What a document commits to, in the order of its text, and where its text says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from lotrinh.web.formatting import named, planned
from lotrinh.web.presenters.shapes import Status
from lotrinh.web.presenters.sheets import Mark
from lotrinh.web.presenters.standing import due_text, due_text_of, status_of

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.intake.models import Decision
    from lotrinh.apps.targets.models import Target

UNREPORTED = Status("unreported")
"""How a target stands for which no figure has been approved."""


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A duty or target in the list of what a document asks for."""

    kind: str
    title: str
    url: str
    unit_name: str | None
    unit_uid: UUID | None
    person_name: str | None
    value_text: str | None
    due_on: date | None
    due_text: str | None
    status: Status


def value_text(target: "Target") -> str:
    """Return the planned value of a target in one expression."""
    return planned(target.comparator, target.value, target.high, target.measure.unit_of_measure)


def rows_of(
    duties: "Sequence[Duty]",
    targets: "Sequence[Target]",
    stated: Mapping[int, str],
    *,
    document: "Document",
    on: date,
) -> tuple[CommitmentRow, ...]:
    """Return duties and targets of a document in the order in which its text asks for them.

    ``stated`` gives the deadlines of targets as the text states them, by target id.
    """
    placed = [(_first_start(row, document), _duty(row, on=on)) for row in duties]
    placed += [(_first_start(row, document), _target(row, stated)) for row in targets]
    return tuple(row for _start, row in sorted(placed, key=lambda pair: pair[0]))


def accepted_marks(
    confirmed: "Iterable[Decision]", *, duties: "Iterable[Duty]", targets: "Iterable[Target]"
) -> tuple[Mark, ...]:
    """Return the marks of those proposals that became a duty or target which the reader sees."""
    duty_urls = {row.pk: reverse("duty", kwargs={"uid": row.uid}) for row in duties}
    target_urls = {row.pk: reverse("target", kwargs={"uid": row.uid}) for row in targets}
    found = []
    for decision in confirmed:
        row = decision.candidate
        url = duty_urls.get(decision.duty_id or 0) or target_urls.get(decision.target_id or 0)
        if url:
            found.append(Mark(row.ordinal, row.kind, "accepted", row.start, row.end, url))
    return tuple(found)


def stated_in(confirmed: "Iterable[Decision]") -> dict[int, str]:
    """Return by target id the deadlines as the text states them."""
    return {
        made.target_id: made.candidate.fields.get("due") or ""
        for made in confirmed
        if made.target_id is not None
    }


def _first_start(row: "Duty | Target", document: "Document") -> int:
    starts = [
        source.start for source in row.sources.all() if source.rendition.document_id == document.pk
    ]
    return min(starts, default=0)


def _duty(row: "Duty", *, on: date) -> CommitmentRow:
    return CommitmentRow(
        kind="task",
        title=row.title,
        url=reverse("duty", kwargs={"uid": row.uid}),
        unit_name=named(row.unit) if row.unit else None,
        unit_uid=row.unit.uid if row.unit else None,
        person_name=row.person.full_name if row.person else None,
        value_text=None,
        due_on=row.deadline,
        due_text=due_text_of(row),
        status=status_of(row, on=on),
    )


def _target(row: "Target", stated: Mapping[int, str]) -> CommitmentRow:
    return CommitmentRow(
        kind="target",
        title=row.measure.name,
        url=reverse("target", kwargs={"uid": row.uid}),
        unit_name=named(row.unit) if row.unit else None,
        unit_uid=row.unit.uid if row.unit else None,
        person_name=None,
        value_text=value_text(row) or None,
        due_on=row.due,
        due_text=due_text(row.due, stated.get(row.pk, "")),
        status=UNREPORTED,
    )
