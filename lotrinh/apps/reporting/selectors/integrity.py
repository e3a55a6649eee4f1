"""Questions of integrity: which there are, on what each rests, how far it is.

Only those who may read the figures of a unit see what it was asked. Rows of other units, on which a
question may rest too, are shown to those who may read these.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from lotrinh.apps.journal.selectors import kept_name
from lotrinh.apps.reporting.models import (
    Collection,
    Figure,
    IntegrityAnswer,
    IntegrityClosing,
    IntegrityGround,
    IntegrityQuestion,
    IntegritySetting,
    Period,
    Report,
    ReportEvidence,
)
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.integrity import IntegrityRule, Limits
from lotrinh.rules.integrity.closing import QuestionState, state_of

_LATELY = timedelta(days=60)
_FIGURE, _EVIDENCE, _REPORT = "figure", "evidence", "report"


@dataclass(frozen=True, slots=True)
class Asking:
    """By what questions are narrowed; None narrows nothing."""

    collection: Collection | None = None
    period: UUID | None = None
    unit: UUID | None = None
    rule: IntegrityRule | None = None
    state: QuestionState | None = None


@dataclass(frozen=True, slots=True)
class Grounds:
    """On what a question rests, as far as the account may see it.

    ``numbers`` made it, ``others`` are the other units of which its rows tell and that are seen.
    ``figures``, ``evidence`` and ``reports`` are its rows; ``hidden`` counts those of units whose
    figures the account may not read.
    """

    numbers: Mapping[str, Decimal]
    others: tuple[Unit, ...]
    figures: tuple[Figure, ...]
    evidence: tuple[ReportEvidence, ...]
    reports: tuple[Report, ...]
    hidden: int


def integrity_limits(*, on: date) -> tuple[Limits, str] | None:
    """Return how much is much on a day, and since when; None where nobody has said so."""
    row = IntegritySetting.objects.filter(since__lte=on).order_by("-since").first()
    return None if row is None else (row.rule, row.since.isoformat())


def collections_to_question(*, on: date) -> tuple[int, ...]:
    """Return the collections of regimes that were closed lately: figures of them are corrected."""
    rows = Collection.objects.filter(regime__isnull=False, closed_on__gt=on - _LATELY)
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def visible_questions(*, seen_by: int, on: date) -> QuerySet[IntegrityQuestion]:
    """Return the questions to units whose figures the account may read, the newest first.

    Each says how often it was answered (``is_answered``) and whether it ``is_closed``.
    """
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    answered = IntegrityAnswer.objects.filter(question=OuterRef("pk"))
    closed = IntegrityClosing.objects.filter(question=OuterRef("pk"))
    rows = IntegrityQuestion.objects.filter(units.at_any("unit", reach))
    rows = rows.select_related("unit", "period__kind", "collection__regime__owed_to")
    return rows.annotate(is_answered=Exists(answered), is_closed=Exists(closed)).order_by("-id")


def questions_asked(*, asking: Asking, seen_by: int, on: date) -> QuerySet[IntegrityQuestion]:
    """Return those of ``visible_questions`` that are asked for."""
    rows = visible_questions(seen_by=seen_by, on=on)
    if asking.collection is not None:
        rows = rows.filter(collection=asking.collection)
    if asking.period is not None:
        rows = rows.filter(period__uid=asking.period)
    if asking.unit is not None:
        rows = rows.filter(unit__uid=asking.unit)
    if asking.rule is not None:
        rows = rows.filter(rule=asking.rule)
    if asking.state is not None:
        rows = rows.filter(closing__isnull=asking.state is not QuestionState.CLOSED)
        if asking.state is not QuestionState.CLOSED:
            said = IntegrityAnswer.objects.filter(question=OuterRef("pk"))
            is_answered = asking.state is QuestionState.ANSWERED
            rows = rows.filter(Exists(said) if is_answered else ~Exists(said))
    return rows


def periods_questioned(*, seen_by: int, on: date) -> tuple[Period, ...]:
    """Return the periods about which there are questions that the account sees, the last first."""
    asked = visible_questions(seen_by=seen_by, on=on).order_by().values("period")
    rows = Period.objects.select_related("kind").filter(pk__in=asked)
    return tuple(rows.order_by("-ends", "-starts", "pk"))


def question_by_uid(uid: UUID, *, seen_by: int, on: date) -> IntegrityQuestion | None:
    """Return a question; None where it is missing or not seen."""
    return visible_questions(seen_by=seen_by, on=on).filter(uid=uid).first()


def question_state(question: IntegrityQuestion) -> QuestionState:
    """Return how far a question of ``visible_questions`` is."""
    said = question.__dict__
    return state_of(answers=int(said["is_answered"]), is_closed=bool(said["is_closed"]))


def questions_on_figure(*, figure: Figure, seen_by: int, on: date) -> tuple[IntegrityQuestion, ...]:
    """Return the questions that were asked of the figure's unit and rest on it."""
    resting = IntegrityGround.objects.filter(figure=figure).values("question")
    rows = visible_questions(seen_by=seen_by, on=on)
    return tuple(rows.filter(pk__in=resting, unit=figure.unit_id))


