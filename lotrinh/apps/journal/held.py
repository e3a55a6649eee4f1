"""What the database cannot take back: heads and signatures in a file beside it, a line each.

The file only grows. Whoever rewrites or cuts the chain by SQL cannot reach it; a line of it that
the chain does not have any more gives him away. It can be copied elsewhere at any time, and the
longer the copy has been away the more it proves.
"""

import os
import re
from datetime import date
from pathlib import Path

from lotrinh.rules.sealing import Held

_SEAL = re.compile(r"seal ([0-9]{1,18}) ([0-9a-f]{64})")
_DAY = re.compile(r"day ([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9a-f]{128})")
_CUT = " cut off"


class HeldUnreadable(Exception):
    """A line of the file is neither a seal nor a day; the message is its place, ``file:line``."""


def hold_seal(file: Path, number: int, head: bytes) -> None:
    """Add the head of a seal, which has been committed; it is on the disk afterwards."""
    _add(file, f"seal {number} {head.hex()}\n")


def hold_day(file: Path, day: date, signature: bytes) -> None:
    """Add the signature of a day, which has been committed; it is on the disk afterwards."""
    _add(file, f"day {day.isoformat()} {signature.hex()}\n")


def read_held(file: Path) -> Held:
    """Return what the file holds; nothing where there is none. Raises HeldUnreadable.

    A line that a crash has cut off says nothing.
    """
    heads: list[tuple[int, bytes]] = []
    signatures: list[tuple[date, bytes]] = []
    try:
        text = file.read_text("ascii", "replace")
    except FileNotFoundError:
        return Held()
    for place, line in enumerate(text.split("\n")[:-1], 1):
        if seal := _SEAL.fullmatch(line):
            heads.append((int(seal[1]), bytes.fromhex(seal[2])))
        elif day := _DAY.fullmatch(line):
            signatures.append((date.fromisoformat(day[1]), bytes.fromhex(day[2])))
        elif not line.endswith(_CUT):
            raise HeldUnreadable(f"{file}:{place}")
    return Held(tuple(heads), tuple(signatures))


def _add(file: Path, line: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    out = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(out).st_size
        if size and os.pread(out, 1, size - 1) != b"\n":
            line = f"{_CUT}\n{line}"  # the power went while the last line was written
        os.write(out, line.encode())
        os.fsync(out)
    finally:
        os.close(out)
