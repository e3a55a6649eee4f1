"""Questions of integrity as pages show them: the sentence, the rows, how far each is."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.rules.integrity import IntegrityRule
from lotrinh.rules.integrity.words import question_words, rule_words
from lotrinh.web.formatting import named
from lotrinh.web.presenters.figures import evidence_url, value_text
from lotrinh.web.presenters.regimes import language, name_of_period, report_url
from lotrinh.web.presenters.shapes import Event
from lotrinh.web.wording import word
from lotrinh.web.wording_of_integrity import OUTCOMES, RULES, STATES

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import (
        IntegrityAnswer,
        IntegrityClosing,
        IntegrityQuestion,
    )
    from lotrinh.apps.reporting.selectors import Grounds

SHAPES = {"asked": "open", "answered": "waiting", "closed": "done"}
"""The sign of each state; the word always stands beside it."""
MOST_ROWS = 200
"""So many rows of a question are printed; how many there are is said besides."""


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in a list."""

    url: str
    rule_text: str
    words_text: str
    unit_uid: UUID
    unit_name: str
    period_uid: UUID
    period_text: str
    raised_on: date
    state: str
    state_text: str
    shape: str


@dataclass(frozen=True, slots=True)
class GroundRow:
    """A row on which a question rests; ``url`` opens it."""

    url: str | None
    unit_name: str
    name: str
    period_text: str
    value_text: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What a unit said."""

    text: str
    at: datetime
    by_name: str


def question_line(question: "IntegrityQuestion") -> QuestionLine:
    """Return a question of ``visible_questions`` as a list shows it."""
    state = reporting.question_state(question)
    return QuestionLine(
        url=reverse("integrity-question", kwargs={"uid": question.uid}),
        rule_text=word(RULES, question.rule),
        words_text=question_text(question),
        unit_uid=question.unit.uid,
        unit_name=named(question.unit),
        period_uid=question.period.uid,
        period_text=name_of_period(question.period.rule),
        raised_on=question.raised_on,
        state=state,
        state_text=word(STATES, state),
        shape=SHAPES[state],
    )


def question_text(question: "IntegrityQuestion") -> str:
    """Return what is asked, with the numbers that made it."""
    said = json.loads(question.grounds)["numbers"]
    numbers = {name: Decimal(value) for name, value in said.items()}
    return question_words(IntegrityRule(question.rule), numbers, language=language())


def rule_text(question: "IntegrityQuestion") -> str:
    """Return how the rule looks."""
    return rule_words(IntegrityRule(question.rule), language=language())


def ground_rows(question: "IntegrityQuestion", grounds: "Grounds") -> tuple[GroundRow, ...]:
    """Return the rows on which a question rests: figures, then files, then reports."""
    own = question.unit_id
    figures = [
        GroundRow(
            url=reverse("figure", kwargs={"uid": one.uid}),
            unit_name=named(one.unit),
            name=one.measure.name,
            period_text=name_of_period(one.period.rule),
            value_text=value_text(one, one.measure),
            is_own=one.unit_id == own,
        )
        for one in grounds.figures
    ]
    files = [
        GroundRow(
            url=evidence_url(one.uid),
            unit_name=named(one.report.unit),
            name=one.name,
            period_text=name_of_period(one.report.collection.period.rule),
            value_text=one.measure.name if one.measure else _("the report as a whole"),
            is_own=one.report.unit_id == own,
        )
        for one in grounds.evidence
    ]
    reports = [
        GroundRow(
            url=report_url(one.uid),
            unit_name=named(one.unit),
            name=_("Report"),
            period_text=name_of_period(one.collection.period.rule),
            value_text="",
            is_own=one.unit_id == own,
        )
        for one in grounds.reports
    ]
    return tuple(figures + files + reports)


def answer_rows(answers: "Iterable[IntegrityAnswer]") -> tuple[AnswerRow, ...]:
    """Return what the unit said, the first first."""
    return tuple(AnswerRow(one.text, one.at, _name(one)) for one in answers)


def acts_on(
    question: "IntegrityQuestion",
    answers: "Iterable[IntegrityAnswer]",
    closing: "IntegrityClosing | None",
) -> tuple[Event, ...]:
    """Return what was done about a question, the last first."""
    raised = Event(question.raised_at, _("asked by the rule"), None)
    said = [Event(one.at, _("answered"), _name(one) or None) for one in answers]
    events = [raised, *said]
    if closing is not None:
        outcome = word(OUTCOMES, closing.outcome)
        events.append(Event(closing.at, outcome, _name(closing) or None, closing.note))
    return tuple(reversed(events))


def _name(one: object) -> str:
    return str(getattr(one, "by_name", ""))
