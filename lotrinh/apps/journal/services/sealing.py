"""Sealing: batches of entries get a root, roots a chain, days a signature. Writers never wait.

The crux is what may be sealed. An entry gets its number when it is written and appears when its
transaction ends, so a lower number can appear after a higher one. A seal closes all numbers up to
one of them for good; it may close them only when everybody who has ever drawn one of them has
ended. Whoever inserts takes a lock on the table (ROW EXCLUSIVE, which holds up nobody who writes or
reads) before he draws a number, and keeps it until his transaction has ended and its rows can be
seen. So: first the highest number that can be seen is read, then who holds that lock. Once these
have ended, no number up to that one can appear any more, whoever has begun since. What is still
being written is not waited for but noted (``SealMark``), so that each pass is short and one
long transaction after another cannot put a seal off for ever. Neither the numbers of transactions
nor a snapshot's horizon would do: a number is drawn a moment before its transaction has one.
Decision 0018 tells what was weighed.

What is written here is not recorded in the journal: each such entry would ask for a further seal.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from lotrinh.apps.journal.models import DaySignature, Seal, SealMark
from lotrinh.apps.journal.signing import public_key, sign
from lotrinh.apps.journal.statements import run
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules import merkle
from lotrinh.rules.sealing import (
    NOTHING,
    DaySigned,
    Sealed,
    SealedAs,
    day_statement,
    digest_of_rows,
    head_of,
)

BATCH = 10_000
"""How many entries one seal takes at most: the path of one is then at most 14 hashes long."""

_HIGHEST = """
SELECT max(id) FROM journal_entry
WHERE id <= pg_sequence_last_value(pg_get_serial_sequence('journal_entry', 'id')::regclass)
"""
_WRITERS = """
SELECT virtualtransaction FROM pg_locks
WHERE relation = 'journal_entry'::regclass AND mode = 'RowExclusiveLock' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND pid IS DISTINCT FROM pg_backend_pid()
"""
_BATCH = """
SELECT id, uid::text, (extract(epoch FROM recorded_at) * 1000000)::bigint, leaf
FROM journal_entry WHERE id > %(after)s AND id <= %(up_to)s ORDER BY id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pass has brought about: a seal, or whether it waits for somebody who writes."""

    seal: SealedAs | None = None
    waits: bool = False


@transaction.atomic
def seal_entries(*, on: date, at: datetime) -> Outcome:
    """Seal the next entries that surely nobody can add to, at most ``BATCH``; nothing may be new.

    Where somebody who may have drawn a number among them still writes, nothing is sealed and the
    outcome says so; asked again, it goes on from there. Two who seal at once take turns.
    """
    take_turn("journal", "seals")
    last = Seal.objects.order_by("-number").first()
    after = last.through if last else 0
    up_to = _surely_whole(after)
    if up_to is None:
        return Outcome(waits=True)
    rows = run(_BATCH, {"after": after, "up_to": up_to, "most": BATCH})
    if not rows:
        return Outcome()
    said = Sealed(
        number=last.number + 1 if last else 1,
        previous=bytes(last.head) if last else NOTHING,
        through=rows[-1][0],
        count=len(rows),
        root=merkle.root([bytes(leaf) for *_, leaf in rows]),
        rows=digest_of_rows((number, uid, us) for number, uid, us, _ in rows),
        day=on,
        sealed_at=at,
    )
    head = head_of(said)
    Seal.objects.create(
        number=said.number,
        previous=said.previous,
        through=said.through,
        count=said.count,
        root=said.root,
        rows=said.rows,
        day=on,
        sealed_at=at,
        head=head,
    )
    return Outcome(SealedAs(said, head))


@transaction.atomic
def sign_days(*, before: date, key: bytes, at: datetime) -> tuple[DaySigned, ...]:
    """Sign the head of every day before ``before`` that has seals and no signature yet.

    A day is signed once. What was sealed on it afterwards, by a clock that went back, is vouched
    for by the next day's signature. ``key`` is the private key.
    """
    take_turn("journal", "seals")
    last = DaySignature.objects.order_by("-number").first()
    unsigned = Seal.objects.filter(day__lt=before, number__gt=last.number if last else 0)
    days = (
        unsigned.exclude(day__in=DaySignature.objects.values("day"))
        .values_list("day")
        .annotate(last=Max("number"))
        .order_by("last")
    )
    previous = _digest(bytes(last.signature)) if last else NOTHING
    signed = []
    for day, number in days:
        head = bytes(Seal.objects.get(number=number).head)
        signature = sign(key, day_statement(day, number, head, previous))
        signed.append(DaySigned(day, number, head, previous, public_key(key), signature))
        previous = _digest(signature)
    DaySignature.objects.bulk_create(
        DaySignature(
            day=one.day,
            number=one.number,
            head=one.head,
            previous=one.previous,
            public_key=one.public_key,
            signature=one.signature,
            signed_at=at,
        )
        for one in signed
    )
    return tuple(signed)


def _surely_whole(after: int) -> int | None:
    """Return up to which number no entry can appear any more; None while somebody is waited for.

    The order counts: the number first, then who writes, and the entries in a statement after both,
    which sees what those who have ended in between have written.
    """
    mark = SealMark.objects.first()
    if mark is not None:
        if set(mark.waits_for) & _writers():
            return None
        mark.delete()
        return mark.up_to
    ((highest,),) = run(_HIGHEST, {})
    if highest is None or highest <= after:
        return after
    up_to = int(highest)
    writers = _writers()
    if writers:
        SealMark.objects.create(id=1, up_to=up_to, waits_for=sorted(writers))
        return None
    return up_to


def _writers() -> set[str]:
    """Return the transactions, ours apart, that may have written entries and have not ended.

    Each has a name of its own until the server ends; after that none of them is left.
    """
    return {name for (name,) in run(_WRITERS, {})}


def _digest(signature: bytes) -> bytes:
    return hashlib.sha256(signature).digest()
