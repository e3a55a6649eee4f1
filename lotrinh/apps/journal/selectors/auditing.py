"""Whether the journal is the one that was sealed: everything is hashed again and compared.

What was held elsewhere is read first, then the signatures, then the seals, then the entries: while
somebody seals beside it, each is whole for what was read before it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from lotrinh.apps.journal.held import read_held
from lotrinh.apps.journal.models import Entry, Subject
from lotrinh.apps.journal.selectors.seals import (
    CHUNK,
    last_number,
    seals_kept,
    signatures_kept,
)
from lotrinh.apps.journal.signing import is_signed
from lotrinh.rules.sealing import (
    Counted,
    Finding,
    Flaw,
    Row,
    SealedAs,
    audit,
    audit_held,
    audit_signatures,
)

_MICROSECONDS = 1_000_000
Salts = dict[UUID, bytes | None]
"""The salt of every subject; None where it was erased."""

_COLUMNS = (
    *("id", "uid", "recorded_at", "payload", "leaf", "at", "verb"),
    *("actor_kind", "actor_uid", "object_kind", "object_uid", "unit_uid"),
)


@dataclass(slots=True)
class Audited:
    """What an audit has found; ``findings`` is empty where all is as it was sealed."""

    findings: list[Finding] = field(default_factory=list)
    counted: Counted = field(default_factory=Counted)
    last: SealedAs | None = None
    signed_through: date | None = None


def audit_journal(*, trusted: Iterable[bytes], held: Path | None, most: int = 1000) -> Audited:
    """Hold every entry, seal and signature against the others, and against what was held.

    ``trusted`` are the public keys whose signatures count, ``held`` the file of what has left the
    database. After ``most`` findings it stops looking. Raises HeldUnreadable.
    """
    known = read_held(held) if held else None
    signatures = signatures_kept()
    up_to = last_number()
    wanted = {one.number for one in signatures}
    wanted |= {number for number, _ in known.heads} if known else set()
    done = Audited()
    heads: dict[int, bytes] = {}

    def noted() -> Iterator[SealedAs]:
        for seal in seals_kept(up_to=up_to):
            done.last = seal
            if seal.said.number in wanted:
                heads[seal.said.number] = seal.head
            yield seal

    def found() -> Iterator[Finding]:
        salts = dict(_salts())
        strayed: list[Finding] = []
        yield from audit(noted(), _rows(salts, strayed), counted=done.counted)
        yield from strayed
        trusts = frozenset(trusted)
        yield from audit_signatures(signatures, heads=heads, trusted=trusts, is_signed=is_signed)
        if known:
            yield from audit_held(known, heads=heads, signatures=signatures)

    for finding in found():
        if finding not in done.findings:  # a seal can be missed by its day and by what was held
            done.findings.append(finding)
        if len(done.findings) >= most:
            break
    done.signed_through = max((one.day for one in signatures), default=None)
    return done


def rows_kept() -> Iterator[dict[str, Any]]:
    """Yield every entry as it is kept, by its number."""
    after: int | None = None
    while True:
        entries = Entry.objects.order_by("id").values(*_COLUMNS)
        found = list((entries if after is None else entries.filter(id__gt=after))[:CHUNK])
        yield from found
        if len(found) < CHUNK:
            return
        after = found[-1]["id"]


def as_row(entry: Mapping[str, Any]) -> Row:
    """Return what of an entry is sealed."""
    return Row(
        id=entry["id"],
        uid=str(entry["uid"]),
        recorded_us=microseconds(entry["recorded_at"]),
        payload=entry["payload"],
        leaf=bytes(entry["leaf"]),
    )


def microseconds(instant: datetime) -> int:
    """Return an instant in microseconds since 1970, exactly."""
    whole = int(instant.replace(microsecond=0).timestamp())
    return whole * _MICROSECONDS + instant.microsecond


def _rows(salts: Salts, strayed: list[Finding]) -> Iterator[Row]:
    """Yield the rows; those whose columns say something else than their payload are noted."""
    for entry in rows_kept():
        if not _says_the_same(entry, salts):
            strayed.append(Finding(Flaw.COLUMN_CHANGED, str(entry["id"])))
        yield as_row(entry)


def _says_the_same(entry: dict[str, Any], salts: Salts) -> bool:
    """Say whether the columns that find an entry say what its payload does.

    Whom a payload means by a pseudonym cannot be told any more once somebody was erased.
    """
    try:
        payload = json.loads(entry["payload"])
        actor, thing = payload["actor"], payload["object"]
        return bool(
            (payload["verb"], actor["kind"], thing["kind"])
            == (entry["verb"], entry["actor_kind"], entry["object_kind"])
            and datetime.fromisoformat(payload["at"]) == entry["at"]
            and payload["unit"] == (str(entry["unit_uid"]) if entry["unit_uid"] else None)
            and _means(actor, entry["actor_uid"], salts)
            and _means(thing, entry["object_uid"], salts)
        )
    except (ValueError, KeyError, TypeError):
        return False


def _means(named: dict[str, str], uid: Any, salts: Salts) -> bool:
    """Say whether what a payload names can be what a column names."""
    if "uid" in named:
        return named["uid"] == str(uid)
    if named["ref"] == "system" or uid is None:
        return named["ref"] == "system" and uid is None
    if uid not in salts:
        return False
    salt = salts[uid]
    return salt is None or named["ref"] == hashlib.sha256(salt + uid.bytes).hexdigest()


def _salts() -> Iterator[tuple[UUID, bytes | None]]:
    for uid, salt in Subject.objects.values_list("uid", "salt").iterator():
        yield uid, bytes(salt) if salt is not None else None
