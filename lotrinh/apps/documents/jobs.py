"""Background work of the registry: what was missed is found again every night."""

from procrastinate.contrib.django import app

from lotrinh.apps.documents import services


@app.periodic(cron="40 2 * * *")
@app.task(
    name="documents.rebuild_search", queue="extract", queueing_lock="documents.rebuild_search"
)
def rebuild_search(timestamp: int) -> None:
    """Let every document be found by what is known of it now."""
    services.rebuild_search()
