"""Where public pages take what they say: from the published tables, else from the folder beside.

The folder is brought up to date by whoever finds that it is not, so that every web node has the
newest publication of its own when the database is lost.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from lotrinh.apps.publishing import shelf
from lotrinh.apps.publishing.selectors import headings, newest
from lotrinh.rules.publication.canonical import canonical, digest
from lotrinh.rules.publication.content import Heading, Publication

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """What is public. ``is_kept``: the database did not answer, so this is the copy beside it."""

    publication: Publication | None
    sha256: str
    is_kept: bool


def served() -> Served:
    """Return what is public now, as far as can be told."""
    place = Path(settings.LOTRINH_PUBLISHED)
    try:
        found = newest()
    except (DatabaseError, InterfaceError) as lost:
        _log.warning("public pages are served from %s: %s", place, str(lost).partition("\n")[0])
        kept = shelf.kept(place)
        return Served(kept, _sha256(kept), is_kept=True)
    sha256 = _sha256(found)
    if found is not None and shelf.kept_mark(place) != shelf.mark_of(found.heading.number, sha256):
        with suppress(OSError):
            shelf.keep(place, found.heading.number, sha256, canonical(found))
    return Served(found, sha256, is_kept=False)


def told(found: Served) -> tuple[Heading, ...]:
    """Return the headings of all publications, the newest first; of the copy its own alone."""
    if found.publication is None:
        return ()
    if not found.is_kept:
        with suppress(DatabaseError, InterfaceError):
            return headings()
    return (found.publication.heading,)


def _sha256(found: Publication | None) -> str:
    return digest(canonical(found)) if found else ""
