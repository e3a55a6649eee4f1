"""Scenarios for the services that count deadlines: before, and the one call that is watched."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from lotrinh.apps.duties import selectors
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.selectors import OwnCounting
from lotrinh.apps.duties.services import Said
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.rules.reminders import Informed, Rung
from lotrinh.rules.working_days import DayKind
from tests.cast import Cast
from tests.factories import NOW, TODAY, an_assignment, key, make_duty

Act = Callable[[], object]
_ON = {"on": TODAY, "at": NOW}
_TET = Said(date(2025, 1, 28), DayKind.HOLIDAY, "Tết", "Tết")


def enter_days(cast: Cast) -> Act:
    return lambda: duties.enter_days(days=[_TET], user=cast.chi, client_key=key(), **_ON)


def load_days(cast: Cast) -> Act:
    return lambda: duties.load_days(days=[_TET], actor=SYSTEM, at=NOW)


def withdraw_day(cast: Cast) -> Act:
    enter_days(cast)()
    (day,) = selectors.days_entered(year=2025)
    return lambda: duties.withdraw_day(day=day, user=cast.chi, **_ON)


def set_counting(cast: Cast) -> Act:
    given = {"unit": cast.ho_sen, "own": OwnCounting(soon_days=3), "since": TODAY, "read": None}
    return lambda: duties.set_counting(**given, user=cast.chi, client_key=key(), **_ON)


def set_ladder(cast: Cast) -> Act:
    rungs = [duties.RungSaid(Rung("late", 2, (Informed.PERSON,)), "Quá hạn", "Overdue")]
    given = {"rungs": rungs, "since": date(2025, 1, 1), "read": None}
    return lambda: duties.set_ladder(**given, user=cast.chi, client_key=key(), **_ON)


def make_periods(cast: Cast) -> Act:
    _recurring(cast)
    return lambda: duties.make_periods(on=date(2025, 1, 1), at=NOW)


def make_periods_of(cast: Cast) -> Act:
    duty = _recurring(cast)
    return lambda: duties.make_periods_of(duty=duty, on=date(2025, 1, 1), at=NOW)


def _recurring(cast: Cast) -> Duty:
    words = an_assignment(cast.ho_sen, cast.person(cast.ha))
    return make_duty(
        owed_to=cast.city,
        user=cast.chi,
        assignment=replace(words, recurrence="quarterly", due=None),
        is_issued=True,
    )


DEADLINES = {
    "duties.enter_days": enter_days,
    "duties.load_days": load_days,
    "duties.make_periods": make_periods,
    "duties.make_periods_of": make_periods_of,
    "duties.set_counting": set_counting,
    "duties.set_ladder": set_ladder,
    "duties.withdraw_day": withdraw_day,
}
