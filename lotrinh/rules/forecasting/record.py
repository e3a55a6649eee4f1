"""The record of forecasts: what would have been said before, held against what came.

Targets whose time is over are forecast again for days before, each by what was known on that day,
and the probability is held against what became of it by the mean squared error (Brier 1950). It is
compared with a rule that looks at no course at all and always says the share of these targets that
was met. That share is known afterwards only, so the rule knows more than anybody could have known;
who does not beat it had better say so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from statistics import median_low

from lotrinh.rules.comparing import Attainment, judge
from lotrinh.rules.forecasting.as_told import Ledger
from lotrinh.rules.forecasting.course import number_of
from lotrinh.rules.forecasting.forecast import Aim, Forecast, forecast
from lotrinh.rules.forecasting.settings import Setting

_STEP = timedelta(days=30)
_KEPT = 2048
_EARLIEST = 12
"""A verdict is looked for so many steps before the last day."""


@dataclass(frozen=True)
class Closed:
    """A target whose time is over, and the ledger of what was told of it, to this day."""

    aim: Aim
    ledger: Ledger

    @property
    def is_met(self) -> bool | None:
        """What became of it by all that was told; None where nobody can say."""
        course, due = self.ledger.by(date.max), self.aim.due
        if due is None or number_of(due, course.every) not in course.told:
            return None
        level = course.reached(number_of(due, course.every))
        found = judge(self.aim.yardstick, level, has_ended=True).attainment
        return None if found is Attainment.NOT_JUDGED else found is not Attainment.MISSED

    def said(self, day: date, setting: Setting) -> Forecast:
        """Return what would have been said on a day, by what was known then."""
        return forecast(self.aim, self.ledger.by(day), on=day, setting=setting)


@dataclass(frozen=True, slots=True)
class Record:
    """How forecasts did that were made ``ahead`` days before the due day.

    Of ``targets`` whose time is over ``forecasts`` could be made; ``met`` counts those of them that
    were met, ``right`` those on whose side the forecast was. ``lead`` is how many days before the
    due day the verdict was right for good, for half of the targets; None where it never was.
    """

    ahead: int
    targets: int
    forecasts: int
    met: int
    right: int
    brier: Fraction | None
    lead: int | None

    @property
    def base(self) -> Fraction | None:
        """The Brier score of the rule that always says the share that was met."""
        if not self.forecasts:
            return None
        share = Fraction(self.met, self.forecasts)
        return share * (1 - share)

    @property
    def beats(self) -> bool | None:
        """Whether the forecasts did better than that rule; None where there were none."""
        return None if self.brier is None or self.base is None else self.brier < self.base


def brier(said: Iterable[tuple[Fraction, bool]]) -> Fraction | None:
    """Return the mean squared error of probabilities; 0 is perfect, None of none.

    >>> brier([(Fraction(9, 10), True), (Fraction(3, 10), False)])
    Fraction(1, 20)
    """
    errors = [(probability - came) ** 2 for probability, came in said]
    return sum(errors, Fraction(0)) / len(errors) if errors else None


def record_of(closed: Iterable[Closed], *, ahead: int, setting: Setting) -> Record:
    """Return how forecasts did that were made so many days ahead of targets whose time is over."""
    came = [_came(one, setting) for one in closed]
    known = [one for one in came if one is not None]
    said = [(_said(one.closed, ahead, setting), one.is_met) for one in known]
    made = [(chance, leans, met) for (chance, leans), met in said if chance is not None]
    return Record(
        ahead=ahead,
        targets=len(known),
        forecasts=len(made),
        met=sum(met for _chance, _leans, met in made),
        right=sum(leans is met for _chance, leans, met in made),
        brier=brier((chance, met) for chance, _leans, met in made),
        lead=_middle([one.lead for one in known]),
    )


def lead_of(closed: Closed, *, is_met: bool, setting: Setting) -> int | None:
    """Return how many days before the due day the verdict was right and stayed so; None: never.

    It is looked for every thirty days within the last year.
    """
    due, lead = closed.aim.due, None
    for step in range(1, _EARLIEST + 1):
        if due is None or closed.said(due - step * _STEP, setting).leans is not is_met:
            break
        lead = (step * _STEP).days
    return lead


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of a closed target, and for how long that had been foreseen."""

    closed: Closed
    is_met: bool
    lead: int | None


@lru_cache(maxsize=_KEPT)
def _came(closed: Closed, setting: Setting) -> _Came | None:
    """What is over changes no more: it is worked out once, as long as its ledger stays the same."""
    met = closed.is_met
    if met is None:
        return None
    return _Came(closed, met, lead_of(closed, is_met=met, setting=setting))


@lru_cache(maxsize=_KEPT)
def _said(closed: Closed, ahead: int, setting: Setting) -> tuple[Fraction | None, bool | None]:
    if closed.aim.due is None:
        return None, None
    made = closed.said(closed.aim.due - timedelta(days=ahead), setting)
    return made.probability, made.leans


def _middle(leads: Sequence[int | None]) -> int | None:
    """Return what half of the targets had at least; those that never were right count as last."""
    ranked = sorted((-1 if lead is None else lead) for lead in leads)
    found = median_low(ranked) if ranked else -1
    return None if found < 0 else found
