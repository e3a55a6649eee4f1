"""A reading waits for a worker: its job is a row of the same database."""

from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from lotrinh.apps.intake.models import ReadingRun

READ_JOB = "intake.read"


def enqueue(run: ReadingRun) -> None:
    """Ask the workers to read this run; asking while it already waits changes nothing.

    The job is a row of the same database and commits with the run.
    """
    job = jobs.configure_task(READ_JOB, queue="extract", queueing_lock=f"read:{run.uid}")
    try:
        with transaction.atomic():
            job.defer(run=str(run.uid))
    except AlreadyEnqueued:
        return
