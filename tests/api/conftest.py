"""What tests of the interface share: the cast, and a day that stands still."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.factories import TODAY
from tests.stage import blobs, cast

__all__ = ["blobs", "cast"]


@pytest.fixture(autouse=True)
def fixed_day() -> Iterator[None]:
    """Let the interface stand on the day of the story."""
    with override_settings(LOTRINH_TODAY=TODAY):
        yield
