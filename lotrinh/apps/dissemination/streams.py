"""The keys of a conference's stream, made from the secret of the installation.

Nothing of them is stored. Each conference has its own: whoever learns those of one, such as the
machine that serves its stream, knows nothing of another.
"""

import hmac
from base64 import b32encode
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from lotrinh.rules.conferences.streams import VIEWED_FOR, Rendition, Viewing, stream_of

_LETTERS = 20
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class StreamKeys:
    """``publishing`` is for whoever sends; the others are known to the server of the stream."""

    conference: UUID
    publishing: str = field(repr=False)
    watching: str = field(repr=False)
    """Signs the addresses of viewers."""
    asking: str = field(repr=False)
    """Proves to the pages that it is the server of the stream who asks."""

    def opens(self, said: str) -> bool:
        """Say, in a time that tells nothing, whether this is the key of whoever may send."""
        return hmac.compare_digest(self.publishing.encode(), said.encode())

    def asks(self, said: str) -> bool:
        """Say likewise whether it is the server of the stream who asks."""
        return hmac.compare_digest(self.asking.encode(), said.encode())

    def address_for(self, viewer: UUID, rendition: Rendition, *, now: int) -> str:
        """Return the path at which somebody watches from now on, the same for an hour."""
        told_apart = hmac.new(self.watching.encode(), viewer.bytes, sha256).digest()
        until = now - now % _HOUR + _HOUR + VIEWED_FOR
        viewing = Viewing(stream_of(self.conference), _letters(told_apart)[:16], until)
        return viewing.address(rendition, self.watching)


@lru_cache(maxsize=512)
def stream_keys(root: bytes, conference: UUID) -> StreamKeys:
    """Return the keys of a conference's stream by the secret of the installation."""
    publishing, watching, asking = (
        _letters(hmac.new(root, b"lotrinh stream " + purpose + conference.bytes, sha256).digest())
        for purpose in (b"publish", b"watch", b"ask")
    )
    return StreamKeys(conference, publishing, watching, asking)


def _letters(digest: bytes) -> str:
    return b32encode(digest[:_LETTERS]).decode().lower()
