"""Laws of the tree for ten thousand random histories, held against the plainest model there is.

The model knows for every day who stands under whom and nothing else. A history founds, moves and
ends units on days in any order; what is refused leaves both as they were.
"""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from lotrinh.rules.placement import Place, Refused, Step, TreeHistory

FIRST = date(2025, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(9)]
UNITS = range(1, 7)
HISTORIES, BATCHES = 10_000, 10

Model = dict[date, dict[int, int | None]]


def drawn_step(chance: Random, history: TreeHistory) -> tuple[str, int, int | None, date, Step]:
    """Return a step that the rules allow, found by trying. Raises Refused."""
    verb = chance.choice(["found", "found", "found", "move", "move", "end"])
    unit, other, day = chance.choice(UNITS), chance.choice(UNITS), chance.choice(DAYS)
    if verb == "found":
        day = min(day, chance.choice(DAYS), chance.choice(DAYS))
        parent = None if unit == 1 else other
        return verb, unit, parent, day, history.found(unit, parent, day)
    if verb == "move":
        return verb, unit, other, day, history.move(unit, other, day)
    unit = max(unit, 2)  # without a root nothing could happen any more
    return verb, unit, None, day, history.end(unit, day)


def follow(model: Model, verb: str, unit: int, parent: int | None, day: date) -> None:
    """Let the model do the same."""
    for later in (each for each in DAYS if each >= day):
        if verb == "end":
            model[later].pop(unit, None)
        elif verb == "found" or unit in model[later]:
            model[later][unit] = parent


def chain(parents: dict[int, int | None], unit: int) -> tuple[int, ...]:
    """Return the way from the root by the parents of one day."""
    path = [unit]
    while parents[path[-1]] is not None:
        path.append(parents[path[-1]])
    return tuple(reversed(path))


def taken_back(history: TreeHistory, step: Step) -> set[Place]:
    """Return the places without the step: what it began is gone, what it ended is as before."""
    cut = {place._replace(until=step.day) for place in step.ended}
    return {place for place in history if place not in step.begun and place not in cut} | set(
        step.ended
    )


def wrong_with(history: TreeHistory, model: Model) -> list[str]:
    """Return where a history and the model differ, or a law is broken."""
    found = []
    for day in DAYS:
        stands = {
            place.unit: place
            for unit in UNITS
            if (place := history.place_of(unit, day)) is not None
        }
        if {unit: place.parent for unit, place in stands.items()} != model[day]:
            found.append(f"{day}: other parents")
        if set(history.standing(day)) != set(model[day]):
            found.append(f"{day}: others stand")
        for unit, place in stands.items():
            if place.parent is not None and place.parent not in stands:
                found.append(f"{day}: the parent of {unit} stands not")
            elif place.path != chain(model[day], unit):
                found.append(f"{day}: the path of {unit} is no chain")
    for unit in UNITS:
        held = sorted((place for place in history if place.unit == unit), key=lambda p: p.since)
        for one, other in pairwise(held):
            if one.until is None or one.until > other.since:
                found.append(f"unit {unit} stands twice")
    return found


def live(seed: int) -> tuple[int, list[str]]:
    """Live through one history; return how many steps were taken and what was wrong."""
    chance = Random(seed)  # noqa: S311 - chance of a test
    history, model = TreeHistory(), {day: {} for day in DAYS}
    taken, wrong = 0, []
    root = history.found(1, None, FIRST)
    history = history.after(root)
    follow(model, "found", 1, None, FIRST)
    for _ in range(chance.randint(20, 90)):
        try:
            verb, unit, parent, day, step = drawn_step(chance, history)
        except Refused:
            continue
        before = set(history)
        history = history.after(step)
        follow(model, verb, unit, parent, day)
        taken += 1
        if taken_back(history, step) != before:
            wrong.append(f"{verb} {unit} on {day} cannot be taken back")
    return taken, wrong + wrong_with(history, model)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_histories_keep_every_law_on_every_day(batch):
    size = HISTORIES // BATCHES
    steps = 0
    for seed in range(batch * size, (batch + 1) * size):
        taken, wrong = live(seed)
        assert wrong == [], f"history {seed}"
        steps += taken
    assert steps > 4 * size


def test_a_broken_rule_is_found():
    """A mutation: paths of those below stay as they were when their superior moves."""

    class Forgetful(TreeHistory):
        def move(self, unit, parent, day):
            step = super().move(unit, parent, day)
            begun = tuple(
                place if place.unit == unit else place._replace(path=old.path)
                for place, old in zip(step.begun, step.ended, strict=True)
            )
            return Step(step.day, step.ended, begun)

    history = Forgetful()
    model = {day: {} for day in DAYS}
    for verb, unit, parent in (
        ("found", 1, None),
        ("found", 2, 1),
        ("found", 3, 1),
        ("found", 4, 3),
    ):
        history = Forgetful(history.after(getattr(history, verb)(unit, parent, FIRST)))
        follow(model, verb, unit, parent, FIRST)
    history = Forgetful(history.after(history.move(3, 2, DAYS[3])))
    follow(model, "move", 3, 2, DAYS[3])

    assert f"{DAYS[3]}: the path of 4 is no chain" in wrong_with(history, model)
