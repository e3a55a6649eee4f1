"""Questions to units about their programmes, as whoever sees the programme sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from lotrinh.apps.dissemination.models import (
    Programme,
    ProgrammeAnswer,
    ProgrammeCall,
    ProgrammeClosing,
    ProgrammeQuestion,
)
from lotrinh.apps.dissemination.selectors.comparisons import Alike, alike_passages
from lotrinh.apps.dissemination.selectors.programmes import (
    may_follow,
    may_link,
    programme_by_uid,
)
from lotrinh.apps.journal.selectors import kept_name
from lotrinh.rules.integrity.closing import QuestionState
from lotrinh.rules.integrity.closing import state_of as state_of_question


@dataclass(frozen=True, slots=True)
class QuestionTold:
    """A question with its passages, what the unit said, and how it was closed."""

    question: ProgrammeQuestion
    state: QuestionState
    passages: tuple[Alike, ...]
    answers: tuple[ProgrammeAnswer, ...]
    closing: ProgrammeClosing | None


def questions_about(*, programme: Programme, seen_by: int, on: date) -> tuple[QuestionTold, ...]:
    """Return what the unit was asked about its programme, the last first."""
    rows = programme.questions.select_related("rendition__document", "by").order_by("-pk")
    found = list(rows.annotate(by_name=kept_name("by__uid")))
    said = ProgrammeAnswer.objects.filter(question__in=found).order_by("pk")
    answers = list(said.annotate(by_name=kept_name("by__uid")))
    ends = ProgrammeClosing.objects.filter(question__in=found)
    closings = {one.question_id: one for one in ends.annotate(by_name=kept_name("by__uid"))}
    return tuple(_told(one, answers, closings, seen_by=seen_by, on=on) for one in found)


def question_asked(uid: UUID, *, seen_by: int, on: date) -> ProgrammeQuestion | None:
    """Return a question whose programme the account sees, or None."""
    rows = ProgrammeQuestion.objects.select_related("programme")
    found = rows.filter(uid=uid).first()
    if found is None:
        return None
    seen = programme_by_uid(found.programme.uid, seen_by=seen_by, on=on)
    return found if seen is not None else None


def open_questions_of(*, call: ProgrammeCall) -> dict[int, int]:
    """Return by programme how many questions are not closed; programmes without one are absent."""
    rows = ProgrammeQuestion.objects.filter(programme__call=call, closing__isnull=True)
    return dict(rows.values_list("programme").annotate(n=Count("pk")).order_by())


def may_answer_about(programme: Programme, *, user_id: int, on: date) -> bool:
    """Say whether the account answers for the unit that owes the programme."""
    return may_link(programme, user_id=user_id, on=on)


def may_ask_about(programme: Programme, *, user_id: int, on: date) -> bool:
    """Say whether the account asks and closes for the organiser."""
    return may_follow(programme.call, user_id=user_id, on=on)


def _told(
    question: ProgrammeQuestion,
    answers: Sequence[ProgrammeAnswer],
    closings: Mapping[int, ProgrammeClosing],
    *,
    seen_by: int,
    on: date,
) -> QuestionTold:
    said = tuple(one for one in answers if one.question_id == question.pk)
    closing = closings.get(question.pk)
    return QuestionTold(
        question,
        state_of_question(answers=len(said), is_closed=closing is not None),
        alike_passages(text=question.rendition, spans=question.passages, seen_by=seen_by, on=on)
        if question.passages
        else (),
        said,
        closing,
    )
