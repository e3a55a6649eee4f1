"""Own programmes in rows: the list with its filters and branches, passages, pairs, questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lotrinh.rules.clarities import Clarity
from lotrinh.rules.formats import percent
from lotrinh.rules.programmes import ProgrammeState, counted, counted_words
from lotrinh.web.answers import address, door
from lotrinh.web.formatting import named
from lotrinh.web.formatting import stated as deadline_text
from lotrinh.web.presenters.provenance import passage_at
from lotrinh.web.presenters.target_series import language
from lotrinh.web.wording import word
from lotrinh.web.wording_of_programmes import ANSWERED, OUTCOMES, QUESTION_STATES, STATES

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.models import (
        ProgrammeAnswer,
        ProgrammeCall,
        ProgrammeClosing,
        ProgrammeComparison,
        ProgrammeQuestion,
    )
    from lotrinh.apps.dissemination.selectors import (
        Alike,
        Coverage,
        Pair,
        ProgrammeRow,
        QuestionTold,
        Stretch,
    )
    from lotrinh.apps.units.selectors import PlacedUnit
    from lotrinh.rules.programmes import Counted

SHAPES = {
    ProgrammeState.NONE: "missing",
    ProgrammeState.DRAFT: "draft",
    ProgrammeState.ISSUED: "open",
    ProgrammeState.REVIEWED: "done",
}
"""The sign of each state; the word always stands beside it."""
QUESTION_SHAPES = {"asked": "open", "answered": "waiting", "closed": "done"}
CLARITIES = {Clarity.TIME: "deadline"}
"""Where the component calls a clarity otherwise."""
LATE = "late"
SHOWN = (*(str(one) for one in ProgrammeState), LATE)
"""What the list can be narrowed to."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit's programme in the list; ``own_text`` is None where it was not compared."""

    url: str
    unit_name: str
    unit_url: str
    state: str
    state_text: str
    shape: str
    number: str
    document_url: str | None
    issued_on: date | None
    due: date | None
    is_late: bool
    own_text: str | None
    answered_text: str | None
    questions: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A way to narrow the list."""

    name: str
    url: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class BranchLine:
    """A unit of the tree with all that owe at it and below it."""

    name: str
    url: str
    counted: "Counted"


@dataclass(frozen=True, slots=True)
class Asked:
    """To what the list is narrowed."""

    call: UUID
    show: str = ""
    under: UUID | None = None

    def url(self, route: str = "programmes", **more: object) -> str:
        """Return the address of the list so narrowed, but for what is said otherwise."""
        asked: dict[str, object] = {"show": self.show, "under": self.under, **more}
        return address(reverse(route, kwargs={"uid": self.call}), **asked)


@dataclass(frozen=True, slots=True)
class PassageLine:
    """Passages alike side by side; ``there`` is None where the reader may not read it."""

    place: int
    here: str
    here_url: str
    there: str | None
    there_url: str | None
    there_name: str
    share_text: str
    language: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """A commitment and the clause that answers it, or None."""

    label: str
    words: str
    url: str
    clause: str | None
    clause_url: str | None
    how_text: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of one programme, in words."""

    own_text: str
    own: int
    counted: int
    framed: int
    against: int
    stated: tuple[tuple[str, tuple[str, ...]], ...]
    tasks: int
    clear: int
    missing: tuple[tuple[str, int], ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class SaidLine:
    """What was said, by whom and when."""

    text: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """A question with its passages, its answers and its end."""

    uid: UUID
    asked: SaidLine
    state_text: str
    shape: str
    is_open: bool
    passages: tuple[PassageLine, ...]
    answers: tuple[SaidLine, ...]
    closing: SaidLine | None
    outcome_text: str


def unit_line(
    row: "ProgrammeRow",
    found: "ProgrammeComparison | None",
    questions: Mapping[int, int],
) -> UnitLine:
    """Return a programme as the list prints it."""
    one = row.programme
    document = one.document
    return UnitLine(
        url=door("programme", one.uid),
        unit_name=named(one.unit),
        unit_url=door("unit", one.unit.uid),
        state=str(row.state),
        state_text=word(STATES, row.state),
        shape="late" if row.is_late else SHAPES[row.state],
        number=document.number if document else "",
        document_url=door("document", document.uid) if document else None,
        issued_on=row.issued_on,
        due=row.due,
        is_late=row.is_late,
        own_text=f"{found.own}/{found.counted}" if found else None,
        answered_text=f"{len(found.covered)}/{found.commitments}"
        if found and found.commitments
        else None,
        questions=questions.get(one.pk, 0),
    )


def sentence(rows: "Iterable[ProgrammeRow]") -> str:
    """Return how many are how far."""
    found = counted((one.state, one.is_late) for one in rows)
    return counted_words(found, language=language())


def narrowed(
    rows: "Sequence[ProgrammeRow]", asked: Asked, placed: "Sequence[PlacedUnit]"
) -> "list[ProgrammeRow]":
    """Return the rows at and below the unit that is asked for."""
    if asked.under is None:
        return list(rows)
    top = next((one.id for one in placed if one.uid == asked.under), None)
    below = {one.id for one in placed if top in one.path}
    return [one for one in rows if one.programme.unit_id in below]


def shown(rows: "Iterable[ProgrammeRow]", show: str) -> "list[ProgrammeRow]":
    """Return the rows of the state that is asked for, or those that are late."""
    if show == LATE:
        return [one for one in rows if one.is_late]
    return [one for one in rows if not show or one.state == show]


def chips(rows: "Sequence[ProgrammeRow]", asked: Asked) -> list[Chip]:
    """Return the ways to narrow the list, each with its number."""
    names = {"": _("All"), **{str(one): word(STATES, one) for one in ProgrammeState}}
    names[LATE] = _("after the day, or overdue")
    return [
        Chip(str(name), asked.url(show=code), len(shown(rows, code)), asked.show == code)
        for code, name in names.items()
    ]


def branches(
    rows: "Sequence[ProgrammeRow]", asked: Asked, placed: "Sequence[PlacedUnit]", top: int
) -> list[BranchLine]:
    """Return the units right below the one that is asked for, with all that owe in each."""
    ways = {one.id: one.path for one in placed}
    above = next((one.id for one in placed if one.uid == asked.under), top)
    found = []
    for unit in placed:
        if len(unit.path) < 2 or unit.path[-2] != above:
            continue
        inside = [one for one in rows if unit.id in ways.get(one.programme.unit_id, ())]
        if inside:
            total = counted((one.state, one.is_late) for one in inside)
            found.append(BranchLine(named(unit), asked.url(under=unit.uid), total))
    return found


def passage_lines(found: "Iterable[Alike]") -> tuple[PassageLine, ...]:
    """Return passages alike as they are printed side by side."""
    return tuple(
        PassageLine(
            one.place,
            one.here.words,
            stretch_url(one.here),
            one.there.words if one.there else None,
            stretch_url(one.there) if one.there else None,
            _whose(one.there) if one.there else "",
            _percent(one.share),
            one.here.document.language,
        )
        for one in found
    )


def pair_lines(found: "Iterable[Pair]", call: "ProgrammeCall") -> tuple[PairLine, ...]:
    """Return commitments beside the clauses that answer them."""
    return tuple(
        PairLine(
            one.commitment.label,
            one.commitment.text,
            f"{door('document', call.document.uid)}#p{one.commitment.start}",
            one.clause.words if one.clause else None,
            stretch_url(one.clause) if one.clause else None,
            word(ANSWERED, one.how) if one.how else "",
        )
        for one in found
    )


def findings(found: "ProgrammeComparison") -> Findings:
    """Return what was found of a programme."""
    stated = found.stated
    return Findings(
        _share(found.own, found.counted),
        found.own,
        found.counted,
        found.framed,
        found.against,
        tuple(
            (name, tuple(map(printed, stated.get(code, ()))))
            for code, name, printed in (
                ("numbers", _("Own figures"), str),
                ("deadlines", _("Own deadlines"), deadline_text),
                ("people", _("Named persons"), str),
            )
        ),
        found.tasks,
        found.clear,
        tuple((CLARITIES.get(one, str(one)), found.missing.get(str(one), 0)) for one in Clarity),
        found.at,
    )


def question_block(told: "QuestionTold") -> QuestionBlock:
    """Return a question as its page prints it."""
    question, closing = told.question, told.closing
    return QuestionBlock(
        question.uid,
        _said(question.text, question),
        word(QUESTION_STATES, told.state),
        QUESTION_SHAPES[told.state],
        closing is None,
        passage_lines(told.passages),
        tuple(_said(one.text, one) for one in told.answers),
        _said(closing.note, closing) if closing else None,
        word(OUTCOMES, closing.outcome) if closing else "",
    )


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A unit in the matrix: each cell says how it answers a commitment, None: not found."""

    unit_name: str
    url: str
    found: int
    cells: tuple[tuple[int, str | None], ...]


def coverage_rows(coverage: "Coverage") -> list[CoverageRow]:
    """Return the matrix of units by commitments."""
    return [
        CoverageRow(
            named(line.row.programme.unit),
            door("programme", line.row.programme.uid) + "#pairs",
            line.found,
            tuple(
                (place, str(word(ANSWERED, how)) if how else None)
                for place, how in enumerate(line.cells, start=1)
            ),
        )
        for line in coverage.lines
    ]


def stretch_url(one: "Stretch") -> str:
    """Return the address of a passage in its document."""
    return passage_at(one.document.uid, one.text_uid, one.start)


def _share(part: int, whole: int) -> str:
    return _percent(part / whole) if whole else "–"


def _percent(share: float) -> str:
    return percent(round(share * 100), language=language(), places=0)


def _whose(one: "Stretch") -> str:
    document = one.document
    return " · ".join(part for part in (named(document.keeper), document.number) if part)


def _said(text: str, row: "ProgrammeQuestion | ProgrammeAnswer | ProgrammeClosing") -> SaidLine:
    return SaidLine(text, str(getattr(row, "by_name", "")), row.at)
