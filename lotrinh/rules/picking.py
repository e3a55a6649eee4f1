"""Totals that are no sums: the highest, the lowest, the last and a state, picked up the whole tree.

This is what ``rules.totals`` says of a period in which every unit that told anything stands where
it stood, in one pass over all units in place of one walk for each. Figures of units that have ended
or given parts away are rolled by the rules themselves.
"""

from collections.abc import Mapping, Sequence

from lotrinh.rules.ledger import Counted, said_of
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import NoTotal

_SEVERAL = said_of(None, NoTotal.SEVERAL)
_DOES_NOT_ADD = said_of(None, NoTotal.DOES_NOT_ADD)


def picked(
    rollup: Rollup,
    parents: Mapping[int, int | None],
    order: Sequence[int],
    values: Mapping[int, int],
) -> dict[int, Counted]:
    """Return what is picked for each unit at or below which somebody told something.

    ``order`` are the units from the root down (``lanes.downward``), ``values`` in millionths what
    units told, each of which stands in the tree.

    >>> picked(Rollup.MAX, {1: None, 2: 1, 3: 1}, [1, 2, 3], {2: 4, 3: 9})[1]
    Counted(amount=9, base=0)
    """
    if rollup is Rollup.MAX:
        return _best(parents, order, values, 1)
    if rollup is Rollup.MIN:
        return _best(parents, order, values, -1)
    found = _shared(parents, order, values)
    if rollup is Rollup.NONE:
        found = dict.fromkeys(found, _DOES_NOT_ADD)
    return found | {unit: Counted(value, 0) for unit, value in values.items()}


def _best(
    parents: Mapping[int, int | None], order: Sequence[int], values: Mapping[int, int], sign: int
) -> dict[int, Counted]:
    best = {unit: sign * value for unit, value in values.items()}
    for unit in reversed(order):
        above = parents[unit]
        if above is not None and unit in best and above in parents:
            best[above] = max(best[unit], best.get(above, best[unit]))
    return {unit: Counted(sign * value, 0) for unit, value in best.items()}


def _shared(
    parents: Mapping[int, int | None], order: Sequence[int], values: Mapping[int, int]
) -> dict[int, Counted]:
    """Return the value that all at or below a unit told alike, or that they told several."""
    found = {unit: Counted(value, 0) for unit, value in values.items()}
    for unit in reversed(order):
        above = parents[unit]
        if above is not None and unit in found and above in parents:
            alike = found.get(above, found[unit]) == found[unit]
            found[above] = found[unit] if alike else _SEVERAL
    return found
