"""How punctual a unit was in a month or a period, in five steps that need no colour."""

from lotrinh.rules.punctuality.months import Months, months_to
from lotrinh.rules.punctuality.shades import Shade, shade_of

__all__ = ["Months", "Shade", "months_to", "shade_of"]
