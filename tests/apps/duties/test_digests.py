"""One letter a person and day, through a real mail server: kept while it is down, sent once."""

import io
import logging
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.duties import jobs, selectors, services
from lotrinh.apps.duties.models import Digest, DigestLine, Notice
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.rules.closing import Closing
from lotrinh.rules.letters import MOST_REFUSALS, QuietHours, Trouble
from lotrinh.rules.working_days import DayKind
from tests.factories import NOW, act, make_officer
from tests.letters import (
    DAY,
    DUE,
    collect,
    free_port,
    local,
    mail_server,
    mail_to,
    owe,
    reach,
    send,
)
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
ALWAYS = QuietHours.parsed("00:00-00:00")


class Killed(Exception):
    """The worker is no more."""


@pytest.fixture
def duty(cast):
    reach(cast.ha)
    return owe(cast)


def part(message, kind):
    return message.get_body(("html" if kind == "html" else "plain",)).get_content()


def test_a_letter_says_what_its_reader_was_told_with_the_door_to_it(cast, duty):
    assert collect() == 1
    with mail_server() as box:
        digest = send(local(8))

    [(to, message)] = box.taken
    door = f"https://lotrinh.hs.example/duties/{duty.uid}/"
    assert (to, message["From"]) == (["ha@hs.example"], "lotrinh@hs.example")
    assert message["Subject"] == "Lotrinh: 1 việc cần xem, 26/9/2024"
    assert message["Message-ID"] == f"<{digest.uid}@lotrinh.hs.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        words = part(message, kind)
        assert "Phan Thu Hà" in words
        assert "Sắp đến hạn" in words
        assert "Xây dựng kế hoạch đào tạo cán bộ" in words
        assert "29/9/2024" in words
        assert door in words
        assert "https://lotrinh.hs.example/account/reminders/" in words
    assert (digest.sent_at, digest.tries, digest.trouble) == (local(8), 1, "")


def test_a_letter_speaks_the_language_of_its_reader(cast, duty):
    accounts.choose_language(user_id=cast.ha.pk, language="en", at=NOW)
    collect()
    with mail_server() as box:
        send(local(8))

    [(_, message)] = box.taken
    assert message["Subject"] == "Lotrinh: 1 duty to look at, 26 Sep 2024"
    assert message["Content-Language"] == "en"
    assert "* Due soon: " in part(message, "plain")
    assert '<html lang="en">' in part(message, "html")
    assert "Quận" not in part(message, "plain")


def test_one_letter_a_day_and_what_comes_later_stands_in_the_next(cast, duty):
    owe(cast)
    assert (collect(), Digest.objects.get().lines.count()) == (1, 2)
    late = owe(cast)
    with nothing_changes():
        services.collect_digests(on=DAY, at=local(9))
    with mail_server():
        assert send(local(9)).sent_at is not None
    services.climb_ladder(on=DAY, at=local(10))
    with nothing_changes():
        assert services.collect_digests(on=DAY, at=local(11)) == 0

    assert collect(DAY + timedelta(days=1)) == 1
    assert [line.notice.duty for line in Digest.objects.latest("pk").lines.all()] == [late]
    with pytest.raises(IntegrityError), transaction.atomic():
        person = cast.person(cast.ha)
        Digest.objects.create(person=person, on=DAY, made_at=local(9), next_at=local(9))


def test_a_server_that_is_down_loses_nothing_and_is_tried_again(duty):
    collect()
    port = free_port()
    with mail_to(port):
        first = send(local(8))
        assert (first.sent_at, first.trouble) == (None, Trouble.UNREACHABLE)
        assert first.next_at == local(8, 2)
        assert send(local(8, 1)) is None
        assert send(local(8, 2)).next_at == local(8, 6)
    with mail_server(port) as box:
        sent = send(local(8, 6))
        with nothing_changes():
            assert send(local(9)) is None

    assert len(box.taken) == 1
    assert (sent.sent_at, sent.tries, sent.trouble) == (local(8, 6), 3, "")
    verbs = Entry.objects.filter(object_uid=sent.uid).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["digest.collected", "digest.delayed", "digest.delayed", "digest.sent"]


