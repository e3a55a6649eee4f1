"""Questions as a reader may see them: all that the office shows, and those of his own sites."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from lotrinh.apps.dissemination.models import Conference, Question, QuestionEvent
from lotrinh.apps.dissemination.selectors.seen import may_hold, sites_seen
from lotrinh.rules.conferences.questions import (
    OPEN_TO_ALL,
    QuestionState,
    QuestionStep,
    state_of,
)


@dataclass(frozen=True, slots=True)
class QuestionNow:
    """A question with what the office did, the first step first."""

    question: Question
    events: tuple[QuestionEvent, ...]

    @property
    def state(self) -> QuestionState:
        """What has become of it."""
        return state_of(one.step for one in self.events)

    def said(self, step: QuestionStep) -> str:
        """Return the last words of a step; empty where it was not taken."""
        return next((one.words for one in reversed(self.events) if one.step == step), "")


def questions_of(*, conference: Conference, seen_by: int, on: date) -> tuple[QuestionNow, ...]:
    """Return the questions that the account may read, the first asked first.

    Whoever holds the conference reads all of them; others those that are shown, and those of the
    sites into which they may look.
    """
    asked = questions_asked(Question.objects.filter(site__conference=conference))
    if may_hold(conference, user_id=seen_by, on=on):
        return asked
    own = {one.pk for one in sites_seen(conference=conference, seen_by=seen_by, on=on)}
    return tuple(one for one in asked if one.state in OPEN_TO_ALL or one.question.site_id in own)


def question_by_uid(uid: UUID, *, conference: Conference) -> Question | None:
    """Return a question of a conference that the caller may hold."""
    return Question.objects.filter(uid=uid, site__conference=conference).first()


def questions_asked(found: QuerySet[Question]) -> tuple[QuestionNow, ...]:
    """Return questions with what became of them, whoever asks."""
    steps = Prefetch("events", queryset=QuestionEvent.objects.order_by("pk"))
    rows = found.select_related("site__unit").prefetch_related(steps).order_by("pk")
    return tuple(QuestionNow(one, tuple(one.events.all())) for one in rows)
