"""By when, and how often: what a cell of deadlines says.

A cell has no sentence around its date, so that forms which would mean nothing in prose are read
here: a year or "15/6" alone, a month or quarter without its year, the dates of spreadsheets. A
year that the heading or the title of the table states completes a date; the year of the document
itself is an inference and goes into the deadline only, not into the date that was found.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lotrinh.reading import periods
from lotrinh.reading.dates import UNTIL, find_dates
from lotrinh.reading.days import MONTH_NAME, MONTHS
from lotrinh.reading.grammar import any_of
from lotrinh.reading.moments import When
from lotrinh.reading.tables.counted import Counted, counted_times
from lotrinh.reading.tables.grid import Box
from lotrinh.reading.tables.headings import TABLES
from lotrinh.reading.text import Source

_OFTEN: list[tuple[str, re.Pattern[str]]] = [
    (entry["code"], re.compile(any_of(entry["words"]))) for entry in TABLES["often"]
]
_CONTINUING = re.compile(any_of(TABLES["words"]["continuing"]))
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]+")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?:[ t]+\d\d?:\d\d(?::\d\d)?)?(?!\d)")
_MONTH_FIRST = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d\d)(?![\d/])")
_QUARTERS = re.compile(
    r"(?<!\w)(?:(?:cac )?quy|quarters?|q)\.?\s?"
    r"((?:iv|i{1,3}|[1-4])(?!\w)"
    r"(?:\s?(?:,|-|va|den|and|to|&)\s?(?:(?:quy|q)\s?)?(?:iv|i{1,3}|[1-4])(?!\w))*)"
    r"(?:\s?(?:[/.,-]|,?\s?nam|of)?\s?(20\d\d)(?!\d))?"
)
_QUARTER = re.compile(r"(?:(?:quy|q)\s?)?(iv|i{1,3}|[1-4])")
_MONTHS = re.compile(
    r"(?<!\w)(?:(?:cac )?thang|t)\.?\s?"
    r"(\d{1,2}(?!\d)(?:\s?(?:,|-|va|den|&)\s?(?:(?:thang|t)\.?\s?)?\d{1,2}(?![\d/]\d?\b(?!\d)))*)"
    r"(?:\s?(?:[/.-]|,?\s?nam)\s?(20\d\d)(?!\d))?"
)
_LISTED = re.compile(r",|va")
_MONTH = re.compile(r"(?:(?:thang|t)\.?\s?)?(\d{1,2})")
_DAY = re.compile(r"(?<![\d/.-])(?:ngay\s)?(\d{1,2})\s?/\s?(\d{1,2})(?!\s?[/\d])")
_YEAR = re.compile(r"(?<![\d/.])(?<!\d-)((?:19|20)\d\d)(?![\d/.]\d|\d)")
_SERIAL = re.compile(r"\s*([34567]\d{4})(?:\.0+)?\s*$")
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}\s*$")
_FROM = re.compile(r"(?<!\w)(?:tu|bat dau|from|since|starting)\s(?:ngay\s|nam\s|dau\s)?$")
_AFTER = re.compile(
    rf"(?<!khong )(?<!not )(?<!no ){any_of(TABLES['words']['after'])}\s"
    r"(?:ngay |thang |quy |nam |the |end of )*$"
)
_CITED = re.compile(
    r"(?:\d+/[a-z0-9]+(?:-[a-z0-9]+)*(?:,? cua [^,;\n]{1,60})?|"
    + any_of(TABLES["words"]["according"])
    + r"\s(?:the )?"
    + any_of(TABLES["words"]["cited"])
    + r"[^;,\n]{0,60}?),?\s(?:ngay|dated|of)\s*$"
)
_VAGUE = re.compile(any_of(TABLES["words"]["vague"]) + r"[ -](?:of )?(?:the )?(?:year )?(?:nam )?$")
_MONTH_NAMED = re.compile(
    rf"(?<![\w-])(?<!\d )(?:end of |late |by |mid-?)?({MONTH_NAME})\.?,\s?((?:19|20)\d\d)(?!\d)"
)
_OF_YEAR = re.compile(
    r"(?:trong|het|cuoi)\s(?:ca\s)?nam(?!\s?\d|\w)|(?:by\s)?(?:the\s)?end of (?:the\s)?year"
    r"|^trong nam$"
)
_AIMED = re.compile(r"(?<!\w)(?:chi tieu|muc tieu|nhiem vu|ke hoach|targets?|tasks?|plan)[^\n.;]*$")
_EACH = re.compile(r"(?<!\w)(?:hang|moi|dinh ky|thuong nien|annual|every|each)(?!\w)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS_A_YEAR = 12
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets


@dataclass(frozen=True, slots=True)
class Moment:
    """What a cell says about time. ``whens`` stand in the order of the cell."""

    whens: tuple[When, ...] = ()
    recurrence: str | None = None
    this_year: bool = False  # "by the end of the year", of whichever year
    recurs: bool = False  # a day comes again and again, and so is no date: "15/12 hằng năm"
    vague: bool = False  # "Mid-2025" is some day of 2025

    @property
    def says_nothing(self) -> bool:
        """Whether no time was understood."""
        return not self.whens and self.recurrence is None and not self.this_year


def read_moment(
    source: Source,
    box: Box,
    stated: int | None = None,
    month_first: bool = False,
    counted: Counted | None = None,
) -> Moment:
    """Return what a cell says about time; ``stated`` is the year of its heading or title.

    ``counted`` is what a bare number means below its heading.
    """
    numbers = [when_of(*found) for found in counted_times(source.folded, box, counted)]
    if numbers:
        whens = [_completed(when, [], stated) for when in numbers if when is not None]
        for when in whens:
            when.role = "deadline"
        return Moment(tuple(whens))
    cell = _cut(source, box.start, box.end)
    found: list[When] = []
    taken = bytearray(len(cell.folded) + 1)
    if month_first:
        _take(found, taken, _month_first(cell.folded))
    _take(found, taken, _months_named(cell.folded))
    _take(found, taken, _quarters(cell.folded))
    _take(found, taken, _months(cell.folded, _LISTED))
    _take(found, taken, iter(_in_prose(cell, taken)))
    for reader in (_isolated, _months, _days, _years):
        _take(found, taken, reader(cell.folded))
    found.sort(key=lambda when: when.start)
    once = [when for when in found if not _recurs(cell.folded, when)]
    whens = [_completed(when, once[place + 1 :], stated) for place, when in enumerate(once)]
    vague = any(_is_vague(cell.folded, when) for when in whens)
    for when in whens:
        _set_role(cell, when)
        when.start += box.start
        when.end += box.start
    this_year = _OF_YEAR.search(cell.folded) is not None
    often = read_recurrence(cell.folded)
    return Moment(tuple(whens), often, this_year, len(once) < len(found), vague)


def due_of(moment: Moment, stated: int | None, issued: date | None) -> str | None:
    """Return the deadline in the precision of the cell, the last one of several.

    A year that is nowhere stated is that of the document, or the next if the day were past then;
    what recurs every year has none.
    """
    ends = [when for when in moment.whens if when.role == "deadline"]
    if not ends:
        year = stated or (issued.year if issued else None)
        return str(year) if moment.this_year and year else None
    last = ends[-1]
    if all(when.last is not None for when in ends):
        last = max(ends, key=lambda when: (when.last or date.min, when.start))
    if not last.iso.startswith("XXXX") or moment.recurrence == "yearly":
        return last.iso
    if stated is not None:
        return last.iso.replace("XXXX", str(stated))
    return last.iso.replace("XXXX", str(_year_of(last.iso, issued))) if issued else last.iso


def _year_of(iso: str, issued: date) -> int:
    span = _span(iso.replace("XXXX", str(issued.year)))
    return issued.year + 1 if span is not None and span[1] < issued else issued.year


def when_of(start: int, end: int, iso: str) -> When | None:
    """Return a date from its iso form; None if the calendar has no such day."""
    precision = "quarter" if "Q" in iso else ("year", "month", "day")[iso.count("-")]
    if iso.startswith("XXXX"):
        known = _span(iso.replace("XXXX", "2024"))
        return When(start, end, iso, None, None, precision, f"date.{precision}") if known else None
    span = _span(iso)
    return When(start, end, iso, *span, precision, f"date.{precision}") if span else None


def _span(iso: str) -> tuple[date, date] | None:
    year, *rest = iso.split("-")
    if not rest:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    first = int(rest[0][1]) * 3 - 2 if rest[0].startswith("Q") else int(rest[0])
    last = first + 2 if rest[0].startswith("Q") else first
    if not 1 <= first <= 12:
        return None
    length = monthrange(int(year), last)[1]
    if len(rest) == 1:
        return date(int(year), first, 1), date(int(year), last, length)
    day = int(rest[1])
    return (date(int(year), first, day),) * 2 if 1 <= day <= length else None


def _cut(source: Source, start: int, end: int) -> Source:
    composed = source.composed[start:end].replace("\n", " ")
    folded = source.folded[start:end].replace("\n", " ")
    return Source(composed, composed, folded, (), source.toned)


def _in_prose(source: Source, taken: bytearray) -> list[When]:
    """Return the dates in the forms that prose has."""
    numerals = [match.span() for match in _DIGITS.finditer(source.folded)]
    words = [
        match.start()
        for match in _WORD.finditer(source.folded)
        if match.group() in periods.TRIGGERS
    ]
    return find_dates(source, numerals, words, taken)


def _take(found: list[When], taken: bytearray, whens: Iterator[When | None]) -> None:
    """Keep what begins where nothing has been read yet."""
    for when in whens:
        if when is not None and not any(taken[when.start : when.end]):
            taken[when.start : when.end] = b"\1" * (when.end - when.start)
            found.append(when)


def _month_first(folded: str) -> Iterator[When | None]:
    for match in _MONTH_FIRST.finditer(folded):
        yield when_of(*match.span(), f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}")


def _isolated(folded: str) -> Iterator[When | None]:
    """Yield the dates of machines: 2025-06-30, a serial day, 30/6/25."""
    for match in _ISO.finditer(folded):
        yield when_of(*match.span(), f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}")
    for match in _SHORT_YEAR.finditer(folded):
        yield when_of(*match.span(), f"20{match[3]}-{int(match[2]):02}-{int(match[1]):02}")
    serial = _SERIAL.match(folded)
    if serial:
        day = _EPOCH + timedelta(days=int(serial[1]))
        yield when_of(serial.start(1), serial.end(), day.isoformat())


def _quarters(folded: str) -> Iterator[When | None]:
    for match in _QUARTERS.finditer(folded):
        year, end = match[2] or "XXXX", match.end()
        numbers = list(_QUARTER.finditer(folded, match.start(1), match.end(1)))
        for place, number in enumerate(numbers):
            quarter = _ROMAN.get(number[1]) or int(number[1])
            start = match.start() if place == 0 else number.start()
            last = place == len(numbers) - 1
            yield when_of(start, end if last else number.end(), f"{year}-Q{quarter}")


def _months_named(folded: str) -> Iterator[When | None]:
    """Yield months with a comma before the year, which part a date in prose: "June, 2025"."""
    for match in _MONTH_NAMED.finditer(folded):
        yield when_of(*match.span(), f"{match[2]}-{MONTHS[match[1]]:02}")


def _months(folded: str, sign: re.Pattern[str] | None = None) -> Iterator[When | None]:
    """Yield months with or without a year; with a ``sign``, only those that it stands between."""
    for match in _MONTHS.finditer(folded):
        if sign is not None and not sign.search(match[1]):
            continue
        if _DAY_BEFORE.search(folded, max(0, match.start() - 4), match.start()):
            continue
        year, end = match[2] or "XXXX", match.end()
        numbers = list(_MONTH.finditer(folded, match.start(1), match.end(1)))
        for place, number in enumerate(numbers):
            start = match.start() if place == 0 else number.start()
            last = place == len(numbers) - 1
            yield when_of(start, end if last else number.end(), f"{year}-{int(number[1]):02}")


def _days(folded: str) -> Iterator[When | None]:
    for match in _DAY.finditer(folded):
        yield when_of(*match.span(), f"XXXX-{int(match[2]):02}-{int(match[1]):02}")


def _years(folded: str) -> Iterator[When | None]:
    for match in _YEAR.finditer(folded):
        yield when_of(*match.span(), match[1])


def _completed(when: When, later: list[When], stated: int | None) -> When:
    """Return a date with the year that a date behind it, or the heading, gives to it."""
    if not when.iso.startswith("XXXX"):
        return when
    year = next((str(other.last.year) for other in later if other.last is not None), None)
    if year is None and stated is not None:
        year = str(stated)
    known = when_of(when.start, when.end, when.iso.replace("XXXX", year)) if year else None
    return known or when


def _recurs(folded: str, when: When) -> bool:
    """Tell the day of something that comes every year, quarter or month."""
    if not when.iso.startswith("XXXX"):
        return False
    start = max(folded.rfind(mark, 0, when.start) for mark in ";.") + 1
    end = folded.find(";", when.end)
    return _EACH.search(folded, start, end if end > 0 else len(folded)) is not None


def _set_role(cell: Source, when: When) -> None:
    before = UNTIL.before(cell, when.start)
    when.word = before[1] if before else None
    when.role = "deadline"
    begins = _FROM.search(cell.folded, max(0, when.start - 16), when.start) is not None
    begins = begins and when.precision != "interval"  # "từ 01/6 - 30/6" names its end too
    if when.word == "vision" or begins or _is_no_end(cell.folded, when):
        when.role = "period"


def _is_no_end(folded: str, when: When) -> bool:
    """Tell the day after which something begins, and the day of a document that is cited."""
    if _AFTER.search(folded, max(0, when.start - 30), when.start):
        return True
    begun = when.start
    if folded.startswith(("ngay ", "dated "), begun):
        begun = folded.index(" ", begun) + 1
    issued = when.precision == "day" and when.word is None
    return issued and bool(_CITED.search(folded, max(0, begun - 90), begun))


def _is_vague(folded: str, when: When) -> bool:
    """Tell a year of which some part is meant that has no name in a calendar."""
    if when.precision != "year":
        return False
    year = _YEAR.search(folded, when.start, when.end)
    place = year.start() if year else when.start
    return _VAGUE.search(folded, max(0, place - 24), place) is not None


def read_recurrence(folded: str) -> str | None:
    """Return how often; "continuous" only if nothing else is said."""
    for code, pattern in _OFTEN:
        if pattern.search(folded):
            return code
    return "yearly" if _CONTINUING.search(folded) else None


def read_years(text: str, folded: str) -> str | None:
    """Return the one year or span of years that a title names, as iso; None if it names several.

    The day on which a document was issued, and the years in its number, are no such years.
    """
    whole = Source(text, text, folded, (), True)
    whens = _in_prose(whole, bytearray(len(folded) + 1))
    named: set[str] = set()
    aimed: set[str] = set()
    for when in whens:
        year = _year_named(when)
        if year is not None:
            named.add(year)
            if _AIMED.search(folded, max(0, when.start - 60), when.start):
                aimed.add(year)
    chosen = aimed if len(aimed) == 1 else named
    return chosen.pop() if len(chosen) == 1 else None


def _year_named(when: When) -> str | None:
    """Return the year or years of a period; of nine months, the year they belong to."""
    if when.first is None or when.last is None or when.precision == "day" or when.word == "vision":
        return None
    if when.first.year == when.last.year:
        return str(when.first.year)
    return when.iso if "-" not in when.iso else None


def writes_month_first(source: Source, boxes: Iterable[Box]) -> bool:
    """Tell a column of dates like 1/31/2025, in which the month comes first."""
    for box in boxes:
        for match in _MONTH_FIRST.finditer(source.folded, box.start, box.end):
            if int(match[2]) > _MONTHS_A_YEAR:
                return True
    return False
