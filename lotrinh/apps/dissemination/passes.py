"""The keys of a conference's passes, made from the secret of the installation.

Nothing of them is stored. Whoever changes that secret makes all passes void, and the doors with
them.
"""

import hmac
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from lotrinh.apps.dissemination.models import Site
from lotrinh.apps.journal import signing
from lotrinh.rules.conferences.doors import DoorKey, read_door
from lotrinh.rules.conferences.passes import Pass, hash_of, signed_bytes


@dataclass(frozen=True, slots=True)
class PassKeys:
    """``hashing`` stays with the server; devices at the doors know ``public`` alone."""

    hashing: bytes
    private: bytes

    @property
    def public(self) -> bytes:
        """The key by which a device checks a pass without a network."""
        return signing.public_key(self.private)

    def pass_of(self, delegate: UUID, version: int) -> Pass:
        """Return the pass of a delegate."""
        said = signed_bytes(delegate, version)
        return Pass(
            delegate, version, hash_of(self.hashing, said), signing.sign(self.private, said)
        )


@lru_cache(maxsize=512)
def keys_of(root: bytes, conference: UUID) -> PassKeys:
    """Return the keys of a conference by the secret of the installation."""
    return PassKeys(_derived(root, b"hash", conference), _derived(root, b"sign", conference))


def door_of(root: bytes, site: Site) -> str:
    """Return the key of a site's door, good on the day of its conference."""
    conference = site.conference
    key = DoorKey(site.pk, conference.pk, conference.uid, conference.day)
    return key.written(_doors(root))


@lru_cache(maxsize=4096)
def door_behind(root: bytes, written: str) -> DoorKey:
    """Return which door a key opens. Raises NoDoor."""
    return read_door(written, _doors(root))


@lru_cache(maxsize=8)
def _doors(root: bytes) -> bytes:
    return hmac.new(root, b"lotrinh doors", sha256).digest()


def _derived(root: bytes, purpose: bytes, conference: UUID) -> bytes:
    said = b"lotrinh conference " + purpose + conference.bytes
    return hmac.new(root, said, sha256).digest()
