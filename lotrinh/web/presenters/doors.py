"""Addresses of places in a text, and the words that stand around them."""

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Rendition

MOST_QUOTED = 240
_BEFORE = 80
"""How many characters are quoted before a passage in a long paragraph."""


def door(rendition: "Rendition", start: int) -> str:
    """Return the address of a place: the piece of this very text in which the character stands."""
    page = reverse("document", kwargs={"uid": rendition.document.uid})
    return f"{page}?text={rendition.uid}&at={start}"


def quote(text: str, start: int, end: int) -> str:
    """Return the paragraph around a passage on one line, cut to what one reads at a glance.

    >>> quote("1. Một.\\n2. Hai ba bốn.\\n3. Năm.", 12, 15)
    '2. Hai ba bốn.'
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    line = " ".join(text[first:last].split())
    if len(line) <= MOST_QUOTED:
        return line
    cut = max(first, start - _BEFORE)
    stop = min(last, max(cut + MOST_QUOTED, end))
    near = text[cut:start]
    said = near.partition(" ")[2] if cut > first else near
    words = " ".join(f"{said}{text[start:end]}{_whole_words(text[end:stop], stop < last)}".split())
    return f"{'… ' if cut > first else ''}{words}{' …' if stop < last else ''}"


def _whole_words(text: str, is_cut: bool) -> str:
    """Return a text without the word at its end that was cut through."""
    return text.rsplit(" ", 1)[0] if is_cut and " " in text else text
