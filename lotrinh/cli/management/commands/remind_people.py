"""Writes and sends the letters of the day, or only counts them, and tells the outcome as JSON."""

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.letters import mailer_of_settings
from lotrinh.rules.days import legal_day
from lotrinh.rules.letters import Trouble, opens_next


class Command(BaseCommand):
    """Counting does all that sending would do up to the first letter, and takes it back."""

    stealth_options = ("dry_run",)

    def handle(self, *args: Any, **options: Any) -> str:
        """Return who is to be written to, by unit, or how many letters were sent."""
        at = timezone.now()
        on = settings.LOTRINH_TODAY or legal_day(at, timezone.get_default_timezone())
        if options["dry_run"]:
            return json.dumps(_counted(on=on, at=at), ensure_ascii=False)
        _collect(on=on, at=at)
        return json.dumps(_sent(on=on))


def _collect(*, on: date, at: datetime) -> None:
    services.climb_ladder(on=on, at=at)
    services.collect_digests(on=on, at=at)


def _counted(*, on: date, at: datetime) -> dict[str, Any]:
    """Return who would be written to by unit, and from when that may be."""
    with transaction.atomic():
        _collect(on=on, at=at)
        rows = selectors.waiting_by_unit(on=on)
        transaction.set_rollback(True)
    local = at.astimezone(timezone.get_default_timezone())
    opens = opens_next(settings.LOTRINH_QUIET, selectors.working_days(), on=on, local=local)
    return {
        "sends_mail": settings.LOTRINH_SENDS_MAIL,
        "opens": opens.isoformat(timespec="minutes") if opens > local else None,
        "letters": sum(len(row.letters) for row in rows),
        "without_address": sum(len(row.without_address) for row in rows),
        "units": [
            {
                "unit": row.unit.code if row.unit else None,
                "name_vi": row.unit.name_vi if row.unit else None,
                "name_en": row.unit.name_en if row.unit else None,
                "letters": row.letters,
                "without_address": row.without_address,
            }
            for row in rows
        ],
    }


def _sent(*, on: date) -> dict[str, int]:
    """Send what waits until the mail server does not answer; return how many went out."""
    count, zone = 0, timezone.get_default_timezone()
    with mailer_of_settings() as mailer:
        while True:
            hours, now = settings.LOTRINH_QUIET, timezone.now()
            try:
                sent = services.send_digest(mailer=mailer, hours=hours, zone=zone, on=on, at=now)
            except services.QuietNow:
                break
            if sent is None or sent.trouble == Trouble.UNREACHABLE:
                break
            count += sent.sent_at is not None
    return {"sent": count, "waiting": selectors.waiting().count()}
