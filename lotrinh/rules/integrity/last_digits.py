"""Last digits that counting does not give: of what is counted, every last digit is as frequent.

People who make numbers up have digits that they like. What all units tell of a measure is its
yardstick, so that a measure with a custom of its own accuses nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from lotrinh.rules.integrity.chances import DIGITS, one_in, squares_at_least
from lotrinh.rules.integrity.facts import IntegrityRule, Limits, Numbers, Question, Told
from lotrinh.rules.integrity.grains import Grain, counted, grains_of
from lotrinh.rules.integrity.windows import enough_by_unit

_FEWEST_EXPECTED = 4
_WEIGHT = 100
"""So many figures of even digits are added to those seen: few that were seen say little."""


def last_digits(told: Sequence[Told], limits: Limits) -> Iterator[Question]:
    """Yield a question to each unit whose last digits are too uneven."""
    rows = list(counted(told, grains_of(told)))
    usual = _usual(rows)
    for unit, held in sorted(enough_by_unit(rows, limits.digits).items()):
        counts = Counter(row.last for row in held)
        expected = [sum(usual[row.told.measure][digit] for row in held) for digit in range(DIGITS)]
        if min(expected) < _FEWEST_EXPECTED:
            continue
        chance = squares_at_least([counts[digit] for digit in range(DIGITS)], expected)
        if chance >= limits.chance:
            continue
        most = max(range(DIGITS), key=lambda digit: (counts[digit] - expected[digit], -digit))
        data: Numbers = {
            "digit": most,
            "times": counts[most],
            "figures": len(held),
            "one_in": one_in(chance),
        }
        keys = tuple(sorted(row.told.key for row in held if row.last == most))
        yield Question(IntegrityRule.LAST_DIGITS, unit, keys, data)


def _usual(rows: Iterable[Grain]) -> dict[int, list[float]]:
    """Return by measure how frequent each last digit is."""
    seen: dict[int, Counter[int]] = defaultdict(Counter)
    for row in rows:
        seen[row.told.measure][row.last] += 1
    return {
        measure: [
            (counts[digit] + _WEIGHT / DIGITS) / (counts.total() + _WEIGHT)
            for digit in range(DIGITS)
        ]
        for measure, counts in seen.items()
    }
