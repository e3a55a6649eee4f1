"""Writes of the journal: entries are added, subjects named and erased."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from lotrinh.apps.journal.models import Entry, Subject
from lotrinh.apps.journal.statements import run

Value = str | int | bool | None | list[str] | list[int]


@dataclass(frozen=True, slots=True)
class Named:
    """Something that an entry speaks of, by its kind ("user", "duty") and lasting uid."""

    kind: str
    uid: UUID


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done, as ``record`` takes it."""

    verb: str
    subject: Named
    unit_uid: UUID | None = None
    data: Mapping[str, Value] = field(default_factory=dict)


_COLUMNS = (
    "uid",
    "at",
    "verb",
    "actor_kind",
    "actor_uid",
    "object_kind",
    "object_uid",
    "unit_uid",
    "payload",
    "leaf",
)
_INSERT = (
    f"INSERT INTO journal_entry ({', '.join(_COLUMNS)})"  # noqa: S608 - columns of the code
    f" VALUES ({', '.join(f'%({name})s' for name in _COLUMNS)})"
)

SOMEBODY = frozenset({"user", "person", "subject"})
"""The kinds of objects that are a person: payloads name them by a pseudonym that can be erased."""

SYSTEM = Named("system", UUID(int=0))
"""The installation itself: the worker, the set-up, a scheduled job."""


class SubjectUnknown(Exception):
    """No name is kept under this uid, or it has been erased."""


class SubjectErased(Exception):
    """What was erased is not named again: the salt that tied its entries together is gone."""


def record(
    verb: str,
    subject: Named,
    *,
    actor: Named,
    at: datetime,
    unit_uid: UUID | None = None,
    data: Mapping[str, Value] | None = None,
) -> None:
    """Write that ``actor`` did ``verb`` ("duty.issued") to ``subject`` at the instant ``at``.

    ``data`` holds codes, numbers and uids, never the name of a person. The payload is canonical
    JSON (sorted keys, no spaces, UTF-8); its leaf is sha256(0x00 ‖ payload), the form that a
    Merkle tree over entries needs (RFC 6962, section 2.1).
    """
    record_all(acts=[Act(verb, subject, unit_uid, data or {})], actor=actor, at=at)


def record_all(*, acts: Iterable[Act], actor: Named, at: datetime) -> None:
    """Write many acts of one actor at one instant, each as ``record`` would, in their order."""
    done = tuple(acts)
    if not done:
        return
    reference = _reference(actor)
    if len(done) == 1:
        _write(_entry(done[0], actor, reference, at))
        return
    Entry.objects.bulk_create((_entry(act, actor, reference, at) for act in done), batch_size=1000)


def _write(entry: Entry) -> None:
    """Write one entry, which almost every act of the house does, in as few steps as can be."""
    run(_INSERT, {name: getattr(entry, name) for name in _COLUMNS})


def _entry(act: Act, actor: Named, reference: str, at: datetime) -> Entry:
    payload = json.dumps(
        {
            "actor": {"kind": actor.kind, "ref": reference},
            "at": at.isoformat(),
            "data": dict(act.data),
            "object": _object(act.subject),
            "unit": str(act.unit_uid) if act.unit_uid else None,
            "verb": act.verb,
            "version": 1,
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )
    return Entry(
        at=at,
        verb=act.verb,
        actor_kind=actor.kind,
        actor_uid=None if actor == SYSTEM else actor.uid,
        object_kind=act.subject.kind,
        object_uid=act.subject.uid,
        unit_uid=act.unit_uid,
        payload=payload,
        leaf=leaf_hash(payload),
    )


def leaf_hash(payload: str) -> bytes:
    """Return sha256(0x00 ‖ payload), 32 bytes.

    >>> leaf_hash("{}").hex()[:16]
    '28a3a18f6cd6406b'
    """
    return hashlib.sha256(b"\x00" + payload.encode()).digest()


def reference(kind: str, code: str) -> Named:
    """Return what the journal calls a row of reference data, which has a code and no uid."""
    return Named(kind, uuid5(NAMESPACE_URL, f"urn:lotrinh:{kind}:{code}"))


@transaction.atomic
def name_subject(*, uid: UUID, name: str) -> None:
    """Keep ``name`` as what people read where entries speak of ``uid``; a later name replaces it.

    Called by the service that records why there is a name. Raises SubjectErased.
    """
    subject, created = Subject.objects.get_or_create(
        uid=uid, defaults={"salt": secrets.token_bytes(16), "name": name}
    )
    if created:
        return
    if subject.erased_at is not None:
        raise SubjectErased(str(uid))
    subject.name = name
    subject.save(update_fields=["name"])


@transaction.atomic
def erase_subject(*, uid: UUID, actor: Named, at: datetime) -> None:
    """Forget the name and the salt of ``uid``; entries and their leaves stay as they are.

    Payloads then no longer tell whom they mean. The caller closes the account first: an account
    without a subject can do nothing that is recorded. Raises SubjectUnknown where there is
    nothing to erase.
    """
    known = Subject.objects.select_for_update().filter(uid=uid, erased_at__isnull=True)
    if not known:
        raise SubjectUnknown(f"no name is kept for {uid}")
    record("subject.erased", Named("subject", uid), actor=actor, at=at)
    known.update(name="", salt=None, erased_at=at)


def _object(subject: Named) -> dict[str, str]:
    """Return what a payload says of its object: a pseudonym where it is somebody."""
    if subject.kind in SOMEBODY:
        return {"kind": subject.kind, "ref": _reference(subject)}
    return {"kind": subject.kind, "uid": str(subject.uid)}


def _reference(actor: Named) -> str:
    """Return the salted pseudonym of an actor; the system has none to hide."""
    if actor == SYSTEM:
        return "system"
    found = run("SELECT salt FROM journal_subject WHERE uid = %(uid)s", {"uid": actor.uid})
    salt = found[0][0] if found else None
    if salt is None:
        raise SubjectUnknown(f"no name is kept for {actor.kind} {actor.uid}")
    return hashlib.sha256(bytes(salt) + actor.uid.bytes).hexdigest()
