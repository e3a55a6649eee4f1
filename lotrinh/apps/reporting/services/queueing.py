"""Asking a worker to fold what was approved into the totals, and to ask what is odd in it."""

from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from lotrinh.apps.journal.statements import run

FOLD_JOB = "reporting.fold"
QUESTIONS_JOB = "reporting.raise_questions"

_WAITING = """
SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = %(lock)s AND status = 'todo' LIMIT 1
"""


def queue_fold() -> None:
    """Ask for a fold, called once an approval is committed; while one waits, none is added.

    It is asked for outside the transaction: within it approvals would wait for each other at the
    one waiting job. Should the process end in between, the fold of the next minute finds the line.
    """
    if run(_WAITING, {"lock": FOLD_JOB}):
        return
    job = jobs.configure_task(FOLD_JOB, queue="fast", queueing_lock=FOLD_JOB)
    try:
        with transaction.atomic():
            job.defer()
    except AlreadyEnqueued:
        return


def queue_questions(*, collection_id: int) -> None:
    """Ask for the questions of integrity about a collection, once what closes it is committed."""
    lock = f"{QUESTIONS_JOB}:{collection_id}"
    job = jobs.configure_task(QUESTIONS_JOB, queue="extract", queueing_lock=lock)
    try:
        with transaction.atomic():
            job.defer(collection_id=collection_id)
    except AlreadyEnqueued:
        return
