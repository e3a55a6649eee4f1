"""How often a program may ask: it has a store of requests that fills again as time passes.

A pause lets it ask quickly for a while; in the long run it asks no faster than the store fills.
"""

from dataclasses import dataclass
from datetime import datetime
from math import ceil


@dataclass(frozen=True, slots=True)
class Allowance:
    """A store of at most ``most`` requests, into which ``per_second`` come back."""

    most: int
    per_second: float

    def left(self, held: float, *, since: datetime, at: datetime) -> float:
        """Return what is in the store at ``at``, where it held ``held`` at ``since``.

        A clock that was put back fills the store: nobody waits for a day to come again.
        """
        passed = (at - since).total_seconds()
        if passed < 0:
            return float(self.most)
        return min(float(self.most), held + passed * self.per_second)

    def wait(self, left: float) -> int:
        """Return after how many whole seconds one request is in the store, at least 1."""
        return max(1, ceil((1 - left) / self.per_second))


USUAL = Allowance(most=120, per_second=2.0)
"""Of every key: two requests a second in the long run, 120 at once."""
