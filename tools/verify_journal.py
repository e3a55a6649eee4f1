"""Checks an export of the sealed journal; needs Python 3.11 and nothing else of anybody's.

It shares no line with Lotrinh, so that a fault there is not repeated here. It is run as
``python3 verify_journal.py EXPORT --key HEX [--held FILE]`` on what ``lotrinh verify --export``
wrote, or as ``python3 verify_journal.py PROOF --head HEX`` on what ``lotrinh verify --proof``
printed. The keys, the heads and the file of held seals have to come to you by another way than
the export: from print, or from a copy that you took before. Exit 0 it is whole, 1 it is not, 2
something cannot be read. docs/howto/verifying.md says what this proves.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

P = 2**255 - 19  # the field, the order of the base point, and the constant of Ed25519 (RFC 8032)
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Line = dict[str, Any]
Point = tuple[int, int, int, int]  # x = X/Z, y = Y/Z, xy = T/Z: adding needs no division


def plus(a: Point, b: Point) -> Point:
    """Add two points of the curve -x² + y² = 1 + d x² y²."""
    low, high = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * D * a[3] * b[3] % P, 2 * a[2] * b[2] % P
    e, f, g, h = high - low, z - t, z + t, high + low
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, point: Point) -> Point:
    """Add a point to itself as often as ``factor`` says."""
    found = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            found = plus(found, point)
        point, factor = plus(point, point), factor >> 1
    return found


def point_of(given: bytes) -> Point:
    """Return the point that 32 bytes stand for. Raises ValueError where there is none."""
    number = int.from_bytes(given, "little")
    y, odd = number & (2**255 - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if len(given) != 32 or y >= P or x * x % P != square or (x == 0 and odd):
        raise ValueError("no point of the curve")
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(key: str, text: str, signature: str) -> bool:
    """Say whether the key has signed the text (RFC 8032, section 5.1.7)."""
    try:
        given, public = bytes.fromhex(signature), bytes.fromhex(key)
        scalar = int.from_bytes(given[32:], "little")
        digest = hashlib.sha512(given[:32] + public + text.encode()).digest()
        challenge = int.from_bytes(digest, "little") % ORDER
        right = plus(point_of(given[:32]), times(challenge, point_of(public)))
    except ValueError:
        return False
    left = times(scalar, BASE)
    same = all((left[n] * right[2] - right[n] * left[2]) % P == 0 for n in (0, 1))
    return same and len(given) == 64 and scalar < ORDER


def root_of(leaves: list[bytes]) -> str:
    """Return the root of a tree in the form of RFC 6962, section 2.1."""
    if len(leaves) < 2:
        return (leaves[0] if leaves else hashlib.sha256().digest()).hex()
    left = 1 << (len(leaves) - 1).bit_length() - 1
    halves = bytes.fromhex(root_of(leaves[:left]) + root_of(leaves[left:]))
    return hashlib.sha256(b"\x01" + halves).hexdigest()


def check(lines: Iterable[str], keys: set[str], held: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with the export."""
    told = map(json.loads, lines)
    kept: dict[str, list[Line]] = {"journal": [], "seal": [], "day": [], "entry": []}
    for one in told:
        kept[one["kind"]].append(one)
        if one["kind"] == "entry":
            break  # from here on there are entries alone
    yield from check_chain(kept["seal"])
    yield from check_days(
        kept["day"], {seal["number"]: seal["head"] for seal in kept["seal"]}, keys
    )
    there = {("seal", str(seal["number"]), seal["head"]) for seal in kept["seal"]}
    there |= {("day", day["day"], day["signature"]) for day in kept["day"]}
    for line in held:
        kind, name, *value = line.split()
        if (kind, name, *value) not in there and not line.endswith("cut off"):  # by a crash
            yield f"{kind} {name} was held elsewhere and is not there like that"
    yield from check_entries(chain(kept["entry"], told), kept["seal"])


def check_chain(seals: list[Line]) -> Iterator[str]:
    """Yield which seals do not follow the one before, or were changed."""
    through, head = 0, "0" * 64
    for number, seal in enumerate(seals, 1):
        if (seal["number"], seal["previous"]) != (number, head) or seal["through"] <= through:
            yield f"seal {seal['number']} does not follow the one before"
        if head_of(seal) != seal["head"]:
            yield f"seal {seal['number']} was changed"
        through, head = seal["through"], seal["head"]


