"""Too many round figures: they end in 0 or 5, or nothing but noughts follows two digits.

Of what is counted every fifth figure ends so. Where a measure is told more roundly by all, that
share is its yardstick.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from lotrinh.rules.integrity.chances import as_number, at_least, one_in, share_of
from lotrinh.rules.integrity.facts import IntegrityRule, Limits, Numbers, Question, Told
from lotrinh.rules.integrity.grains import FEWEST_DIGITS, Grain, counted, grains_of
from lotrinh.rules.integrity.windows import enough_by_unit

_EVERY_FIFTH = 0.2
_TWICE_AS_MANY = 2
"""So many times what is expected: a share that chance alone does not explain may yet be small."""


def round_numbers(told: Sequence[Told], limits: Limits) -> Iterator[Question]:
    """Yield a question to each unit of whose figures too many are round."""
    rows = list(counted(told, grains_of(told)))
    ends = _usual(rows, lambda row: row.ends_round, lambda row: _EVERY_FIFTH, by_length=False)
    pairs = _usual(rows, lambda row: row.has_two_figures, _chance_of_two_figures, by_length=True)
    for unit, held in sorted(enough_by_unit(rows, limits.figures).items()):
        longer = [row for row in held if row.digits > FEWEST_DIGITS]
        tries = [
            _judged(unit, held, [row for row in held if row.ends_round], ends),
            _judged(unit, longer, [row for row in longer if row.has_two_figures], pairs, two=1),
        ]
        chance, question = min(tries, key=lambda each: each[0])
        if question is not None and chance * len(tries) < limits.chance:
            yield question


Usual = Callable[[Grain], float]


def _usual(
    rows: Iterable[Grain], holds: Callable[[Grain], bool], least: Usual, *, by_length: bool
) -> Usual:
    """Return how usual it is of each figure, by its measure, and by its length where that tells."""
    seen, happened = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for row in rows:
        key = row.told.measure, row.digits if by_length else 0
        seen[key] += 1
        happened[key] += holds(row)

    def usual(row: Grain) -> float:
        key = row.told.measure, row.digits if by_length else 0
        return share_of(happened[key], seen[key], least=least(row))

    return usual


def _chance_of_two_figures(row: Grain) -> float:
    return float(10.0 ** (FEWEST_DIGITS - 1 - row.digits))


def _judged(
    unit: int, held: Sequence[Grain], found: Sequence[Grain], usual: Usual, *, two: int = 0
) -> tuple[float, Question | None]:
    chances = [usual(row) for row in held]
    expected = sum(chances)
    if not found or len(found) < _TWICE_AS_MANY * expected:
        return 1.0, None
    chance = at_least(len(found), chances)
    data: Numbers = {
        "round": len(found),
        "figures": len(held),
        "expected": as_number(expected),
        "one_in": one_in(chance),
        "two": two,
    }
    keys = tuple(sorted(row.told.key for row in found))
    return chance, Question(IntegrityRule.ROUND_NUMBERS, unit, keys, data)
