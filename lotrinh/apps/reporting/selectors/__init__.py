"""Reads of reporting: regimes, periods, reports, totals with what they are made of, the recount."""

from lotrinh.apps.reporting.selectors.answering import (
    Answering,
    answering,
)
from lotrinh.apps.reporting.selectors.below import (
    missing_below,
)
from lotrinh.apps.reporting.selectors.cells import (
    cells_of,
    content_of,
)
from lotrinh.apps.reporting.selectors.evidence import (
    evidence_of,
)
from lotrinh.apps.reporting.selectors.forms import (
    cell_units,
    lines_of,
)
from lotrinh.apps.reporting.selectors.outcomes import (
    Reached,
    outcome_of,
    reached_in,
    score_of,
)
from lotrinh.apps.reporting.selectors.past import (
    Before,
    before_of,
)
from lotrinh.apps.reporting.selectors.periods import (
    period_by_uid,
    period_kinds,
    periods_known,
)
from lotrinh.apps.reporting.selectors.questions import (
    open_questions,
    questions_of,
    thresholds,
)
from lotrinh.apps.reporting.selectors.recounting import (
    Difference,
    Recount,
    Said,
    names_of,
    recount,
)
from lotrinh.apps.reporting.selectors.regimes import (
    PeriodAsked,
    periods_asked,
    regime_by_uid,
    regimes_known,
)
from lotrinh.apps.reporting.selectors.reports import (
    Grid,
    GridRow,
    collection_by_uid,
    events_of,
    grid_of,
    report_by_uid,
    report_of_duty,
    reports_to_write,
    returned_cells,
    steps_open,
    visible_reports,
)
from lotrinh.apps.reporting.selectors.room import (
    Room,
    RoomRow,
    room_of,
)
from lotrinh.apps.reporting.selectors.series import (
    PartSaid,
    Point,
    Series,
    Stated,
    is_added_up,
    series_of,
)
from lotrinh.apps.reporting.selectors.stages import (
    stages_of,
)
from lotrinh.apps.reporting.selectors.totals import (
    TotalRead,
    figure_by_uid,
    figures_behind,
    history_of,
    total_of,
    totals_of,
)

__all__ = [
    "Answering",
    "Before",
    "Difference",
    "Grid",
    "GridRow",
    "PartSaid",
    "PeriodAsked",
    "Point",
    "Reached",
    "Recount",
    "Room",
    "RoomRow",
    "Said",
    "Series",
    "Stated",
    "TotalRead",
    "answering",
    "before_of",
    "cell_units",
    "cells_of",
    "collection_by_uid",
    "content_of",
    "events_of",
    "evidence_of",
    "figure_by_uid",
    "figures_behind",
    "grid_of",
    "history_of",
    "is_added_up",
    "lines_of",
    "missing_below",
    "names_of",
    "open_questions",
    "outcome_of",
    "period_by_uid",
    "period_kinds",
    "periods_asked",
    "periods_known",
    "questions_of",
    "reached_in",
    "recount",
    "regime_by_uid",
    "regimes_known",
    "report_by_uid",
    "report_of_duty",
    "reports_to_write",
    "returned_cells",
    "room_of",
    "score_of",
    "series_of",
    "stages_of",
    "steps_open",
    "thresholds",
    "total_of",
    "totals_of",
    "visible_reports",
]
