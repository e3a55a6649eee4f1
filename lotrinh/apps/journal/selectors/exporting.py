"""The journal for verifiers of others: one JSON object a line, nothing in it names a person.

First the key and all seals and signatures, then the entries by their number. Bytes are written in
hexadecimal digits.
"""

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any
from uuid import UUID

from lotrinh.apps.journal.selectors.auditing import as_row, rows_kept
from lotrinh.apps.journal.selectors.proofs import proof_of
from lotrinh.apps.journal.selectors.seals import last_number, seals_kept, signatures_kept
from lotrinh.rules.sealing import SealedAs


def exported(*, public_key: bytes) -> Iterator[str]:
    """Yield the lines of an export, without their ends."""
    yield _line(kind="journal", version=1, public_key=public_key.hex())
    signatures = signatures_kept()
    for seal in seals_kept(up_to=last_number()):
        yield _line(kind="seal", **_seal(seal))
    for one in signatures:
        yield _line(
            kind="day",
            day=one.day.isoformat(),
            seal=one.number,
            head=one.head.hex(),
            previous=one.previous.hex(),
            public_key=one.public_key.hex(),
            signature=one.signature.hex(),
        )
    for row in map(as_row, rows_kept()):
        yield _line(
            kind="entry",
            id=row.id,
            uid=row.uid,
            recorded_us=row.recorded_us,
            payload=row.payload,
            leaf=row.leaf.hex(),
        )


def exported_proof(*, entry_uid: UUID) -> str | None:
    """Return the proof of one entry as an object of JSON; None where it is not there or not sealed.

    It has under 2 kB where the payload has some hundred bytes.
    """
    proof = proof_of(entry_uid=entry_uid)
    if proof is None:
        return None
    return _line(
        kind="proof",
        id=proof.row.id,
        uid=proof.row.uid,
        payload=proof.row.payload,
        leaf=proof.row.leaf.hex(),
        place=proof.place,
        beside=[one.hex() for one in proof.beside],
        seal=_seal(proof.seal),
    )


def _seal(seal: SealedAs) -> dict[str, Any]:
    said = seal.said
    return {
        "number": said.number,
        "previous": said.previous.hex(),
        "through": said.through,
        "count": said.count,
        "root": said.root.hex(),
        "rows": said.rows.hex(),
        "day": said.day.isoformat(),
        "sealed_at": said.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "head": seal.head.hex(),
    }


def _line(**told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
