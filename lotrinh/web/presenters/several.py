"""Many proposals shown before one act decides them: what each would become, and what is amiss."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lotrinh.web.presenters.desk import Card
from lotrinh.web.presenters.desk_acts import awaited_unit
from lotrinh.web.presenters.desk_order import MOST_DIGITS, proposal_number
from lotrinh.web.presenters.questions import QUESTIONS
from lotrinh.web.wording import word

SHOWN = ("kind", "title", "unit", "person", "due", "responsibility", "deliverable", "authority")
SHOWN_OF_TARGETS = ("comparator", "value", "measure_text")


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal among many: its card, whether it is chosen, and what is amiss with it."""

    card: Card
    is_chosen: bool
    question_text: str
    fault_text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Which proposals an address means: rows by number, a table, an unknown unit, a rule."""

    rows: frozenset[int]
    table: int | None
    name: str
    alike: int

    def of(self, cards: Sequence[Card]) -> tuple[Card, ...]:
        """Return the proposals to decide that are meant, in the order of the text."""
        model = next((card for card in cards if card.n == self.alike), None)
        return tuple(card for card in cards if card.state == "open" and self._means(card, model))

    def _means(self, card: Card, model: Card | None) -> bool:
        return (
            card.n in self.rows
            or (self.table is not None and card.table == self.table)
            or (bool(self.name) and awaited_unit(card) == self.name)
            or (model is not None and (card.kind, card.rule) == (model.kind, model.rule))
        )


def choice_of(given: Mapping[str, str], rows: Iterable[str]) -> Choice:
    """Return which proposals an address means; what it cannot mean is left out."""
    table = given.get("table", "")
    return Choice(
        rows=frozenset(filter(None, map(proposal_number, rows))),
        table=int(table) if table.isdecimal() and len(table) <= MOST_DIGITS else None,
        name=given.get("name", ""),
        alike=proposal_number(given.get("alike", "")),
    )


def lines_of(
    cards: Sequence[Card], *, chosen: frozenset[int] | None, faults: Mapping[int, str]
) -> tuple[Line, ...]:
    """Return the proposals as lines; unless somebody chose, those with a question are left out."""
    return tuple(
        Line(
            card=card,
            is_chosen=card.n in chosen if chosen is not None else not card.questions,
            question_text=", ".join(word(QUESTIONS, code) for code in card.questions),
            fault_text=faults.get(card.n, ""),
        )
        for card in cards
    )


def said_of(cards: Iterable[Card]) -> str:
    """Return the digest of what the page shows: only that is confirmed."""
    said = (
        "\x1f".join([str(card.n), str(card.turn), *(str(getattr(card, name)) for name in names)])
        for card in cards
        for names in [(*SHOWN, *SHOWN_OF_TARGETS)]
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
