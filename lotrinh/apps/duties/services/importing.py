"""Taking duties over from a sheet: the good rows become drafts, and exported drafts are changed.

What each row would do can be asked for first (``selectors.judged_duties``). It is worked out again
inside the transaction that writes, and the good rows are written together or not at all. Every row
has a key of its own made from that of the submission, and what the document has given before is
left alone: taking a sheet over twice is taking it over once.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.selectors.sheet_rows import helpers_of
from lotrinh.apps.duties.selectors.sheets import DutiesJudged, Planned, judged_duties, row_key
from lotrinh.apps.duties.services.drafting import amend_draft, draft_duty
from lotrinh.apps.duties.services.parting import assign_part, end_part
from lotrinh.apps.duties.services.refusals import NoDocument
from lotrinh.apps.duties.services.words import Assignment, Passage
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.duty_sheet import SHAPE, counted_lots
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

    New rows become drafts owed to the unit that keeps the document of ``rendition``, whose text
    says where each comes from; without one only exported drafts are changed. The same key again
    changes nothing. Raises NoDocument (one that the account may not read), NoHead, and what
    ``draft_duty`` and ``amend_draft`` raise.
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
        for planned in judged.planned:
            writer.write(planned)
    if judged.planned:
        counts = counted_lots(judged.lots)
        sheet = journal.reference("sheet", SHAPE)
        journal.record("sheet.imported", sheet, actor=user.named, at=at, data=counts)
    return judged


def _require_read(rendition: Rendition, user: User, on: date) -> None:
    document = rendition.document
    if not documents.may_read(document=document, seen_by=user.pk, on=on):
        raise NoDocument(str(document.uid))


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

    def write(self, planned: Planned) -> None:
        """Draft what a new row says, or let a draft say what its row says now."""
        duty = self._drafted(planned) if planned.duty is None else self._amended(planned)
        for unit_id in planned.said.helpers:
            if planned.duty is None or unit_id not in _helping(planned.duty):
                assign_part(
                    duty_id=duty.pk,
                    unit=self._units[unit_id],
                    part=Part.COORDINATE,
                    user=self._user,
                    on=self._on,
                    at=self._at,
                )

    def _drafted(self, planned: Planned) -> Duty:
        rendition, said = self._rendition, planned.said
        if rendition is None or said.span is None:
            raise NoDocument(f"row {planned.line}")
        start, end = said.span
        return draft_duty(
            assignment=self._words(planned, language=rendition.language),
            owed_to=rendition.document.keeper,
            passage=Passage(rendition, start, end, stated_due=said.stated, due=said.due),
            user=self._user,
            client_key=row_key(self._client_key, planned.line),
            on=self._on,
            at=self._at,
        )

    def _amended(self, planned: Planned) -> Duty:
        duty = planned.duty
        if duty is None:
            raise NoDocument(f"row {planned.line}")
        for part in helpers_of(duty):
            if part.unit_id not in planned.said.helpers:
                end_part(
                    duty_id=duty.pk, part_id=part.pk, user=self._user, on=self._on, at=self._at
                )
        if planned.changed == {"coordinate"}:
            return duty  # who helps is no word of the draft
        return amend_draft(
            duty_id=duty.pk,
            version=duty.version,
            assignment=self._words(planned, language=duty.language),
            user=self._user,
            client_key=row_key(self._client_key, planned.line),
            on=self._on,
            at=self._at,
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


def _helping(duty: Duty) -> frozenset[int]:
    return frozenset(part.unit_id for part in helpers_of(duty))
