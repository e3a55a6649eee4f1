"""A date while it is being read, and how its days, months, quarters and years are put together.

Nothing is guessed: what stands there without a year is written with ``XXXX`` and has no first or
last day.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

UNKNOWN = "XXXX"
YEAR = r"(?:19|20)\d\d"
# A year ends here; one or two digits glued to it are the number of a footnote.
YEAR_END = r"(?!\d{3}|[/-]\d{1,2}(?![\d/.-]))"
_LEAP_YEAR = 2024  # a day without a year may be 29 February


@dataclass(slots=True)
class When:
    """A date while it is being read: its first and last day are None where the year is unknown."""

    start: int
    end: int
    iso: str
    first: date | None
    last: date | None
    precision: str
    rule: str
    role: str = "period"
    word: str | None = None  # "until", "before" or "vision", from the words before it

    @property
    def last_day(self) -> date | None:
        """The last day that is still in time."""
        if self.word == "before" and self.first is not None:
            return self.first - timedelta(days=1)
        return self.last


def day(start: int, end: int, number: int, month: int, year: int | None) -> When | None:
    """Return a day that exists in the calendar, or None."""
    if not 1 <= month <= 12 or not 1 <= number <= monthrange(year or _LEAP_YEAR, month)[1]:
        return None
    if year is None:
        iso = f"{UNKNOWN}-{month:02}-{number:02}"
        return When(start, end, iso, None, None, "day", "date.day")
    moment = date(year, month, number)
    return When(start, end, moment.isoformat(), moment, moment, "day", "date.day")


def days(
    start: int, end: int, numbers: tuple[int, int], month: int, year: int | None
) -> When | None:
    """Return the days from the first to the last number of one month."""
    first = day(start, end, numbers[0], month, year)
    last = day(start, end, numbers[1], month, year)
    if first is None or last is None or numbers[0] >= numbers[1]:
        return None
    iso = f"{first.iso}/{last.iso}"
    return When(start, end, iso, first.first, last.last, "interval", "date.interval")


def month(start: int, end: int, number: int, year: int | None) -> When | None:
    """Return a month, or None where there is none of that number."""
    if not 1 <= number <= 12:
        return None
    iso = f"{year or UNKNOWN}-{number:02}"
    return _span(start, end, "date.month", year, (number, number), iso, "month")


def months(start: int, end: int, first: int, last: int, year: int | None) -> When | None:
    """Return the months of one year from the first to the last."""
    if not 1 <= first < last <= 12:
        return None
    iso = f"{year or UNKNOWN}-{first:02}/{year or UNKNOWN}-{last:02}"
    return _span(start, end, "date.interval", year, (first, last), iso, "interval")


def quarter(start: int, end: int, number: int, year: int | None) -> When:
    """Return a quarter from 1 to 4."""
    iso = f"{year or UNKNOWN}-Q{number}"
    return _span(start, end, "date.quarter", year, (number * 3 - 2, number * 3), iso, "quarter")


def whole_year(start: int, end: int, year: int) -> When:
    """Return a year."""
    return _span(start, end, "date.year", year, (1, 12), str(year), "year")


def years(start: int, end: int, first: int, last: int) -> When:
    """Return the years from the first to the last."""
    iso = f"{first}/{last}"
    return When(start, end, iso, date(first, 1, 1), date(last, 12, 31), "interval", "date.interval")


def _span(
    start: int,
    end: int,
    rule: str,
    year: int | None,
    covered: tuple[int, int],
    iso: str,
    precision: str,
) -> When:
    if year is None:
        return When(start, end, iso, None, None, precision, rule)
    last = date(year, covered[1], monthrange(year, covered[1])[1])
    return When(start, end, iso, date(year, covered[0], 1), last, precision, rule)


def opening(folded: str, start: int, words: tuple[str, ...]) -> int:
    """Return where the word begins that names the unit of time, if it stands before ``start``."""
    end = start
    while end and folded[end - 1] in " \n":
        end -= 1
    for word in words:
        low = end - len(word)
        if folded.endswith(word, 0, end) and not folded[low - 1 : low].isalnum():
            return low
    return start
