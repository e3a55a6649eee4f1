"""Says in JSON what the demonstration city holds."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from lotrinh.demo import city
from lotrinh.demo.cast import day_of_demo


class Command(BaseCommand):
    """Prints one object."""

    def handle(self, *args: Any, **options: Any) -> str:
        """Return the summary as JSON text."""
        return json.dumps(asdict(city.summary(on=day_of_demo())), default=str)
