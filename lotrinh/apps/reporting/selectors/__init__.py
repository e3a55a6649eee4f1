"""Reads of reporting: periods, totals with what they are made of, and the count of all anew."""

from lotrinh.apps.reporting.selectors.periods import (
    period_by_uid,
    period_kinds,
    periods_known,
)
from lotrinh.apps.reporting.selectors.recounting import (
    Difference,
    Recount,
    Said,
    names_of,
    recount,
)
from lotrinh.apps.reporting.selectors.totals import (
    TotalRead,
    figure_by_uid,
    figures_behind,
    history_of,
    total_of,
)

__all__ = [
    "Difference",
    "Recount",
    "Said",
    "TotalRead",
    "figure_by_uid",
    "figures_behind",
    "history_of",
    "names_of",
    "period_by_uid",
    "period_kinds",
    "periods_known",
    "recount",
    "total_of",
]
