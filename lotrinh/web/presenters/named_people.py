"""The person whom a text names for a task, offered where the unit has exactly one who fits.

"Người phụ trách: đồng chí …" on the line below, or "đồng chí …, Giám đốc Sở …, chịu trách nhiệm" in
the passage itself. A name alone is no person: only a holder of a post of the unit on the card, on
the day of the page, is filled in; else the words of the text stand beside the empty field.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lotrinh.web.presenters.desk import Card
from lotrinh.web.presenters.names import PeopleNames, UnitNames

if TYPE_CHECKING:
    from lotrinh.apps.intake.models import Candidate, ReadingRun

NEAR = 600
"""How many characters behind a passage the line with its person begins at most."""
_BEFORE = re.compile(
    r"(?:phụ trách|chịu trách nhiệm|đầu mối|in charge|responsible)[^\n.;]{0,60}$", re.IGNORECASE
)
_BEHIND = re.compile(
    r"^[^\n.;]{0,120}?(?:chịu trách nhiệm|phụ trách|is responsible|is in charge)", re.IGNORECASE
)


def offered(
    cards: Sequence[Card],
    candidates: "Sequence[Candidate]",
    run: "ReadingRun",
    *,
    people: PeopleNames,
    names: UnitNames,
) -> list[Card]:
    """Return the cards, each task with the person whom the text names for it.

    The cards are those of the candidates, in the order of the text. What somebody typed stays.
    """
    text = run.rendition.text
    facts = [fact for fact in run.facts if fact["kind"] == "person" and _answers(text, fact)]
    if not facts:
        return list(cards)
    starts = sorted(row.start for row in candidates)
    ends = sorted(row.end for row in candidates)
    named = {
        row.ordinal: fact
        for row in candidates
        if row.kind == "task" and (fact := _named(row, starts, ends, facts)) is not None
    }
    return [
        _offered(card, named[card.n], text, people, names) if card.n in named else card
        for card in cards
    ]


def _named(
    row: "Candidate",
    starts: Sequence[int],
    ends: Sequence[int],
    facts: Sequence[Mapping[str, Any]],
) -> Mapping[str, Any] | None:
    """Return the person who is said to answer for a task: in its clause, or below it.

    What stands between two proposals belongs to the first, but for the beginning of a clause.
    """
    before, behind = bisect_right(ends, row.start), bisect_left(starts, row.end)
    first = min(row.clause.start, row.start) if row.clause else row.start
    first = max(first, ends[before - 1]) if before else first
    last = min(row.end + NEAR, starts[behind]) if behind < len(starts) else row.end + NEAR
    inside = (fact for fact in facts if first <= fact["start"] and fact["end"] <= last)
    return next(inside, None)


def _answers(text: str, fact: Mapping[str, Any]) -> bool:
    line = text.rfind("\n", 0, fact["start"]) + 1
    return bool(
        _BEFORE.search(text[line : fact["start"]])
        or _BEHIND.search(text[fact["end"] : fact["end"] + 200])
    )


def _offered(
    card: Card, fact: Mapping[str, Any], text: str, people: PeopleNames, names: UnitNames
) -> Card:
    role = " ".join((fact["role"] or "").split())
    said = ", ".join(word for word in (fact["name"], role) if word)
    unit_id = names.find_offered(card.unit) if card.unit else None
    post = role or text[fact["end"] : fact["end"] + 80].lstrip(" ,(")
    fitting = people.fitting(fact["name"], post, unit_id=unit_id) if unit_id is not None else ()
    fills = len(fitting) == 1 and not card.person and not card.is_kept and not card.errors
    return replace(
        card,
        person=fitting[0] if fills else card.person,
        person_as_read=said,
        missing=tuple(code for code in card.missing if not (fills and code == "person")),
        words={**card.words, "person": (fact["start"], fact["end"])},
    )
