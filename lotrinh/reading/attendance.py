"""How many sites a gathering connected and how many people came to it."""

import re
from collections.abc import Sequence
from decimal import Decimal

from lotrinh.reading.dates import When
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.order import Ordered
from lotrinh.reading.quantities import Quantity
from lotrinh.reading.text import Source

_EVENTS = lexicon("events")
_ATTENDING = re.compile(any_of(_EVENTS["attending"]))
_CONNECTING = re.compile(any_of(_EVENTS["connecting"]))
_ATTENDANTS = re.compile(r"(?:\w+\s){0,2}?" + any_of(_EVENTS["attendants"]))
_OPENING = 60  # characters: where a sentence says what it is about


def count(
    source: Source, quantities: Ordered[Quantity], sentence: Sentence
) -> tuple[Decimal | None, Decimal | None]:
    """Return how many sites and how many people a sentence about a gathering counts."""
    counted = quantities.within(sentence.start, sentence.end)
    sites = next((q.value for q in counted if q.form == "amount" and q.unit == "site"), None)
    people = _attendants(source, counted)
    if people is None and _ATTENDING.search(source.folded, sentence.start, sentence.end):
        people = next(
            (q.value for q in counted if q.form in {"amount", "ratio"} and q.unit == "person"), None
        )
    return sites, people


def count_later(
    source: Source,
    quantities: Ordered[Quantity],
    dates: Ordered[When],
    sentence: Sentence,
) -> tuple[Decimal | None, Decimal | None]:
    """Return what a later sentence adds: who came, and what was connected."""
    folded = source.folded
    sites, people = count(source, quantities, sentence)
    if not _CONNECTING.search(folded, sentence.start, sentence.end):
        sites = None
    told = sites is not None or _ATTENDING.search(folded, sentence.start, sentence.start + _OPENING)
    if not told or dates.within(sentence.start, sentence.end):
        people = None
    return sites, people


def _attendants(source: Source, counted: Sequence[Quantity]) -> Decimal | None:
    """Return the number in front of "delegates" or "đại biểu", with or without an adjective."""
    for quantity in counted:
        at = quantity.unit_at or quantity.digits
        if quantity.form not in {"amount", "ratio"} or at < quantity.digits:
            continue
        while at < len(source.folded) and not source.folded[at].isalpha():
            at += 1
        may_be_people = quantity.unit in {"person", None} or not quantity.known_unit
        if may_be_people and _ATTENDANTS.match(source.folded, at):
            return quantity.value
    return None
