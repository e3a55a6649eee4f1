"""Background work of units: what a new day brings."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from lotrinh.apps.units import services
from lotrinh.rules.days import legal_day


@app.periodic(cron="*/5 * * * *")
@app.task(name="units.take_names", queue="fast", queueing_lock="units.take_names")
def take_names(timestamp: int) -> None:
    """Let units bear the names that began with this day."""
    at = timezone.now()
    today = settings.LOTRINH_TODAY or legal_day(at, timezone.get_default_timezone())
    services.take_names(on=today, at=at)
