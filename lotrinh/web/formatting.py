"""Numbers, values, days and names as a reader of either language expects them."""

from datetime import date
from decimal import Decimal

from django.utils import formats, translation
from django.utils.translation import gettext as _

SCALES = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


def named(thing: object, field: str = "name") -> str:
    """Return ``name_vi`` or ``name_en`` of a row, by the language of the page."""
    language = translation.get_language() or "vi"
    return str(getattr(thing, f"{field}_{'en' if language.startswith('en') else 'vi'}"))


def number(value: Decimal) -> str:
    """Return a number with the separators of the page's language and no idle zeros.

    Money in base units of a billion and more is left to ``amount``.
    """
    plain = value.normalize()
    if plain == plain.to_integral_value():
        plain = plain.quantize(Decimal(1))
    return str(formats.number_format(plain, use_l10n=True, force_grouping=True))


def amount(value: Decimal, unit: str) -> str:
    """Return a value with its unit of measure: "126%", "45,37 tỷ đồng", "1.270 dự án"."""
    if unit == "%":
        return f"{number(value)}%"
    if unit in {"VND", "USD"} and abs(value) >= SCALES[-1][0]:
        size, word = next((size, word) for size, word in SCALES if abs(value) >= size)
        words = {
            ("billion", "VND"): _("%(number)s billion VND"),
            ("million", "VND"): _("%(number)s million VND"),
            ("billion", "USD"): _("%(number)s billion USD"),
            ("million", "USD"): _("%(number)s million USD"),
        }
        return words[word, unit] % {"number": number(value / size)}
    return f"{number(value)} {unit}".strip()


def planned(comparator: str, value: Decimal | None, high: Decimal | None, unit: str) -> str:
    """Return a planned value in one expression: "< 3%", "≥ 97%", "20–25%"."""
    if value is None:
        return ""
    if high is not None:
        return f"{number(value)}–{amount(high, unit)}"
    sign = {">=": "≥ ", "<=": "≤ ", "<": "< ", ">": "> ", "=": ""}[comparator]
    return sign + amount(value, unit)


def day(value: date) -> str:
    """Return a day as d/m/yyyy in Vietnamese and "7 August 2024" in English."""
    return str(formats.date_format(value, _("j F Y")))
