"""The key of a door: lets a device check people in at one site, on the day of its conference.

It stands in an address that the head of a site opens or scans; nobody signs in at a door. It names
the site and the conference, and a keyed hash (HMAC-SHA256, RFC 2104) says that the server made it.
"""

import hmac
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from lotrinh.rules.conferences.base32 import as_letters, from_letters

_ID, _UID, _DAY, _HASH = 8, 16, 4, 12
_SAID = 2 * _ID + _UID + _DAY


class NoDoor(ValueError):
    """The address is no key of a door, or was made by another installation."""


@dataclass(frozen=True, slots=True)
class DoorKey:
    """Which door it opens, and the last day on which it does."""

    site: int
    conference: int
    conference_uid: UUID
    until: date

    def written(self, secret: bytes) -> str:
        """Return it as it stands in an address: 77 letters and digits."""
        said = (
            self.site.to_bytes(_ID, "big")
            + self.conference.to_bytes(_ID, "big")
            + self.conference_uid.bytes
            + self.until.toordinal().to_bytes(_DAY, "big")
        )
        return as_letters(said + _hash(secret, said)).lower()


def read_door(written: str, secret: bytes) -> DoorKey:
    """Return what a key says. Raises NoDoor.

    >>> key = DoorKey(7, 3, UUID(int=5), date(2024, 5, 9))
    >>> read_door(key.written(b"secret"), b"secret") == key
    True
    """
    try:
        whole = from_letters(written, _SAID + _HASH)
    except ValueError as error:
        raise NoDoor(written[:12]) from error
    said, hashed = whole[:_SAID], whole[_SAID:]
    if not hmac.compare_digest(hashed, _hash(secret, said)):
        raise NoDoor(written[:12])
    return DoorKey(
        int.from_bytes(said[:_ID], "big"),
        int.from_bytes(said[_ID : 2 * _ID], "big"),
        UUID(bytes=said[2 * _ID : 2 * _ID + _UID]),
        date.fromordinal(int.from_bytes(said[-_DAY:], "big")),
    )


def _hash(secret: bytes, said: bytes) -> bytes:
    return hmac.new(secret, b"door" + said, sha256).digest()[:_HASH]
