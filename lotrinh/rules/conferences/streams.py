"""The stream of a conference: its name, what is made of it, and the addresses that open it.

The server of the stream (nginx) judges a viewer's address by itself, so that no page of ours is
asked for each of the many segments. It knows one way to do so, ``secure_link``, which hashes by
MD5. What is hashed is chosen by us alone and has the secret on both sides; that two texts with the
same MD5 can be made on purpose is of no use to whoever cannot choose the text.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum
from hashlib import md5
from uuid import UUID

VIEWED_FOR = 12 * 60 * 60
"""Seconds for which an address opens the stream: longer than any afternoon."""
SEGMENT = 2
"""Seconds of picture in one segment; the sender sets a key frame as often."""


class Rendition(StrEnum):
    """What is made of what is sent."""

    PICTURE = "picture"  # as it was sent
    SOUND = "sound"  # speech alone, for slow lines; the documents lie beside it


class Sending(StrEnum):
    """How far the stream of a conference is."""

    NOT_BEGUN = "not_begun"
    ON = "on"
    INTERRUPTED = "interrupted"  # something was sent before, and nothing is now
    OVER = "over"  # with the conference


@dataclass(frozen=True, slots=True)
class Viewing:
    """Who may open which stream, and until when, in seconds of the Unix clock.

    ``viewer`` is a word that tells two viewers apart and names nobody.
    """

    stream: str
    viewer: str
    until: int

    def address(self, rendition: Rendition, secret: str) -> str:
        """Return the path of a playlist; segments lie beside it and need nothing else.

        >>> Viewing("5e1f", "ab12", 1723017600).address(Rendition.SOUND, "s3cret")
        '/ab12/1723017600/D96TIZJhLMXQqbxksx6RmA/5e1f/sound.m3u8'
        """
        said = f"{secret} {self.until} {self.viewer} {self.stream} {secret}"
        hashed = md5(said.encode(), usedforsecurity=False).digest()
        signed = urlsafe_b64encode(hashed).decode().rstrip("=")
        return f"/{self.viewer}/{self.until}/{signed}/{self.stream}/{rendition}.m3u8"


def stream_of(conference: UUID) -> str:
    """Return the name under which a conference is sent.

    >>> stream_of(UUID(int=5))
    '00000000000000000000000000000005'
    """
    return conference.hex


def conference_of(stream: str) -> UUID | None:
    """Return whose stream has this name, or None where it is nobody's.

    >>> conference_of("00000000000000000000000000000005")
    UUID('00000000-0000-0000-0000-000000000005')
    >>> conference_of("../etc") is conference_of("{0000000000000000000000000000000}") is None
    True
    """
    try:
        found = UUID(hex=stream)
    except ValueError:
        return None
    return found if found.hex == stream else None
