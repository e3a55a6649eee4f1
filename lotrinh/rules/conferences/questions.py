"""Questions that sites ask in writing: until when, and what became of each.

The office shows a question to all sites or sets it aside, and says why; it answers in writing. Its
last word counts. An answer is shown with its question.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from lotrinh.rules.conferences.states import ConferenceState

ASKED_FOR = timedelta(days=7)
"""So long after the day of a conference questions may be asked."""


class QuestionStep(StrEnum):
    """What the office does with a question."""

    SHOW = "show"
    SET_ASIDE = "set_aside"  # with a reason, which the asker reads
    ANSWER = "answer"


class QuestionState(StrEnum):
    """What has become of a question."""

    WAITING = "waiting"
    SHOWN = "shown"
    SET_ASIDE = "set_aside"
    ANSWERED = "answered"


OPEN_TO_ALL = frozenset({QuestionState.SHOWN, QuestionState.ANSWERED})
"""The questions that every site reads."""


def state_of(steps: Iterable[str]) -> QuestionState:
    """Return what has become of a question by the steps that were taken, the first one first.

    >>> state_of([QuestionStep.ANSWER, QuestionStep.SET_ASIDE, QuestionStep.SHOW])
    <QuestionState.ANSWERED: 'answered'>
    """
    taken = list(steps)
    if not taken:
        return QuestionState.WAITING
    if taken[-1] == QuestionStep.SET_ASIDE:
        return QuestionState.SET_ASIDE
    return QuestionState.ANSWERED if QuestionStep.ANSWER in taken else QuestionState.SHOWN


def may_ask(state: str, *, day: date, on: date) -> bool:
    """Say whether questions are taken: from the opening until some days after the day.

    >>> may_ask("closed", day=date(2024, 5, 9), on=date(2024, 5, 17))
    False
    """
    begun = state in {ConferenceState.UNDER_WAY, ConferenceState.CLOSED}
    return begun and on <= day + ASKED_FOR
