"""The calendar that an installation begins with: what the package ``holidays`` knows of Viet Nam.

It knows Tết by the lunar calendar and the days that were swapped by decision. What the Government
decides for a year after the package was made is entered by the office on the page of the calendar.
"""

import re
from datetime import date, datetime

import holidays

from lotrinh.apps.duties import services
from lotrinh.apps.duties.services import Said
from lotrinh.apps.journal.services import Named
from lotrinh.rules.working_days import DayKind

FIRST_YEAR, LAST_YEAR = 2023, 2027
BASIS = "Bộ luật Lao động 2019, Điều 112"
_WORKED = {"name_vi": "Ngày làm bù", "name_en": "Worked instead of a day off"}
_SWAPPED = {"name_vi": "Nghỉ hoán đổi", "name_en": "Day off, worked on another day"}
_DATED = re.compile(r"\d/\d")
"""The package writes the other day of a swap into the name, month first in English."""


def known_days(year: int) -> tuple[Said, ...]:
    """Return the holidays of a year and the days that are worked instead, in their order."""
    vi, en = (
        holidays.country_holidays("VN", years=year, language=told) for told in ("vi", "en_US")
    )
    off = [Said(day, DayKind.HOLIDAY, **_named(vi[day], en[day]), basis=BASIS) for day in vi]
    swapped = (day for day in vi.weekend_workdays if day.year == year)
    worked = [Said(day, DayKind.WORKED, **_WORKED, basis=BASIS) for day in swapped]
    return tuple(sorted((*off, *worked), key=_day))


def load_calendar(*, actor: Named, at: datetime) -> int:
    """Enter the days of the first years and return how many are new."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    days = [said for year in years for said in known_days(year)]
    return services.load_days(days=days, actor=actor, at=at)


def _named(name_vi: str, name_en: str) -> dict[str, str]:
    return _SWAPPED if _DATED.search(name_vi) else {"name_vi": name_vi, "name_en": name_en}


def _day(said: Said) -> date:
    return said.day
