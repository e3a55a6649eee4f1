"""Builds the demonstration city in an empty, migrated database."""

from typing import Any

from django.core.management.base import BaseCommand

from lotrinh.demo import city


class Command(BaseCommand):
    """``progress`` is told what is being built, how much is done and how much there is."""

    stealth_options = ("units", "progress")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build the city."""
        city.build(unit_count=options["units"], progress=options["progress"])
