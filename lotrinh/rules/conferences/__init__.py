"""Conferences by which documents are carried to every unit at once: states, counts, their words."""

from lotrinh.rules.conferences.attendance import Admission, Counting, Link, Present, presence_of
from lotrinh.rules.conferences.states import CONFERENCE_MOVES, ConferenceState
from lotrinh.rules.conferences.words import attended_words, counted_words

__all__ = [
    "CONFERENCE_MOVES",
    "Admission",
    "ConferenceState",
    "Counting",
    "Link",
    "Present",
    "attended_words",
    "counted_words",
    "presence_of",
]
