"""Background work of reporting: totals follow what was approved, and the tree."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lotrinh.apps.reporting import services


@app.task(name=services.FOLD_JOB, queue="fast", lock=services.FOLD_JOB)
def fold() -> None:
    """Fold everything that waits, batch by batch."""
    while services.fold_deltas(at=timezone.now()) == services.BATCH:
        continue


@app.periodic(cron="* * * * *")
@app.task(name="reporting.fold_rest", queue="fast", queueing_lock="reporting.fold_rest")
def fold_rest(timestamp: int) -> None:
    """Once a minute, fold what a killed process left without a job."""
    services.fold_deltas(at=timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(
    name="reporting.follow_changes", queue="extract", queueing_lock="reporting.follow_changes"
)
def follow_changes(timestamp: int) -> None:
    """Once an hour, fold along its new tree whatever a change of the organisation has moved."""
    services.follow_changes(at=timezone.now())
