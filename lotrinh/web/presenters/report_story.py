"""The whole story of a report: every step with what was entered, said and handed in by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from lotrinh.apps.journal import selectors as journal
from lotrinh.rules.report_states import ReportStep
from lotrinh.rules.typed_cells import CellKind
from lotrinh.web.presenters.period_reports import ReportMoment, moments_of_report
from lotrinh.web.presenters.report_lines import FileLine, also_of, figure_text, file_lines

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import ReportCell, ReportEvent
    from lotrinh.apps.reporting.selectors import Elsewhere
    from lotrinh.apps.targets.models import Measure


@dataclass(frozen=True, slots=True)
class EnteredLine:
    """What was entered for a measure: the figure, the words as they were typed, the comment."""

    name: str
    figure: str
    typed: str
    comment: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A step with all that belongs to it; ``asked`` pairs a measure with what was asked of it."""

    moment: ReportMoment
    entered: tuple[EnteredLine, ...]
    asked: tuple[tuple[str, str], ...]
    files: tuple[FileLine, ...]


def story_lines(
    events: "Sequence[ReportEvent]", measures: "Iterable[Measure]"
) -> tuple[StoryLine, ...]:
    """Return steps with what was entered, in their order."""
    titles = {str(one.uid): one.name for one in measures}
    names = journal.names_of({event.by.uid for event in events}) if events else {}
    found = []
    for event, moment in zip(events, moments_of_report(events, names), strict=True):
        asked: dict[str, Any] = {}
        if event.step == ReportStep.RETURN:
            asked = event.details.get("cells", {})
        found.append(
            StoryLine(
                moment=moment,
                entered=tuple(_entered(cell) for cell in event.cells.all()),
                asked=tuple((titles.get(uid, ""), str(words)) for uid, words in asked.items()),
                files=file_lines(event.evidence.all(), names, {}),
            )
        )
    return tuple(found)


def also_words(name: str, found: "Elsewhere") -> str:
    """Return what else a file supports, in one sentence."""
    others = "; ".join(one.name for one in also_of(found))
    return _("“%(name)s” supports this already: %(others)s. Is it the right file?") % {
        "name": name,
        "others": others,
    }


def _entered(cell: "ReportCell") -> EnteredLine:
    figure = figure_text(cell, cell.measure.unit_of_measure)
    if cell.kind == CellKind.EMPTY:
        figure = _("emptied")
    elif cell.kind == CellKind.NOT_YET:
        figure = _("no data yet")
    return EnteredLine(cell.measure.name, figure, cell.text, cell.comment)