def test_a_letter_that_waits_takes_up_what_is_told_later_and_is_the_letter_of_that_day(cast, duty):
    collect()
    with mail_to(free_port()):
        first = send(local(8))
    late, next_day = owe(cast), DAY + timedelta(days=1)

    assert collect(next_day) == 0

    digest = Digest.objects.get()
    assert (digest.pk, digest.on) == (first.pk, next_day)
    assert {line.notice.duty for line in digest.lines.all()} == {duty, late}
    with nothing_changes():
        assert services.collect_digests(on=next_day, at=local(9, day=next_day)) == 0


def test_a_letter_that_is_always_refused_is_given_up_and_one_that_finds_nobody_is_not(duty):
    collect()
    Digest.objects.update(tries=40)  # the server was down for long
    with mail_server() as box:
        box.refusing = "550 no such box"
        for hour in range(8, 8 + MOST_REFUSALS - 1):
            digest = send(local(hour), ALWAYS)
            assert (digest.trouble, digest.dropped_at) == (Trouble.REFUSED, None)
        digest = send(local(20), ALWAYS)
        assert send(local(23), ALWAYS) is None

    assert (digest.trouble, digest.dropped_at) == (Trouble.REFUSED, local(20))
    assert (digest.tries, digest.refusals, digest.sent_at) == (52, 12, None)
    assert Entry.objects.filter(object_uid=digest.uid).latest("pk").verb == "digest.dropped"


@pytest.mark.slow
def test_a_letter_that_is_refused_holds_up_no_other(cast, duty):
    reach(cast.thach, "thach@hs.example")
    for days in (1, 4, 8, 12):
        services.climb_ladder(on=DUE + timedelta(days=days), at=NOW)
    day = DUE + timedelta(days=15)  # taken one level up, on a Monday
    assert collect(day) == 2
    with mail_server() as box:
        box.refusing = "550 no such box"
        assert send(local(8, day=day)).trouble == Trouble.REFUSED
        box.refusing = ""
        assert send(local(8, day=day)).sent_at is not None
        assert send(local(8, 2, day=day)).sent_at is not None
        assert send(local(9, day=day)) is None

    assert sorted(to for to, _ in box.taken) == [["ha@hs.example"], ["thach@hs.example"]]


def test_nothing_goes_out_in_quiet_hours_and_on_days_off(duty):
    collect()
    said = services.Said(DAY + timedelta(days=1), DayKind.HOLIDAY, "Nghỉ bù", "In lieu")
    services.load_days(days=[said], actor=SYSTEM, at=NOW)
    saturday = DAY + timedelta(days=2)
    with mail_server() as box, nothing_changes():
        for at, hours in (
            (local(6, 59), "18:00-07:00"),
            (local(18), "18:00-07:00"),
            (local(12), "11:30-13:30"),
            (local(9, day=said.day), "18:00-07:00"),
            (local(9, day=saturday), "18:00-07:00"),
        ):
            with pytest.raises(services.QuietNow):
                send(at, QuietHours.parsed(hours))

    assert box.taken == []


def test_whoever_has_no_address_is_listed_and_written_to_once_he_has_one(cast):
    owe(cast)
    assert collect() == 0
    assert selectors.without_address(on=DAY) == {cast.person(cast.ha).pk}
    [row] = selectors.waiting_by_unit(on=DAY)
    assert (row.unit, row.letters, row.without_address) == (cast.ho_sen, (), ("Phan Thu Hà",))

    reach(cast.ha)
    assert services.collect_digests(on=DAY + timedelta(days=1), at=local(9)) == 1
    [row] = selectors.waiting_by_unit(on=DAY)
    assert (row.letters, row.without_address) == (("Phan Thu Hà",), ())


