"""Tables of reporting: which periods there are, the figures approved for them, their totals."""

from lotrinh.apps.reporting.models.figures import Approval, Figure
from lotrinh.apps.reporting.models.periods import Collection, Period, PeriodKind
from lotrinh.apps.reporting.models.totals import Delta, OwnPart, Total, TotalSheet

__all__ = [
    "Approval",
    "Collection",
    "Delta",
    "Figure",
    "OwnPart",
    "Period",
    "PeriodKind",
    "Total",
    "TotalSheet",
]
