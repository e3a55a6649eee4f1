"""How far back a rule looks: no further than it needs to have enough to look at.

Twice the fewest are enough: what a unit did long ago is no question about this period. A figure
that stays as it is, such as the number of schools, is one figure however often it is told.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from lotrinh.rules.integrity.grains import Grain

_ENOUGH = 2


def enough_by_unit(rows: Iterable[Grain], fewest: int) -> dict[int, list[Grain]]:
    """Return by unit the figures of its last periods, as few periods as make twice the fewest.

    A unit without a figure in the period that is looked at, or with fewer in all of them, is
    absent.
    """
    held: dict[int, dict[int, list[Grain]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        held[row.told.unit][row.told.back].append(row)
    found = {}
    for unit, periods in held.items():
        if 0 not in periods:
            continue
        taken: list[Grain] = []
        said: set[tuple[int, Decimal]] = set()
        for back in sorted(periods):
            for row in periods[back]:
                taken += [row] if _said(row) not in said else []
                said.add(_said(row))
            if len(taken) >= _ENOUGH * fewest:
                break
        if len(taken) >= fewest:
            found[unit] = taken
    return found


def _said(row: Grain) -> tuple[int, Decimal]:
    return row.told.measure, row.told.value
