"""Places in a ranking that are aimed at: "trong nhóm 10 tỉnh dẫn đầu", "among the top 15".

The number there counts nothing that is reached or owned: it is the lowest place that will do.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.numbers import word_value
from lotrinh.reading.quantities import Quantity
from lotrinh.reading.text import Source

_GUARDS = lexicon("guards")["ranks"]
_TOP = re.compile(
    rf"(?<!\w){any_of(_GUARDS['top_before'])}\s(?P<number>\d{{1,3}}(?!\d|[.,/]\d|\s?%)|[a-z]+)"
)
_RANKED = re.compile(rf"\s{any_of(_GUARDS['ranked'])}(?!\w)")
_LAST_PLACE = 200  # of more things nobody names the first so many


def with_ranks(source: Source, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities in order, those that are places in a ranking told as such."""
    found = (_rank_at(source, top) for top in _TOP.finditer(source.folded))
    ranks = {rank.digits: rank for rank in found if rank is not None}
    if not ranks:
        return list(quantities)
    kept = [quantity for quantity in quantities if quantity.digits not in ranks]
    return sorted([*kept, *ranks.values()], key=lambda quantity: quantity.digits)


def _rank_at(source: Source, top: re.Match[str]) -> Quantity | None:
    start, end = top.span("number")
    digits = source.folded[start:end]
    value = Decimal(digits) if digits.isdecimal() else word_value(source, start, end)
    things = _RANKED.match(source.folded, end)
    if value is None or not 0 < value <= _LAST_PLACE:
        return None
    if things is None and not top.group().startswith("top"):
        return None
    last = things.end() if things else end
    return Quantity(
        top.start(), start, last, "amount", value, unit="rank", unit_at=end, comparator="<="
    )
