"""Duties as a list prints them: few columns of each, and its passages in the same question.

A list has fifty rows. A duty in full is four rows of tables with seventy columns, and its passages
are a question of their own with three tables more; hardly a tenth of that is printed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from lotrinh.apps.duties.models import Duty, DutySource
from lotrinh.apps.duties.selectors.seen import visible

_COLUMNS = (
    "uid",
    "state",
    "title",
    "period",
    "recurrence",
    "due",
    "approved_due",
    "binding_due",
    "handed_in_on",
    "responsibility",
    "deliverable",
    "authority",
    "leader_id",
    "owed_to_id",
    "unit__uid",
    "unit__name_vi",
    "unit__name_en",
    "person__full_name",
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a duty stands in a text: the uids of document and text, its first character.

    ``number`` is that of the document, ``stated_due`` the time as it is named there; both may be
    empty.
    """

    number: str
    document: str
    text: str
    start: int
    stated_due: str


def in_rows(found: QuerySet[Duty]) -> QuerySet[Duty]:
    """Return these duties with what a row of a list prints of them; ``passages_of`` knows them."""
    return _narrow(found, ("unit", "person"), _COLUMNS)


def rows_by_ids(ids: Iterable[int], *, seen_by: int, on: date) -> dict[int, Duty]:
    """Return by id those of the duties that the account may see, as ``in_rows``.

    With the names of those to whom they are owed.
    """
    found = visible(seen_by=seen_by, on=on).filter(pk__in=list(ids))
    owed_to = ("owed_to__name_vi", "owed_to__name_en")
    rows = _narrow(found, ("unit", "person", "owed_to"), (*_COLUMNS, *owed_to))
    return {duty.pk: duty for duty in rows}


def _narrow(
    found: QuerySet[Duty], beside: tuple[str, ...], columns: tuple[str, ...]
) -> QuerySet[Duty]:
    passages = (
        DutySource.objects.filter(duty=OuterRef("pk"))
        .order_by("pk")
        .values(
            told=JSONObject(
                number="rendition__document__number",
                document="rendition__document__uid",
                text="rendition__uid",
                start="start",
                stated_due="stated_due",
            )
        )
    )
    narrow = found.prefetch_related(None).select_related(None).select_related(*beside)
    return narrow.only(*columns).annotate(passages=ArraySubquery(passages))


def passages_of(duty: Duty) -> tuple[Passage, ...]:
    """Return the passages from which a duty comes, in the order in which they were found."""
    told = getattr(duty, "passages", None)
    if told is not None:
        return tuple(Passage(**one) for one in told)
    return tuple(
        Passage(
            number=source.rendition.document.number,
            document=str(source.rendition.document.uid),
            text=str(source.rendition.uid),
            start=source.start,
            stated_due=source.stated_due,
        )
        for source in duty.sources.all()
    )
