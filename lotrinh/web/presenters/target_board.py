"""The board of targets: units by documents, each with how many targets came to what."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.rules.comparing import Attainment
from lotrinh.rules.outcome_words import rest_words, score_words
from lotrinh.rules.period_words import period_name
from lotrinh.rules.target_count import Score
from lotrinh.web.answers import address
from lotrinh.web.formatting import named
from lotrinh.web.presenters.commitments import value_text
from lotrinh.web.presenters.target_series import (
    OutcomeSign,
    behind_url,
    language,
    level_text,
    of_plan_text,
    outcome_sign,
)

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.reporting.selectors import Reached
    from lotrinh.apps.targets.models import Target
    from lotrinh.apps.units.models import Unit

MOST_COLUMNS = 6
"""So many documents stand side by side; of more one is chosen."""
REACHED = "reached"
CAME: Mapping[str, frozenset[Attainment]] = {
    REACHED: frozenset({Attainment.EXCEEDED, Attainment.MET}),
    **{str(one): frozenset({one}) for one in Attainment},
}
"""What a list of targets may be narrowed to."""

Papers = Mapping[int, Sequence["Document"]]
"""The documents that set each target."""


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """How many targets of a unit by a document were reached, with the door to them."""

    title: str
    url: str
    reached: int
    total: int
    rest_text: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A unit and its cells; one that has no target by a document has None there."""

    name: str
    url: str
    cells: tuple[ScoreCell | None, ...]


@dataclass(frozen=True, slots=True)
class CameFilter:
    """A list of those that came to one thing, and how many they are."""

    code: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A target with what became of it; what is empty was not told."""

    title: str
    url: str
    unit_name: str
    planned_text: str
    actual_text: str
    actual_url: str
    period_text: str
    is_estimated: bool
    of_plan_text: str
    sign: OutcomeSign


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; each is empty where nothing is asked."""

    document: UUID | None = None
    unit: UUID | None = None
    period: UUID | None = None
    came: str = ""

    def url(self, **other: object) -> str:
        """Return the address of the board with these questions, some of them put otherwise."""
        asked: dict[str, object] = {
            "document": self.document,
            "unit": self.unit,
            "period": self.period,
            "came": self.came,
        }
        return address(reverse("target-board"), **(asked | other))

    def list_url(self, **other: object) -> str:
        """Return the same address at its list."""
        return self.url(**other) + "#list"


def holder(target: "Target") -> "Unit":
    """Return the unit in whose row a target stands: whose it is, else to which it is owed."""
    return target.unit or target.owed_to


def narrowed(found: Iterable["Reached"], papers: Papers, asked: Asked) -> list["Reached"]:
    """Return what a list shows. Where no unit is asked for, parts of what is shown are left out."""
    held = list(found)
    if asked.document:
        held = [one for one in held if _is_set_by(one, papers, asked.document)]
    if asked.unit:
        return [one for one in held if holder(one.target).uid == asked.unit]
    return wholes(held)


def wholes(found: Iterable["Reached"]) -> list["Reached"]:
    """Return what is no part of another target among them."""
    held = list(found)
    known = {one.target.pk for one in held}
    return [one for one in held if one.target.superior_id not in known]


def came_to(found: Iterable["Reached"], came: str) -> list["Reached"]:
    """Return those that came to one thing; all where nothing is asked."""
    held = list(found)
    return [one for one in held if one.outcome.attainment in CAME[came]] if came else held


def columns_of(found: Iterable["Reached"], papers: Papers, asked: Asked) -> list["Document"]:
    """Return the documents that stand side by side, those with most targets first."""
    held = [paper for one in found for paper in papers.get(one.target.pk, ())]
    if asked.document:
        return [paper for paper in dict.fromkeys(held) if paper.uid == asked.document]
    return [paper for paper, _many in Counter(held).most_common(MOST_COLUMNS)]


def paper_name(document: "Document") -> str:
    """Return what a document is called where there is little room."""
    return document.number or document.title


def score_rows(
    found: Sequence["Reached"], papers: Papers, columns: Sequence["Document"], asked: Asked
) -> list[ScoreRow]:
    """Return the rows of the board: the whole first, then every unit in the order of its name.

    In the row of the whole a part of another target in the same cell is not counted again.
    """
    by_unit: dict[Unit, list[Reached]] = {}
    for one in found:
        by_unit.setdefault(holder(one.target), []).append(one)
    rows = [_row(_("All together"), "", found, papers, columns, Asked(None, None, asked.period))]
    for unit in sorted(by_unit, key=lambda each: (each.sort_key, each.pk)):
        narrow = Asked(None, unit.uid, asked.period)
        url = reverse("unit", kwargs={"uid": unit.uid})
        rows.append(_row(named(unit), url, by_unit[unit], papers, columns, narrow))
    return rows


def filters_of(shown: Sequence["Reached"], asked: Asked) -> list[CameFilter]:
    """Return the lists to which one may narrow, all of them first."""
    counts = {code: len(came_to(shown, code)) for code in ("", *CAME)}
    return [
        CameFilter(code, count, asked.list_url(came=code), asked.came == code)
        for code, count in counts.items()
        if count or not code
    ]


def outcome_row(one: "Reached") -> OutcomeRow:
    """Return a target as the list prints it."""
    target, point = one.target, one.point
    return OutcomeRow(
        title=target.measure.name,
        url=reverse("target", kwargs={"uid": target.uid}),
        unit_name=named(holder(target)),
        planned_text=value_text(target),
        actual_text=level_text(one.actual, target.measure),
        actual_url=behind_url(target, point) if point else "",
        period_text=period_name(point.period.rule, language=language()) if point else "",
        is_estimated=point is not None and point.actual is None,
        of_plan_text=of_plan_text(target, one.actual),
        sign=outcome_sign(one.outcome),
    )


def summary_of(listed: Iterable["Reached"]) -> str:
    """Return how many targets of a list were reached of how many, in words."""
    return score_words(reporting.score_of(listed), language=language())


def _row(
    name: str,
    url: str,
    found: Sequence["Reached"],
    papers: Papers,
    columns: Sequence["Document"],
    asked: Asked,
) -> ScoreRow:
    all_of = _cell(_("All documents"), found, papers, asked)
    by_paper = [
        _cell(paper_name(paper), found, papers, replace(asked, document=paper.uid))
        for paper in columns
    ]
    return ScoreRow(name, url, (all_of, *by_paper))


def _cell(title: str, found: Sequence["Reached"], papers: Papers, asked: Asked) -> ScoreCell | None:
    """Return what the list says that the cell opens."""
    listed = narrowed(found, papers, asked)
    if not listed:
        return None
    score: Score = reporting.score_of(listed)
    rest = rest_words(score, language=language())
    return ScoreCell(title, asked.list_url(), score.reached, score.total, rest)


def _is_set_by(one: "Reached", papers: Papers, document: UUID) -> bool:
    return any(paper.uid == document for paper in papers.get(one.target.pk, ()))
