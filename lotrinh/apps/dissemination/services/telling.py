"""Telling open pages that a conference has changed, once what changed it is committed."""

from typing import Final
from uuid import UUID

from lotrinh.apps.journal.statements import run

CHANNEL: Final = "lotrinh_conference"
_NOTIFY = "SELECT pg_notify(%(channel)s, %(said)s)"


def tell_pages(*, conference: UUID) -> None:
    """Let live pages know. Who checks people in does not: commits would wait for each other."""
    run(_NOTIFY, {"channel": CHANNEL, "said": str(conference)})
