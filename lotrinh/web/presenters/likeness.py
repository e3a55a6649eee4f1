"""Two texts beside each other: the facts in which they differ, each with a door to its passage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lotrinh.apps.intake.selectors import OtherPassage, other_language, passages_there
from lotrinh.web.presenters.doors import door, quote
from lotrinh.web.wording import RENDITION_KINDS, Words, word

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document, Rendition
    from lotrinh.apps.intake.models import Likeness
    from lotrinh.web.presenters.desk import Card

STATEMENTS: Words = {
    "citation": gettext_lazy("document named"),
    "issued": gettext_lazy("day of issue of a document named"),
    "quantity": gettext_lazy("level"),
    "ratio": gettext_lazy("so many of so many"),
    "number": gettext_lazy("number"),
    "date": gettext_lazy("day or period"),
    "person": gettext_lazy("person"),
    "event": gettext_lazy("conference"),
    "unit.place": gettext_lazy("whose unit"),
    "header.number": gettext_lazy("number of the document"),
    "header.issued": gettext_lazy("day of issue"),
}
FIELDS: Words = {
    "value": gettext_lazy("Level"),
    "due": gettext_lazy("Due"),
    "title": gettext_lazy("Work"),
}
"""The fields of a proposal of which another language can tell: facts, not names."""
VERDICTS: Words = {
    "same": gettext_lazy("The facts of both agree: this seems to be one document."),
    "part": gettext_lazy("One text seems to be a part of the other, or a report about it."),
    "unsure": gettext_lazy("Many facts agree, some contradict: a person has to say what it is."),
    "different": gettext_lazy("The two texts state different facts, though they bear one number."),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts, and its document. ``kind`` is what the other becomes if it goes here.

    ``kind_text`` says what it is to its document now.
    """

    document: UUID
    name: str
    url: str
    language: str
    kind_text: str
    source_name: str
    text_uid: UUID


@dataclass(frozen=True, slots=True)
class Said:
    """What one text says of a fact: the words around it and the door to them; None: nothing."""

    quote: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the text in the other language says of some fields of a proposal."""

    fields_text: str
    quote: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact on which the two do not agree."""

    kind_text: str
    one: Said | None
    other: Said | None


def side_of(rendition: "Rendition") -> Side:
    """Return one of the texts as the page names it."""
    document = rendition.document
    return Side(
        document=document.uid,
        name=document.number or document.title,
        url=f"{reverse('document', kwargs={'uid': document.uid})}?text={rendition.uid}",
        language=rendition.language,
        kind_text=word(RENDITION_KINDS, rendition.kind),
        source_name=rendition.source_name,
        text_uid=rendition.uid,
    )


def fact_rows(likeness: "Likeness") -> tuple[FactRow, ...]:
    """Return the facts that differ, the earlier text first: a translation is never trusted over it.

    The language of each text is named, so that a reader with one of them knows which he reads.
    """
    return tuple(
        FactRow(
            kind_text=word(STATEMENTS, row["kind"]),
            one=_said(row["b"], likeness.other),
            other=_said(row["a"], likeness.text),
        )
        for row in likeness.differences
    )


def verdict_text(likeness: "Likeness") -> str:
    """Return in a sentence what was found."""
    return word(VERDICTS, likeness.verdict)


def likely_home(likeness: "Likeness") -> "Document":
    """Return the document that stays where both are one, as far as it can be told.

    Of two languages that of the Vietnamese text, whatever number the other bears: it is the
    original. Else the one with a number, else the earlier one.
    """
    texts = likeness.other, likeness.text
    vietnamese = [text.document for text in texts if text.language == "vi"]
    if len(vietnamese) == 1:
        return vietnamese[0]
    earlier, later = likeness.other.document, likeness.text.document
    return later if later.number and not earlier.number else earlier


def likely_kind(likeness: "Likeness", home: "Document") -> str:
    """Return what the text of the other document becomes in ``home``."""
    if likeness.text.language != likeness.other.language:
        return "translation"
    goes = likeness.text if likeness.other.document_id == home.pk else likeness.other
    return "report" if goes.document.system == "press" else "original"


def notices(found: "Sequence[Likeness]", document: "Document") -> tuple[tuple[str, str], ...]:
    """Return what the page of a document says of its likenesses: sentence and address."""
    said = []
    for row in found:
        url = reverse("likeness", kwargs={"uid": row.uid})
        if row.text.document_id == row.other.document_id:
            if row.differences:
                said.append((_own(row), url))
            continue
        other = row.other if row.text.document_id == document.pk else row.text
        name = other.document.number or other.document.title
        said.append((_("It may be one document with “%(name)s”.") % {"name": name}, url))
    return tuple(said)


def of_cards(
    found: "Sequence[Likeness]", rendition: "Rendition", cards: "Sequence[Card]"
) -> dict[int, tuple[Elsewhere, ...]]:
    """Return by number of a proposal what the text in the other language says of its fields.

    Where one paragraph says several of them it is quoted once.
    """
    row = other_language(found, rendition)
    if row is None:
        return {}
    spans = {span for card in cards for span in card.words.values()}
    passages = passages_there(row, rendition, spans)
    return {card.n: _of_card(card, passages) for card in cards}


def _of_card(
    card: "Card", passages: Mapping[tuple[int, int], OtherPassage]
) -> tuple[Elsewhere, ...]:
    quoted: dict[str, tuple[OtherPassage, list[str]]] = {}
    for name, label in FIELDS.items():
        at = passages.get(card.words[name]) if name in card.words else None
        if at is not None:
            words = quote(at.rendition.text, at.start, at.end)
            quoted.setdefault(words, (at, []))[1].append(str(label))
    return tuple(
        Elsewhere(
            fields_text=", ".join(labels),
            quote=words,
            url=door(at.rendition, at.start),
            language=at.rendition.language,
        )
        for words, (at, labels) in quoted.items()
    )


def _own(row: "Likeness") -> str:
    n = len(row.differences)
    if row.text.language != row.other.language:
        words = ngettext(
            "Its texts in two languages differ in %(n)s fact.",
            "Its texts in two languages differ in %(n)s facts.",
            n,
        )
    else:
        words = ngettext("Its texts differ in %(n)s fact.", "Its texts differ in %(n)s facts.", n)
    return words % {"n": n}


def _said(statement: Mapping[str, Any] | None, rendition: "Rendition") -> Said | None:
    if statement is None:
        return None
    return Said(
        quote=quote(rendition.text, statement["start"], statement["end"]),
        url=door(rendition, statement["start"]),
        language=rendition.language,
    )
