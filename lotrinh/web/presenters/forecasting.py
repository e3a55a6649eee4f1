"""What the page of a target says of where it is heading, marked as a forecast and no result."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.rules.exact import rounded
from lotrinh.rules.forecasting import Forecast, setting_on
from lotrinh.rules.forecasting.words import Printed, chance_text, forecast_words, record_words
from lotrinh.rules.formats import number
from lotrinh.rules.target_terms import Direction
from lotrinh.web.formatting import day
from lotrinh.web.presenters.target_series import language, level_text, places_of

if TYPE_CHECKING:
    from lotrinh.apps.reporting.selectors import Series
    from lotrinh.apps.targets.models import Target

_DIGITS = 4
"""Of a number that is only forecast so many digits are printed."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a target is heading, as the page says it.

    Without a forecast only ``sentence``, which says why. ``rows`` are name and number of what the
    drawing shows of it; ``record_text`` says how such forecasts did, empty where nothing is known.
    """

    sentence: str
    made: Forecast
    rows: tuple[tuple[str, str], ...] = ()
    record_text: str = ""
    is_beaten: bool = False

    @property
    def is_made(self) -> bool:
        """Whether there is a forecast at all."""
        return self.made.because is None


def heading_of(
    target: "Target",
    series: "Series",
    holding: Iterable[tuple[date, Decimal]],
    *,
    seen_by: int,
    on: date,
) -> Heading:
    """Return where a target is heading, with the record of such forecasts."""
    way = [(at, Fraction(value)) for at, value in holding]
    made = reporting.forecast_by(target=target, series=series, way=way, on=on)
    sentence = sentence_of(target, made)
    setting = setting_on(on)
    if made.because is not None or setting is None:
        return Heading(sentence, made)
    record = reporting.forecast_record(target=target, ground=series.ground, seen_by=seen_by, on=on)
    if record is None:
        return Heading(sentence, made, _rows(target, made))
    text = record_words(record, least=setting.record_least, language=language())
    is_beaten = record.forecasts >= setting.record_least and record.beats is False
    return Heading(sentence, made, _rows(target, made), text, is_beaten)


def sentence_of(target: "Target", made: Forecast) -> str:
    """Return the sentence that explains a forecast, or says why there is none."""
    is_upward = target.yardstick.better is not Direction.LOWER
    printed = Printed(
        level=lambda value: about_text(value, target),
        change=lambda value: _change_text(value, target),
        day=day,
    )
    return forecast_words(made, printed, is_upward=is_upward, language=language())


def _rows(target: "Target", made: Forecast) -> tuple[tuple[str, str], ...]:
    """Return the numbers that the drawing shows of a forecast."""
    found = []
    if made.expected is not None and made.as_of is not None:
        found.append(
            (
                _("asked for by %(day)s on the pace line") % {"day": day(made.as_of)},
                about_text(made.expected, target),
            )
        )
    if made.until is not None:
        name = _("forecast by %(day)s") % {"day": day(made.until)}
        found.append((name, about_text(made.value, target)))
    if made.low is not None and made.high is not None and made.within is not None:
        tenths = number(made.within * 10, language=language(), places=1)
        name = _("range of %(n)s in 10 trials on the past") % {"n": tenths}
        between = f"{about_text(made.low, target)} – {about_text(made.high, target)}"
        found.append((name, between))
    if made.probability is not None and made.settled is None:
        found.append(
            (_("chance of meeting it"), chance_text(made.probability, language=language()))
        )
    return tuple(found)


def about_text(value: Fraction | None, target: "Target") -> str:
    """Return a level that is only forecast: no finer than four digits say."""
    if not value:
        return level_text(value, target.measure)
    power = len(str(int(abs(value)))) - _DIGITS
    return level_text(rounded(value, -power) if power > 0 else value, target.measure)


def _change_text(value: Fraction, target: "Target") -> str:
    """Return by how much a level changes: of shares in points."""
    if target.measure.unit_of_measure != "%":
        return about_text(value, target)
    shown = number(rounded(value, places_of(target.measure) + 1), language=language())
    return _("%(n)s points") % {"n": shown}
