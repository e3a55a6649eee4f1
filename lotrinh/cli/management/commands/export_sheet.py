"""Gives the rows of the sheet of units or of people to whoever asked."""

from typing import Any

from django.core.management.base import BaseCommand

from lotrinh.apps.units import selectors


class Command(BaseCommand):
    """``take`` is called with every row, the head first."""

    stealth_options = ("what", "language", "take")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the rows."""
        is_units = options["what"] == "units"
        rows = selectors.unit_sheet_rows if is_units else selectors.people_sheet_rows
        for row in rows(language=options["language"]):
            options["take"](list(row))
