"""Background work of intake. Every job is one service call and may come twice."""

from datetime import timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from lotrinh.apps.intake import services

TRIES = 6
PATIENCE = timedelta(seconds=90)


@app.task(
    name=services.READ_JOB,
    queue="extract",
    pass_context=True,
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=2),
)
def read(context: JobContext, run: str) -> None:
    """Read one run; a lost database is waited for, another error is told after the last try."""
    try:
        services.read_run(uid=UUID(run), at=timezone.now())
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        attempts = context.job.attempts if context.job else TRIES
        if attempts + 1 < TRIES:
            raise
        services.give_up_run(uid=UUID(run), error=type(error).__name__, at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="intake.resume", queue="fast", queueing_lock="intake.resume")
def resume(timestamp: int) -> None:
    """Once a minute, queue again what a killed worker left behind."""
    services.resume_waiting_runs(before=timezone.now() - PATIENCE)


@app.task(
    name=services.MEASURE_JOB,
    queue="extract",
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=2),
)
def measure_line(line: str) -> None:
    """Measure what a line of the lexicon would change."""
    services.measure_line(uid=UUID(line), at=timezone.now())


@app.periodic(cron="50 2 * * *")
@app.task(name="intake.recount_rules", queue="extract", queueing_lock="intake.recount_rules")
def recount_rules(timestamp: int) -> None:
    """Every night, let the tallies of the rules say what the decisions do."""
    services.recount_rules()


@app.periodic(cron="23 * * * *")
@app.task(name="intake.find_lines", queue="extract", queueing_lock="intake.find_lines")
def find_lines(timestamp: int) -> None:
    """Once an hour, look for what people have put right again and again."""
    services.find_lines(at=timezone.now())
