"""Background work of duties: what a new day brings."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from lotrinh.apps.duties import services
from lotrinh.rules.days import legal_day


@app.periodic(cron="7 * * * *")
@app.task(name="duties.make_periods", queue="fast", queueing_lock="duties.make_periods")
def make_periods(timestamp: int) -> None:
    """Let what recurs be owed for the periods that have begun."""
    at = timezone.now()
    today = settings.LOTRINH_TODAY or legal_day(at, timezone.get_default_timezone())
    services.make_periods(on=today, at=at)


@app.periodic(cron="10 * * * *")
@app.task(name="duties.climb_ladder", queue="fast", queueing_lock="duties.climb_ladder")
def climb_ladder(timestamp: int) -> None:
    """Let duties climb the ladder of the day. Only the first time of a day finds anything to do."""
    at = timezone.now()
    today = settings.LOTRINH_TODAY or legal_day(at, timezone.get_default_timezone())
    services.climb_ladder(on=today, at=at)
