"""Rows cloned between units: two of them tell the same figures of one period, line by line.

Two units may tell 120 by chance; that they agree in line after line is asked about. A figure that
many units tell is no sign, nor are noughts and small counts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from lotrinh.rules.integrity.chances import at_least, one_in
from lotrinh.rules.integrity.facts import IntegrityRule, Limits, Numbers, Question, Told
from lotrinh.rules.integrity.grains import grains_of, in_grains

_COMMON = 20
"""A figure that more than one unit of so many tells, and more than three, is a common one."""
_FEW = 3
_LEAST_USUAL = 0.005
_A_THIRD = 3
Said = tuple[Decimal, Decimal | None]


def cloned_rows(told: Sequence[Told], limits: Limits) -> Iterator[Question]:
    """Yield a question to each of two units whose figures of this period are too much alike."""
    grains = grains_of(told)
    rows = [one for one in told if one.back == 0 and in_grains(one, grains) >= limits.smallest]
    said: dict[int, dict[Said, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for one in rows:
        said[one.measure][one.value, one.over].append(one)
    lines = Counter(one.unit for one in rows)
    measures = {unit: frozenset[int]() for unit in lines}
    for one in rows:
        measures[one.unit] |= {one.measure}
    most = max(_FEW, len(lines) // _COMMON)
    chances = {measure: _chance(held, most) for measure, held in said.items()}
    pairs = len(lines) * (len(lines) - 1) // 2
    for (unit, other), alike in sorted(_alike(said, most).items()):
        if len(alike) < limits.clones or _A_THIRD * len(alike) < min(lines[unit], lines[other]):
            continue
        common = measures[unit] & measures[other]
        chance = pairs * at_least(len(alike), [chances[measure] for measure in sorted(common)])
        if chance < limits.chance:
            data: Numbers = {"alike": len(alike), "lines": len(common), "one_in": one_in(chance)}
            keys = tuple(sorted(row.key for both in alike for row in both))
            yield Question(IntegrityRule.CLONED_ROWS, unit, keys, data, (other,))
            yield Question(IntegrityRule.CLONED_ROWS, other, keys, data, (unit,))


def _chance(held: dict[Said, list[Told]], most: int) -> float:
    """Return how likely two units tell the same of a measure, and no common figure."""
    seen = sum(map(len, held.values()))
    same = sum(len(rows) * (len(rows) - 1) for rows in held.values() if len(rows) <= most)
    return max(_LEAST_USUAL, same / (seen * (seen - 1))) if seen > 1 else 1.0


def _alike(
    said: dict[int, dict[Said, list[Told]]], most: int
) -> dict[tuple[int, int], list[tuple[Told, Told]]]:
    """Return by two units the figures in which they agree, but for common ones."""
    found: dict[tuple[int, int], list[tuple[Told, Told]]] = defaultdict(list)
    for held in said.values():
        for rows in held.values():
            if len(rows) <= most:
                for one, other in combinations(sorted(rows, key=lambda row: row.unit), 2):
                    found[one.unit, other.unit].append((one, other))
    return found
