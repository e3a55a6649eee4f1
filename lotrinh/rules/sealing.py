"""Seals of the journal: what one says, how they hang together, and what is wrong with them.

A seal closes a range of entries for good. It says which (all up to the number ``through`` that no
earlier seal has closed), how many they are, and two hashes of them: the root of the tree over their
leaves, which is what an entry is proved by, and a digest of their numbers, uids and instants of
recording, so that nothing of what says when and in which order things were done can be moved. Its
head is the hash of all that together with the head of the seal before: so the last head stands for
the whole journal. At the end of a legal day the head of its last seal is signed.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from lotrinh.rules import merkle

NOTHING = bytes(32)
"""What the first seal and the first signature name as the one before them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as far as it is sealed; ``recorded_us`` counts microseconds since 1970, UTC."""

    id: int
    uid: str
    recorded_us: int
    payload: str
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a seal says. ``through`` is the number of its last entry, inclusive."""

    number: int
    previous: bytes
    through: int
    count: int
    root: bytes
    rows: bytes
    day: date
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class SealedAs:
    """A seal as it is kept: what it says, and the head that was kept with it."""

    said: Sealed
    head: bytes


@dataclass(frozen=True, slots=True)
class DaySigned:
    """The signature of a legal day as it is kept. ``previous`` is the digest of the one before."""

    day: date
    number: int
    head: bytes
    previous: bytes
    public_key: bytes
    signature: bytes


class Flaw(StrEnum):
    """What can be wrong with a sealed journal."""

    ENTRY_CHANGED = "entry_changed"  # what it says is not what its leaf was made of
    COLUMN_CHANGED = "column_changed"  # what finds it says something else than its payload
    BATCH_CHANGED = "batch_changed"  # other entries, or another order, than were sealed
    SEAL_CHANGED = "seal_changed"  # what the seal says is not what its head was made of
    CHAIN_BROKEN = "chain_broken"  # it does not follow the seal before
    SEAL_MISSING = "seal_missing"  # it was signed or held elsewhere, and is not there like that
    SIGNATURE_FALSE = "signature_false"  # not made by the key over what it says
    KEY_UNKNOWN = "key_unknown"  # made by a key that nobody here trusts
    SIGNATURE_MISSING = "signature_missing"  # it was held elsewhere, and is not there like that


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw and where it is: the number of a seal, the number of an entry, or a day."""

    flaw: Flaw
    place: str


@dataclass(frozen=True, slots=True)
class Held:
    """What has left the database: heads with the number of their seal, signatures with their day.

    After an older database was restored there may be two of one number; each has to be there.
    """

    heads: tuple[tuple[int, bytes], ...] = ()
    signatures: tuple[tuple[date, bytes], ...] = ()


@dataclass(slots=True)
class Counted:
    """How much was looked at."""

    entries: int = 0
    seals: int = 0
    unsealed: int = 0


IsSigned = Callable[[bytes, bytes, bytes], bool]
"""Says whether a public key made a signature over a text."""


def statement(said: Sealed) -> str:
    """Return what a seal says as lines; its head is the hash of exactly this text."""
    at = said.sealed_at.astimezone(UTC).isoformat(timespec="microseconds")
    return (
        f"lotrinh.seal/1\nnumber: {said.number}\nprevious: {said.previous.hex()}\n"
        f"through: {said.through}\ncount: {said.count}\nroot: {said.root.hex()}\n"
        f"rows: {said.rows.hex()}\nday: {said.day.isoformat()}\nsealed_at: {at}\n"
    )


def head_of(said: Sealed) -> bytes:
    """Return sha256(0x02 ‖ statement): neither a leaf nor a node can be passed off as a head."""
    return hashlib.sha256(b"\x02" + statement(said).encode()).digest()


def day_statement(day: date, number: int, head: bytes, previous: bytes) -> bytes:
    """Return the text that is signed for a legal day."""
    return (
        f"lotrinh.day/1\nday: {day.isoformat()}\nseal: {number}\nhead: {head.hex()}\n"
        f"previous: {previous.hex()}\n"
    ).encode()


def digest_of_rows(rows: Iterable[tuple[int, str, int]]) -> bytes:
    """Return the digest of entries' numbers, uids and instants of recording, in their order."""
    lines = (f"{number} {uid} {recorded_us}\n" for number, uid, recorded_us in rows)
    return hashlib.sha256("".join(lines).encode()).digest()


