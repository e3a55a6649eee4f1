"""Many whole numbers kept as one: a row of a table of totals is added to another in one step.

Number ``i`` of a row is multiplied by 256 to the power of ``i`` times the width, and all are added
up. Adding two rows then adds every number of the one to its partner in the other, in one addition
of two long integers, exactly and with either sign: what would borrow from the next lane is given
back when the row is read. A row of a hundred numbers is so added as fast as a hundred bytes are
copied, without any library, and its bytes are what the database holds.

A lane of ``width`` bytes is read rightly while its number lies in [-half, half), half being
``room(width)``. Highest, lowest and last values are no sums: they are picked (``rules.picking``).
"""

import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

NARROW, WIDE = 8, 16
"""How many bytes a number has: most rows do with the first."""

COUNT = 4
"""How many bytes hold a number of units."""

_CODES = {1: "b", 2: "h", 4: "i", 8: "q"}
"""What the machine itself calls numbers of so many bytes."""


def room(width: int) -> int:
    """Return the first number above nought that a lane does not hold.

    >>> room(1)
    128
    """
    return 1 << (8 * width - 1)


@cache
def _halves(lanes: int, width: int) -> int:
    """Return the row that holds ``room(width)`` in each of so many lanes.

    Added to a row it lifts every number above nought, so that no lane borrows from the next.
    """
    return int.from_bytes((b"\0" * (width - 1) + b"\x80") * lanes, "little")


@cache
def _machine(lanes: int, width: int) -> struct.Struct:
    return struct.Struct(f"<{lanes}{_CODES[width]}")


def pack(numbers: Sequence[int], width: int) -> int:
    """Return the numbers as one. Raises OverflowError where one does not fit into its lane.

    >>> unpack(pack([3, -1, 0], 1) + pack([-5, 1, 7], 1), 3, 1)
    [-2, 0, 7]
    """
    if width in _CODES:
        try:
            data = _machine(len(numbers), width).pack(*numbers)
        except struct.error as error:
            raise OverflowError(f"no room in {width} bytes") from error
    else:
        data = b"".join(number.to_bytes(width, "little", signed=True) for number in numbers)
    halves = _halves(len(numbers), width)
    return (int.from_bytes(data, "little") ^ halves) - halves


def unpack(row: int, lanes: int, width: int) -> list[int]:
    """Return the first so many numbers of a row; lanes that nobody has filled hold 0."""
    halves, size = _halves(lanes, width), lanes * width
    lifted = (row + halves) & ((1 << (8 * size)) - 1)
    data = (lifted ^ halves).to_bytes(size, "little")
    if width in _CODES:
        return list(_machine(lanes, width).unpack(data))
    return [
        int.from_bytes(data[start : start + width], "little", signed=True)
        for start in range(0, size, width)
    ]


def lane(row: int, place: int, width: int) -> int:
    """Return the number at one place of a row.

    >>> [lane(pack([3, -1, 0], 1), place, 1) for place in range(4)]
    [3, -1, 0, 0]
    """
    half = room(width)
    lifted = (row + _halves(place + 1, width)) >> (8 * width * place)
    return (lifted & (2 * half - 1)) - half


def to_bytes(row: int) -> bytes:
    """Return a row as it is stored, without the empty lanes at its end.

    >>> from_bytes(to_bytes(pack([3, -1, 0], 1))) == pack([3, -1], 1)
    True
    """
    return row.to_bytes(row.bit_length() // 8 + 1, "little", signed=True) if row else b""


def from_bytes(data: bytes) -> int:
    """Return the row that was stored so."""
    return int.from_bytes(data, "little", signed=True)


def widened(row: int, lanes: int, width: int, wider: int) -> int:
    """Return the same numbers in lanes of another width."""
    return pack(unpack(row, lanes, width), wider)


def downward(parents: Mapping[int, int | None]) -> list[int]:
    """Return the units of a tree so that each stands after the one above it.

    ``parents`` gives for each unit the one above it; None, or one that is no unit of the tree, for
    a root. Raises ValueError where units stand above each other in a circle.

    >>> downward({3: 2, 2: 1, 1: None})
    [1, 2, 3]
    """
    below: dict[int, list[int]] = defaultdict(list)
    order: list[int] = []
    for unit, above in parents.items():
        if above is None or above not in parents:
            order.append(unit)
        else:
            below[above].append(unit)
    for unit in order:  # grows while it is walked
        order.extend(below.get(unit, ()))
    if len(order) < len(parents):
        raise ValueError("units stand above each other in a circle")
    return order


def folded(
    parents: Mapping[int, int | None], order: Iterable[int], rows: Mapping[int, int]
) -> dict[int, int]:
    """Return for every unit the sum of its own row and of all rows below it.

    ``order`` are the units from the root down (``downward``). Rows of units outside the tree are
    left out.

    >>> folded({1: None, 2: 1, 3: 2}, [1, 2, 3], {3: 5, 2: 1})
    {1: 6, 2: 6, 3: 5}
    """
    if not any(rows.values()):
        return dict.fromkeys(order, 0)
    sums = {unit: rows.get(unit, 0) for unit in order}
    for unit, row in reversed(sums.items()):  # each after all below it, with what they added
        above = parents[unit]
        if row and above in sums:
            sums[above] += row
    return sums


def climbed(parents: Mapping[int, int | None], rows: Mapping[int, int]) -> dict[int, int]:
    """Return what rows add to each unit at or above theirs; others are not named.

    >>> climbed({1: None, 2: 1, 3: 2, 4: 1}, {3: 5, 2: 1})
    {3: 5, 2: 6, 1: 6}
    """
    added: dict[int, int] = {}
    for unit, row in rows.items():
        at: int | None = unit
        while at is not None and at in parents:
            added[at] = added.get(at, 0) + row
            at = parents[at]
    return added
