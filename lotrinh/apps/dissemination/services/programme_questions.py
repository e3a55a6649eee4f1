"""Asking a unit about its programme, answering, closing. Nothing of it is a verdict.

The office asks with the passages before it, the unit answers in its own words, the office closes;
whoever answered does not close.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models import (
    Programme,
    ProgrammeAnswer,
    ProgrammeClosing,
    ProgrammeQuestion,
)
from lotrinh.apps.dissemination.selectors.comparisons import comparison_of
from lotrinh.apps.dissemination.selectors.programme_questions import (
    may_answer_about,
    may_ask_about,
)
from lotrinh.apps.dissemination.services.programmes import ProgrammeAct
from lotrinh.apps.dissemination.services.refusals import (
    KeyTaken,
    NotAllowed,
    NotAnswered,
    NothingRevised,
    NotNow,
    NoWords,
    QuestionClosed,
    SamePerson,
)
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules.programmes import NEEDS_ANSWER, ProgrammeOutcome

ROOM = 4000


@transaction.atomic
def ask_question(
    *, programme_id: int, text: str, chosen: Sequence[int], act: ProgrammeAct
) -> ProgrammeQuestion:
    """Ask a unit about its programme, with passages that are alike, by their places.

    The passages are kept as they were found. The same key again is once. Raises NotAllowed,
    NoWords, NotNow where the programme has no text, KeyTaken.
    """
    take_turn("programme question", str(act.client_key))
    known = ProgrammeQuestion.objects.filter(client_key=act.client_key).first()
    if known is not None:
        if known.by_id != act.user.pk or known.programme_id != programme_id:
            raise KeyTaken(str(act.client_key))
        return known
    programme = _programme(programme_id)
    if not may_ask_about(programme, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"to ask {programme.unit.code}")
    if not text.strip():
        raise NoWords("question")
    found = comparison_of(programme=programme)
    held = documents.text_that_counts(programme.document) if programme.document else None
    rendition = found.rendition if found else held
    if rendition is None:
        raise NotNow("no text")
    alike = found.alike if found else []
    made = ProgrammeQuestion.objects.create(
        programme=programme,
        rendition=rendition,
        text=text.strip()[:ROOM],
        passages=[alike[place] for place in dict.fromkeys(chosen) if 0 <= place < len(alike)],
        by=act.user,
        on=act.on,
        at=act.at,
        client_key=act.client_key,
    )
    _record("programme_question.asked", made, programme, act, {"passages": len(made.passages)})
    return made


@transaction.atomic
def answer_question(*, question_id: int, text: str, act: ProgrammeAct) -> ProgrammeAnswer:
    """Keep what a unit says to a question, and return it; the same key again is once.

    Raises NotAllowed where the account does not act for the unit, NoWords, QuestionClosed.
    """
    question, programme = _taken(question_id)
    known = question.answers.filter(client_key=act.client_key, by=act.user).first()
    if known is not None:
        return known
    if not may_answer_about(programme, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"to answer for {programme.unit.code}")
    if not text.strip():
        raise NoWords("answer")
    _require_open(question)
    made = ProgrammeAnswer.objects.create(
        question=question,
        text=text.strip()[:ROOM],
        by=act.user,
        on=act.on,
        at=act.at,
        client_key=act.client_key,
    )
    _record("programme_question.answered", question, programme, act, {})
    return made


@transaction.atomic
def close_question(
    *, question_id: int, outcome: ProgrammeOutcome, note: str, act: ProgrammeAct
) -> ProgrammeClosing:
    """Close a question as it was found, saying why, and return that; the same key again is once.

    Raises NotAllowed where the account does not hold the conference, NoWords, QuestionClosed,
    SamePerson for whoever answered it, NotAnswered where nothing was said that could explain it,
    NothingRevised where the unit has linked no other text since.
    """
    question, programme = _taken(question_id)
    known = ProgrammeClosing.objects.filter(question=question, client_key=act.client_key).first()
    if known is not None and known.by_id == act.user.pk:
        return known
    if not may_ask_about(programme, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"to close a question to {programme.unit.code}")
    if not note.strip():
        raise NoWords("close")
    _require_open(question)
    _require_found(question, programme, outcome, act.user)
    made = ProgrammeClosing.objects.create(
        question=question,
        outcome=outcome,
        note=note.strip()[:ROOM],
        by=act.user,
        on=act.on,
        at=act.at,
        client_key=act.client_key,
    )
    _record("programme_question.closed", question, programme, act, {"outcome": str(outcome)})
    return made


def _taken(question_id: int) -> tuple[ProgrammeQuestion, Programme]:
    """Return a question once nobody else is answering or closing it."""
    take_turn("programme_question", question_id)
    question = ProgrammeQuestion.objects.get(pk=question_id)
    return question, _programme(question.programme_id)


def _programme(programme_id: int) -> Programme:
    rows = Programme.objects.select_related(
        "unit", "duty", "document", "call__conference__organiser"
    )
    return rows.get(pk=programme_id)


def _require_open(question: ProgrammeQuestion) -> None:
    if ProgrammeClosing.objects.filter(question=question).exists():
        raise QuestionClosed(str(question.uid))


def _require_found(
    question: ProgrammeQuestion, programme: Programme, outcome: ProgrammeOutcome, user: User
) -> None:
    answers = list(question.answers.values_list("by", flat=True))
    if user.pk in answers:
        raise SamePerson(str(user.uid))
    if outcome in NEEDS_ANSWER and not answers:
        raise NotAnswered(str(question.uid))
    linked = programme.links.filter(at__gt=question.at)
    if outcome is ProgrammeOutcome.REVISED and not linked.exists():
        raise NothingRevised(str(question.uid))


def _record(
    verb: str,
    question: ProgrammeQuestion,
    programme: Programme,
    act: ProgrammeAct,
    data: Mapping[str, str | int],
) -> None:
    journal.record(
        verb,
        question.named,
        actor=act.user.named,
        at=act.at,
        unit_uid=programme.unit.uid,
        data=data,
    )
