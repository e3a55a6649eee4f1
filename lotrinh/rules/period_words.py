"""What people call a period, in either language: "quý III năm 2024", "first 7 months of 2024".

The name follows from the days alone, so that one written by hand and one of a kind are called the
same.
"""

from datetime import date

from lotrinh.rules.periods import YEAR, Period

_ROMAN = ("I", "II", "III", "IV")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_QUARTER = 3


def period_name(period: Period, *, language: str) -> str:
    """Return the name of a period in ``vi`` or ``en``, as it stands within a sentence.

    >>> days = Period(date(2024, 1, 1), date(2024, 8, 1))
    >>> period_name(days, language="vi"), period_name(days, language="en")
    ('7 tháng đầu năm 2024', 'the first 7 months of 2024')
    """
    in_english = language.startswith("en")
    if not period.has_whole_months:
        return _days(period, in_english)
    if period.months % YEAR == 0 and period.since.month == 1:
        return _years(period, in_english)
    if period.months == 1:
        return _month(period.since, in_english)
    if period.months == _QUARTER and period.since.month % _QUARTER == 1:
        number = _ROMAN[period.since.month // _QUARTER]
        year = period.since.year
        return f"quarter {number} of {year}" if in_english else f"quý {number} năm {year}"
    return _months(period, in_english)


def _years(period: Period, in_english: bool) -> str:
    first, last = period.since.year, period.last.year
    if first == last:
        return str(first) if in_english else f"năm {first}"
    return f"{first}–{last}" if in_english else f"giai đoạn {first}-{last}"


def _month(day: date, in_english: bool) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}" if in_english else f"tháng {day.month}/{day.year}"


def _months(period: Period, in_english: bool) -> str:
    """Name the first or last months of a year; any others by their first and last."""
    year, count = period.since.year, period.months
    if year == period.last.year and period.since.month == 1:
        return (
            f"the first {count} months of {year}"
            if in_english
            else (f"{count} tháng đầu năm {year}")
        )
    if year == period.last.year and period.last.month == YEAR:
        return (
            f"the last {count} months of {year}"
            if in_english
            else (f"{count} tháng cuối năm {year}")
        )
    first, last = _month(period.since, in_english), _month(period.last, in_english)
    return f"{first} to {last}" if in_english else f"từ {first} đến {last}"


def _days(period: Period, in_english: bool) -> str:
    first, last = _day(period.since, in_english), _day(period.last, in_english)
    if period.since == period.last:
        return first if in_english else f"ngày {first}"
    return f"{first} to {last}" if in_english else f"từ ngày {first} đến ngày {last}"


def _day(day: date, in_english: bool) -> str:
    if in_english:
        return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"
    return f"{day.day}/{day.month}/{day.year}"
