"""A document at a glance as its page shows it: three headlines, the ladder, who has not issued."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.rules.tally import Tally
from lotrinh.web.answers import address, door
from lotrinh.web.formatting import named
from lotrinh.web.presenters.registry import LadderRow, ladder
from lotrinh.web.presenters.target_board import (
    Asked,
    OutcomeRow,
    came_to,
    outcome_row,
)
from lotrinh.web.presenters.totals import ShareLine, share_line
from lotrinh.web.wording import word
from lotrinh.web.wording_of_leading import STEPS_TAKEN

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.documents.selectors import RelatedDocument
    from lotrinh.apps.duties.selectors import BoardRow, Happened, Kept
    from lotrinh.apps.reporting.selectors import Reached

CARRIES_OUT = frozenset({"implements", "specifies", "disseminates"})
"""The relations by which a document carries out another one."""
MOST_TICKS = 100


@dataclass(frozen=True, slots=True)
class Tick:
    """Some of what a headline counts: a sign, how many, the word by a code, and their list."""

    code: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Headline:
    """So many of so many, drawn tick by tick while they are few, with the lists behind them."""

    part: int
    whole: int
    url: str
    ticks: tuple[str, ...]
    parts: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Issuing:
    """The units that were given something by a document, and their own documents under it.

    ``rows`` are pairs of a unit's name and address with the documents that it issued (number or
    title, address, day); those that have issued none come first.
    """

    part: int
    whole: int
    missing: tuple[tuple[str, str], ...]
    issued: tuple[tuple[str, str, tuple[tuple[str, str, date | None], ...]], ...]


@dataclass(frozen=True, slots=True)
class KeptLine:
    """How deadlines were kept: by the first ones or by those that hold, with the lists."""

    code: str
    share: ShareLine
    kept_url: str
    late: int
    late_url: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """A step that was taken of a duty, with its day."""

    day: date
    words_text: str
    title: str
    url: str
    unit_name: str


def duties_headline(tally: Tally, numbers: Sequence[Tick], url: str) -> Headline:
    """Return how many duties of a document are done of all that were issued."""
    shown = tuple(one for one in numbers if one.count)
    return Headline(tally.done, tally.total, url, _ticks(shown), shown)


def targets_headline(found: "Sequence[Reached]", document: "Document") -> Headline:
    """Return how many targets of a document were reached, as established or as estimated."""
    asked = Asked(document=document.uid)
    came = ("exceeded", "met", "not_judged", "missed")
    parts = [Tick(one, len(came_to(found, one)), asked.list_url(came=one)) for one in came]
    shown = tuple(one for one in parts if one.count)
    score = reporting.score_of(found)
    return Headline(
        score.reached, score.total, asked.list_url(came="reached"), _ticks(shown), shown
    )


def target_rows(found: "Iterable[Reached]") -> list[OutcomeRow]:
    """Return the targets of a document with plan, last result and what became of them."""
    return [outcome_row(one) for one in found]


def issuing_of(owing: "Iterable[BoardRow]", related: "Iterable[RelatedDocument]") -> Issuing:
    """Return which of the units that owe something have issued a document that carries it out.

    As far as the reader sees these documents.
    """
    by_issuer: dict[int, list[tuple[str, str, date | None]]] = {}
    for one in related:
        held = one.document
        if one.outgoing or not one.is_seen or held is None or one.kind not in CARRIES_OUT:
            continue
        if held.issuer_id is not None:
            name = held.number or held.title
            found = (name, door("document", held.uid), held.issued_on)
            by_issuer.setdefault(held.issuer_id, []).append(found)
    rows = [(one.unit.id, named(one.unit), door("unit", one.unit.uid)) for one in owing]
    missing = tuple((name, url) for pk, name, url in rows if pk not in by_issuer)
    issued = tuple((name, url, tuple(by_issuer[pk])) for pk, name, url in rows if pk in by_issuer)
    return Issuing(len(issued), len(rows), missing, issued)


def rungs_of(related: "Iterable[RelatedDocument]") -> tuple[list[LadderRow], list[LadderRow]]:
    """Return what a document carries out, and what carries it out, once each."""
    up, down = ladder(one for one in related if one.kind in CARRIES_OUT)
    return _once(up), _once(down)


def kept_lines(kept: "Kept", document: "Document") -> tuple[KeptLine, ...]:
    """Return how punctual a document is against the first deadlines, and against those granted."""
    counted, asked = reverse("duties-counted"), {"document": document.uid}
    classes = reverse("document-glance", kwargs={"uid": document.uid})
    first, granted = kept.by_original, kept.by_approved
    return (
        KeptLine(
            "original",
            share_line("original", first),
            address(counted, **asked, original="on_time"),
            first.whole - first.part,
            address(counted, **asked, original="late"),
        ),
        KeptLine(
            "approved",
            share_line("approved", granted),
            address(counted, **asked, **{"class": "done_on_time"}),
            granted.whole - granted.part,
            f"{classes}#rows",
        ),
    )


def event_lines(found: "Iterable[Happened]") -> list[EventLine]:
    """Return what happened last, newest first."""
    return [
        EventLine(
            one.day,
            word(STEPS_TAKEN, one.step),
            one.duty.title,
            door("duty", one.duty.uid),
            named(one.duty.unit) if one.duty.unit else "",
        )
        for one in found
    ]


def _once(rows: Iterable[LadderRow]) -> list[LadderRow]:
    found: dict[object, LadderRow] = {}
    for row in rows:
        found.setdefault(row.url or (row.number, row.title), row)
    return list(found.values())


def _ticks(parts: Sequence[Tick]) -> tuple[str, ...]:
    total = sum(one.count for one in parts)
    if total > MOST_TICKS:
        return ()
    return tuple(one.code for one in parts for _each in range(one.count))
