"""Background work of conferences: what units linked is held against each other."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from lotrinh.apps.dissemination import services
from lotrinh.rules.days import at_same_time_on


@app.task(name=services.COMPARE_JOB, queue="extract", lock=services.COMPARE_JOB)
def compare_programmes(call_id: int) -> None:
    """Compare the programmes of a call after one was linked.

    Pages say when that was, so that it stands on the day that they show.
    """
    at = timezone.now()
    if settings.LOTRINH_TODAY:
        at = at_same_time_on(at, settings.LOTRINH_TODAY, timezone.get_default_timezone())
    services.compare_programmes(call_id=call_id, at=at)
