"""Many whole numbers kept as one: a row of a table of totals is added to another in one step.

Number ``i`` of a row is multiplied by 256 to the power of ``i`` times the width, and all are added
up. Adding two rows then adds every number of the one to its partner in the other, in one addition
of two long integers, exactly and with either sign: what would borrow from the next lane is given
back when the row is read. A row of a hundred numbers is so added as fast as a hundred bytes are
copied, without any library, and its bytes are what the database holds.

A lane of ``width`` bytes is read rightly while its number lies in [-half, half), half being
``room(width)``.
"""

from collections.abc import Iterable, Mapping, Sequence

NARROW, WIDE = 8, 16
"""How many bytes a number has: most rows do with the first."""

COUNT = 4
"""How many bytes hold a number of units."""


def room(width: int) -> int:
    """Return the first number above nought that a lane does not hold.

    >>> room(1)
    128
    """
    return 1 << (8 * width - 1)


def pack(numbers: Sequence[int], width: int) -> int:
    """Return the numbers as one. Raises OverflowError where one does not fit into its lane.

    >>> unpack(pack([3, -1, 0], 1) + pack([-5, 1, 7], 1), 3, 1)
    [-2, 0, 7]
    """
    half = room(width)
    if numbers and (max(numbers) >= half or min(numbers) < -half):
        raise OverflowError(f"no room in {width} bytes")
    above = b"".join((max(number, 0)).to_bytes(width, "little") for number in numbers)
    below = b"".join((max(-number, 0)).to_bytes(width, "little") for number in numbers)
    return int.from_bytes(above, "little") - int.from_bytes(below, "little")


def unpack(row: int, lanes: int, width: int) -> list[int]:
    """Return the first so many numbers of a row; lanes that nobody has filled hold 0."""
    data = row.to_bytes(max(lanes * width, row.bit_length() // 8 + 1), "little", signed=True)
    half, full = room(width), 1 << (8 * width)
    numbers, carried = [], 0
    for start in range(0, lanes * width, width):
        number = int.from_bytes(data[start : start + width], "little") + carried
        carried = int(number >= half)
        numbers.append(number - full if carried else number)
    return numbers


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
    a root.

    >>> downward({3: 2, 2: 1, 1: None})
    [1, 2, 3]
    """
    depths: dict[int, int] = {}
    for unit in parents:
        way: list[int] = []
        at: int | None = unit
        while at is not None and at in parents and at not in depths:
            if len(way) > len(parents):
                raise ValueError("units stand above each other in a circle")
            way.append(at)
            at = parents[at]
        depth = depths.get(at, -1) if at is not None else -1
        for place in reversed(way):
            depth += 1
            depths[place] = depth
    return sorted(parents, key=lambda unit: (depths[unit], unit))


def folded(
    parents: Mapping[int, int | None], order: Iterable[int], rows: Mapping[int, int]
) -> dict[int, int]:
    """Return for every unit the sum of its own row and of all rows below it.

    ``order`` are the units from the root down (``downward``). Rows of units outside the tree are
    left out.

    >>> folded({1: None, 2: 1, 3: 2}, [1, 2, 3], {3: 5, 2: 1})
    {1: 6, 2: 6, 3: 5}
    """
    sums = {unit: rows.get(unit, 0) for unit in order}
    for unit in reversed(sums):
        above = parents[unit]
        row = sums[unit]
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
