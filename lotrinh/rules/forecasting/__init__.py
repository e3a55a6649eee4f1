"""Forecasts: the pace line, what a course leads to, how sure that is, and the record of it all."""

from lotrinh.rules.forecasting.as_told import Ledger, Saying
from lotrinh.rules.forecasting.course import (
    Course,
    Flow,
    Told,
    has_rhythm,
    last_day,
    number_of,
    number_of_period,
)
from lotrinh.rules.forecasting.forecast import Aim, Forecast, NoForecast, forecast, gap_of
from lotrinh.rules.forecasting.pace_line import PaceLine, pace_line
from lotrinh.rules.forecasting.record import Closed, Record, brier, lead_of, record_of
from lotrinh.rules.forecasting.settings import Setting, setting_on

__all__ = [
    "Aim",
    "Closed",
    "Course",
    "Flow",
    "Forecast",
    "Ledger",
    "NoForecast",
    "PaceLine",
    "Record",
    "Saying",
    "Setting",
    "Told",
    "brier",
    "forecast",
    "gap_of",
    "has_rhythm",
    "last_day",
    "lead_of",
    "number_of",
    "number_of_period",
    "pace_line",
    "record_of",
    "setting_on",
]
