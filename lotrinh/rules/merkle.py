"""A tree of hashes over a batch of entries: one root stands for all of them and for their order.

The form is that of RFC 6962, section 2.1: a leaf is sha256(0x00 ‖ data), a node sha256(0x01 ‖ left
‖ right), so that no leaf can be passed off as a node. The left part of n leaves is the largest
power of two below n. That one entry stands in a batch is shown by its path: the hashes beside its
way up to the root, 32 bytes for each storey.
"""

import hashlib
from collections.abc import Sequence


def leaf(data: bytes) -> bytes:
    """Return sha256(0x00 ‖ data), 32 bytes.

    >>> leaf(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaves in their order; over none, the hash of nothing.

    >>> root([b"a" * 32]) == b"a" * 32
    True
    """
    storey = list(leaves)
    if not storey:
        return hashlib.sha256(b"").digest()
    while len(storey) > 1:
        storey = _above(storey)
    return storey[0]


def path(leaves: Sequence[bytes], place: int) -> tuple[bytes, ...]:
    """Return the hashes beside the way from the leaf at ``place`` (0 is the first) to the root.

    The lowest comes first. Raises IndexError for a place where there is no leaf.
    """
    if not 0 <= place < len(leaves):
        raise IndexError(place)
    beside: list[bytes] = []
    storey = list(leaves)
    while len(storey) > 1:
        neighbour = place ^ 1
        if neighbour < len(storey):  # the last of an odd storey goes up alone
            beside.append(storey[neighbour])
        storey = _above(storey)
        place //= 2
    return tuple(beside)


def root_above(start: bytes, place: int, size: int, beside: Sequence[bytes]) -> bytes | None:
    """Return the root that a leaf at ``place`` of ``size`` makes with its path; None if unfit."""
    if not 0 <= place < size:
        return None
    found, rest = start, list(beside)
    while size > 1:
        neighbour = place ^ 1
        if neighbour < size:
            if not rest:
                return None
            other = rest.pop(0)
            found = node(other, found) if place % 2 else node(found, other)
        place, size = place // 2, (size + 1) // 2
    return None if rest else found


def _above(storey: list[bytes]) -> list[bytes]:
    """Return the storey above: each two make a node, a last one alone goes up as it is."""
    pairs = [node(storey[n], storey[n + 1]) for n in range(0, len(storey) - 1, 2)]
    return [*pairs, storey[-1]] if len(storey) % 2 else pairs
