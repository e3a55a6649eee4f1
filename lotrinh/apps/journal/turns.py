"""Taking turns: who works on the same thing waits until the other's transaction has ended.

Append-only rows are never locked, and what does not exist yet cannot be. Such work takes a turn
under a name instead: an advisory lock of the transaction, which needs no row and is given back by
commit, rollback and a lost connection alike.
"""

import hashlib

from lotrinh.apps.journal.statements import run


def take_turn(kind: str, key: object) -> None:
    """Wait until no other transaction has the turn of ``key`` among its ``kind``, and have it.

    Must be called inside a transaction. Two names share a turn with a chance of 2^-64; then one
    waits without need.
    """
    digest = hashlib.sha256(f"{kind}:{key}".encode()).digest()
    number = int.from_bytes(digest[:8], "big", signed=True)
    run("SELECT pg_advisory_xact_lock(%(number)s)", {"number": number})
