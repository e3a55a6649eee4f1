"""In which order the desk asks: what has a question first, or as the text goes; filtered or whole.

The order and the filter stand in the address, so that a page can be sent to a colleague and a
decision leads back to the same view.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lotrinh.web.answers import address
from lotrinh.web.presenters.desk import Card
from lotrinh.web.presenters.questions import ANY, CONTRADICTED, QUESTIONS, counts
from lotrinh.web.wording import word

MOST_OPEN = 50
"""How many proposals to decide one page prints with their forms."""

BY_TEXT = "text"
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address or a form asks of the desk: a filter, an order, the proposal to look at.

    ``then`` is the proposal to go on to, as the form says that was sent.
    """

    ask: str = ""
    order: str = ""
    at: int = 0
    then: int = 0

    def url(self, page: str, *, at: int | None = None, **changed: str) -> str:
        """Return the address of the desk with this view."""
        view = {"ask": self.ask, "order": self.order, **changed}
        return address(page, at=at, **view)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter or an order to choose, with how many proposals it leaves."""

    text: str
    count: int | None
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Window:
    """The proposals to decide that a page prints: ``MOST_OPEN`` at most, and around the open one.

    ``before`` and ``after`` count what it leaves out; ``before_at`` and ``after_at`` are the
    numbers at which to go on, None where nothing is left out.
    """

    cards: tuple[Card, ...]
    before: int
    before_at: int | None
    after: int
    after_at: int | None


def asked(given: Mapping[str, str]) -> Asked:
    """Return what an address asks for; what it cannot mean is left out."""
    ask, order = given.get("ask", ""), given.get("order", "")
    return Asked(
        ask=ask if ask == ANY or ask in QUESTIONS else "",
        order=order if order == BY_TEXT else "",
        at=proposal_number(given.get("at", "")),
        then=proposal_number(given.get("then", "")),
    )


def proposal_number(typed: str) -> int:
    """Return the number that is asked for, 0 where it is none that a proposal can have."""
    return int(typed) if typed.isdecimal() and len(typed) <= MOST_DIGITS else 0


def in_order(cards: Sequence[Card], view: Asked) -> tuple[Card, ...]:
    """Return the proposals to decide that the view shows, in its order.

    The cards come in the order of the text; it is kept among those that are contradicted, those
    with another question and those with none.
    """
    still = [card for card in cards if card.state == "open" and _is_shown(card, view)]
    if view.order == BY_TEXT:
        return tuple(still)
    return tuple(
        sorted(still, key=lambda card: (CONTRADICTED not in card.questions, not card.questions))
    )


def here_of(cards: Sequence[Card], ordered: Sequence[Card], at: int) -> int | None:
    """Return the proposal to decide now: the one asked for, the next in the text, or the first."""
    shown = {card.n for card in ordered}
    place = next((place for place, card in enumerate(cards) if card.n == at), len(cards))
    later = (card.n for card in cards[place:] if card.n in shown)
    return next(later, ordered[0].n if ordered else None)


def window_of(ordered: Sequence[Card], here: int | None) -> Window:
    """Return the proposals from ``here`` on, as many as one page prints.

    Where fewer follow, the page is filled with those before; all are there when all fit.
    """
    place = next((place for place, card in enumerate(ordered) if card.n == here), 0)
    first = min(place, max(len(ordered) - MOST_OPEN, 0))
    last = first + MOST_OPEN
    return Window(
        cards=tuple(ordered[first:last]),
        before=first,
        before_at=ordered[max(first - MOST_OPEN, 0)].n if first else None,
        after=len(ordered[last:]),
        after_at=ordered[last].n if last < len(ordered) else None,
    )


def chips(cards: Sequence[Card], view: Asked, page: str) -> tuple[Chip, ...]:
    """Return the filters that leave anything, each with its count; none where nothing is asked."""
    still = [card for card in cards if card.state == "open"]
    found = counts(card.questions for card in still)
    if not found[ANY] and not view.ask:
        return ()
    words = {"": _("all"), ANY: _("with a question")}
    words |= {code: word(QUESTIONS, code) for code in QUESTIONS}
    return tuple(
        Chip(
            text=text,
            count=found.get(code, len(still)),
            url=view.url(page, ask=code),
            is_current=view.ask == code,
        )
        for code, text in words.items()
        if not code or found[code] or view.ask == code
    )


def orders(cards: Sequence[Card], view: Asked, page: str) -> tuple[Chip, ...]:
    """Return the two orders, where they differ."""
    if not any(card.questions for card in cards if card.state == "open"):
        return ()
    return (
        Chip(_("questions first"), None, view.url(page, order=""), view.order != BY_TEXT),
        Chip(_("as in the text"), None, view.url(page, order=BY_TEXT), view.order == BY_TEXT),
    )


def _is_shown(card: Card, view: Asked) -> bool:
    return not view.ask or (bool(card.questions) if view.ask == ANY else view.ask in card.questions)
