"""One promise as everybody reads it: drawn, as a table, by units, with what the number is."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from lotrinh.rules.publication.content import Promise, Publication, Step
from lotrinh.rules.publication.publication_words import BASES, in_language
from lotrinh.web.formatting import amount, named
from lotrinh.web.presenters.public import PaperRow, paper_row, plan_sentence, vow_of
from lotrinh.web.presenters.target_chart import Chart, Drawn, Spot, chart_of
from lotrinh.web.presenters.target_series import language
from lotrinh.web.wording import DIRECTIONS, word

_MOST_TICKS = 12


@dataclass(frozen=True, slots=True)
class StepRow:
    """A period in the table; an empty text was not reported."""

    name: str
    level_text: str
    state_text: str
    is_held_back: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """A unit and what it has reached; an empty text was not reported."""

    name: str
    level_text: str
    is_held_back: bool


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A document with the page of each of its promises, as everybody opens them one by one."""

    row: PaperRow
    promises: tuple[dict[str, Any], ...]


def paper_pages(publication: Publication) -> tuple[PaperPage, ...]:
    """Return everything that the pages of a publication say, document by document.

    ``at`` of a promise tells its ids from those of the others on one page.
    """
    return tuple(
        PaperPage(
            paper_row(paper),
            tuple(
                {"vow": vow_of(one), "at": f"p{number}-{place}-", **promise_context(one)}
                for place, one in enumerate(paper.promises)
            ),
        )
        for number, paper in enumerate(publication.papers)
    )


def promise_context(promise: Promise) -> dict[str, Any]:
    """Return what the page of a promise says beside its verdict."""
    unit = promise.unit_of_measure
    return {
        "plan_text": plan_sentence(promise),
        "chart": _chart(promise),
        "steps": [
            StepRow(
                name=named(one),
                level_text="" if one.level is None else amount(one.level, unit),
                state_text=in_language(BASES[one.basis], language()),
                is_held_back=one.is_held_back,
                is_last=one.last == promise.period_last,
            )
            for one in promise.steps
        ],
        "parts": [
            PartRow(
                name=named(one),
                level_text="" if one.level is None else amount(one.level, unit),
                is_held_back=one.is_held_back,
            )
            for one in promise.parts
        ],
        "way_text": _way(promise),
        "facts": [fact for fact in _facts(promise) if fact[1]],
        "passage": promise.passage,
        "clause": promise.clause if any(map(str.isalnum, promise.clause)) else "",  # no bare dash
    }


def _direction(promise: Promise) -> str:
    """Return which way is better; of an exact level no way is."""
    return word(DIRECTIONS, promise.comparator) if promise.comparator in DIRECTIONS else ""


def _way(promise: Promise) -> str:
    if not promise.steps:
        return ""
    return _("added up from 1 January") if promise.is_added_up else _("each period by itself")


def _facts(promise: Promise) -> tuple[tuple[str, str, str], ...]:
    """Return what is said of a number: its name, the words, and the language of words as issued."""
    said = promise.language
    return (
        (_("Answered for by"), named(promise, "agency"), ""),
        (_("Better"), _direction(promise), ""),
        (_("How it is counted"), promise.definition, said),
        (_("Divided by"), promise.divided_by, said),
        (_("Source of data"), promise.data_source, said),
        (_("Through the year"), _way(promise), ""),
        (_("Kind of promise"), _("an aspiration, it does not bind") if promise.is_soft else "", ""),
    )


def _chart(promise: Promise) -> Chart | None:
    """Return the drawing of a promise; None of a single figure, which a sentence says as well."""
    told = [one for one in promise.steps if one.level is not None]
    if len(told) < 2:
        return None
    since, until = date(told[0].last.year, 1, 1), date(told[-1].last.year, 12, 31)
    spots: dict[str, list[Spot]] = {
        "plan": _plan(promise, since, until),
        "actual": [_spot(one) for one in told if one.basis != "estimated"],
        "estimate": [_spot(one) for one in told if one.basis == "estimated"],
    }
    if promise.is_added_up and spots["actual"]:
        spots["actual"].insert(0, (since, Fraction(0)))
    names = {"plan": _("plan"), "actual": _("actual"), "estimate": _("estimate")}
    days = [(one.last, f"{one.last.day}/{one.last.month}") for one in promise.steps]
    drawn = Drawn(since, until, spots, names, days[:: -(-len(days) // _MOST_TICKS) or 1])
    return chart_of(drawn, language=language(), unit=promise.unit_of_measure)


def _plan(promise: Promise, since: date, until: date) -> list[Spot]:
    if promise.planned is None:
        return []
    level = Fraction(promise.planned)
    if promise.is_added_up and promise.due is not None and since <= promise.due <= until:
        return [(since, Fraction(0)), (promise.due, level)]
    return [(since, level), (until, level)]


def _spot(step: Step) -> Spot:
    return step.last, Fraction(step.level or 0)