def head_of(seal: Line) -> str:
    """Return the hash of what a seal says."""
    names = ("number", "previous", "through", "count", "root", "rows", "day", "sealed_at")
    text = "lotrinh.seal/1\n" + "".join(f"{name}: {seal[name]}\n" for name in names)
    return hashlib.sha256(b"\x02" + text.encode()).hexdigest()


def check_days(days: list[Line], heads: dict[int, str], keys: set[str]) -> Iterator[str]:
    """Yield which signatures are false or of an unknown key, and which seals they miss."""
    previous = "0" * 64
    for day in days:
        names = ("day", "seal", "head", "previous")
        text = "lotrinh.day/1\n" + "".join(f"{name}: {day[name]}\n" for name in names)
        if day["public_key"] not in keys:
            yield f"the signature of {day['day']} is by an unknown key"
        if day["previous"] != previous or not is_signed(day["public_key"], text, day["signature"]):
            yield f"the signature of {day['day']} is false"
        if heads.get(day["seal"]) != day["head"]:
            yield f"seal {day['seal']} was signed and is not there like that"
        previous = hashlib.sha256(bytes.fromhex(day["signature"])).hexdigest()


def check_entries(told: Iterable[Line], seals: list[Line]) -> Iterator[str]:
    """Yield what is wrong with the entries; each belongs to the first seal that reaches it."""
    entries = iter(told)
    entry = next(entries, None)
    for seal in seals:
        leaves, rows = [], hashlib.sha256()
        while entry and entry["id"] <= seal["through"]:
            yield from check_leaf(entry)
            leaves.append(bytes.fromhex(entry["leaf"]))
            rows.update("{id} {uid} {recorded_us}\n".format_map(entry).encode())
            entry = next(entries, None)
        sealed = seal["count"], seal["root"], seal["rows"]
        if (len(leaves), root_of(leaves), rows.hexdigest()) != sealed:
            yield f"the entries of seal {seal['number']} are not those that were sealed"
    while entry:  # not sealed yet
        yield from check_leaf(entry)
        entry = next(entries, None)


def check_leaf(entry: Line) -> Iterator[str]:
    """Say so where an entry does not fit its hash."""
    if hashlib.sha256(b"\x00" + entry["payload"].encode()).hexdigest() != entry["leaf"]:
        yield f"entry {entry['id']} does not fit its hash"


def check_proof(proof: Line, heads: set[str]) -> Iterator[str]:
    """Yield why a proof does not show that its entry stands in a seal with one of these heads."""
    yield from check_leaf(proof)
    found, place, beside = proof["leaf"], proof["place"], proof["beside"]
    size = proof["seal"]["count"]
    while size > 1:
        if place ^ 1 < size:  # the last of an odd storey goes up alone
            other, *beside = beside or [""]
            pair = other + found if place % 2 else found + other
            found = hashlib.sha256(b"\x01" + bytes.fromhex(pair)).hexdigest()
        place, size = place // 2, (size + 1) // 2
    if beside or found != proof["seal"]["root"] or not 0 <= proof["place"] < proof["seal"]["count"]:
        yield "the entry does not stand in this seal"
    if head_of(proof["seal"]) != proof["seal"]["head"]:
        yield f"seal {proof['seal']['number']} was changed"
    if proof["seal"]["head"] not in heads:
        yield f"seal {proof['seal']['number']} has another head than the one you hold"


def main() -> int:
    """Check what the command line names."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("file", help="an export, or with --head the proof of one entry")
    given.add_argument("--key", action="append", default=[], help="a public key that you trust")
    given.add_argument("--held", help="the seals that were held elsewhere")
    given.add_argument("--head", action="append", default=[], help="the head of a seal, from print")
    asked = given.parse_args()
    try:
        held = Path(asked.held).read_text("ascii").split("\n")[:-1] if asked.held else []
        with open(asked.file, encoding="utf-8") as lines:
            if asked.head:
                wrong = list(check_proof(json.loads(lines.read()), set(asked.head)))
            else:
                wrong = list(check(lines, set(asked.key), held))
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"cannot be read: {error!r}", file=sys.stderr)
        return 2
    whole = "the entry stands in the seal" if asked.head else "the journal is whole"
    print("\n".join(wrong) if wrong else whole)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
