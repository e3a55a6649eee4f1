"""How far a conference is, and which steps lead where."""

from enum import StrEnum


class ConferenceState(StrEnum):
    """How far a conference is."""

    PREPARED = "prepared"  # its sites and documents may still change
    UNDER_WAY = "under_way"  # sites tell who is present
    CLOSED = "closed"  # nobody is counted any more; conclusions follow
    CALLED_OFF = "called_off"


CONFERENCE_MOVES = frozenset(
    {
        (ConferenceState.PREPARED, ConferenceState.UNDER_WAY),
        (ConferenceState.PREPARED, ConferenceState.CALLED_OFF),
        (ConferenceState.UNDER_WAY, ConferenceState.CLOSED),
    }
)
"""From which state a conference may come into which."""
