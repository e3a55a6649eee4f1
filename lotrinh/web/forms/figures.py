"""Figures as they are typed into a form: read in the language of the page, asked about, refused."""

from decimal import Decimal

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _

from lotrinh.rules.amounts_typed import CellUnit
from lotrinh.rules.figures_typed import TypedFigure, TypedQuestion, read_figure
from lotrinh.rules.measure_words import spoken_as
from lotrinh.web.formatting import amount, number

MOST_SIGNS = 60
"""So many signs may a figure have."""


def typed_figure(typed: str, unit: str) -> Decimal | None:
    """Return the figure that was typed, None where nothing was. ``unit`` is a unit of measure.

    Raises ValidationError where it is no figure, and where it may mean two: nothing is guessed.
    """
    if not typed.strip():
        return None
    cell = CellUnit(unit, spoken_as(unit))
    language = (translation.get_language() or "vi")[:2]
    found = read_figure(typed, language=language, unit=cell)
    if isinstance(found, TypedFigure) and found.read.over is None:
        return _stored(found.read.value, typed)
    if isinstance(found, TypedQuestion):
        readings = " / ".join(amount(one.value, unit) for one in found.readings)
        words = {"typed": typed.strip(), "readings": readings}
        raise forms.ValidationError(
            _("“%(typed)s” may mean %(readings)s. Type it so that it means one.") % words
        )
    raise forms.ValidationError(
        _("“%(typed)s” is no figure. Type one number, such as %(example)s.")
        % {"typed": typed.strip()[:MOST_SIGNS], "example": number(Decimal("1270.5"))}
    )


def _stored(value: Decimal, typed: str) -> Decimal:
    """Return the value if it can be kept whole."""
    exponent = int(value.normalize().as_tuple().exponent)
    if exponent < -6 or value.adjusted() >= 24:
        raise forms.ValidationError(
            _("“%(typed)s” is too large or has more than six decimals.") % {"typed": typed.strip()}
        )
    return value


def shown_figure(value: Decimal | None) -> str:
    """Return a figure as a field of a form shows it, so that it is read back as itself."""
    return "" if value is None else number(value)
