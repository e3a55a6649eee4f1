"""Tells as JSON which stored files no document knows, and removes those that are old enough."""

import json
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lotrinh.apps.files import selectors, services

KEPT = timedelta(days=1)
"""Handing a file in takes far less: what is older belongs to an act that was ended."""


class Command(BaseCommand):
    """One transaction for each file: what was removed stays removed, whatever happens then."""

    stealth_options = ("remove",)

    def handle(self, *args: Any, **options: Any) -> str:
        """Return the files, each with whether it is old enough and was removed; null elsewhere."""
        now = timezone.now()
        before, found = now - KEPT, selectors.unclaimed()
        if found is None:
            return json.dumps(None)
        return json.dumps(
            [
                {
                    "sha256": one.sha256,
                    "size": one.size,
                    "since": one.since.isoformat(timespec="seconds"),
                    "old": one.since < before,
                    "removed": bool(options["remove"])
                    and services.remove_unclaimed(sha256=one.sha256, before=before, at=now),
                }
                for one in found
            ]
        )