def audit(seals: Iterable[SealedAs], rows: Iterable[Row], *, counted: Counted) -> Iterator[Finding]:
    """Yield what is wrong with entries and the chain of their seals; ``counted`` is counted up.

    Seals come by their number, rows by theirs, each once. Every row belongs to the first seal that
    reaches as far; those after the last seal are not sealed yet.
    """
    waiting = _Waiting(rows)
    head, through, number = NOTHING, 0, 0
    for seal in seals:
        said = seal.said
        number += 1
        if (said.number, said.previous) != (number, head) or said.through <= through:
            yield Finding(Flaw.CHAIN_BROKEN, str(said.number))
        if head_of(said) != seal.head:
            yield Finding(Flaw.SEAL_CHANGED, str(said.number))
        batch = waiting.up_to(said.through)
        yield from _changed(batch)
        counted.entries += len(batch)
        counted.seals += 1
        places = ((row.id, row.uid, row.recorded_us) for row in batch)
        if (
            len(batch) != said.count
            or merkle.root([row.leaf for row in batch]) != said.root
            or digest_of_rows(places) != said.rows
        ):
            yield Finding(Flaw.BATCH_CHANGED, str(said.number))
        head, through, number = seal.head, said.through, said.number
    for row in waiting.rest():
        counted.entries += 1
        counted.unsealed += 1
        yield from _changed([row])


def audit_signatures(
    signatures: Iterable[DaySigned],
    *,
    heads: Mapping[int, bytes],
    trusted: Iterable[bytes],
    is_signed: IsSigned,
) -> Iterator[Finding]:
    """Yield what is wrong with the signatures of days, which come in the order they were made.

    ``heads`` are those of the seals that they name, as kept now; a key that is not ``trusted``
    proves nothing.
    """
    known, previous = frozenset(trusted), NOTHING
    for one in signatures:
        text = day_statement(one.day, one.number, one.head, one.previous)
        if one.public_key not in known:
            yield Finding(Flaw.KEY_UNKNOWN, one.day.isoformat())
        elif one.previous != previous or not is_signed(one.public_key, text, one.signature):
            yield Finding(Flaw.SIGNATURE_FALSE, one.day.isoformat())
        if heads.get(one.number) != one.head:
            yield Finding(Flaw.SEAL_MISSING, str(one.number))
        previous = hashlib.sha256(one.signature).digest()


def audit_held(
    held: Held, *, heads: Mapping[int, bytes], signatures: Iterable[DaySigned]
) -> Iterator[Finding]:
    """Yield which seals and signatures that have left the database it has no more, or others."""
    for number, head in held.heads:
        if heads.get(number) != head:
            yield Finding(Flaw.SEAL_MISSING, str(number))
    kept = {one.day: one.signature for one in signatures}
    for day, signature in held.signatures:
        if kept.get(day) != signature:
            yield Finding(Flaw.SIGNATURE_MISSING, day.isoformat())


class _Waiting:
    """Rows that are taken seal by seal."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def up_to(self, through: int) -> list[Row]:
        """Take the rows up to a number, inclusive."""
        batch = []
        while self._next is not None and self._next.id <= through:
            batch.append(self._next)
            self._next = next(self._rows, None)
        return batch

    def rest(self) -> Iterator[Row]:
        """Take all that are left."""
        while self._next is not None:
            yield self._next
            self._next = next(self._rows, None)


def _changed(rows: Iterable[Row]) -> Iterator[Finding]:
    for row in rows:
        if merkle.leaf(row.payload.encode()) != row.leaf:
            yield Finding(Flaw.ENTRY_CHANGED, str(row.id))
