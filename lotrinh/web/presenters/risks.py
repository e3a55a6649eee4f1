"""Targets that will be missed at the pace of today, as lists print them: forecasts, no results."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from django.urls import reverse

from lotrinh.rules.comparing import ends_of
from lotrinh.rules.exact import rounded
from lotrinh.web.formatting import named
from lotrinh.web.presenters.commitments import value_text
from lotrinh.web.presenters.target_board import holder
from lotrinh.web.presenters.target_series import level_text

if TYPE_CHECKING:
    from lotrinh.apps.reporting.selectors import AtRisk


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A target, where it stands and what its pace leads to by the day on which it is due.

    ``between`` are the ends in which it lies by the past; ``chance_text`` is of meeting the target,
    in percent; both are empty of too few trials. ``short_text`` is what is lacking then.
    """

    title: str
    url: str
    unit_name: str
    planned_text: str
    reached_text: str
    as_of: date | None
    until: date | None
    value_text: str
    short_text: str
    between: tuple[str, str] | None
    chance_text: str


def risk_rows(found: "Iterable[AtRisk]") -> list[RiskRow]:
    """Return the rows of a list, in its order."""
    return [_row(one) for one in found]


def _row(one: "AtRisk") -> RiskRow:
    target, said, measure = one.target, one.forecast, one.target.measure
    low, high = (level_text(end, measure) for end in (said.low, said.high))
    return RiskRow(
        title=measure.name,
        url=reverse("target", kwargs={"uid": target.uid}),
        unit_name=named(holder(target)),
        planned_text=value_text(target),
        reached_text=level_text(said.reached, measure),
        as_of=said.as_of,
        until=said.until,
        value_text=level_text(said.value, measure),
        short_text=level_text(_short(one), measure),
        between=(low, high) if low and high else None,
        chance_text=_percent(said.probability),
    )


def _short(one: "AtRisk") -> Fraction | None:
    """Return by how much the pace leads past the plan; None where it cannot be said."""
    ends, value = ends_of(one.target.yardstick), one.forecast.value
    if ends is None or value is None:
        return None
    gap = max(ends[0] - value, value - ends[1])
    return gap if gap > 0 else None


def _percent(chance: Fraction | None) -> str:
    return "" if chance is None else f"{rounded(100 * chance, 0):f}"
