"""Reports that always come in the last hour before their day is over, while others' do not.

It may be a habit; it leaves nobody time to look at what was handed in.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from lotrinh.rules.integrity.chances import as_number, at_least, one_in, share_of
from lotrinh.rules.integrity.facts import HandedIn, IntegrityRule, Limits, Numbers, Question

_LEAST_USUAL = 0.05
_A_MINUTE = 60


def last_hour(handed_in: Sequence[HandedIn], limits: Limits) -> Iterator[Question]:
    """Yield a question to each unit that has always handed in at the very end."""
    held: dict[int, list[HandedIn]] = defaultdict(list)
    for one in handed_in:
        held[one.unit].append(one)
    late = sum(1 for one in handed_in if _is_last(one, limits))
    usual = share_of(late, len(handed_in), least=_LEAST_USUAL)
    for unit, rows in sorted(held.items()):
        always = all(_is_last(one, limits) for one in rows)
        if len(rows) < limits.reports or not always or not any(one.back == 0 for one in rows):
            continue
        chance = at_least(len(rows), [usual] * len(rows))
        if chance < limits.chance:
            data: Numbers = {
                "reports": len(rows),
                "minutes": int(limits.last.total_seconds()) // _A_MINUTE,
                "expected": as_number(usual * len(rows)),
                "one_in": one_in(chance),
            }
            keys = tuple(sorted(one.key for one in rows))
            yield Question(IntegrityRule.LAST_HOUR, unit, keys, data)


def _is_last(one: HandedIn, limits: Limits) -> bool:
    return timedelta(0) <= one.before <= limits.last
