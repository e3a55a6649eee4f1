"""Counting what became of targets: "20 of 24 are expected to be met, 6 of them above plan".

What rests on an estimate is counted apart from what is established, what nobody can judge yet apart
from both, and every share prints what it is divided by.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Self

from lotrinh.rules.comparing import Attainment, Outcome
from lotrinh.rules.tally import Share


@dataclass(frozen=True, slots=True)
class Score:
    """How many targets came to what, estimates among them.

    ``estimated`` of those that were reached, and ``estimated_missed`` of those that were missed,
    rest on estimates.
    """

    exceeded: int = 0
    met: int = 0
    missed: int = 0
    not_judged: int = 0
    estimated: int = 0
    estimated_missed: int = 0

    def __add__(self, other: Self) -> Self:
        """Return both together."""
        pairs = zip(astuple(self), astuple(other), strict=True)
        return type(self)(*(one + two for one, two in pairs))

    @property
    def reached(self) -> int:
        """Met or exceeded, as established or as estimated."""
        return self.exceeded + self.met

    @property
    def judged(self) -> int:
        """Those that are judged, estimates among them."""
        return self.reached + self.missed

    @property
    def total(self) -> int:
        """All of them: what nobody can judge yet is in the denominator."""
        return self.judged + self.not_judged

    @property
    def expected(self) -> Share:
        """Reached, as established or as estimated, of all."""
        return Share(self.reached, self.total)

    @property
    def above(self) -> Share:
        """Exceeded, of those that are reached."""
        return Share(self.exceeded, self.reached)

    @property
    def established(self) -> Share:
        """Reached without an estimate, of all."""
        return Share(self.reached - self.estimated, self.total)

    @property
    def established_of_judged(self) -> Share:
        """Reached, of those judged: estimates are in neither."""
        judged = self.judged - self.estimated - self.estimated_missed
        return Share(self.reached - self.estimated, judged)


def score(outcomes: Iterable[Outcome]) -> Score:
    """Count what became of targets."""
    held = list(outcomes)
    found = [one.attainment for one in held]
    estimates = [one.attainment for one in held if one.is_estimated]
    return Score(
        exceeded=found.count(Attainment.EXCEEDED),
        met=found.count(Attainment.MET),
        missed=found.count(Attainment.MISSED),
        not_judged=found.count(Attainment.NOT_JUDGED),
        estimated=estimates.count(Attainment.EXCEEDED) + estimates.count(Attainment.MET),
        estimated_missed=estimates.count(Attainment.MISSED),
    )
