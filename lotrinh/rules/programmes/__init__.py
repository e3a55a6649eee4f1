"""A unit's own programme: how far it is, what is told of many, what a question about it came to."""

from lotrinh.rules.programmes.asking import asks_for_programme
from lotrinh.rules.programmes.covering import (
    LEAST_IN_COMMON,
    LEAST_WITH_LEVEL,
    Answered,
    Commitment,
    Covering,
    Said,
    answers_of,
)
from lotrinh.rules.programmes.states import (
    NEEDS_ANSWER,
    Counted,
    ProgrammeOutcome,
    ProgrammeState,
    counted,
    is_late,
)
from lotrinh.rules.programmes.words import counted_words, owed_words

__all__ = [
    "LEAST_IN_COMMON",
    "LEAST_WITH_LEVEL",
    "NEEDS_ANSWER",
    "Answered",
    "Commitment",
    "Counted",
    "Covering",
    "ProgrammeOutcome",
    "ProgrammeState",
    "Said",
    "answers_of",
    "asks_for_programme",
    "counted",
    "counted_words",
    "is_late",
    "owed_words",
]
