"""What can be done on the desk to more than one proposal, and what was done last."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.intake.selectors import turns_of
from lotrinh.web.presenters.desk import Card
from lotrinh.web.wording import word

if TYPE_CHECKING:
    from lotrinh.apps.intake.models import Candidate
    from lotrinh.apps.intake.selectors import DoneAct, Meanwhile
    from lotrinh.web.presenters.likeness import Elsewhere
    from lotrinh.web.wording import Words

LEAST_ROWS = 2
"""How many proposals to decide make a table worth a block."""

VERDICTS: "Words" = {
    "confirmed": gettext_lazy("accepted"),
    "rejected": gettext_lazy("dropped"),
    "reopened": gettext_lazy("opened again"),
    "replaced": gettext_lazy("split or merged"),
    "withdrawn": gettext_lazy("taken back"),
}
"""What was done to a proposal, as a line about it says."""


_ONE: "Words" = {
    "added": gettext_lazy("proposal %(n)s added"),
    "replaced": gettext_lazy("proposal %(n)s split"),
    "rejected": gettext_lazy("proposal %(n)s dropped"),
    "confirmed": gettext_lazy("proposal %(n)s accepted"),
}
_MANY: "Words" = {
    "replaced": gettext_lazy("%(n)s proposals merged"),
    "rejected": gettext_lazy("%(n)s proposals dropped"),
    "confirmed": gettext_lazy("%(n)s proposals accepted"),
}
"""What the undo button takes back: one proposal by its number, or how many."""


@dataclass(frozen=True, slots=True)
class Undo:
    """The last act of the reader, to be taken back: its key and what it was."""

    key: UUID | None
    text: str


@dataclass(frozen=True, slots=True)
class TableBlock:
    """The proposals of one table that are to decide."""

    table: int
    count: int
    passage: int | None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a proposal on the desk: where to go on, and what is like it.

    ``follower`` is the next of its kind in the text that is to decide. ``same`` counts the open
    proposals that wait for the same unknown unit, ``alike`` those found by the same rule.
    ``elsewhere`` is what the text in another language says of it.
    """

    then: int | None
    follower: Card | None
    same: int
    alike: int
    elsewhere: "tuple[Elsewhere, ...]" = ()


def last_act(done: "DoneAct | None") -> Undo | None:
    """Return what the undo button takes back, in words."""
    if done is None:
        return None
    if done.count > 1:
        return Undo(done.client_key, word(_MANY, done.verdict or "") % {"n": done.count})
    return Undo(done.client_key, word(_ONE, done.verdict or "added") % {"n": done.ordinal})


def blocks(cards: Sequence[Card]) -> tuple[TableBlock, ...]:
    """Return the tables of which several rows are to decide, in the order of the text."""
    rows: dict[int, list[Card]] = {}
    for card in cards:
        if card.state == "open" and card.table is not None:
            rows.setdefault(card.table, []).append(card)
    return tuple(
        TableBlock(table, len(found), found[0].clause_number)
        for table, found in sorted(rows.items())
        if len(found) >= LEAST_ROWS
    )


def around(shown: Sequence[Card], cards: Sequence[Card]) -> list[tuple[Card, Around]]:
    """Return the proposals of a page, each with what stands around it among all of the desk."""
    still = [card for card in cards if card.state == "open"]
    waiting = Counter(awaited_unit(card) for card in still)
    rules = Counter((card.kind, card.rule) for card in still)
    followers = {
        one.n: other
        for kind in ("task", "target")
        for one, other in pairwise(card for card in still if card.kind == kind)
    }
    thens = {one.n: other.n for one, other in pairwise(shown)}
    return [
        (
            card,
            Around(
                then=thens.get(card.n),
                follower=followers.get(card.n),
                same=waiting[awaited_unit(card)] if awaited_unit(card) else 0,
                alike=rules[card.kind, card.rule],
            ),
        )
        for card in shown
    ]


def awaited_unit(card: Card) -> str:
    """Return the name in the text for which no unit has been found or chosen yet."""
    return card.unit_as_read or "" if not card.unit else ""


def meanwhile(found: "Iterable[Meanwhile]") -> list[str]:
    """Return what others decided, one sentence each."""
    return [
        _("%(who)s: proposal %(n)s %(done)s.")
        % {"who": row.by_name or "?", "n": row.ordinal, "done": word(VERDICTS, row.verdict)}
        for row in found
    ]


def last_decision(candidates: "Iterable[Candidate]") -> int:
    """Return the number of the latest decision that this page shows, 0 before the first."""
    turns = (turn.pk for row in candidates for turn in turns_of(row))
    return max(turns, default=0)
