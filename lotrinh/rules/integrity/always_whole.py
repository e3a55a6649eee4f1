"""Shares that are always exactly the whole: 212 of 212, line after line and period after period.

Where all units reach the whole of a measure it says nothing about one of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from lotrinh.rules.integrity.chances import as_number, at_least, one_in, share_of
from lotrinh.rules.integrity.facts import IntegrityRule, Limits, Numbers, Question, Told

_LEAST_USUAL = 0.05


def always_whole(told: Sequence[Told], limits: Limits) -> Iterator[Question]:
    """Yield a question to each unit all of whose shares are the whole, where others' are not."""
    held: dict[int, list[Told]] = defaultdict(list)
    seen, happened = Counter[int](), Counter[int]()
    for one in told:
        if one.over is not None and one.over >= limits.smallest:
            held[one.unit].append(one)
            seen[one.measure] += 1
            happened[one.measure] += one.value == one.over
    for unit, rows in sorted(held.items()):
        now = any(one.back == 0 for one in rows)
        if len(rows) < limits.wholes or not now or any(one.value != one.over for one in rows):
            continue
        chances = [
            share_of(happened[one.measure], seen[one.measure], least=_LEAST_USUAL) for one in rows
        ]
        chance = at_least(len(rows), chances)
        if chance < limits.chance:
            data: Numbers = {
                "shares": len(rows),
                "expected": as_number(sum(chances)),
                "one_in": one_in(chance),
            }
            keys = tuple(sorted(one.key for one in rows))
            yield Question(IntegrityRule.ALWAYS_WHOLE, unit, keys, data)
