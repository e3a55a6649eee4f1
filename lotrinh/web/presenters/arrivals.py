"""Files that came in together as their page shows them: a line and a verdict each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.apps.intake.services.arriving import (
    EMPTY,
    KEPT_ELSEWHERE,
    NOT_DECLARED,
    SECRET,
    TOO_LONG,
)
from lotrinh.reading.readers import Unreadable
from lotrinh.web.presenters import unreadable
from lotrinh.web.presenters.documents import reading_of
from lotrinh.web.presenters.shapes import Reading

if TYPE_CHECKING:
    from lotrinh.apps.intake.models import Arrival
    from lotrinh.apps.intake.selectors import Progress


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One file: where its document is, or why it was refused."""

    place: int
    name: str | None
    number: str | None
    url: str | None
    reading: Reading | None
    was_known: bool
    refused_text: str | None

    @property
    def is_waiting(self) -> bool:
        """Whether its text is still to be read."""
        return self.reading is not None and self.reading.code == "queued"


def rows_of(
    lines: "Iterable[Arrival]", progress: "Mapping[int, Progress]", *, too_long: str
) -> tuple[ArrivalRow, ...]:
    """Return the lines of the files in the order in which they came.

    ``too_long`` is the sentence for a file that is larger than the form says.
    """
    return tuple(_row(line, progress, too_long) for line in lines)


def refusal(code: str, detail: Mapping[str, str | int], *, too_long: str) -> str:
    """Return why a file was refused, with the cure."""
    if code == SECRET:
        return _(
            "The text bears the mark %(mark)s. It was not stored; only the fact of the refusal "
            "and a digest were recorded. Handle it by the rules on State secrets, on a machine "
            "apart."
        ) % {"mark": detail.get("mark", "?")}
    if code == NOT_DECLARED:
        unread = unreadable.unread_parts(
            str(detail.get("pages") or ""), int(detail.get("pictures") or 0)
        )
        return _(
            "Nothing could be read in parts of the file (%(unread)s), so no mark of secrecy could "
            "be looked for there. Nothing was stored. Hand this file in alone: then you can "
            "declare that it holds no State secret."
        ) % {"unread": unread}
    if code == TOO_LONG:
        return too_long
    if code == KEPT_ELSEWHERE:
        return _(
            "Document %(number)s is kept by another unit. If it is not in your register, ask that "
            "unit to send it."
        ) % {"number": detail.get("number") or "?"}
    return unreadable.sentence(Unreadable("empty" if code == EMPTY else code, **dict(detail)))


def _row(line: "Arrival", progress: "Mapping[int, Progress]", too_long: str) -> ArrivalRow:
    document = line.run.rendition.document if line.run else None
    return ArrivalRow(
        place=line.place,
        name=line.source_name or None,
        number=(document.number or document.title) if document else None,
        url=reverse("desk", kwargs={"uid": document.uid}) if document else None,
        reading=reading_of(progress.get(document.pk)) if document else None,
        was_known=line.was_known,
        refused_text=refusal(line.refusal, line.detail, too_long=too_long)
        if line.refusal
        else None,
    )
