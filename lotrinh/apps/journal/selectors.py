"""Reads of the journal: the history of an object, and whether its leaves still match."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lotrinh.apps.journal.models import Entry, Subject


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as people read it. ``actor_name`` is empty for the system and for the erased."""

    at: datetime
    verb: str
    actor_kind: str
    actor_name: str


def history(*, object_uid: UUID) -> tuple[Line, ...]:
    """Return what was done to one object, oldest first. The caller has checked its right."""
    entries = list(Entry.objects.filter(object_uid=object_uid).order_by("id"))
    names = names_of(entry.actor_uid for entry in entries if entry.actor_uid)
    return tuple(
        Line(
            at=entry.at,
            verb=entry.verb,
            actor_kind=entry.actor_kind,
            actor_name=names.get(entry.actor_uid, "") if entry.actor_uid else "",
        )
        for entry in entries
    )


def names_of(uids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the kept names of ``uids``; those erased or never named are absent."""
    found = Subject.objects.filter(uid__in=set(uids), erased_at__isnull=True)
    return dict(found.values_list("uid", "name"))
