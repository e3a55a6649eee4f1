"""Background work of accounts."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lotrinh.apps.accounts import services


@app.periodic(cron="37 3 * * *")
@app.task(name="accounts.forget_answers", queue="fast", queueing_lock="accounts.forget_answers")
def forget_answers(timestamp: int) -> None:
    """Every night, forget what programs were answered long ago."""
    services.forget_answers(before=timezone.now() - services.ANSWERS_KEPT)
