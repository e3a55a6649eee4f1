"""What somebody who owns the database may try, each as statements; he lacks the key and the file.

Every act is one of many that a number chooses, so that a thousand numbers try a thousand.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, timedelta
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from lotrinh.apps.journal.selectors.auditing import as_row, rows_kept
from lotrinh.apps.journal.selectors.seals import seals_kept, signatures_kept
from lotrinh.rules import merkle
from lotrinh.rules.sealing import (
    NOTHING,
    Sealed,
    day_statement,
    digest_of_rows,
    head_of,
)

Given = dict[str, Any]


def do(statement: str, **given: Any) -> None:
    """Run a statement, which has to touch something."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        assert cursor.rowcount > 0, statement


def sealed_ids() -> list[int]:
    last = max(seal.said.through for seal in seals_kept(up_to=10**9))
    return [row["id"] for row in rows_kept() if row["id"] <= last]


def payload_of(number: int) -> str:
    return next(row["payload"] for row in rows_kept() if row["id"] == number)


def forge_chain(since: int = 1) -> None:
    """Make roots, counts and heads fit the entries again, from a seal on: the whole forged."""
    rows = [as_row(row) for row in rows_kept()]
    head, after = NOTHING, 0
    for seal in seals_kept(up_to=10**9):
        said = seal.said
        if said.number < since:
            head, after = seal.head, said.through
            continue
        batch = [row for row in rows if row.id <= said.through and (row.id > after or not after)]
        forged = Sealed(
            number=said.number,
            previous=head,
            through=said.through,
            count=len(batch),
            root=merkle.root([row.leaf for row in batch]),
            rows=digest_of_rows((row.id, row.uid, row.recorded_us) for row in batch),
            day=said.day,
            sealed_at=said.sealed_at,
        )
        head, after = head_of(forged), said.through
        do(
            "UPDATE journal_seal SET previous = %(previous)s, count = %(count)s, root = %(root)s,"
            " rows = %(rows)s, head = %(head)s WHERE number = %(number)s",
            previous=forged.previous,
            count=forged.count,
            root=forged.root,
            rows=forged.rows,
            head=head,
            number=said.number,
        )


def forge_signatures() -> None:
    """Sign the chain as it is now with a key of his own."""
    own, previous = Ed25519PrivateKey.generate(), NOTHING
    heads = {seal.said.number: seal.head for seal in seals_kept(up_to=10**9)}
    for one in signatures_kept():
        text = day_statement(one.day, one.number, heads[one.number], previous)
        signature = own.sign(text)
        do(
            "UPDATE journal_day_signature SET head = %(head)s, previous = %(previous)s,"
            " signature = %(signature)s, public_key = %(key)s WHERE day = %(day)s",
            head=heads[one.number],
            previous=previous,
            signature=signature,
            key=own.public_key().public_bytes_raw(),
            day=one.day,
        )
        previous = hashlib.sha256(signature).digest()


def _cover(chance: Random) -> None:
    """Perhaps forge what hangs on it, too."""
    how_far = chance.randrange(3)
    if how_far:
        forge_chain()
    if how_far == 2:
        forge_signatures()


def change_payload(chance: Random) -> None:
    number = chance.choice([row["id"] for row in rows_kept()])  # sealed or not
    text = payload_of(number)
    place = chance.randrange(len(text))
    other = chance.choice([one for one in "0123456789abcdefXYZ" if one != text[place]])
    do(
        "UPDATE journal_entry SET payload = %(payload)s WHERE id = %(id)s",
        payload=text[:place] + other + text[place + 1 :],
        id=number,
    )


def change_payload_and_leaf(chance: Random) -> None:
    number = chance.choice(sealed_ids())
    text = payload_of(number).replace('"version":1', f'"version":{chance.randrange(2, 10**6)}')
    do(
        "UPDATE journal_entry SET payload = %(payload)s, leaf = %(leaf)s WHERE id = %(id)s",
        payload=text,
        leaf=merkle.leaf(text.encode()),
        id=number,
    )
    _cover(chance)


def delete_row(chance: Random) -> None:
    do("DELETE FROM journal_entry WHERE id = %(id)s", id=chance.choice(sealed_ids()))
    _cover(chance)


