"""What a conference concluded in rows, its notice as a text, its record as blocks and numbers."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from lotrinh.apps.dissemination.services import NoticeSaid
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.reviews import printing
from lotrinh.rules.conferences.record_words import (
    NoticeFrame,
    NoticeLine,
    notice_text,
    record_blocks,
    record_text,
    written,
)
from lotrinh.rules.conferences.records import differences
from lotrinh.rules.official.text import Heading, Paragraph, Seal, Table
from lotrinh.rules.reviewing.wording import instant_words
from lotrinh.web.presenters.standing import duty_row
from lotrinh.web.presenters.target_series import language
from lotrinh.web.wording import word
from lotrinh.web.wording_of_concluding import NUMBERS

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.models import Conference, ConferenceRecord
    from lotrinh.apps.dissemination.selectors import ConclusionNow
    from lotrinh.rules.official.text import OfficialText
    from lotrinh.web.presenters.shapes import DutyRow

_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


@dataclass(frozen=True, slots=True)
class ConclusionRow:
    """A conclusion; ``duty`` is None where none came of it or the reader may not see it."""

    text: str
    has_duty: bool
    duty: "DutyRow | None"


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """What a recount has otherwise."""

    name: str
    frozen: int | None
    counted: int | None


def conclusion_rows(found: "Iterable[ConclusionNow]", *, on: date) -> list[ConclusionRow]:
    """Return conclusions with how their duties stand on a day."""
    return [
        ConclusionRow(
            one.conclusion.text,
            one.conclusion.duty_id is not None,
            duty_row(one.duty, on=on) if one.duty else None,
        )
        for one in found
    ]


def notice_of(
    conference: "Conference", found: "Sequence[ConclusionNow]", frame: NoticeFrame
) -> "OfficialText":
    """Return the notice of what was concluded as it would be printed."""
    organiser = conference.organiser
    return notice_text(
        frame,
        [_line(one, conference.language) for one in found],
        title=conference.title,
        organiser=_in(conference.language, organiser),
        day=conference.day,
        language=conference.language,
    )


def _line(one: "ConclusionNow", code: str) -> NoticeLine:
    duty = one.duty
    if duty is None:
        return NoticeLine(one.conclusion.text)
    unit = _in(code, duty.unit) if duty.unit else ""
    return NoticeLine(one.conclusion.text, unit, duty.deadline, duty.deliverable)


def _in(code: str, thing: Any) -> str:
    return str(thing.name_en if code == "en" else thing.name_vi)


def notice_said(
    conference: "Conference", found: "Sequence[ConclusionNow]", frame: NoticeFrame
) -> NoticeSaid:
    """Return a notice as it is registered: its identity, its plain text with spans, its file."""
    text = notice_of(conference, found, frame)
    words, places = written(text)
    spans = [(one.conclusion.pk, *place) for one, place in zip(found, places, strict=True)]
    identity = Identity(
        system=frame.system,
        type_code="TB",
        number=_number(frame),
        issuer=conference.organiser,
        issued_on=frame.day,
    )
    return NoticeSaid(
        identity, text.about, words, printing.docx(text), spans, f"{file_stem(text.about)}.docx"
    )


def _number(frame: NoticeFrame) -> str:
    """Return the number as the registry knows it: "12-TB/TU" of the Party, "12/TB-UBND" else."""
    if not frame.number or not frame.symbol:
        return ""
    joint = "-" if frame.system == "party" else "/"
    return f"{frame.number}{joint}{frame.symbol}"


def file_stem(title: str) -> str:
    """Return a title as the name of a file: signs that no file may have become a hyphen."""
    return _NO_NAME.sub("-", title)[:120].strip()


def record_blocks_shown(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a record says as its page prints it, heading by heading."""
    return [_shown(block) for block in record_blocks(content)]


def _shown(block: Heading | Paragraph | Table) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"heading": f"{block.mark} {block.text}"}
    if isinstance(block, Paragraph):
        return {"text": "".join(run.text for run in block.runs)}
    rows = [["".join(run.text for run in cell.runs) for cell in row] for row in block.rows]
    cells = [(row[0], list(zip(block.head[1:], row[1:], strict=True))) for row in rows]
    return {"caption": block.caption, "head": block.head, "rows": cells}


def record_file(record: "ConferenceRecord", address: str) -> bytes:
    """Return a record as a Word file with its digest at the foot of each page."""
    content = json.loads(record.content)
    at = record.frozen_at.astimezone(timezone.get_default_timezone())
    seal = Seal(
        edition=1,
        numbers_sha256=record.sha256,
        journal_root=None,
        address=address,
        frozen=instant_words(at, language=content["language"]),
    )
    return printing.docx(record_text(content, seal=seal))


def difference_rows(frozen: dict[str, Any], counted: dict[str, Any]) -> list[DifferenceRow]:
    """Return what a recount has otherwise than a record."""
    return [
        DifferenceRow(
            ", ".join(part for part in (one.name, word(NUMBERS, one.of)) if part),
            one.frozen,
            one.counted,
        )
        for one in differences(frozen, counted, language=language())
    ]


def notice_begun(conference: "Conference", system: str) -> dict[str, str]:
    """Return what a notice says at first: who issues it, and nothing that has to be looked up."""
    return {"system": system, "issuer": _in(conference.language, conference.organiser).upper()}
