"""Background work of duties: what a new day brings, and the letters that go out on it."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.letters import mailer_of_settings
from lotrinh.rules.days import legal_day
from lotrinh.rules.letters import Trouble, may_send

AT_ONCE = 200
"""How many letters one run sends at most, so that other work has its turn between two runs."""


@app.periodic(cron="7 * * * *")
@app.task(name="duties.make_periods", queue="fast", queueing_lock="duties.make_periods")
def make_periods(timestamp: int) -> None:
    """Let what recurs be owed for the periods that have begun."""
    at = timezone.now()
    today = settings.LOTRINH_TODAY or legal_day(at, timezone.get_default_timezone())
    services.make_periods(on=today, at=at)


@app.periodic(cron="10 * * * *")
@app.task(name="duties.climb_ladder", queue="fast", queueing_lock="duties.climb_ladder")
def climb_ladder(timestamp: int) -> None:
    """Let duties climb the ladder of the day. Only the first time of a day finds anything to do."""
    at = timezone.now()
    today = settings.LOTRINH_TODAY or legal_day(at, timezone.get_default_timezone())
    services.climb_ladder(on=today, at=at)


@app.periodic(cron="13 * * * *")
@app.task(name="duties.collect_digests", queue="fast", queueing_lock="duties.collect_digests")
def collect_digests(timestamp: int) -> None:
    """Write the letters of the day once it is time to send any; what was told must be told first.

    In the first such hour of a working day everybody's letter is collected, so that it holds what
    the days off and the night have brought.
    """
    at = timezone.now()
    today = settings.LOTRINH_TODAY or legal_day(at, timezone.get_default_timezone())
    if settings.LOTRINH_SENDS_MAIL and _is_time(on=today, at=at):
        services.climb_ladder(on=today, at=at)
        services.collect_digests(on=today, at=at)


@app.periodic(cron="* * * * *")
@app.task(name="duties.send_digests", queue="fast", queueing_lock="duties.send_digests")
def send_digests(timestamp: int) -> None:
    """Once a minute, send letters that wait, until the mail server does not answer."""
    if not settings.LOTRINH_SENDS_MAIL:
        return
    at = timezone.now()
    today = settings.LOTRINH_TODAY or legal_day(at, timezone.get_default_timezone())
    if not selectors.waiting().exists() or not _is_time(on=today, at=at):
        return
    zone = timezone.get_default_timezone()
    with mailer_of_settings() as mailer:
        for _ in range(AT_ONCE):
            sent = services.send_digest(
                mailer=mailer, hours=settings.LOTRINH_QUIET, zone=zone, on=today, at=timezone.now()
            )
            if sent is None or sent.trouble == Trouble.UNREACHABLE:
                break


@app.periodic(cron="* * * * *")
@app.task(name="duties.fold_tallies", queue="fast", queueing_lock="duties.fold_tallies")
def fold_tallies(timestamp: int) -> None:
    """Once a minute, fold what was written down for the kept tally, as of the day that it is."""
    today = settings.LOTRINH_TODAY or legal_day(timezone.now(), timezone.get_default_timezone())
    services.fold_tallies(on=today)


def _is_time(*, on: date, at: datetime) -> bool:
    local = at.astimezone(timezone.get_default_timezone())
    return may_send(settings.LOTRINH_QUIET, selectors.working_days(), on=on, local=local)
