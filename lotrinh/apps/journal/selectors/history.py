"""Reads of the journal: the history of an object, and whether its leaves still match."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

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


@dataclass(frozen=True, slots=True)
class Told:
    """One entry with what it says; ``actor_name`` is empty for the system and for the erased."""

    uid: UUID
    at: datetime
    actor_name: str
    data: Mapping[str, Any]


def entries_of(
    *, object_uid: UUID, verb: str, before: UUID | None = None, most: int
) -> tuple[Told, ...]:
    """Return the entries of one verb about one object, the latest first, at most ``most``.

    Those that were written before the entry ``before``, where one is given. The caller has checked
    its right.
    """
    rows = Entry.objects.filter(object_uid=object_uid, verb=verb).order_by("-id")
    if before is not None:
        last = rows.filter(uid=before).values_list("id", flat=True).first()
        rows = rows.none() if last is None else rows.filter(id__lt=last)
    entries = list(rows[:most])
    names = names_of(entry.actor_uid for entry in entries if entry.actor_uid)
    return tuple(
        Told(
            uid=entry.uid,
            at=entry.at,
            actor_name=names.get(entry.actor_uid, "") if entry.actor_uid else "",
            data=json.loads(entry.payload)["data"],
        )
        for entry in entries
    )


def said_by(
    *, actor_uid: UUID, object_uid: UUID, verbs: Iterable[str]
) -> tuple[Mapping[str, Any], ...]:
    """Return what the entries of these verbs say that one actor caused about one object."""
    rows = Entry.objects.filter(object_uid=object_uid, actor_uid=actor_uid, verb__in=list(verbs))
    payloads = rows.order_by("id").values_list("payload", flat=True)
    return tuple(json.loads(payload)["data"] for payload in payloads)


def kept_name(column: str) -> Coalesce:
    """Return, for a query, the kept name of the uid in a column; empty where ``names_of`` has none.

    What lists somebody beside every row asks once and not twice.
    """
    found = Subject.objects.filter(uid=OuterRef(column), erased_at__isnull=True)
    return Coalesce(Subquery(found.values("name")[:1]), Value(""))


def names_of(uids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the kept names of ``uids``; those erased or never named are absent.

    Where the uids come from a query, both are asked at once.
    """
    wanted = uids if isinstance(uids, QuerySet) else set(uids)
    found = Subject.objects.filter(uid__in=wanted, erased_at__isnull=True)
    return dict(found.values_list("uid", "name"))
