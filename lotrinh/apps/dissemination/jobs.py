"""Background work of conferences: what units linked is held against each other."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lotrinh.apps.dissemination import services


@app.task(name=services.COMPARE_JOB, queue="extract", lock=services.COMPARE_JOB)
def compare_programmes(call_id: int) -> None:
    """Compare the programmes of a call after one was linked."""
    services.compare_programmes(call_id=call_id, at=timezone.now())
