"""The journal for verifiers of others: one JSON object a line, nothing in it names a person.

First the key and all seals and signatures, then the entries by their number. Bytes are written in
hexadecimal digits.
"""

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from lotrinh.apps.journal.selectors.auditing import as_row, rows_kept
from lotrinh.apps.journal.selectors.seals import last_number, seals_kept, signatures_kept


def exported(*, public_key: bytes) -> Iterator[str]:
    """Yield the lines of an export, without their ends."""
    yield _line(kind="journal", version=1, public_key=public_key.hex())
    signatures = signatures_kept()
    for seal in seals_kept(up_to=last_number()):
        said = seal.said
        yield _line(
            kind="seal",
            number=said.number,
            previous=said.previous.hex(),
            through=said.through,
            count=said.count,
            root=said.root.hex(),
            rows=said.rows.hex(),
            day=said.day.isoformat(),
            sealed_at=said.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
            head=seal.head.hex(),
        )
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


def _line(**told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
