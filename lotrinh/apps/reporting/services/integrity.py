"""Raising questions of integrity, answering them, closing them. No figure changes, and no score.

The rules ask once a collection is closed, and again at night while figures are corrected; the same
rows are asked about once. The unit answers in its own words; whoever keeps the collection closes
the question, and never who has answered it himself or entered what is asked about.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.reporting.models import (
    Approval,
    Collection,
    Figure,
    IntegrityAnswer,
    IntegrityClosing,
    IntegrityGround,
    IntegrityQuestion,
)
from lotrinh.apps.reporting.selectors.integrity import (
    integrity_limits,
    may_answer,
    may_close_question,
    was_corrected,
)
from lotrinh.apps.reporting.selectors.integrity_facts import facts_of, season_of
from lotrinh.apps.reporting.services.refusals import (
    NotAllowed,
    NotAnswered,
    NothingCorrected,
    NoWords,
    QuestionClosed,
    SamePerson,
)
from lotrinh.apps.units.models import Unit
from lotrinh.rules.integrity import Question, integrity_questions
from lotrinh.rules.integrity.closing import NEEDS_ANSWER, QuestionOutcome
from lotrinh.rules.integrity.grounds import content_of, grounds_text

ROOM = 4000


@dataclass(frozen=True, slots=True)
class QuestionAct:
    """Who answers or closes a question, when, and by which form."""

    user: User
    client_key: UUID
    on: date
    at: datetime


@transaction.atomic
def raise_questions(
    *, collection_id: int, actor: journal.Named, on: date, at: datetime, zone: tzinfo
) -> tuple[IntegrityQuestion, ...]:
    """Ask what the rules find odd in a collection, and return the questions that are new.

    Nothing while it is open, or where nobody has said how much is much. The caller checks the
    right: it is asked by the house itself. ``zone`` is where the days of the reports are days.
    """
    take_turn("integrity", collection_id)
    collection = Collection.objects.select_related("period__kind").get(pk=collection_id)
    much = integrity_limits(on=on)
    if much is None or collection.closed_on is None:
        return ()
    limits, since = much
    asked = Unit.objects.filter(reports__collection=collection).in_bulk()
    facts = facts_of(collection=collection, zone=zone)
    found = integrity_questions(facts, limits, season=season_of(collection.period))
    to_ask = [one for one in found if one.unit in asked]
    return _raise(collection, asked, to_ask, since=since, act=(actor, on, at))


@transaction.atomic
def answer_question(*, question_id: int, text: str, act: QuestionAct) -> IntegrityAnswer:
    """Keep what a unit says to a question, and return it; the same key again is once.

    Raises NotAllowed where the account enters no figures for the unit, NoWords, QuestionClosed.
    """
    question = _taken(question_id)
    known = question.answers.filter(client_key=act.client_key, by=act.user).first()
    if known is not None:
        return known
    if not may_answer(question=question, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"to answer for {question.unit.code}")
    if not text.strip():
        raise NoWords("answer")
    _require_open(question)
    made = IntegrityAnswer.objects.create(
        question=question,
        text=text.strip()[:ROOM],
        by=act.user,
        on=act.on,
        at=act.at,
        client_key=act.client_key,
    )
    journal.record(
        "integrity_question.answered",
        question.named,
        actor=act.user.named,
        at=act.at,
        unit_uid=question.unit.uid,
        data={"answer": str(made.uid)},
    )
    return made


@transaction.atomic
def close_question(
    *, question_id: int, outcome: QuestionOutcome, note: str, act: QuestionAct
) -> IntegrityClosing:
    """Close a question as it was found, saying why, and return that; the same key again is once.

    Raises NotAllowed where the account does not keep the collection, NoWords, QuestionClosed,
    SamePerson for whoever answered it or entered a figure on which it rests, NotAnswered where
    nothing was said that could explain it,
    and NothingCorrected where no figure on which it rests was corrected.
    """
    question = _taken(question_id)
    known = IntegrityClosing.objects.filter(question=question, client_key=act.client_key).first()
    if known is not None and known.by_id == act.user.pk:
        return known
    if not may_close_question(question=question, user_id=act.user.pk, on=act.on):
        raise NotAllowed(f"to close a question to {question.unit.code}")
    if not note.strip():
        raise NoWords("close")
    _require_open(question)
    _require_found(question, outcome, act.user)
    made = IntegrityClosing.objects.create(
        question=question,
        outcome=outcome,
        note=note.strip()[:ROOM],
        by=act.user,
        on=act.on,
        at=act.at,
        client_key=act.client_key,
    )
    journal.record(
        "integrity_question.closed",
        question.named,
        actor=act.user.named,
        at=act.at,
        unit_uid=question.unit.uid,
        data={"outcome": str(outcome)},
    )
    return made


def _raise(
    collection: Collection,
    asked: dict[int, Unit],
    found: Iterable[Question],
    *,
    since: str,
    act: tuple[journal.Named, date, datetime],
) -> tuple[IntegrityQuestion, ...]:
    """Write the questions that were not asked before."""
    actor, on, at = act
    questions = list(found)
    beyond = {pk for one in questions for pk in one.others} - asked.keys()
    uids = {pk: str(unit.uid) for pk, unit in (asked | Unit.objects.in_bulk(beyond)).items()}
    rows: dict[str, IntegrityQuestion] = {}
    resting: dict[str, tuple[str, ...]] = {}
    for one in questions:
        content = content_of(one.rule, uids[one.unit], str(collection.period.uid), one.rests_on)
        resting[content] = one.rests_on
        rows[content] = IntegrityQuestion(
            collection=collection,
            period=collection.period,
            unit=asked[one.unit],
            rule=one.rule,
            grounds=grounds_text(
                one.rests_on, one.data, others=[uids[pk] for pk in one.others], setting=since
            ),
            content=content,
            raised_on=on,
            raised_at=at,
        )
    held = IntegrityQuestion.objects.filter(content__in=list(rows))
    known = set(held.values_list("content", flat=True))
    made = IntegrityQuestion.objects.bulk_create(
        one for content, one in rows.items() if content not in known
    )
    _keep_grounds(made, resting)
    journal.record_all(
        acts=[
            journal.Act(
                "integrity_question.raised",
                one.named,
                one.unit.uid,
                {"rule": str(one.rule), "content": one.content},
            )
            for one in made
        ],
        actor=actor,
        at=at,
    )
    return tuple(made)


def _keep_grounds(made: Iterable[IntegrityQuestion], resting: dict[str, tuple[str, ...]]) -> None:
    """Let each figure know which questions rest on it."""
    figures = {
        content: [key.removeprefix("figure:") for key in keys if key.startswith("figure:")]
        for content, keys in resting.items()
    }
    wanted = {uid for uids in figures.values() for uid in uids}
    known = dict(Figure.objects.filter(uid__in=wanted).values_list("uid", "pk"))
    IntegrityGround.objects.bulk_create(
        [
            IntegrityGround(question=one, figure_id=known[UUID(uid)])
            for one in made
            for uid in figures[one.content]
        ],
        batch_size=5000,
    )


def _taken(question_id: int) -> IntegrityQuestion:
    """Return a question once nobody else is answering or closing it."""
    take_turn("integrity_question", question_id)
    rows = IntegrityQuestion.objects.select_related("unit", "collection__regime")
    return rows.get(pk=question_id)


def _require_open(question: IntegrityQuestion) -> None:
    closing = IntegrityClosing.objects.filter(question=question).select_related("by").first()
    if closing is not None:
        raise QuestionClosed(closing)


def _require_found(question: IntegrityQuestion, outcome: QuestionOutcome, user: User) -> None:
    answers = list(question.answers.values_list("by", flat=True))
    entered = Approval.objects.filter(figures__integrity_grounds__question=question)
    if user.pk in answers or entered.filter(entered_by=user).exists():
        raise SamePerson(str(user.uid))
    if outcome in NEEDS_ANSWER and not answers:
        raise NotAnswered(str(question.uid))
    if outcome is QuestionOutcome.CORRECTED and not was_corrected(question=question):
        raise NothingCorrected(str(question.uid))
