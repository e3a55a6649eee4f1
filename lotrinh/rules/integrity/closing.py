"""Where a question of integrity stands, and how it may be closed."""

from enum import StrEnum


class QuestionState(StrEnum):
    """How far a question is."""

    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"


class QuestionOutcome(StrEnum):
    """How a question was closed. None of these says that anybody did wrong."""

    EXPLAINED = "explained"  # what the unit said explains it
    CORRECTED = "corrected"  # a figure on which it rests was corrected
    INSPECTION = "inspection"  # those who inspect decide whether to look into it


NEEDS_ANSWER = frozenset({QuestionOutcome.EXPLAINED})
"""What nobody can find before the unit has spoken."""


def state_of(*, answers: int, is_closed: bool) -> QuestionState:
    """Return how far a question with so many answers is.

    >>> state_of(answers=1, is_closed=False).value
    'answered'
    """
    if is_closed:
        return QuestionState.CLOSED
    return QuestionState.ANSWERED if answers else QuestionState.ASKED
