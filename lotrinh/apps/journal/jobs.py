"""Background work of the journal: its seals, and the signature of each day.

A seal tells of the real clock, in a demonstration too: a day that stands still would never end and
never be signed.
"""

import time

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from lotrinh.apps.journal import held, services
from lotrinh.rules.days import legal_day

PATIENCE = 10.0
"""After so many seconds of waiting for those who write, the next minute goes on."""

PAUSE = 0.05


@app.periodic(cron="* * * * *")
@app.task(name="journal.seal", queue="fast", queueing_lock="journal.seal", lock="journal.seal")
def seal(timestamp: int) -> None:
    """Once a minute, seal what was written: so long the owner of the database could still forge it.

    Each minute has at most one small seal, and as many full ones as are needed.
    """
    seal_what_waits(patience=PATIENCE)


def seal_what_waits(*, patience: float) -> None:
    """Seal until nothing waits but what has come since; give up when that takes too long."""
    until = time.monotonic() + patience
    while True:
        at = timezone.now()
        done = services.seal_entries(on=legal_day(at, timezone.get_default_timezone()), at=at)
        if done.seal is not None:
            held.hold_seal(settings.LOTRINH_SEALS_HELD, done.seal.said.number, done.seal.head)
            if done.seal.said.count < services.BATCH:
                return
        elif not done.waits or time.monotonic() > until:
            return
        else:
            time.sleep(PAUSE)


@app.periodic(cron="3 * * * *")
@app.task(name="journal.sign", queue="fast", queueing_lock="journal.sign", lock="journal.sign")
def sign(timestamp: int) -> None:
    """Once an hour, sign the days that have ended. Only the first time after midnight finds one."""
    at = timezone.now()
    today = legal_day(at, timezone.get_default_timezone())
    for day in services.sign_days(before=today, key=settings.LOTRINH_SEAL_KEY, at=at):
        held.hold_day(settings.LOTRINH_SEALS_HELD, day.day, day.signature)
