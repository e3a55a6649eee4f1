"""Where a text contradicts itself or its next of kin, as the desk says it: first in line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.apps.intake.selectors import LEVEL, Contradiction, Side
from lotrinh.web.formatting import planned, stated
from lotrinh.web.presenters.desk import Card
from lotrinh.web.presenters.questions import CONTRADICTED, QUESTIONS, Look


@dataclass(frozen=True, slots=True)
class Issue:
    """Two passages that say two things of one matter, each with the door to its words.

    ``number`` names the other document; empty where both stand in this text.
    """

    name: str
    what: str
    here_text: str
    here_passage: int | None
    here_url: str
    there_text: str
    there_passage: int | None
    there_url: str
    number: str


def issues(found: Iterable[Contradiction], cards: Sequence[Card]) -> tuple[Issue, ...]:
    """Return the contradictions as the page shows them, in the order of the text."""
    names = {card.n: card.title for card in cards}
    return tuple(
        Issue(
            name=names.get(one.here.ordinal, ""),
            what=one.what,
            here_text=said(one.here, one.what),
            here_passage=one.here.passage,
            here_url=f"#p{one.here.start}",
            there_text=said(one.there, one.what),
            there_passage=one.there.passage,
            there_url=_door(one),
            number="" if _is_within(one) else one.there.document.number or one.there.document.title,
        )
        for one in found
    )


def marked(cards: Sequence[Card], found: Iterable[Contradiction]) -> list[Card]:
    """Return the cards, each that is contradicted with the question and where to look."""
    looks: dict[int, list[Look]] = {}
    for one in found:
        field = "value" if one.what == LEVEL else "due"
        looks.setdefault(one.here.ordinal, []).append(Look(field, _told(one.there, one)))
        if _is_within(one):
            looks.setdefault(one.there.ordinal, []).append(Look(field, _told(one.here, one)))
    return [_marked(card, looks[card.n]) if card.n in looks else card for card in cards]


def said(side: Side, what: str) -> str:
    """Return in a few characters what one passage says: a level, or a deadline."""
    if what != LEVEL:
        return stated(side.due)
    low, high = side.value if isinstance(side.value, list) else (side.value, None)
    top = Decimal(str(high)) if high is not None else None
    return planned(side.comparator or "=", Decimal(str(low)), top, side.unit)


def _marked(card: Card, looks: Sequence[Look]) -> Card:
    asked = {*card.questions, CONTRADICTED}
    return replace(
        card,
        questions=tuple(code for code in QUESTIONS if code in asked),
        looks=(*looks, *card.looks),
        certainty="look" if card.certainty == "sure" else card.certainty,
    )


def _told(side: Side, one: Contradiction) -> str:
    facts = {
        "document": side.document.number or side.document.title,
        "passage": side.passage,
        "said": said(side, one.what),
    }
    if _is_within(one):
        return _("Passage %(passage)s says %(said)s.") % facts
    return _("%(document)s says %(said)s (passage %(passage)s).") % facts


def _door(one: Contradiction) -> str:
    if _is_within(one):
        return f"#p{one.there.start}"
    page = reverse("document", kwargs={"uid": one.there.document.uid})
    return f"{page}#d{one.there.passage}" if one.there.passage else page


def _is_within(one: Contradiction) -> bool:
    return one.here.document.pk == one.there.document.pk
