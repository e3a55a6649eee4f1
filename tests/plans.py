"""The plans of statements outlive a test, as they outlive a page where the software runs.

Each test is rolled back. The driver then forgets what was planned, for a table that was made in
what is rolled back may be made again; no test makes any.
"""

from typing import Any

from django.db.backends.signals import connection_created
from psycopg._preparing import PrepareManager


class Kept(PrepareManager):
    """Forgets a plan only where too many are kept."""

    prepare_threshold = 1

    def clear(self) -> bool:
        """Forget nothing."""
        return False


def keep_plans() -> None:
    """Let every connection of the application that is opened from now on keep its plans."""
    connection_created.connect(_keep, dispatch_uid="plans of tests")


def _keep(connection: Any, **_more: object) -> None:
    if connection.alias == "default":
        connection.connection._prepared = Kept()
