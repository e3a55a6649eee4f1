"""How a forecast is made on a day: data with dates (``settings.toml``), no numbers in the code."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds from the day ``since``; what each number means stands beside it in the data.

    Raises ValueError for what is no share, or fewer than two points or trials.
    """

    since: date
    points: int
    trials: int
    window: int
    season_pairs: int
    within: Fraction
    answered: Fraction
    at_risk: Fraction
    record_targets: int
    record_least: int

    def __post_init__(self) -> None:
        shares = (self.within, self.answered, self.at_risk)
        counts = (self.points, self.trials, self.window, self.season_pairs, self.record_least)
        if not all(0 < share < 1 for share in shares) or min(counts) < 2:
            raise ValueError(f"no setting of forecasts: {self}")


@cache
def settings() -> Sequence[Setting]:
    """Return all settings, the earliest first."""
    text = resources.files(__package__).joinpath("settings.toml").read_text("utf-8")
    rows = tomllib.loads(text)["setting"]
    shares = ("within", "answered", "at_risk")
    found = (Setting(**{**row, **{key: Fraction(row[key]) for key in shares}}) for row in rows)
    return tuple(sorted(found, key=lambda one: one.since))


def setting_on(day: date) -> Setting | None:
    """Return what holds on a day; None before the first, when nothing is forecast.

    >>> setting_on(date(2024, 8, 7)).points, setting_on(date(2020, 12, 31))
    (5, None)
    """
    return next((one for one in reversed(settings()) if one.since <= day), None)
