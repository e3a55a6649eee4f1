"""Reads of reporting: regimes, periods, reports, totals with what they are made of, the recount."""

from lotrinh.apps.reporting.selectors.answering import (
    Answering,
    answering,
)
from lotrinh.apps.reporting.selectors.asked import (
    officers_for,
    units_asked,
)
from lotrinh.apps.reporting.selectors.asked_once import reports_that_told, told_elsewhere
from lotrinh.apps.reporting.selectors.below import (
    missing_below,
)
from lotrinh.apps.reporting.selectors.cells import (
    cells_of,
    content_of,
)
from lotrinh.apps.reporting.selectors.events import (
    events_of,
    passed_on,
)
from lotrinh.apps.reporting.selectors.evidence import (
    evidence_of,
)
from lotrinh.apps.reporting.selectors.forecast_record import forecast_record
from lotrinh.apps.reporting.selectors.forecasts import (
    AtRisk,
    at_risk,
    forecast_by,
    forecasts_of,
)
from lotrinh.apps.reporting.selectors.forms import (
    cell_units,
    keep_form,
    lines_of,
)
from lotrinh.apps.reporting.selectors.integrity import (
    Asking,
    Grounds,
    answers_of,
    closing_of,
    collections_to_question,
    grounds_of,
    may_answer,
    may_close_question,
    periods_questioned,
    question_by_uid,
    question_state,
    questions_asked,
    questions_counted,
    questions_on_figure,
    was_corrected,
)
from lotrinh.apps.reporting.selectors.life import (
    Elsewhere,
    elsewhere_of,
    entries_shown,
    report_evidence_by_uid,
    story_of,
)
from lotrinh.apps.reporting.selectors.making import (
    Made,
    PartMade,
    Support,
    Wanted,
    made_of,
    supports_of,
)
from lotrinh.apps.reporting.selectors.mine import (
    CollectionCount,
    ReportAt,
    at_stages,
    collections_counted,
    reports_waiting,
)
from lotrinh.apps.reporting.selectors.outcomes import (
    Reached,
    outcome_of,
    periods_told,
    reached_by,
    score_of,
)
from lotrinh.apps.reporting.selectors.outliers import (
    Outlier,
    outliers_of,
)
from lotrinh.apps.reporting.selectors.past import (
    Before,
    before_of,
)
from lotrinh.apps.reporting.selectors.periods import (
    period_by_uid,
    period_kinds,
    periods_by_code,
    periods_known,
    periods_within,
)
from lotrinh.apps.reporting.selectors.punctual import Punctual, punctual_in, regimes_watched
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
    asked_by,
    collection_of,
    days_of_sending,
    period_asked,
    periods_asked,
    regime_by_uid,
    regimes_ended,
    regimes_known,
    stages_said,
)
from lotrinh.apps.reporting.selectors.report_books import book_key, book_of, book_rows
from lotrinh.apps.reporting.selectors.reports import (
    Grid,
    GridRow,
    collection_by_uid,
    grid_of,
    report_by_uid,
    report_of_duty,
    reports_to_write,
    returned_cells,
    visible_reports,
)
from lotrinh.apps.reporting.selectors.room import (
    Room,
    RoomRow,
    last_events,
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
    right_for,
    stages_of,
    units_at,
)
from lotrinh.apps.reporting.selectors.totals import (
    TotalRead,
    coverage_of,
    figure_by_uid,
    figures_behind,
    history_of,
    total_of,
    totals_of,
)
from lotrinh.apps.reporting.selectors.ways import (
    WayOn,
    steps_open,
    took_part,
    ways_on,
)

__all__ = [
    "Answering",
    "Asking",
    "AtRisk",
    "Before",
    "CollectionCount",
    "Difference",
    "Elsewhere",
    "Grid",
    "GridRow",
    "Grounds",
    "Made",
    "Outlier",
    "PartMade",
    "PartSaid",
    "PeriodAsked",
    "Point",
    "Punctual",
    "Reached",
    "Recount",
    "ReportAt",
    "Room",
    "RoomRow",
    "Said",
    "Series",
    "Stated",
    "Support",
    "TotalRead",
    "Wanted",
    "WayOn",
    "answering",
    "answers_of",
    "asked_by",
    "at_risk",
    "at_stages",
    "before_of",
    "book_key",
    "book_of",
    "book_rows",
    "cell_units",
    "cells_of",
    "closing_of",
    "collection_by_uid",
    "collection_of",
    "collections_counted",
    "collections_to_question",
    "content_of",
    "coverage_of",
    "days_of_sending",
    "elsewhere_of",
    "entries_shown",
    "events_of",
    "evidence_of",
    "figure_by_uid",
    "figures_behind",
    "forecast_by",
    "forecast_record",
    "forecasts_of",
    "grid_of",
    "grounds_of",
    "history_of",
    "is_added_up",
    "keep_form",
    "last_events",
    "lines_of",
    "made_of",
    "may_answer",
    "may_close_question",
    "missing_below",
    "names_of",
    "officers_for",
    "open_questions",
    "outcome_of",
    "outliers_of",
    "passed_on",
    "period_asked",
    "period_by_uid",
    "period_kinds",
    "periods_asked",
    "periods_by_code",
    "periods_known",
    "periods_questioned",
    "periods_told",
    "periods_within",
    "punctual_in",
    "question_by_uid",
    "question_state",
    "questions_asked",
    "questions_counted",
    "questions_of",
    "questions_on_figure",
    "reached_by",
    "recount",
    "regime_by_uid",
    "regimes_ended",
    "regimes_known",
    "regimes_watched",
    "report_by_uid",
    "report_evidence_by_uid",
    "report_of_duty",
    "reports_that_told",
    "reports_to_write",
    "reports_waiting",
    "returned_cells",
    "right_for",
    "room_of",
    "score_of",
    "series_of",
    "stages_of",
    "stages_said",
    "steps_open",
    "story_of",
    "supports_of",
    "thresholds",
    "told_elsewhere",
    "took_part",
    "total_of",
    "totals_of",
    "units_asked",
    "units_at",
    "visible_reports",
    "was_corrected",
    "ways_on",
]
