"""The calendar that an installation begins with: the holidays that fall on a fixed day."""

import tomllib
from datetime import date, datetime
from importlib import resources

from lotrinh.apps.duties import services
from lotrinh.apps.duties.services import Said
from lotrinh.apps.journal.services import Named
from lotrinh.rules.working_days import DayKind

FIRST_YEAR, LAST_YEAR = 2023, 2027


def fixed_holidays(year: int) -> tuple[Said, ...]:
    """Return the holidays of a year that fall on the same day in every year."""
    text = resources.files(__package__).joinpath("holidays.toml").read_text("utf-8")
    return tuple(
        Said(
            day=date(year, row["month"], row["day"]),
            kind=DayKind.HOLIDAY,
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            basis=row["basis"],
        )
        for row in tomllib.loads(text)["holiday"]
    )


def load_calendar(*, actor: Named, at: datetime) -> int:
    """Enter the fixed holidays of the first years and return how many are new."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    days = [said for year in years for said in fixed_holidays(year)]
    return services.load_days(days=days, actor=actor, at=at)