def questions_counted(
    *, collection: Collection, seen_by: int, on: date
) -> Mapping[QuestionState, int]:
    """Return how many questions about a collection are how far."""
    rows = visible_questions(seen_by=seen_by, on=on).filter(collection=collection)
    return Counter(question_state(one) for one in rows)


def answers_of(*, question: IntegrityQuestion) -> QuerySet[IntegrityAnswer]:
    """Return what the unit said, the first first; ``by_name`` is empty of whoever was erased."""
    rows = question.answers.select_related("by").annotate(by_name=kept_name("by__uid"))
    return rows.order_by("id")


def closing_of(*, question: IntegrityQuestion) -> IntegrityClosing | None:
    """Return how it was closed, with ``by_name``; None while it is open."""
    rows = IntegrityClosing.objects.filter(question=question).select_related("by")
    return rows.annotate(by_name=kept_name("by__uid")).first()


def grounds_of(*, question: IntegrityQuestion, seen_by: int, on: date) -> Grounds:
    """Return on what a question rests, its own unit's rows first, then those of others."""
    said = json.loads(question.grounds)
    uids: dict[str, list[str]] = {_FIGURE: [], _EVIDENCE: [], _REPORT: []}
    for row in said["rows"]:
        kind, _, uid = row.partition(":")
        uids[kind].append(uid)
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    figures = Figure.objects.select_related(
        "unit", "measure", "period__kind", "approval__entered_by", "approval__approved_by"
    ).filter(uid__in=uids[_FIGURE])
    evidence = ReportEvidence.objects.select_related(
        "report__unit", "report__collection__period__kind", "measure"
    ).filter(uid__in=uids[_EVIDENCE])
    reports = Report.objects.select_related("unit", "collection__period__kind").filter(
        uid__in=uids[_REPORT]
    )
    seen_figures = [
        one for one in figures.order_by("measure_id", "-period__ends", "id") if one.unit_id in reach
    ]
    seen_files = [one for one in evidence.order_by("id") if one.report.unit_id in reach]
    seen_reports = [one for one in reports.order_by("-id") if one.unit_id in reach]
    others = Unit.objects.filter(uid__in=said["others"], pk__in=reach).order_by("sort_key", "pk")
    shown = len(seen_figures) + len(seen_files) + len(seen_reports)
    own = question.unit_id
    return Grounds(
        numbers={name: Decimal(value) for name, value in said["numbers"].items()},
        others=tuple(others),
        figures=tuple(seen_figures),
        evidence=tuple(sorted(seen_files, key=lambda one: one.report.unit_id != own)),
        reports=tuple(seen_reports),
        hidden=len(said["rows"]) - shown,
    )


def may_answer(*, question: IntegrityQuestion, user_id: int, on: date) -> bool:
    """Say whether the account enters figures for the unit that was asked."""
    unit_id = question.unit_id
    return units.may(user_id=user_id, action=Action.ENTER_FIGURE, unit_id=unit_id, on=on)


def may_close_question(*, question: IntegrityQuestion, user_id: int, on: date) -> bool:
    """Say whether the account closes the collection that raised the question."""
    regime = question.collection.regime
    if regime is None:
        return False
    place = regime.owed_to_id
    return units.may(user_id=user_id, action=Action.ASSIGN_DUTY, unit_id=place, on=on)


def was_corrected(*, question: IntegrityQuestion) -> bool:
    """Say whether another figure has taken the place of one on which the question rests."""
    resting = IntegrityGround.objects.filter(question=question).values("figure")
    return Figure.objects.filter(supersedes__in=resting, unit=question.unit_id).exists()
