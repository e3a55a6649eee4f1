"""Parts that do not sum: what a unit told of shorter periods is not what it tells of the longer.

Only where every shorter period was told of, so that nothing missing is taken for nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from lotrinh.rules.integrity.chances import as_number
from lotrinh.rules.integrity.facts import IntegrityRule, Limits, Numbers, Question, Split


def parts_differ(splits: Sequence[Split], limits: Limits) -> Iterator[Question]:
    """Yield a question to each unit whose periods do not add up."""
    found: dict[int, list[Split]] = defaultdict(list)
    for one in splits:
        off = abs(_sum(one) - Fraction(one.whole.value))
        least = max(abs(_sum(one)), abs(Fraction(one.whole.value)))
        if one.parts and least >= limits.smallest and off > least * limits.parts_within:
            found[one.whole.unit].append(one)
    for unit, held in sorted(found.items()):
        worst = max(held, key=lambda one: abs(_sum(one) - Fraction(one.whole.value)))
        keys = [key.key for one in held for key in (one.whole, *one.parts)]
        data: Numbers = {
            "lines": len(held),
            "value": worst.whole.value,
            "total": as_number(float(_sum(worst))),
        }
        yield Question(IntegrityRule.PARTS_DIFFER, unit, tuple(sorted(keys)), data)


def _sum(one: Split) -> Fraction:
    return sum((Fraction(part.value) for part in one.parts), Fraction(0))