def insert_row(chance: Random) -> None:
    ids = sealed_ids()
    free = sorted(set(range(-3, ids[-1])) - set(ids))
    do(
        "INSERT INTO journal_entry (id, uid, recorded_at, at, verb, actor_kind, object_kind,"
        " object_uid, payload, leaf) OVERRIDING SYSTEM VALUE SELECT %(new)s, gen_random_uuid(),"
        " recorded_at, at, verb, actor_kind, object_kind, object_uid, payload, leaf"
        " FROM journal_entry WHERE id = %(old)s",
        new=chance.choice(free),
        old=chance.choice(ids),
    )
    _cover(chance)


def swap_rows(chance: Random) -> None:
    one, other = chance.sample(sealed_ids(), 2)
    if chance.randrange(2):
        do(
            "UPDATE journal_entry AS e SET payload = o.payload, leaf = o.leaf FROM journal_entry"
            " AS o WHERE (e.id, o.id) IN ((%(one)s, %(other)s), (%(other)s, %(one)s))",
            one=one,
            other=other,
        )
    else:
        for old, new in ((one, -1000), (other, one), (-1000, other)):
            do("UPDATE journal_entry SET id = %(new)s WHERE id = %(old)s", old=old, new=new)
    _cover(chance)


def move_in_time(chance: Random) -> None:
    given: Given = {"id": chance.choice(sealed_ids()), "us": chance.randrange(1, 10**9)}
    if chance.randrange(2):
        do(
            "UPDATE journal_entry SET recorded_at = recorded_at - %(us)s * interval '1 us'"
            " WHERE id = %(id)s",
            **given,
        )
    else:
        do("UPDATE journal_entry SET uid = gen_random_uuid() WHERE id = %(id)s", id=given["id"])
    _cover(chance)


def change_seal(chance: Random) -> None:
    seals = list(seals_kept(up_to=10**9))
    said = chance.choice(seals).said
    column, value = chance.choice(
        [
            ("root", chance.randbytes(32)),
            ("rows", chance.randbytes(32)),
            ("previous", chance.randbytes(32)),
            ("head", chance.randbytes(32)),
            ("count", said.count + chance.choice([-1, 1])),
            ("day", said.day - timedelta(days=1)),
            ("sealed_at", said.sealed_at.astimezone(UTC) - timedelta(microseconds=1)),
            ("number", said.number + 100),
        ]
    )
    do(
        f"UPDATE journal_seal SET {column} = %(value)s WHERE number = %(number)s",
        value=value,
        number=said.number,
    )
    if column != "number":
        _cover_of_seal(chance, column)


def _cover_of_seal(chance: Random, column: str) -> None:
    """Forge the chain only where that does not put right what was changed."""
    if column in {"day", "sealed_at"}:
        _cover(chance)


def cut_tail(chance: Random) -> None:
    seals = list(seals_kept(up_to=10**9))
    left = chance.randrange(len(seals))
    through = seals[left - 1].said.through if left else 0
    do("DELETE FROM journal_seal WHERE number > %(left)s", left=left)
    if chance.randrange(2):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM journal_day_signature WHERE number > %s", [left])
    if chance.randrange(2):
        do("DELETE FROM journal_entry WHERE id > %(through)s", through=through)


def forge_signature(chance: Random) -> None:
    one = chance.choice(signatures_kept())
    way = chance.randrange(4)
    place = chance.randrange(64)
    if way == 0:
        flipped = bytearray(one.signature)
        flipped[place] ^= 1 << chance.randrange(8)
        do(
            "UPDATE journal_day_signature SET signature = %(value)s WHERE day = %(day)s",
            value=bytes(flipped),
            day=one.day,
        )
    elif way == 1:
        forge_signatures()
    elif way == 2:
        do("DELETE FROM journal_day_signature WHERE day = %(day)s", day=one.day)
    else:
        do(
            "UPDATE journal_day_signature SET day = day - 100 WHERE day = %(day)s",
            day=one.day,
        )


WAYS: tuple[Callable[[Random], None], ...] = (
    change_payload,
    change_payload_and_leaf,
    delete_row,
    insert_row,
    swap_rows,
    move_in_time,
    change_seal,
    cut_tail,
    forge_signature,
)
