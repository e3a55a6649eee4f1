"""How sure a rule of reading is, told from what people decided about its findings.

The share that was right is an estimate; the interval of Wilson says how far the truth may lie from
it, and behaves where all or none were right. From ``LEAST`` decisions on the measured share stands
in the place of what the makers of the rule had guessed.
"""

from dataclasses import dataclass
from math import sqrt

HIGH, MEDIUM = 0.97, 0.85
"""The least share of the two upper bands."""
LEAST = 30
"""Decisions from which on a rule is judged by them."""
_Z = 1.959963984540054
"""Of the normal distribution: 95 % lie within so many deviations."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int
    total: int

    @property
    def value(self) -> float | None:
        """The share itself; None of nothing."""
        return self.right / self.total if self.total else None

    @property
    def is_measured(self) -> bool:
        """Whether there are enough decisions to judge by."""
        return self.total >= LEAST

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between which shares the truth lies with 95 %; None of nothing."""
        return wilson(self.right, self.total) if self.total else None


def band(share: float) -> str:
    """Return "high" from .97 on, "medium" from .85 on, else "low".

    >>> band(0.97), band(0.969), band(0.85), band(0.849)
    ('high', 'medium', 'medium', 'low')
    """
    if share >= HIGH:
        return "high"
    return "medium" if share >= MEDIUM else "low"


def wilson(right: int, total: int) -> tuple[float, float]:
    """Return the interval of Wilson at 95 % for ``right`` of ``total``, which is at least one.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.

    >>> [round(end, 4) for end in wilson(30, 30)]
    [0.8865, 1.0]
    >>> [round(end, 4) for end in wilson(27, 30)]
    [0.7438, 0.9654]
    """
    share, square = right / total, _Z * _Z
    middle = (share + square / (2 * total)) / (1 + square / total)
    reach = _Z * sqrt(share * (1 - share) / total + square / (4 * total * total))
    reach /= 1 + square / total
    return max(0.0, middle - reach), min(1.0, middle + reach)
