"""Which unit follows which when the organisation changes, and who answers for what was owed.

A change is an event with its day and legal basis. History is never re-pointed: what a unit did
stays under its name, and an edge from the unit to its successor says where to ask now. Of all edges
that leave a unit which ends, exactly one *answers*: it leads to the unit that has taken over what
is still owed. A unit that lives on (partial) needs none. Shares of population or area are stated by
the legal text or left out; they are never guessed. Source: the forms of reorganisation in
administrative practice (rename, merge, split, partial, abolish, create, resubordinate), many to
many since new communes were formed from parts of several old ones.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ChangeKind(StrEnum):
    """What happened to the organisation."""

    CREATE = "create"
    RENAME = "rename"
    RESUBORDINATE = "resubordinate"  # the same unit under another superior
    ABOLISH = "abolish"  # ends; a receiver answers for what it owed
    MERGE = "merge"  # several become one
    SPLIT = "split"  # one becomes several
    PARTIAL = "partial"  # parts of several become one or more; units may live on
    REPLACE = "replace"  # one ends and one takes its place


@dataclass(frozen=True, slots=True)
class Edge:
    """That ``target`` follows ``source``, wholly or by a ``share`` in (0, 1] where one is stated.

    ``answers``: the target has taken over what the source still owed.
    """

    source: int
    target: int
    answers: bool = True
    whole: bool = True
    share: Decimal | None = None


class WrongForm(StrEnum):
    """Why a succession does not have the form of its kind."""

    NO_SUCCESSOR = "no_successor"
    ONE_SUCCESSOR = "one_successor"
    SEVERAL_SUCCESSORS = "several_successors"
    SEVERAL_PREDECESSORS = "several_predecessors"
    FOLLOWS_ITSELF = "follows_itself"
    NOBODY_ANSWERS = "nobody_answers"
    SHARE_OUT_OF_RANGE = "share_out_of_range"
    SHARES_ABOVE_WHOLE = "shares_above_whole"
    ANSWERS_IN_CIRCLE = "answers_in_circle"


def wrong_forms(
    kind: ChangeKind, edges: Iterable[Edge], *, ending: Iterable[int]
) -> set[WrongForm]:
    """Return what is wrong with the edges of one change; empty where the form is right.

    ``ending`` are the units that stand no more from that day. A merger has one successor and
    several predecessors, a split the reverse, an abolition one receiver for each unit; of every
    unit that ends exactly one edge answers.

    >>> wrong_forms(ChangeKind.MERGE, [Edge(1, 3), Edge(2, 3)], ending=[1, 2])
    set()
    >>> wrong_forms(ChangeKind.SPLIT, [Edge(1, 2)], ending=[1])
    {<WrongForm.ONE_SUCCESSOR: 'one_successor'>}
    """
    held, gone = list(edges), set(ending)
    sources, targets = {edge.source for edge in held}, {edge.target for edge in held}
    found = {WrongForm.FOLLOWS_ITSELF for edge in held if edge.source == edge.target}
    found |= {WrongForm.FOLLOWS_ITSELF for edge in held if edge.target in gone}
    if gone - sources:
        found.add(WrongForm.NO_SUCCESSOR)
    answering = Counter(edge.source for edge in held if edge.answers)
    if any(answering[unit] != 1 for unit in gone & sources):
        found.add(WrongForm.NOBODY_ANSWERS)
    found |= _wrong_numbers(kind, len(sources), len(targets))
    return found | _wrong_shares(held)


def _wrong_numbers(kind: ChangeKind, sources: int, targets: int) -> set[WrongForm]:
    found = set()
    if kind in {ChangeKind.MERGE, ChangeKind.REPLACE, ChangeKind.ABOLISH} and targets > 1:
        found.add(WrongForm.SEVERAL_SUCCESSORS)
    if kind is ChangeKind.SPLIT and targets == 1:
        found.add(WrongForm.ONE_SUCCESSOR)
    if kind in {ChangeKind.SPLIT, ChangeKind.REPLACE} and sources > 1:
        found.add(WrongForm.SEVERAL_PREDECESSORS)
    return found


def _wrong_shares(edges: list[Edge]) -> set[WrongForm]:
    found = set()
    stated: dict[int, Decimal] = {}
    for edge in edges:
        if edge.share is None:
            continue
        if not 0 < edge.share <= 1:
            found.add(WrongForm.SHARE_OUT_OF_RANGE)
        stated[edge.source] = stated.get(edge.source, Decimal(0)) + edge.share
    if any(total > 1 for total in stated.values()):
        found.add(WrongForm.SHARES_ABOVE_WHOLE)
    return found


def leads_back(edge: Edge, heirs: Mapping[int, tuple[date, int]]) -> bool:
    """Say whether, with the edge, units would one day answer for each other in a circle.

    ``heirs`` are those of all days, planned ones included, without the edge.

    >>> leads_back(Edge(1, 2), {2: (date(2025, 7, 1), 1)})
    True
    """
    unit = edge.target
    while unit != edge.source and unit in heirs:
        unit = heirs[unit][1]
    return unit == edge.source


def answering(unit: int, on: date, heirs: Mapping[int, tuple[date, int]]) -> int:
    """Return who answers on that day for what the unit owed.

    ``heirs`` gives for each unit that ended the day and the unit that answers since. A unit that
    has not ended by that day answers for itself.

    >>> heirs = {1: (date(2025, 1, 1), 2), 2: (date(2025, 7, 1), 3)}
    >>> [answering(1, date(year, 7, 1), heirs) for year in (2024, 2025)]
    [1, 3]
    """
    asked = {unit}
    while unit in heirs and heirs[unit][0] <= on:
        unit = heirs[unit][1]
        if unit in asked:
            raise ValueError(f"units answer for each other in a circle: {sorted(asked)}")
        asked.add(unit)
    return unit
