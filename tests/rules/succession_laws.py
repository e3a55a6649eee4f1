"""Laws of succession for ten thousand random histories: somebody who stands always answers."""

from datetime import date, timedelta
from random import Random

import pytest

from lotrinh.rules.succession import ChangeKind, Edge, answering, leads_back, wrong_forms

FIRST = date(2025, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(8)]
HISTORIES, BATCHES = 10_000, 10
KINDS = [
    ChangeKind.ABOLISH,
    ChangeKind.MERGE,
    ChangeKind.SPLIT,
    ChangeKind.PARTIAL,
    ChangeKind.REPLACE,
]


class Register:
    """Who stands from when to when, and who answers for whom since when."""

    def __init__(self, units: int) -> None:
        self.begun = {unit: FIRST for unit in range(units)}
        self.ended: dict[int, date] = {}
        self.heirs: dict[int, tuple[date, int]] = {}

    def stands(self, unit: int, day: date) -> bool:
        return self.begun[unit] <= day and (unit not in self.ended or day < self.ended[unit])

    def change(self, kind: ChangeKind, edges: list[Edge], gone: set[int], day: date) -> bool:
        """Record a change as the rules allow it; say whether it was allowed."""
        if wrong_forms(kind, edges, ending=gone):
            return False
        if any(not self.stands(unit, day) or self.begun[unit] >= day for unit in gone):
            return False
        if any(unit in self.ended for unit in gone):
            return False
        if any(not self.stands(edge.target, day) for edge in edges):
            return False
        answers = [edge for edge in edges if edge.answers and edge.source in gone]
        if any(leads_back(edge, self.heirs) for edge in answers):
            return False
        for edge in answers:
            self.heirs[edge.source] = (day, edge.target)
            self.ended[edge.source] = day
        return True


def live(seed: int) -> tuple[int, list[str]]:
    """Live through one history; return how many units ended and what was wrong."""
    chance = Random(seed)  # noqa: S311 - chance of a test
    register = Register(chance.randint(2, 6))
    for _ in range(chance.randint(2, 12)):
        day = chance.choice(DAYS[1:])  # in any order: what comes later may be recorded first
        if chance.random() < 0.4:
            register.begun[len(register.begun)] = day
        known = list(register.begun)
        gone = set(chance.sample(known, min(len(known), chance.randint(1, 2))))
        targets = chance.sample(known, min(len(known), chance.randint(1, 2)))
        edges = [
            Edge(source, target, answers=place == 0)
            for source in gone
            for place, target in enumerate(targets)
        ]
        register.change(chance.choice(KINDS), edges, gone, day)
    return len(register.ended), wrong_with(register)


def wrong_with(register: Register) -> list[str]:
    found = []
    for day in DAYS:
        for unit, begun in register.begun.items():
            if begun > day:
                continue
            answers = answering(unit, day, register.heirs)
            if not register.stands(answers, day):
                found.append(f"{day}: nobody who stands answers for {unit}")
            if register.stands(unit, day) and answers != unit:
                found.append(f"{day}: {unit} stands and does not answer for itself")
    return found


@pytest.mark.parametrize("batch", range(BATCHES))
def test_somebody_who_stands_answers_for_every_unit_on_every_day(batch):
    size = HISTORIES // BATCHES
    ended = 0
    for seed in range(batch * size, (batch + 1) * size):
        gone, wrong = live(seed)
        assert wrong == [], f"history {seed}"
        ended += gone
    assert ended > size


def test_units_that_would_answer_for_each_other_are_found():
    heirs = {1: (DAYS[3], 2), 2: (DAYS[5], 3)}

    assert leads_back(Edge(3, 1), heirs)
    assert leads_back(Edge(4, 4), heirs)
    assert not leads_back(Edge(3, 4), heirs)
