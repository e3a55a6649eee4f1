"""The day that counts is the day where the authority sits, whatever clock the server has."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.days import at_same_time_on, legal_day

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_SECONDS = int(
    (datetime(2090, 1, 1, tzinfo=UTC) - datetime(1990, 1, 1, tzinfo=UTC)).total_seconds()
)
instants = st.integers(0, _SECONDS).map(
    lambda seconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


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


@given(instants, st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_fixed_day_is_the_legal_day_of_every_instant_put_on_it(instant, day):
    assert legal_day(at_same_time_on(instant, day, HANOI), HANOI) == day


@given(instants)
def test_a_day_has_twenty_four_hours_in_ha_noi(instant):
    assert legal_day(instant + timedelta(hours=24), HANOI) - legal_day(instant, HANOI) == timedelta(
        1
    )
