"""Many measures of a unit as one whole number, so that a tree is added up in one pass.

A row holds one lane of 128 bits for each number, in steps of its last decimal. Two packed rows are
added by one addition of whole numbers, which adds all their lanes at once: as quick as a library of
vectors for rows of some hundred lanes, and exact. A number has at most 30 digits, so 134 million
rows can be added before a lane could touch its neighbour. Highest, lowest and last values are no
sums: they are folded lane by lane.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

BYTES = 16
"""Of one lane."""

MOST = 10**30
"""What a number put into a lane stays below, whatever its sign."""

ROOT = -1
"""The parent of a unit that has none."""


class AboveEachOther(Exception):
    """Units stand above each other in a circle."""


@cache
def _signs(lanes: int) -> int:
    """Return the sign bits of so many lanes."""
    return int.from_bytes((b"\0" * (BYTES - 1) + b"\x80") * lanes, "little")


def packed(row: Sequence[int]) -> int:
    """Return the row as one number; ValueError where one has more than 30 digits.

    >>> unpacked(packed([3, -4]) + packed([-5, 10]), 2)
    [-2, 6]
    """
    if any(abs(number) >= MOST for number in row):
        raise ValueError("a number in a lane has at most 30 digits")
    signs = _signs(len(row))
    told = b"".join(number.to_bytes(BYTES, "little", signed=True) for number in row)
    return (int.from_bytes(told, "little") ^ signs) - signs


def unpacked(number: int, lanes: int) -> list[int]:
    """Return the numbers of so many lanes."""
    told = to_bytes(number, lanes)
    return [
        int.from_bytes(told[start : start + BYTES], "little", signed=True)
        for start in range(0, lanes * BYTES, BYTES)
    ]


def to_bytes(number: int, lanes: int) -> bytes:
    """Return the packed row as it is kept, each lane with its sign, the lowest byte first."""
    signs = _signs(lanes)
    return ((number + signs) ^ signs).to_bytes(lanes * BYTES, "little")


def from_bytes(told: bytes) -> int:
    """Return the packed row that was kept; ValueError where it is no row of whole lanes."""
    if len(told) % BYTES:
        raise ValueError(f"{len(told)} bytes are no whole lanes")
    signs = _signs(len(told) // BYTES)
    return (int.from_bytes(told, "little") ^ signs) - signs


def order_of(parents: Sequence[int]) -> list[int]:
    """Return all places with everyone below before whom they stand below; ROOT has no place.

    Raises AboveEachOther.

    >>> order_of([ROOT, 0, 1, 0])
    [2, 3, 1, 0]
    """
    below: list[list[int]] = [[] for _ in parents]
    order = []
    for place, parent in enumerate(parents):
        if parent == ROOT:
            order.append(place)
        else:
            below[parent].append(place)
    for place in order:  # grows while it is walked
        order.extend(below[place])
    if len(order) < len(parents):
        raise AboveEachOther(sorted(set(range(len(parents))) - set(order)))
    return order[::-1]


def fold(parents: Sequence[int], order: Sequence[int], rows: Sequence[int]) -> list[int]:
    """Return for each place its packed row and those of all below it, added.

    ``order`` is that of ``order_of``; ``rows`` hold what each unit has of its own.
    """
    totals = list(rows)
    for place in order:
        parent = parents[place]
        if parent != ROOT:
            totals[parent] += totals[place]
    return totals


def risen(parents: Sequence[int], changes: Mapping[int, int]) -> dict[int, int]:
    """Return by how much the totals of which places change when packed rows are added to some.

    Totals and changes may be added in any order: the result is that of a whole fold.
    """
    found: dict[int, int] = {}
    for place, change in changes.items():
        at = place
        while at != ROOT:
            found[at] = found.get(at, 0) + change
            at = parents[at]
    return found


def fold_one(
    parents: Sequence[int],
    order: Sequence[int],
    numbers: Sequence[int | None],
    best: Callable[[int, int], int],
) -> list[int | None]:
    """Return for each place the best number of it and all below it; None where nobody has one.

    ``best`` is the function of ``max`` or ``min``. A correction may take the best away, so nothing
    but a whole fold is right after one.
    """
    found = list(numbers)
    for place in order:
        number, parent = found[place], parents[place]
        if parent == ROOT or number is None:
            continue
        above = found[parent]
        found[parent] = number if above is None else best(above, number)
    return found
