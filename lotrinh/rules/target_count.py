"""Counting how targets stand: "20 of 24 are expected to be met, 6 of them above plan".

What rests on an estimate is counted apart from what is established, what nobody can judge yet apart
from both, and every share prints what it is divided by.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from lotrinh.rules.comparing import Judgement, Verdict
from lotrinh.rules.tally import Share


@dataclass(frozen=True, slots=True)
class TargetCount:
    """How many targets stand how, what rests on estimates apart from what is established."""

    established: Mapping[Verdict, int] = field(default_factory=dict)
    estimated: Mapping[Verdict, int] = field(default_factory=dict)

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Self:
        """Count judgements."""
        held = list(judgements)
        firm = [one.verdict for one in held if not one.is_estimated]
        loose = [one.verdict for one in held if one.is_estimated]
        return cls(
            {verdict: firm.count(verdict) for verdict in Verdict},
            {verdict: loose.count(verdict) for verdict in Verdict},
        )

    @property
    def total(self) -> int:
        """All targets, judged or not."""
        return sum(self.established.values()) + sum(self.estimated.values())

    @property
    def not_yet(self) -> int:
        """Those that nobody can judge yet."""
        return self.established.get(Verdict.NOT_YET, 0)

    @property
    def judged(self) -> int:
        """Those that are judged, estimates among them."""
        return self.total - self.not_yet

    @property
    def reached(self) -> Share:
        """Met or exceeded as established, of all targets."""
        return Share(_reached(self.established), self.total)

    @property
    def expected(self) -> Share:
        """Met or exceeded, as established or as estimated, of all targets."""
        return Share(_reached(self.established) + _reached(self.estimated), self.total)

    @property
    def above(self) -> Share:
        """Exceeded, as established or as estimated, of those that are expected."""
        exceeded = self.established.get(Verdict.EXCEEDED, 0)
        exceeded += self.estimated.get(Verdict.EXCEEDED, 0)
        return Share(exceeded, self.expected.part)

    @property
    def reached_of_judged(self) -> Share:
        """Met or exceeded as established, of those established: estimates are in neither."""
        established = sum(self.established.values()) - self.not_yet
        return Share(_reached(self.established), established)


def _reached(counts: Mapping[Verdict, int]) -> int:
    return counts.get(Verdict.MET, 0) + counts.get(Verdict.EXCEEDED, 0)
