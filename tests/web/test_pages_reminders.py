"""How one is reminded: an address for letters, and the secret address of a calendar."""

import io
import logging
import re
from datetime import date, datetime

import pytest
from django.core.cache import cache
from icalendar import Calendar

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import CalendarFeed
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.rules.closing import Closing
from lotrinh.web.discretion import Discreet
from lotrinh.web.pages import reminders
from tests.factories import NOW, key, make_officer
from tests.letters import owe
from tests.unchanged import nothing_changes
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db
PAGE = "/account/reminders/"


@pytest.fixture(autouse=True)
def asked_never():
    cache.clear()
    yield
    cache.clear()


def opened(user):
    """Open the secret address of somebody and return its path."""
    shown = Visit(user).send(PAGE, {"act": "open", "client_key": key()}, status=200)
    assert shown["Cache-Control"] == "no-store"
    return re.search(r"/calendar/feed/[\w-]{43}\.ics", text_of(shown))[0]


def events(path):
    answer = Visit().look(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_one_says_where_letters_go_and_takes_it_back(cast):
    visit = Visit(cast.ha)
    visit.send(PAGE, {"act": "address", "email": "ha@hs.example"})
    with nothing_changes():
        visit.send(PAGE, {"act": "address", "email": "ha@hs.example"})
        wrong = visit.send(PAGE, {"act": "address", "email": "ha@"}, status=422)
        visit.send(PAGE, {"act": "other"}, status=422)

    assert "Đây không phải là địa chỉ thư điện tử" in text_of(wrong)
    assert 'value="ha@"' in text_of(wrong)
    cast.ha.refresh_from_db()
    assert cast.ha.email == "ha@hs.example"
    visit.send(PAGE, {"act": "address", "email": ""})
    entries = Entry.objects.filter(verb="user.address_changed").order_by("pk")
    assert [("hs.example" in row.payload, '"given":true' in row.payload) for row in entries] == [
        (False, True),
        (False, False),
    ]


def test_programs_read_the_deadlines_that_name_their_owner(cast):
    duty = owe(cast)
    owe(cast, make_officer(cast.ho_sen))
    path = opened(cast.ha)

    [event] = events(path)
    assert (event["SUMMARY"], event["DTSTART"].dt, event["DTEND"].dt) == (
        duty.title,
        date(2024, 9, 29),
        date(2024, 9, 30),
    )
    assert event["UID"] == f"{duty.uid}@localhost"
    assert event["URL"] == f"http://localhost:8000/duties/{duty.uid}/"
    assert event["DESCRIPTION"] == "Đơn vị thực hiện: Quận Hồ Sen"
    assert isinstance(event["DTSTAMP"].dt, datetime)
    assert events(opened(cast.mai)) == []


@pytest.mark.slow
def test_the_calendar_speaks_the_language_of_its_owner(cast):
    user = make_officer(cast.ho_sen, language="en")
    owe(cast, user)

    [event] = events(opened(user))
    assert event["DESCRIPTION"] == "Owed by: Ho Sen District"


def test_the_calendar_shows_only_what_its_owner_may_see_on_the_day(cast, settings):
    leaving = make_officer(cast.ho_sen, until=date(2024, 9, 1))
    owe(cast, leaving)
    path = opened(leaving)
    assert len(events(path)) == 1

    settings.LOTRINH_TODAY = date(2024, 9, 1)
    assert events(path) == []


def test_a_new_address_a_closed_one_and_a_closed_account_open_nothing(cast):
    first, second = opened(cast.ha), opened(cast.ha)
    missing = Visit().look("/calendar/feed/khong-ai-biet.ics", status=404)
    assert Visit().look(first, status=404).content == missing.content
    Visit().look(second)

    visit = Visit(cast.ha)
    visit.send(PAGE, {"act": "close"})
    with nothing_changes():
        visit.send(PAGE, {"act": "close"})
    Visit().look(second, status=404)

    third = opened(cast.ha)
    by = {"actor": SYSTEM, "at": NOW}
    accounts.close_account(user_id=cast.ha.pk, reason=Closing.ABSENT, **by)
    Visit().look(third, status=404)
    given = key()
    accounts.reopen_account(user_id=cast.ha.pk, read=None, client_key=given, **by)
    Visit().look(third, status=404)

    accounts.open_feed(user_id=cast.ha.pk, client_key=key(), at=NOW)
    accounts.give_password(user_id=cast.ha.pk, read=given, client_key=key(), **by)
    assert not CalendarFeed.objects.filter(closed_at=None).exists()


def test_a_form_sent_twice_shows_one_address_once(cast):
    visit, form = Visit(cast.ha), {"act": "open", "client_key": key()}
    path = re.search(r"/calendar/feed/[\w-]+\.ics", text_of(visit.send(PAGE, form, status=200)))[0]
    with nothing_changes():
        visit.send(PAGE, form)

    Visit().look(path)
    assert path.split("/")[-1].removesuffix(".ics") not in str(list(CalendarFeed.objects.values()))


def test_an_address_answers_a_bounded_number_of_times_and_events(cast, monkeypatch):
    for _ in range(3):
        owe(cast)
    path = opened(cast.ha)
    monkeypatch.setattr(reminders, "MOST_DEADLINES", 2)
    monkeypatch.setattr(reminders, "MOST_ASKED", 2)
    assert len(events(path)) == 2
    Visit().look(path)

    assert Visit().look(path, status=429)["Retry-After"] == "3600"
    Visit().look(opened(cast.ha))


def test_an_address_answers_where_the_count_of_its_hour_ends_meanwhile(cast, settings):
    path = opened(cast.ha)
    backend = "django.core.cache.backends.dummy.DummyCache"  # what it is told has ended at once
    settings.CACHES = {"default": {"BACKEND": backend}}

    assert events(path) == []


@pytest.mark.slow
def test_the_log_never_holds_a_secret_address(cast, monkeypatch):
    path, told = opened(cast.ha), io.StringIO()
    handler = logging.StreamHandler(told)
    handler.addFilter(Discreet())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    monkeypatch.setattr(reminders, "MOST_ASKED", 0)
    try:
        Visit().look(path, status=429)
    finally:
        logger.removeHandler(handler)

    assert told.getvalue() == "Too Many Requests: /calendar/feed/…\n"


@pytest.mark.slow
def test_the_pages_cost_few_queries(cast):
    owe(cast)
    path = opened(cast.ha)
    before = Visit().cost(path)
    for _ in range(3):
        owe(cast)

    assert Visit().cost(path) == before <= 12
    assert Visit(cast.ha).cost(PAGE) <= 20
