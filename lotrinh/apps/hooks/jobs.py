"""Background work of webhooks."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from lotrinh.apps.hooks import services
from lotrinh.rules.days import legal_day

BUDGET = timedelta(seconds=50)
"""After so long a run begins no further delivery: the next one goes on."""


@app.periodic(cron="* * * * *")
@app.task(name="hooks.tell", queue="fast", queueing_lock="hooks.tell", lock="hooks.tell")
def tell(timestamp: int) -> None:
    """Once a minute, queue what happened and send what is due, each signed when it is sent."""
    at = timezone.now()
    today = settings.LOTRINH_TODAY or legal_day(at, timezone.get_default_timezone())
    services.queue_deliveries(on=today, at=at)
    now = at
    while now - at < BUDGET and services.send_next(on=today, at=now):
        now = timezone.now()
