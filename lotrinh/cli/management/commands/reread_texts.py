"""Queues texts to be read again by the rules of today, and tells how many as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lotrinh.apps.intake import selectors, services


class Command(BaseCommand):
    """One transaction for each text: what was queued stays queued, and again queues no more.

    What others have let read meanwhile holds up none of the rest.
    """

    stealth_options = ("numbers", "dry_run")

    def handle(self, *args: Any, **options: Any) -> str:
        """Return how many are queued of how many that were read, and which numbers are unknown."""
        numbers, queued = tuple(options["numbers"]), 0
        found = selectors.outdated_runs(numbers=numbers)
        for run in found:
            if not options["dry_run"]:
                try:
                    services.reread_for_all(run_id=run.pk, at=timezone.now())
                except services.NothingNewer:
                    continue
            queued += 1
        read = selectors.read_numbers(numbers=numbers)
        return json.dumps(
            {
                "queued": queued,
                "read": selectors.runs_read(numbers=numbers),
                "unknown": sorted(set(numbers) - read),
            }
        )
