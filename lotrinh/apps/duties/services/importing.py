"""Taking duties over from a sheet: the good rows become drafts, and exported drafts are changed.

What each row would do can be asked for first (``selectors.judged_duties``). It is worked out again
inside the transaction that writes, and the good rows are written together or not at all. Every row
has a key of its own made from that of the submission, and what the document has given before is
left alone: taking a sheet over twice is taking it over once.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.selectors.sheet_rows import helpers_of
from lotrinh.apps.duties.selectors.sheets import DutiesJudged, Planned, judged_duties, row_key
from lotrinh.apps.duties.services.drafting import amend_draft
from lotrinh.apps.duties.services.drafting_many import Draft, draft_duties
from lotrinh.apps.duties.services.parting import assign_part, end_part
from lotrinh.apps.duties.services.refusals import DutyChangedMeanwhile, NoDocument
from lotrinh.apps.duties.services.steps import Act, last_event, locked, require_ready
from lotrinh.apps.duties.services.words import Assignment, Passage
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.duty_sheet import SHAPE, counted_lots
from lotrinh.rules.duty_states import Step
from lotrinh.rules.parts import Part
from lotrinh.rules.sheet_heads import Grid


@transaction.atomic
def import_duties(
    *,
    grid: Grid,
    rendition: Rendition | None,
    user: User,
    client_key: UUID,
    language: str,
    on: date,
    at: datetime,
) -> DutiesJudged:
    """Write the good rows of a sheet of duties; return what became of each row.

    New rows become drafts owed to the unit that keeps the document of ``rendition``: each comes
    from where its words stand in that text, from the whole of it where they do not. Without one
    only exported drafts are changed. The same key again changes nothing.

    Raises NoDocument (one that the account may not read), NoHead, and what ``draft_duties`` and
    ``amend_draft`` raise.
    """
    if rendition is not None:
        _require_read(rendition, user, on)
        take_turn("duties-of", rendition.document_id)
    take_turn("duty-sheet", client_key)
    with units.rights_asked_once():
        judged = judged_duties(
            grid,
            rendition=rendition,
            client_key=client_key,
            seen_by=user.pk,
            on=on,
            language=language,
        )
        writer = _Writer(judged, rendition, user, client_key, on, at)
        writer.write([planned for planned in judged.planned if planned.duty is None])
        for planned in judged.planned:
            if planned.duty is not None:
                writer.change(planned, planned.duty)
    if judged.planned:
        counts = counted_lots(judged.lots)
        sheet = journal.reference("sheet", SHAPE)
        journal.record("sheet.imported", sheet, actor=user.named, at=at, data=counts)
    return judged


def _require_read(rendition: Rendition, user: User, on: date) -> None:
    document = rendition.document
    if not documents.may_read(document=document, seen_by=user.pk, on=on):
        raise NoDocument(str(document.uid))


def _require_as_judged(duty: Duty) -> None:
    """Raise unless the draft and its helpers, locked from now on, are still as they were judged."""
    now = locked(duty_id=duty.pk)
    require_ready(duty=now, version=duty.version, step=Step.AMEND)
    parts = now.taken_parts.filter(part=Part.COORDINATE, ended_on=None)
    if set(parts.values_list("pk", flat=True)) != {part.pk for part in helpers_of(duty)}:
        raise DutyChangedMeanwhile("other units co-ordinate", last_event(duty=now))


class _Writer:
    """Writes planned rows through the services that write one duty."""

    def __init__(
        self,
        judged: DutiesJudged,
        rendition: Rendition | None,
        user: User,
        client_key: UUID,
        on: date,
        at: datetime,
    ) -> None:
        self._rendition, self._user, self._client_key = rendition, user, client_key
        self._on, self._at = on, at
        named = {row.said.unit for row in judged.planned if row.said.unit}
        named |= {unit_id for row in judged.planned for unit_id in row.said.helpers}
        self._units: dict[int, Unit] = units.units_by_ids(named)

    def write(self, rows: Sequence[Planned]) -> None:
        """Draft what the new rows say."""
        rendition = self._rendition
        if rendition is None or not rows:
            return
        draft_duties(
            drafts=[self._draft(row, rendition) for row in rows],
            owed_to=rendition.document.keeper,
            user=self._user,
            on=self._on,
            at=self._at,
        )

    def change(self, planned: Planned, duty: Duty) -> None:
        """Let a draft say what its row says now; who helps is no word of the draft.

        A unit that changes places with the lead leaves first and comes last.
        """
        _require_as_judged(duty)
        day: dict[str, Any] = {"user": self._user, "on": self._on, "at": self._at}
        held, wanted = helpers_of(duty), planned.said.helpers
        for part in held:
            if part.unit_id not in wanted:
                end_part(duty_id=duty.pk, part_id=part.pk, **day)
        if planned.changed != {"coordinate"}:
            key = row_key(self._client_key, planned.line)
            amend_draft(
                duty_id=duty.pk,
                act=Act(client_key=key, version=duty.version, **day),
                assignment=self._words(planned, language=duty.language),
            )
        for unit_id in wanted:
            if unit_id not in {part.unit_id for part in held}:
                unit = self._units[unit_id]
                assign_part(duty_id=duty.pk, unit=unit, part=Part.COORDINATE, **day)

    def _draft(self, planned: Planned, rendition: Rendition) -> Draft:
        said = planned.said
        start, end = said.span or (0, len(rendition.text))
        return Draft(
            assignment=self._words(planned, language=rendition.language),
            passage=Passage(rendition, start, end, stated_due=said.stated, due=said.due),
            client_key=row_key(self._client_key, planned.line),
            helpers=tuple(self._units[unit_id] for unit_id in said.helpers),
        )

    def _words(self, planned: Planned, *, language: str) -> Assignment:
        said = planned.said
        return Assignment(
            title=said.title,
            language=language,
            unit=self._units[said.unit] if said.unit else None,
            person=said.person,
            due=said.due_on,
            recurrence=said.recurrence,
            **said.words,
        )
