"""Proves a frozen edition from what it keeps, and tells as JSON what it found."""

import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from lotrinh.apps.reviews import selectors


class Command(BaseCommand):
    """``uid`` names the edition."""

    stealth_options = ("uid",)

    def handle(self, *args: Any, **options: Any) -> str:
        """Return what was found; null where there is no such edition."""
        edition = selectors.edition_known(UUID(options["uid"]))
        if edition is None:
            return "null"
        found = selectors.recount_edition(edition)
        told = {"edition": edition.ordinal, "holds": found.holds, **asdict(found)}
        return json.dumps(told, ensure_ascii=False)
