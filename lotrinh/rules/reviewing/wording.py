"""How a review says a quoted number in its language: bare, so that it fits into a sentence."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from lotrinh.rules.exact import rounded
from lotrinh.rules.figure_words import Base, compared
from lotrinh.rules.formats import SCALES, money, number
from lotrinh.rules.measure_words import measure_word
from lotrinh.rules.progress import Comparison
from lotrinh.rules.target_terms import Comparator

_MOST_PLACES = 2
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def places_for(unit: str, decimals: int | None) -> int:
    """Return with how many decimals a figure is printed."""
    if decimals is not None:
        return decimals
    return 1 if unit == "%" else _MOST_PLACES


def level_words(
    value: Fraction | Decimal, unit: str, *, decimals: int | None, language: str
) -> str:
    """Return a level with its unit of measure.

    >>> level_words(Decimal(45_370_000_000), "VND", decimals=None, language="vi")
    '45,37 tỷ đồng'
    """
    shown = rounded(Fraction(value), places_for(unit, decimals))
    if unit == "%":
        return number(shown, language=language) + "%"
    if unit == "VND" and abs(shown) >= 10 ** SCALES[-1][0]:
        return money(shown, language=language)
    return f"{number(shown, language=language)} {measure_word(unit, language=language)}".strip()


def estimated_words(words: str, *, language: str) -> str:
    """Return a level that is only expected.

    >>> estimated_words("492.309 tỷ đồng", language="vi")
    'ước 492.309 tỷ đồng'
    """
    return f"an estimated {words}" if language == "en" else f"ước {words}"


def covered_words(answered: int, owed: int, *, language: str) -> str:
    """Return of how many units a total is made; empty where none that owes it is missing.

    >>> covered_words(2, 3, language="vi")
    'mới có số liệu của 2/3 đơn vị'
    >>> covered_words(3, 3, language="vi")
    ''
    """
    if answered >= owed:
        return ""
    if language == "en":
        return f"from {answered} of {owed} units so far"
    return f"mới có số liệu của {answered}/{owed} đơn vị"


def compared_words(comparison: Comparison, base: Base, *, language: str) -> str:
    """Return a comparison as ``figure_words`` says it, rounded to one decimal."""
    return compared(comparison, base, language=language)


def plan_base(comparator: Comparator, due: date | None, last: date) -> Base:
    """Return what a planned value is called in a period that ends on ``last``."""
    if comparator in {Comparator.AT_MOST, Comparator.BELOW}:
        return Base.LIMIT
    return Base.YEAR_PLAN if due == date(last.year, 12, 31) else Base.PLAN


def missing_words(*, language: str) -> str:
    """Return what stands where nobody has told a number: never nothing, never zero.

    >>> missing_words(language="vi")
    '[chưa có số liệu]'
    """
    return "[no figure yet]" if language == "en" else "[chưa có số liệu]"


def share_words(part: int, whole: int, *, language: str) -> str:
    """Return a count of a count, as "15/20" or "15 of 20"."""
    return f"{part} of {whole}" if language == "en" else f"{part}/{whole}"


def day_words(day: date, *, language: str) -> str:
    """Return a day as tables print it.

    >>> day_words(date(2024, 8, 7), language="vi"), day_words(date(2024, 8, 7), language="en")
    ('7/8/2024', '7 Aug 2024')
    """
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}/{day.month}/{day.year}"


def instant_words(at: datetime, *, language: str) -> str:
    """Return an instant of the legal clock as the foot of a page prints it.

    >>> instant_words(datetime(2024, 8, 7, 9, 5), language="vi")
    '9:05, 7/8/2024'
    """
    return f"{at.hour}:{at:%M}, {day_words(at.date(), language=language)}"
