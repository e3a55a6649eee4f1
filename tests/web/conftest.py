"""What tests of pages share: the cast, a store of blobs, and a day that stands still."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.factories import TODAY
from tests.reporting_stage import collection, families, handed_in, regime, report, schooled, tam
from tests.stage import blobs, cast

__all__ = [
    "blobs",
    "cast",
    "collection",
    "families",
    "handed_in",
    "regime",
    "report",
    "schooled",
    "tam",
]


@pytest.fixture(autouse=True)
def fixed_day() -> Iterator[None]:
    """Let every page stand on the day of the story."""
    with override_settings(LOTRINH_TODAY=TODAY):
        yield
