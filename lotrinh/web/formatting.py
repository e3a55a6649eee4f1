"""Numbers, values, days and names as a reader of either language expects and types them."""

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils import formats, translation
from django.utils.translation import gettext as _

from lotrinh.rules.formats import number as exact_number
from lotrinh.web import clock
from lotrinh.web.wording import measure_word

_NUMBER = re.compile(r"-?[0-9]{1,24}(\.[0-9]{1,6})?")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_NO_YEAR = re.compile(r"XXXX-(\d{2})-(\d{2})")
_LEAP = 2024  # a day without a year may be 29 February
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years in which a typed day may lie; weeks and months can be counted around each of them."""
JOIN = "\N{NO-BREAK SPACE}"
"""What stands between the parts of a day or a period: no line may end within one."""
SCALES = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


def named(thing: object, field: str = "name") -> str:
    """Return ``name_vi`` or ``name_en`` of a row, by the language of the page."""
    language = translation.get_language() or "vi"
    return str(getattr(thing, f"{field}_{'en' if language.startswith('en') else 'vi'}"))


def ordinal(count: int) -> str:
    """Return which day of a month is meant: "19th" in English, "19" in Vietnamese."""
    if not (translation.get_language() or "vi").startswith("en"):
        return str(count)
    teens = count % 100 in (11, 12, 13)
    return f"{count}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


def number(value: Decimal) -> str:
    """Return a number with the separators of the page's language and no idle zeros.

    Money in base units of a billion and more is left to ``amount``.
    """
    return exact_number(value, language=translation.get_language() or "vi")


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
    return f"{number(value)} {measure_word(unit)}".strip()


def planned(comparator: str, value: Decimal | None, high: Decimal | None, unit: str) -> str:
    """Return a planned value in one expression: "< 3%", "≥ 97%", "20–25%", "≈ 40%"."""
    if value is None:
        return ""
    if high is not None:
        return f"{number(value)}–{amount(high, unit)}"
    sign = {">=": "≥ ", "<=": "≤ ", "<": "< ", ">": "> ", "~": "≈ "}.get(comparator, "")
    return sign + amount(value, unit)


def day(value: date) -> str:
    """Return a day as d/m/yyyy in Vietnamese and "7 Aug 2024" in English, which no line breaks."""
    return str(formats.date_format(value, _("j M Y"))).replace(" ", JOIN)


def month(value: date) -> str:
    """Return the month in which a day lies: "tháng 8/2024", "August 2024"."""
    if (translation.get_language() or "vi").startswith("en"):
        return str(formats.date_format(value, "F Y")).replace(" ", JOIN)
    return f"tháng{JOIN}{value.month}/{value.year}"


def day_and_time(value: datetime) -> str:
    """Return an instant as pages print it, in the zone in which days are counted."""
    here = value.astimezone(clock.zone())
    return f"{here:%H:%M}, {day(here.date())}"


def day_and_month(value: date) -> str:
    """Return a day as a field of a form shows it in both languages: 7/8/2024 is 7 August."""
    return f"{value.day}/{value.month}/{value.year}"


def typed_day(typed: str) -> date | None:
    """Return the day that somebody typed as d/m/yyyy (or as an address holds it), else None.

    A day outside the years 1900 to 2200 is a slip of the hand and no day.
    """
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            found = datetime.strptime(typed.strip(), pattern).date()  # noqa: DTZ007 - no instant
        except ValueError:
            continue
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
    return None


def typed_number(typed: str) -> Decimal | None:
    """Return the number that somebody typed in the manner of the page's language, else None.

    In Vietnamese "1.270" is one thousand two hundred seventy and "45,37" has two decimals.
    """
    plain = str(formats.sanitize_separators(typed.strip()))
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def stated(iso: str) -> str:
    """Return in words a time as a document states it: "quý III/2024", "2021-2025", "9/5".

    A text that is no such time is returned as it is.
    """
    first, slash, last = iso.partition("/")
    if slash:
        return f"{stated(first)} – {stated(last)}"
    if found := _QUARTER.fullmatch(iso):
        words = {"quarter": _ROMAN[int(found[2])], "year": found[1]}
        return (_("quarter %(quarter)s of %(year)s") % words).replace(" ", JOIN, 1)
    if found := _MONTH.fullmatch(iso):
        return month(date(int(found[1]), int(found[2]), 1))
    if found := _NO_YEAR.fullmatch(iso):
        dated = typed_day(f"{_LEAP}-{found[1]}-{found[2]}")
        return str(formats.date_format(dated, _("j M"))).replace(" ", JOIN) if dated else iso
    typed = typed_day(iso)
    return day(typed) if typed else iso
