"""The day turns at midnight where the authority sits, wherever the server's clock stands.

Every boundary of a right is asked in the last second of one day and the first of the next, by the
clock of the pages, on servers in three time zones. All must say the same.
"""

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.rules.actions import Action
from lotrinh.rules.days import legal_day
from lotrinh.web import clock
from tests.cast import Cast
from tests.factories import (
    NOW,
    READS,
    appoint,
    give_mandate,
    make_officer,
    make_person,
    make_post,
    make_role,
    make_user,
)
from tests.web.visiting import Visit

pytestmark = pytest.mark.django_db

SERVERS = ("UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles")
DAY = date(2025, 7, 1)
"""The day of every boundary: it begins in Hà Nội at 17:00 of the day before in UTC."""
BEFORE = datetime(2025, 6, 30, 16, 59, 59, tzinfo=UTC)
AFTER = datetime(2025, 6, 30, 17, 0, 0, tzinfo=UTC)


@pytest.fixture(params=SERVERS)
def machine(request: pytest.FixtureRequest) -> Iterator[str]:
    """A machine whose own clock shows the time of this zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    with override_settings(LOTRINH_TODAY=None):
        os.environ["TZ"] = request.param  # the settings set it to the zone of the authority
        time.tzset()
        yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def at(instant: datetime, monkeypatch: pytest.MonkeyPatch) -> date:
    """Let the pages live at this instant; return the day that they show."""
    monkeypatch.setattr(timezone, "now", lambda: instant)
    return clock.today()


def rights(user, unit, monkeypatch, action: Action = Action.READ_DUTY) -> tuple[bool, bool]:
    """Return whether the right holds in the last second before the day, and in its first."""
    found = []
    for instant in (BEFORE, AFTER):
        asked = {"user_id": user.pk, "action": action, "on": at(instant, monkeypatch)}
        holds = units.may(unit_id=unit.pk, **asked)
        assert holds == (unit.pk in units.reach(**asked))
        assert holds == units.why(unit_id=unit.pk, **asked).allowed
        found.append(holds)
    return found[0], found[1]


def test_the_servers_clocks_do_differ(machine: str) -> None:
    shown = datetime.fromtimestamp(AFTER.timestamp())  # noqa: DTZ006 - the server's own clock

    assert shown == AFTER.astimezone(ZoneInfo(machine)).replace(tzinfo=None)


def test_the_day_of_the_pages_turns_at_midnight_in_ha_noi(machine: str, monkeypatch) -> None:
    assert at(BEFORE, monkeypatch) == DAY - timedelta(days=1)
    assert at(AFTER, monkeypatch) == DAY
    assert legal_day(AFTER, ZoneInfo("Asia/Ho_Chi_Minh")) == DAY


def test_a_right_to_issue_is_lost_with_the_last_day_of_the_post(
    cast: Cast, machine: str, monkeypatch
) -> None:
    user = make_officer(cast.ho_sen, actions=[Action.ISSUE_DUTY], until=DAY)

    assert rights(user, cast.sen_tay, monkeypatch, Action.ISSUE_DUTY) == (True, False)


def test_a_delegation_ends_at_midnight(cast: Cast, machine: str, monkeypatch) -> None:
    lender = units.first_post(user_id=cast.ha.pk, on=date(2024, 8, 7))
    assert lender is not None
    services.delegate(
        lender=lender,
        person=cast.person(cast.an),
        since=date(2025, 6, 1),
        until=DAY,
        actor=SYSTEM,
        at=NOW,
    )

    assert rights(cast.an, cast.ho_sen, monkeypatch) == (True, False)


def test_a_mandate_begins_at_midnight(cast: Cast, machine: str, monkeypatch) -> None:
    role = make_role("kiem-tra-vien", actions=READS, purpose="inspection")
    user = make_user()
    person = make_person("Tạ Bình", user=user)
    appoint(person, make_post(cast.city, role=role))
    give_mandate(person, cast.ho_sen, role=role, since=DAY, until=DAY + timedelta(days=1))

    assert rights(user, cast.sen_tay, monkeypatch) == (False, True)


def test_an_abolished_unit_goes_to_its_receiver_at_midnight(
    cast: Cast, machine: str, monkeypatch
) -> None:
    services.abolish_unit(
        unit=cast.sen_tay,
        receiver=cast.dong_gao,
        day=DAY,
        legal_basis="Nghị quyết số 1",
        user=cast.chi,
        on=date(2025, 6, 1),
        at=NOW,
    )

    assert rights(cast.khe, cast.sen_tay, monkeypatch) == (False, True)
    assert rights(cast.ha, cast.sen_tay, monkeypatch) == (True, False)
    assert rights(cast.mai, cast.sen_tay, monkeypatch) == (True, False)


def test_a_page_is_opened_until_midnight_and_not_after(
    cast: Cast, machine: str, monkeypatch
) -> None:
    user = make_officer(cast.ho_sen, actions=READS, until=DAY)
    path, visit = f"/people/{cast.person(cast.mai).uid}/", Visit(user)

    at(BEFORE, monkeypatch)
    visit.look(path)
    at(AFTER, monkeypatch)
    visit.look(path, status=404)


def test_the_database_is_never_asked_what_day_it_is(machine: str) -> None:
    """Days are handed over as values; the zone of the session moves none of them."""
    with connection.cursor() as cursor:
        for zone in SERVERS:
            cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])
            cursor.execute("SELECT %s::date, daterange('2025-07-01', NULL) @> %s::date", [DAY, DAY])
            assert cursor.fetchone() == (DAY, True)
