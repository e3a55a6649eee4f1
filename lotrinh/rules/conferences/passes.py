"""The pass of a delegate: what its QR code holds, and what a door can tell from it by itself.

A pass names a delegate of a conference. It bears two proofs: a signature (Ed25519, RFC 8032), which
a device at the door checks with the public key of the conference and without a network, and a short
keyed hash (HMAC-SHA256, RFC 2104), which the server checks a hundred times sooner, for each of the
thousands that arrive in a minute. A pass that was given anew has a higher version; the server knows
the last one and refuses the older.

Shape: one letter and the bytes in base32 without padding, so that a QR code holds them as letters
and digits. Bytes: uid of the delegate (16), version (2, big-endian), hash (12), signature (64).
"""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from lotrinh.rules.conferences.base32 import as_letters, from_letters

LETTER = "L"
_UID, _VERSION, _HASH, _SIGNATURE = 16, 2, 12, 64
_SIGNED = _UID + _VERSION
_WHOLE = _SIGNED + _HASH + _SIGNATURE


class NoPass(ValueError):
    """What was scanned is no pass, or none of this conference."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What a pass says: whose it is, the how-manieth one, and its two proofs."""

    delegate: UUID
    version: int
    hashed: bytes
    signature: bytes

    @property
    def signed(self) -> bytes:
        """The bytes that both proofs are of."""
        return signed_bytes(self.delegate, self.version)

    def written(self) -> str:
        """Return it as its QR code holds it."""
        whole = self.signed + self.hashed + self.signature
        return LETTER + as_letters(whole)

    def is_by(self, secret: bytes) -> bool:
        """Say whether the server made it that holds this secret."""
        return hmac.compare_digest(self.hashed, hash_of(secret, self.signed))


def signed_bytes(delegate: UUID, version: int) -> bytes:
    """Return the bytes that a pass of a delegate proves."""
    return delegate.bytes + version.to_bytes(_VERSION, "big")


def hash_of(secret: bytes, signed: bytes) -> bytes:
    """Return the short keyed hash of these bytes."""
    return hmac.new(secret, signed, sha256).digest()[:_HASH]


def read_pass(scanned: str) -> Pass:
    """Return the pass that was scanned; its proofs are not checked yet. Raises NoPass.

    >>> made = Pass(UUID(int=7), 1, bytes(12), bytes(64))
    >>> read_pass(made.written().lower()) == made
    True
    """
    letters = scanned.strip().upper()
    if not letters.startswith(LETTER):
        raise NoPass(scanned[:20])
    try:
        whole = from_letters(letters[len(LETTER) :], _WHOLE)
    except ValueError as error:
        raise NoPass(scanned[:20]) from error
    return Pass(
        UUID(bytes=whole[:_UID]),
        int.from_bytes(whole[_UID:_SIGNED], "big"),
        whole[_SIGNED : _SIGNED + _HASH],
        whole[_SIGNED + _HASH :],
    )
