"""The day that counts is the day where the authority sits, whatever the clock of the server says."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.days import at_same_time_on, legal_day

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2024-08-06T16:59:59+00:00", date(2024, 8, 6)),
        ("2024-08-06T17:00:00+00:00", date(2024, 8, 7)),
        ("2024-08-07T00:00:00+07:00", date(2024, 8, 7)),
        ("2023-12-31T17:00:00+00:00", date(2024, 1, 1)),
        ("2024-02-28T20:00:00-05:00", date(2024, 2, 29)),
    ],
)
def test_the_legal_day_begins_at_midnight_in_ha_noi(instant, day):
    assert legal_day(datetime.fromisoformat(instant), HANOI) == day


def test_the_time_of_day_goes_on_where_the_day_stands_still():
    instant = datetime(2026, 11, 22, 2, 30, 15, tzinfo=UTC)

    fixed = at_same_time_on(instant, date(2024, 8, 7), HANOI)

    assert fixed == datetime(2024, 8, 7, 9, 30, 15, tzinfo=HANOI)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_fixed_day_is_the_legal_day_of_every_instant_put_on_it(naive, day):
    assert legal_day(at_same_time_on(naive.replace(tzinfo=UTC), day, HANOI), HANOI) == day


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
def test_a_day_has_twenty_four_hours_in_ha_noi(naive):
    instant = naive.replace(tzinfo=UTC)

    assert legal_day(instant + timedelta(hours=24), HANOI) - legal_day(instant, HANOI) == timedelta(1)
