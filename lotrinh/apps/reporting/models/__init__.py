"""Tables of reporting: regimes and periods, reports and what they tell, figures, totals."""

from lotrinh.apps.reporting.models.figures import Approval, Figure
from lotrinh.apps.reporting.models.integrity import (
    IntegrityAnswer,
    IntegrityClosing,
    IntegrityGround,
    IntegrityQuestion,
    IntegritySetting,
)
from lotrinh.apps.reporting.models.periods import Collection, Period, PeriodKind
from lotrinh.apps.reporting.models.regimes import (
    CheckSetting,
    CollectionLine,
    CollectionStage,
    Regime,
    RegimeMeasure,
    RegimeStage,
)
from lotrinh.apps.reporting.models.reports import (
    Report,
    ReportCell,
    ReportEvent,
    ReportEvidence,
)
from lotrinh.apps.reporting.models.totals import Delta, OwnPart, Total, TotalSheet

__all__ = [
    "Approval",
    "CheckSetting",
    "Collection",
    "CollectionLine",
    "CollectionStage",
    "Delta",
    "Figure",
    "IntegrityAnswer",
    "IntegrityClosing",
    "IntegrityGround",
    "IntegrityQuestion",
    "IntegritySetting",
    "OwnPart",
    "Period",
    "PeriodKind",
    "Regime",
    "RegimeMeasure",
    "RegimeStage",
    "Report",
    "ReportCell",
    "ReportEvent",
    "ReportEvidence",
    "Total",
    "TotalSheet",
]
