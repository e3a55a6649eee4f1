"""Rows cloned from the unit's own last period: line after line tells the very same again.

Some measures hardly move, such as the number of schools: how many units tell the same again of a
measure is its yardstick.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from lotrinh.rules.integrity.chances import as_number, at_least, one_in, share_of
from lotrinh.rules.integrity.facts import IntegrityRule, Limits, Numbers, Question, Told
from lotrinh.rules.integrity.grains import grains_of, in_grains

_LEAST_USUAL = 0.02
_HALF = 2


def repeated_rows(told: Sequence[Told], limits: Limits) -> Iterator[Question]:
    """Yield a question to each unit that tells too much of its last period once more."""
    grains = grains_of(told)
    before = {(one.unit, one.measure): one for one in told if one.back == 1}
    held: dict[int, list[tuple[Told, Told]]] = defaultdict(list)
    for one in told:
        last = before.get((one.unit, one.measure)) if one.back == 0 else None
        if last is not None and in_grains(one, grains) >= limits.smallest:
            held[one.unit].append((one, last))
    seen, happened = Counter[int](), Counter[int]()
    for rows in held.values():
        for one, last in rows:
            seen[one.measure] += 1
            happened[one.measure] += _is_same(one, last)
    for unit, rows in sorted(held.items()):
        same = [(one, last) for one, last in rows if _is_same(one, last)]
        if len(same) < limits.clones or _HALF * len(same) < len(rows):
            continue
        chances = [
            share_of(happened[one.measure], seen[one.measure], least=_LEAST_USUAL)
            for one, _ in rows
        ]
        chance = at_least(len(same), chances)
        if chance < limits.chance:
            data: Numbers = {
                "alike": len(same),
                "lines": len(rows),
                "expected": as_number(sum(chances)),
                "one_in": one_in(chance),
            }
            keys = tuple(sorted(row.key for both in same for row in both))
            yield Question(IntegrityRule.REPEATED_ROWS, unit, keys, data)


def _is_same(one: Told, last: Told) -> bool:
    return (one.value, one.over) == (last.value, last.over)
