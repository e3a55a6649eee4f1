"""Background work of files: what writes that were cut off left behind."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from lotrinh.apps.files import services

KEPT = timedelta(days=1)
"""No write takes that long, so what is older belongs to nobody."""


@app.periodic(cron="17 * * * *")
@app.task(name="files.clear_strays", queue="fast", queueing_lock="files.clear_strays")
def clear_strays(timestamp: int) -> None:
    """Once an hour, remove stray parts of the day before."""
    at = timezone.now()
    services.clear_strays(before=at - KEPT, at=at)
