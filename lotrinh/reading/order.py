"""Things in the order of the text, found by place without looking at all of them."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    """Anything that begins somewhere in the text."""

    @property
    def start(self) -> int:
        """Where it begins."""


P = TypeVar("P", bound=Placed)


class Ordered(Generic[P]):
    """A sequence sorted by start that does not change while it is being asked."""

    def __init__(self, items: Sequence[P]) -> None:
        self._items = items
        self._starts = [item.start for item in items]

    def within(self, start: int, end: int) -> Sequence[P]:
        """Return what begins from ``start`` on and before ``end``."""
        return self._items[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def last_before(self, place: int) -> P | None:
        """Return the last thing that begins before ``place``."""
        index = bisect_left(self._starts, place)
        return self._items[index - 1] if index else None
