"""Places in a ranking that are aimed at: "trong nhóm 10 tỉnh dẫn đầu", "among the top 15".

The number there counts nothing that is reached or owned: it is the lowest place that will do.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.quantities import Quantity
from lotrinh.reading.text import Source

_GUARDS = lexicon("guards")["ranks"]
_TOP = re.compile(rf"(?<!\w){any_of(_GUARDS['top_before'])}\s$")
_RANKED = re.compile(rf"\s{any_of(_GUARDS['ranked'])}(?!\w)")
_BEFORE = 32  # characters before a number in which the words of a ranking stand
_LAST_PLACE = 200  # of more things nobody names the first so many


def with_ranks(
    source: Source, numerals: Sequence[tuple[int, int]], quantities: Sequence[Quantity]
) -> list[Quantity]:
    """Return the quantities in order, those that are places in a ranking told as such."""
    ranks = {start: rank for start, end in numerals if (rank := _rank_at(source, start, end))}
    kept = [quantity for quantity in quantities if quantity.digits not in ranks]
    return sorted([*kept, *ranks.values()], key=lambda quantity: quantity.digits) if ranks else kept


def _rank_at(source: Source, start: int, end: int) -> Quantity | None:
    folded = source.folded
    top = _TOP.search(folded, max(0, start - _BEFORE), start)
    digits = folded[start:end]
    if top is None or not digits.isdecimal() or not 0 < int(digits) <= _LAST_PLACE:
        return None
    things = _RANKED.match(folded, end)
    if things is None and "top" not in top.group():
        return None
    last = things.end() if things else end
    return Quantity(
        top.start(), start, last, "amount", Decimal(digits), unit="rank", unit_at=end, comparator="<="
    )
