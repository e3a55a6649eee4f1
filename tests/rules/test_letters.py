"""Quiet hours and days off, and how long to wait after a letter could not be sent."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from lotrinh.rules.letters import HoursUnreadable, QuietHours, may_send, opens_next, wait_after
from lotrinh.rules.working_days import WorkingDays

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT = QuietHours.parsed("18:00-07:00")
TET = WorkingDays(
    holidays=frozenset(date(2025, 1, day) for day in range(27, 32)),
    worked=frozenset({date(2025, 1, 25)}),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "moment", "quiet"),
    [
        ("18:00-07:00", time(17, 59), False),
        ("18:00-07:00", time(18), True),
        ("18:00-07:00", time(0), True),
        ("18:00-07:00", time(6, 59), True),
        ("18:00-07:00", time(7), False),
        ("11:30-13:30", time(12), True),
        ("11:30-13:30", time(13, 30), False),
        ("00:00-00:00", time(0), False),
    ],
)
def test_hours_hold_their_beginning_and_not_their_end(typed, moment, quiet):
    assert QuietHours.parsed(typed).holds_at(moment) == quiet


@pytest.mark.parametrize("typed", ["", "18:00", "18-7", "25:00-07:00", "evening-morning"])
def test_what_is_no_pair_of_times_is_refused(typed):
    with pytest.raises(HoursUnreadable):
        QuietHours.parsed(typed)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2025-01-24T09:00", "2025-01-24T09:00"),  # a Friday morning
        ("2025-01-24T05:00", "2025-01-24T07:00"),
        ("2025-01-24T20:15", "2025-01-25T07:00"),  # the Saturday is worked
        ("2025-01-25T18:00", "2025-02-03T07:00"),  # Sunday, Tết, and the week-end after it
        ("2025-01-28T10:00", "2025-02-03T07:00"),
    ],
)
def test_letters_go_out_on_working_days_outside_the_quiet_hours(now, opens):
    local = at(now)

    assert opens_next(NIGHT, TET, on=local.date(), local=local) == at(opens)
    assert may_send(NIGHT, TET, on=local.date(), local=local) == (now == opens)
    assert may_send(NIGHT, TET, on=at(opens).date(), local=at(opens))


def test_where_no_hour_is_quiet_letters_wait_for_the_beginning_of_the_day():
    local = at("2025-01-28T10:00")

    opens = opens_next(QuietHours.parsed("00:00-00:00"), TET, on=local.date(), local=local)
    assert opens == at("2025-02-03T00:00")


def test_tries_stand_farther_and_farther_apart_up_to_an_hour():
    minutes = [wait_after(tries) / timedelta(minutes=1) for tries in range(8)]

    assert minutes == [2, 2, 4, 8, 16, 32, 60, 60]
    assert wait_after(10**6) == timedelta(hours=1)
