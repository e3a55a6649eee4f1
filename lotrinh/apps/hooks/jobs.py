"""Background work of webhooks."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from lotrinh.apps.hooks import services
from lotrinh.rules.days import legal_day


@app.periodic(cron="* * * * *")
@app.task(name="hooks.tell", queue="fast", queueing_lock="hooks.tell", lock="hooks.tell")
def tell(timestamp: int) -> None:
    """Once a minute, queue what happened and send what is due."""
    at = timezone.now()
    today = settings.LOTRINH_TODAY or legal_day(at, timezone.get_default_timezone())
    services.queue_deliveries(on=today, at=at)
    services.send_due(on=today, at=at)
