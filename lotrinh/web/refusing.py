"""Whoever was refused too often of late is not listened to for a while.

Each process counts for itself, for a minute at a time: this keeps guessing slow and the log short.
What is guessed at is a key of 160 bits, which no pace of guessing finds.
"""

from dataclasses import dataclass, field
from typing import Final

WINDOW: Final = 60
MOST: Final = 20
MOST_KNOWN: Final = 10_000


@dataclass(slots=True)
class Refusals:
    """How often each was refused in the present minute."""

    minute: int = 0
    counted: dict[str, int] = field(default_factory=dict)

    def are_too_many(self, who: str, *, now: int) -> bool:
        """Say whether somebody has been refused too often, in seconds of the Unix clock."""
        self._turn(now)
        return self.counted.get(who, 0) >= MOST

    def note(self, who: str, *, now: int) -> None:
        """Count one refusal."""
        self._turn(now)
        if who in self.counted or len(self.counted) < MOST_KNOWN:
            self.counted[who] = self.counted.get(who, 0) + 1

    def _turn(self, now: int) -> None:
        if now // WINDOW != self.minute:
            self.minute = now // WINDOW
            self.counted.clear()
