"""Background work of reporting: totals follow approvals and the tree, what is odd is asked."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting import selectors, services
from lotrinh.rules.days import legal_day


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


@app.task(name=services.QUESTIONS_JOB, queue="extract", lock=services.QUESTIONS_JOB)
def raise_questions(collection_id: int) -> None:
    """Ask what is odd in a collection that was closed."""
    _ask(collection_id, at=timezone.now())


@app.periodic(cron="41 2 * * *")
@app.task(name="reporting.ask_again", queue="extract", queueing_lock="reporting.ask_again")
def ask_again(timestamp: int) -> None:
    """Once a night, ask what corrections have made odd, and what a killed process left unasked."""
    at = timezone.now()
    for collection_id in selectors.collections_to_question(on=_today(at)):
        _ask(collection_id, at=at)


def _ask(collection_id: int, *, at: datetime) -> None:
    services.raise_questions(
        collection_id=collection_id,
        actor=SYSTEM,
        on=_today(at),
        at=at,
        zone=timezone.get_default_timezone(),
    )


def _today(at: datetime) -> date:
    return settings.LOTRINH_TODAY or legal_day(at, timezone.get_default_timezone())
