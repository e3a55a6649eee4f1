"""The lines of a report of figures as its grid shows them: numbers, what is asked, what is wrong.

Each thing that keeps a line from being handed in, or asks for a word, is said beside its cell and
once more in the list below the grid, which leads back to the cell.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.rules.amounts_typed import CellUnit
from lotrinh.rules.check_words import figure_question_words
from lotrinh.rules.figures_typed import TypedQuestion, TypedRefusal, read_figure
from lotrinh.rules.formats import number, percent
from lotrinh.rules.period_words import period_name
from lotrinh.rules.typed_cells import PAIRED, UNSETTLED, CellKind
from lotrinh.rules.typed_words import question_words, reading_words, refusal_words
from lotrinh.web.answers import door
from lotrinh.web.formatting import amount, day_and_time, named, planned
from lotrinh.web.presenters.report_cells import SentLine, is_weighted, shown_text, shown_weight
from lotrinh.web.presenters.report_progress import FILLED, WANTS, wants_in
from lotrinh.web.wording import measure_word

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import Figure, ReportCell, ReportEvidence
    from lotrinh.apps.reporting.selectors import Elsewhere, Grid, GridRow

_KILO = 1024
_PLACES = 2


@dataclass(frozen=True, slots=True)
class Also:
    """Something else that the same file supports."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file beside a figure, with what else it supports."""

    name: str
    url: str
    size_text: str
    by_name: str
    also: tuple[Also, ...]


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What was entered over what was shown, beside what the reader typed.

    ``is_own`` says that the reader entered it himself, at another window or device. ``counts`` is
    the text of the cell alone; ``theirs`` and ``mine`` hold weight and comment too where they
    differ.
    """

    by_name: str
    is_own: bool
    at: datetime
    counts: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class ToldElsewhere:
    """A figure that counts already: what it says, the report with which it was told, and when.

    ``report_name`` is empty where it came by itself.
    """

    text: str
    url: str
    report_name: str
    approved_on: date


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid. ``kind`` is that of the entry, ``empty`` where there is none.

    ``text`` stands in the field; ``entered`` is what the entry says, and differs where what was
    typed was not kept. ``told`` are the questions of the checks, ``refusal`` why the entry is no
    figure, ``choices`` what it may mean; ``wants`` is the code of what is still to be done, empty
    where nothing is. ``elsewhere`` is the figure that counts already because another report has
    told it; ``is_spared``: nothing else is said here, so there is nothing to enter. ``asked`` is
    what is typed on the page of a return.
    """

    PRINTED: ClassVar = (
        *("uid", "name", "unit_text", "plan_text", "plan_url", "previous_text", "year_text"),
        *("percent_text", "text", "entered", "weight", "comment", "comment_lines", "over"),
        *("read_text", "now_label", "comment_label", "read_words", "saved_words", "wants_text"),
        *("files_url", "history_url", "asked"),
    )
    SHAPED: ClassVar = ("is_pair", "kind", "wants", "is_spared")

    uid: UUID
    name: str
    unit_text: str
    is_pair: bool
    plan_text: str
    plan_url: str
    previous_text: str
    year_text: str
    percent_text: str
    text: str
    entered: str
    weight: str | None
    comment: str
    comment_lines: str
    over: str
    kind: str
    read_text: str
    told: tuple[str, ...]
    refusal: str
    question: str
    choices: tuple[str, ...]
    returned: str
    files: tuple[FileLine, ...]
    now_label: str
    comment_label: str
    read_words: str
    saved_words: str
    overtaken: Overtaken | None
    wants: str
    wants_text: str
    files_url: str
    history_url: str
    elsewhere: "ToldElsewhere | None"
    is_spared: bool
    asked: str

    @property
    def is_filled(self) -> bool:
        """Whether the line says something that can be handed in."""
        return self.is_spared or self.kind in FILLED


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent and not kept, by measure, and what was written over what was shown.

    ``by_id`` is the account that sent it.
    """

    lines: Mapping[int, SentLine]
    meanwhile: "Mapping[int, ReportCell]"
    by_id: int | None = None


NOTHING_SENT = Sent({}, {})
NOTHING_ASKED: Mapping[int, str] = {}


def lines_of_grid(
    grid: "Grid",
    *,
    names: Mapping[UUID, str],
    elsewhere: "Mapping[int, Elsewhere]",
    sent: Sent = NOTHING_SENT,
    asked: Mapping[int, str] = NOTHING_ASKED,
    only: Collection[int] | None = None,
) -> tuple[Line, ...]:
    """Return the lines of a report, or ``only`` those of some measures, by their ids.

    ``names`` are those of ``names_in``; ``asked`` is what somebody asks of them and has not sent.
    """
    rows = [row for row in grid.rows if only is None or row.measure.pk in only]
    units = reporting.cell_units(row.measure for row in rows)
    around = _Around(grid, names, elsewhere, sent, asked)
    return tuple(_line(row, units[row.measure.pk], around) for row in rows)


def names_in(grid: "Grid", sent: Sent = NOTHING_SENT) -> dict[UUID, str]:
    """Return the names of all who entered, said or did something in a report."""
    people = {row.cell.event.by.uid for row in grid.rows if row.cell is not None}
    people |= {cell.event.by.uid for cell in sent.meanwhile.values()}
    people |= {one.event.by.uid for row in grid.rows for one in row.evidence}
    people |= {one.event.by.uid for one in grid.evidence}
    people |= {event.by.uid for event in grid.events}
    return journal.names_of(people) if people else {}


def file_lines(
    files: "Iterable[ReportEvidence]",
    names: Mapping[UUID, str],
    elsewhere: "Mapping[int, Elsewhere]",
) -> tuple[FileLine, ...]:
    """Return files with their addresses, and what else each supports."""
    return tuple(
        FileLine(
            name=one.name,
            url=reverse("report-evidence", kwargs={"uid": one.uid}),
            size_text=f"{max(1, one.blob.size // _KILO)} kB",
            by_name=names.get(one.event.by.uid, ""),
            also=also_of(elsewhere.get(one.blob_id)),
        )
        for one in files
    )


def figure_text(figure: "Figure | ReportCell | None", unit: str) -> str:
    """Return an approved figure or an entry as a number with its unit; empty where there is none.

    A share is written with its numerator and denominator.
    """
    if figure is None:
        return ""
    if figure.value is not None:
        return amount(figure.value, unit)
    if figure.numerator is None or figure.denominator is None:
        return ""
    language = _language()
    parts = [number(one, language=language) for one in (figure.numerator, figure.denominator)]
    whole = f"{parts[0]}/{parts[1]}"
    if not figure.denominator:
        return whole
    share = percent(figure.numerator / figure.denominator * 100, language=language, places=_PLACES)
    return f"{whole} ({share})"


def _language() -> str:
    return (get_language() or "vi")[:2]


class _Around:
    """What is the same for all lines of a grid, looked up and translated once for all of them."""

    def __init__(
        self,
        grid: "Grid",
        names: Mapping[UUID, str],
        elsewhere: "Mapping[int, Elsewhere]",
        sent: Sent,
        asked: Mapping[int, str],
    ) -> None:
        self.names, self.elsewhere, self.sent, self.asked = names, elsewhere, sent, asked
        self.language = _language()
        here = {"uid": grid.report.uid}
        self.files_url = reverse("report-files", kwargs=here)
        self.history_url = reverse("report-history", kwargs=here)
        self.now_label = _("%(name)s, this period")
        self.comment_label = _("%(name)s, comment")
        self.read_words = _("read as %(figure)s")
        self._saved_words = _("saved %(time)s, %(who)s")
        self._saved: dict[int, str] = {}
        spared = [row.elsewhere for row in grid.rows if row.elsewhere is not None]
        self._told_by = reporting.reports_that_told(spared)

    def report_name(self, figure: "Figure") -> str:
        """Return the name of the report with which a figure was told; empty where there is none."""
        by = self._told_by.get(figure.pk)
        if by is None:
            return ""
        period = period_name(by.collection.period.rule, language=self.language)
        return f"{by.collection.regime}: {period}"

    def saved(self, cell: "ReportCell | None") -> str:
        """Return when and by whom an entry was saved; many are of one act."""
        if cell is None:
            return ""
        if cell.event_id not in self._saved:
            event = cell.event
            told = {"time": day_and_time(event.at), "who": self.names.get(event.by.uid, "")}
            self._saved[cell.event_id] = self._saved_words % told
        return self._saved[cell.event_id]


def _line(row: "GridRow", unit: CellUnit, around: _Around) -> Line:
    measure, cell, language = row.measure, row.cell, around.language
    typed, code = around.sent.lines.get(measure.pk), measure.unit_of_measure
    kind = cell.kind if cell is not None else CellKind.EMPTY
    refusal, question, choices = _unsettled(cell, unit)
    wants = wants_in(row, kind)
    text, weight, comment = _in_fields(row, typed, language)
    of_plan = row.of_plan.value if row.of_plan is not None else None
    named_so = {"name": measure.name}
    read = figure_text(row.told, code) if row.is_spared or kind == CellKind.FIGURE else ""
    return Line(
        uid=measure.uid,
        name=measure.name,
        unit_text=measure_word(code),
        is_pair=measure.rollup in PAIRED,
        plan_text=_plan(row),
        plan_url=door("target", row.plan.uid) if row.plan else "",
        previous_text=figure_text(row.previous, code),
        year_text=figure_text(row.year_before, code),
        percent_text="" if of_plan is None else percent(of_plan, language=language),
        text=text,
        entered=shown_text(cell, language),
        weight=weight,
        comment=comment,
        comment_lines=linebreaksbr(comment) if comment else "",
        over=str(cell.pk) if cell is not None else "",
        kind=kind,
        read_text=read,
        told=tuple(figure_question_words(one, language=language) for one in row.questions),
        refusal=refusal,
        question=question,
        choices=choices,
        returned=row.returned,
        files=file_lines(row.evidence, around.names, around.elsewhere),
        now_label=around.now_label % named_so,
        comment_label=around.comment_label % named_so,
        read_words=around.read_words % {"figure": read},
        saved_words=around.saved(cell),
        overtaken=_overtaken(row, typed, around),
        wants=wants,
        wants_text=str(WANTS[wants]) if wants else "",
        files_url=f"{around.files_url}?line={measure.uid}",
        history_url=f"{around.history_url}?line={measure.uid}",
        elsewhere=_told_elsewhere(row, around),
        is_spared=row.is_spared,
        asked=around.asked.get(measure.pk, ""),
    )


def _told_elsewhere(row: "GridRow", around: _Around) -> ToldElsewhere | None:
    figure = row.elsewhere
    if figure is None:
        return None
    return ToldElsewhere(
        text=figure_text(figure, row.measure.unit_of_measure),
        url=door("figure", figure.uid),
        report_name=around.report_name(figure),
        approved_on=figure.approval.on,
    )


def _in_fields(
    row: "GridRow", typed: "SentLine | None", language: str
) -> tuple[str, str | None, str]:
    """Return what the fields of a line show: what was typed and not kept, else what counts."""
    cell = row.cell
    weight = shown_weight(cell, language) if is_weighted(row.measure) else None
    text, comment = shown_text(cell, language), cell.comment if cell is not None else ""
    if typed is not None:
        text = typed.typed if typed.typed is not None else text
        weight = typed.weight if weight is not None and typed.weight is not None else weight
        comment = typed.comment if typed.comment is not None else comment
    return text, weight, comment


def _unsettled(cell: "ReportCell | None", unit: CellUnit) -> tuple[str, str, tuple[str, ...]]:
    """Return why an entry is refused, or what is asked about it with the readings to choose."""
    if cell is None or cell.kind not in UNSETTLED:
        return "", "", ()
    language = _language()
    found = read_figure(cell.text, language=cell.language, unit=unit)
    if isinstance(found, TypedRefusal):
        return refusal_words(found, language=language), "", ()
    if isinstance(found, TypedQuestion):
        said = tuple(reading_words(one, language=language) for one in found.readings)
        return "", question_words(found, language=language), said
    return _("the weight is no number that is zero or more"), "", ()


def _plan(row: "GridRow") -> str:
    plan = row.plan
    if plan is None or plan.value is None:
        return ""
    return planned(plan.comparator, plan.value, plan.high, row.measure.unit_of_measure)


def _overtaken(row: "GridRow", typed: SentLine | None, around: _Around) -> Overtaken | None:
    theirs = around.sent.meanwhile.get(row.measure.pk)
    if theirs is None:
        return None
    language, mine = around.language, typed or SentLine()
    counts = shown_text(theirs, language)
    weights = ["", ""]
    if is_weighted(row.measure):
        weights = [shown_weight(theirs, language), mine.weight or ""]
    comments = [theirs.comment, mine.comment or ""]
    parts = [one if one[0] != one[1] else ["", ""] for one in (weights, comments)]
    return Overtaken(
        by_name=around.names.get(theirs.event.by.uid, ""),
        is_own=theirs.event.by_id == around.sent.by_id,
        at=theirs.event.at,
        counts=counts,
        theirs=_whole(counts, parts[0][0], parts[1][0]),
        mine=_whole(mine.typed or "", parts[0][1], parts[1][1]),
    )


def _whole(text: str, weight: str, comment: str) -> str:
    """Return what a line says in one text: the figure, what it weighs, the comment."""
    figure = f"{text or '–'} ({weight})" if weight else text or "–"
    return f"{figure}; {comment}" if comment else figure


def also_of(found: "Elsewhere | None") -> tuple[Also, ...]:
    """Return what else a file supports, each with its address."""
    if found is None:
        return ()
    reports = [
        Also(
            _("report of %(unit)s for %(period)s")
            % {
                "unit": named(one.unit),
                "period": period_name(one.collection.period.rule, language=_language()),
            },
            reverse("report", kwargs={"uid": one.uid}),
        )
        for one in found.reports
    ]
    owed = [Also(one.title, reverse("duty", kwargs={"uid": one.uid})) for one in found.duties]
    return (*reports, *owed)
