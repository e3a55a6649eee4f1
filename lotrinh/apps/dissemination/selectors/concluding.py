"""What a conference concluded, the notice of it, its record: as an account may see them."""

from dataclasses import dataclass
from datetime import date

from lotrinh.apps.dissemination.models import (
    Conclusion,
    ConclusionNotice,
    Conference,
    ConferenceRecord,
)
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Clause, Document, Rendition
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.models import Duty


@dataclass(frozen=True, slots=True)
class ConclusionNow:
    """A conclusion with its duty, as far as the reader may see that one."""

    conclusion: Conclusion
    duty: Duty | None


def conclusions_of(*, conference: Conference, seen_by: int, on: date) -> tuple[ConclusionNow, ...]:
    """Return what was concluded, in the order in which it was kept."""
    rows = tuple(conference.conclusions.order_by("pk"))
    ids = [one.duty_id for one in rows if one.duty_id is not None]
    held = duties.visible(seen_by=seen_by, on=on).filter(pk__in=ids)
    found = {one.pk: one for one in held.select_related("unit", "person")}
    return tuple(ConclusionNow(one, found.get(one.duty_id or 0)) for one in rows)


def notice_of(*, conference: Conference, seen_by: int, on: date) -> Document | None:
    """Return the notice of conclusions that was linked last, if the account may read it."""
    last = ConclusionNotice.objects.filter(conference=conference).order_by("-pk").first()
    if last is None:
        return None
    return documents.visible(seen_by=seen_by, on=on).filter(pk=last.document_id).first()


def clauses_announced(document: Document) -> tuple[tuple[Rendition, Clause], ...]:
    """Return the clauses of a notice that is seen, each with the text in which it stands."""
    text = documents.text_that_counts(document)
    if text is None:
        return ()
    return tuple((text, one) for one in documents.clauses_of(rendition=text))


def record_of(*, conference: Conference) -> ConferenceRecord | None:
    """Return the record of a conference that is seen, or None where none was frozen."""
    return ConferenceRecord.objects.filter(conference=conference).first()