def test_nobody_is_written_to_of_what_he_has_read_or_has_ended(cast, duty):
    services.climb_ladder(on=DAY, at=local(7, 10))
    until = Notice.objects.get().uid
    other = owe(cast)
    services.mark_read(until=until, user=cast.ha, on=DAY, at=local(7, 12))
    collect()
    assert DigestLine.objects.get().notice.duty == other
    services.cancel_duty(
        duty_id=other.pk,
        act=act(
            cast.chi,
            other.version,
            on=DAY,
            at=local(8),
            note="Không còn",
            basis=other.sources.get().rendition.document,
        ),
    )

    with mail_server() as box:
        digest = send(local(9))
    assert (box.taken, digest.dropped_at, digest.sent_at) == ([], local(9), None)


@pytest.mark.slow
def test_a_letter_says_nothing_that_its_reader_may_not_see_when_it_goes_out(cast):
    leaving = reach(make_officer(cast.ho_sen, until=DAY + timedelta(days=1)))
    owe(cast, leaving)
    assert collect() == 1

    with mail_server() as box:
        assert send(local(8, day=DAY + timedelta(days=1))).dropped_at is not None
    assert box.taken == []


def test_what_was_read_before_the_letter_goes_out_is_not_written(cast, duty):
    collect()
    services.mark_read(until=Notice.objects.get().uid, user=cast.ha, on=DAY, at=local(7, 20))

    with mail_server() as box:
        assert send(local(8)).dropped_at == local(8)
    assert box.taken == []


def test_what_the_server_acknowledged_comes_again_only_where_the_worker_dies_before_the_end(duty):
    collect()
    with mail_server() as box:
        with pytest.raises(Killed), transaction.atomic():
            send(local(8))
            raise Killed
        assert send(local(8)).sent_at == local(8)
        assert send(local(9)) is None

    first, second = (message["Message-ID"] for _, message in box.taken)
    assert first == second


@pytest.mark.slow
def test_a_closed_account_gets_no_letter(cast, duty):
    collect()
    accounts.close_account(user_id=cast.ha.pk, reason=Closing.LEFT, actor=SYSTEM, at=NOW)

    with mail_server() as box:
        assert send(local(9)) is None
    assert (box.taken, selectors.waiting_by_unit(on=DAY)) == ([], ())


@pytest.mark.slow
def test_neither_log_nor_journal_holds_an_address_or_words(cast, duty):
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    handler.addFilter(lambda line: line.name != "mail.log")  # what the server of the test says
    logging.getLogger().addHandler(handler)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        collect()
        with mail_to(free_port()):
            send(local(8))
        with mail_server() as box:
            box.refusing = "550 ha@hs.example"
            send(local(9))
            box.refusing = ""
            send(local(10))
    finally:
        logging.getLogger().removeHandler(handler)
        logging.getLogger().setLevel(level)

    assert len(box.taken) == 1
    kept = told.getvalue() + "".join(Entry.objects.values_list("payload", flat=True))
    assert [word for word in ("hs.example", "Xây dựng kế hoạch") if word in kept] == []


@pytest.mark.slow
def test_the_job_of_every_minute_sends_what_waits(cast, duty, settings):
    settings.LOTRINH_TODAY = DAY
    settings.LOTRINH_QUIET = QuietHours.parsed("00:00-00:00")
    with mail_server() as box:
        jobs.collect_digests(timestamp=0)
        jobs.send_digests(timestamp=0)
        jobs.collect_digests(timestamp=0)
        jobs.send_digests(timestamp=0)

    assert [to for to, _ in box.taken] == [["ha@hs.example"]]
    settings.LOTRINH_SENDS_MAIL = False
    with nothing_changes():
        settings.LOTRINH_TODAY = DAY + timedelta(days=1)
        jobs.collect_digests(timestamp=0)
