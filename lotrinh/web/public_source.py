"""Where public pages take what they say: from the published tables, else from the folder beside.

The folder is brought up to date by whoever finds that it is not, so that every web node has the
newest publication of its own when the database is lost.

A publication is read and held against its hash once in each process. From then on a request asks
for the hash of what is public now, which its publishing wrote beside it, and nothing else.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from lotrinh.apps.publishing import shelf
from lotrinh.apps.publishing.selectors import headings, newest, newest_sha256
from lotrinh.rules.publication.canonical import canonical, digest
from lotrinh.rules.publication.content import Heading, Publication

_log = logging.getLogger(__name__)


class NotAsPublished(Exception):
    """What the tables hold is not what was published: its hash is another."""


@dataclass(frozen=True, slots=True)
class Served:
    """What is public. ``is_kept``: the copy beside the database, which did not answer or failed."""

    publication: Publication | None
    sha256: str
    is_kept: bool


_NOTHING = Served(None, "", is_kept=False)
_NOTHING_KEPT = Served(None, "", is_kept=True)
_proved: dict[str, Served] = {}
"""What was read last from the tables and from the folder, by what names it; one of each at most."""


def served() -> Served:
    """Return what is public now, as far as can be told."""
    place = Path(settings.LOTRINH_PUBLISHED)
    try:
        found = _public()
    except (DatabaseError, InterfaceError, NotAsPublished) as lost:
        _log.warning("public pages are served from %s: %s", place, str(lost).partition("\n")[0])
        return _copy(place)
    publication = found.publication
    if publication is not None:
        mark = shelf.mark_of(publication.heading.number, found.sha256)
        if shelf.kept_mark(place) != mark:
            with suppress(OSError):
                number = publication.heading.number
                shelf.keep(place, number, found.sha256, canonical(publication))
    return found


def told(found: Served) -> tuple[Heading, ...]:
    """Return the headings of all publications, the newest first; of the copy its own alone."""
    if found.publication is None:
        return ()
    if not found.is_kept:
        with suppress(DatabaseError, InterfaceError):
            return headings()
    return (found.publication.heading,)


def _public() -> Served:
    """Return what the tables hold, proved; raise NotAsPublished where they hold something else."""
    sha256 = newest_sha256()
    if not sha256:
        return _NOTHING
    held = _proved.get(sha256)
    if held is not None:
        return held
    found = newest()
    made = _sha256(found)
    if made not in {sha256, newest_sha256()}:  # another one may have been published meanwhile
        raise NotAsPublished(f"the tables hold {made}, {sha256} was published")
    return _remember(made, Served(found, made, is_kept=False))


def _copy(place: Path) -> Served:
    """Return the copy in the folder, proved by the name of its own folder there."""
    folder = shelf.kept_folder(place)
    held = _proved.get(str(place / folder))
    if held is not None:
        return held
    found = shelf.kept(place, folder)
    made = _sha256(found)
    if found is None or not folder.startswith(shelf.mark_of(found.heading.number, made)):
        return _NOTHING_KEPT
    return _remember(str(place / folder), Served(found, made, is_kept=True))


def _remember(name: str, found: Served) -> Served:
    """Keep what was proved in the place of what was proved before it in the same way."""
    for other, one in list(_proved.items()):
        if one.is_kept == found.is_kept:
            _proved.pop(other, None)
    _proved[name] = found
    return found


def _sha256(found: Publication | None) -> str:
    return digest(canonical(found)) if found else ""
