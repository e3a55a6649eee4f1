"""What was told by a day: the ledger of one measure at one unit, as it was then.

Nothing in the ledger changes, and each figure bears the day on which it came to count. So what was
known on any day is the sum of what came until then; what was put right later was still wrong.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lotrinh.rules.figures import DONE, Basis
from lotrinh.rules.forecasting.course import Course, Flow, Told

_MILLIONTHS = 10**6


@dataclass(frozen=True, slots=True)
class Saying:
    """What one figure changed from the day ``on``, in millionths as ``rules.ledger`` counts.

    ``base`` is the change of what amounts are divided by, 0 of what is no quotient; ``answers`` is
    1 of a first figure, 0 of one in the place of another, -1 of one that takes it back.
    """

    number: int
    on: date
    amount: int
    base: int = 0
    answers: int = 1
    basis: Basis = Basis.SELF_REPORTED


@dataclass(frozen=True)
class Ledger:
    """The sayings of a target in periods of ``every`` months.

    ``per`` is by how much a quotient is multiplied, 0 where amounts are not divided.
    """

    every: int
    flow: Flow
    sayings: tuple[Saying, ...]
    per: Fraction = Fraction(0)

    def by(self, day: date) -> Course:
        """Return the course as it was known at the end of a day; the firmer basis comes first."""
        sums: dict[tuple[int, Basis], tuple[int, int, int]] = {}
        for one in self.sayings:
            if one.on <= day:
                key = one.number, one.basis
                amount, base, answers = sums.get(key, (0, 0, 0))
                sums[key] = amount + one.amount, base + one.base, answers + one.answers
        told: dict[int, Told] = {}
        for basis in DONE:
            for (number, of), held in sorted(sums.items()):
                said = self._told(*held) if of is basis and number not in told else None
                if said is not None:
                    told[number] = said
        return Course(self.every, self.flow, dict(sorted(told.items())))

    def _told(self, amount: int, base: int, answers: int) -> Told | None:
        if not answers or (self.per and not base):
            return None
        value = self.per * Fraction(amount, base) if self.per else Fraction(amount, _MILLIONTHS)
        return Told(value, answers)
