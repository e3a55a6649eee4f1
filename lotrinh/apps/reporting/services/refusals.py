"""Why figures are not taken, by the name of the refused fact."""

from collections.abc import Mapping, Sequence
from datetime import date

from lotrinh.apps.reporting.models import (
    Collection,
    Figure,
    IntegrityClosing,
    ReportCell,
    ReportEvent,
)
from lotrinh.apps.units.models import Unit
from lotrinh.rules.figure_checks import FigureQuestion


class NotAllowed(Exception):
    """No post of this account carries the right at that unit on that day."""


class ToldOtherwise(Exception):
    """Another report has told these figures, and this one says something else."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        super().__init__(", ".join(str(figure.uid) for figure in figures))
        self.figures = figures


class SamePerson(Exception):
    """Nobody approves what he has entered himself."""


class UnitNotThere(Exception):
    """The unit stood on no day of the period, so it has nothing to tell of it."""


class NothingEntered(Exception):
    """An approval is of at least one figure."""


class EnteredTwice(Exception):
    """One measure has two figures in one act; ``measure_ids`` are those measures."""

    def __init__(self, measure_ids: frozenset[int]) -> None:
        super().__init__(", ".join(map(str, sorted(measure_ids))))
        self.measure_ids = measure_ids


class EnteredLater(Exception):
    """A figure is approved on the day on which it was entered or later."""


class AlreadyApproved(Exception):
    """Measures have an approved figure already: it is corrected, not approved again."""

    def __init__(self, held: tuple[Figure, ...]) -> None:
        super().__init__(", ".join(str(figure.uid) for figure in held))
        self.held = held


class FigureSuperseded(Exception):
    """Somebody else has corrected the figure; ``by`` is the one that took its place."""

    def __init__(self, by: Figure) -> None:
        super().__init__(str(by.uid))
        self.by = by


class NothingCorrected(Exception):
    """The correction says what the figure says already."""


class NoReason(Exception):
    """A correction says why."""


class KeyTaken(Exception):
    """The form has been used for something else."""


class WrongPeriod(Exception):
    """The days are no period of this kind, or the kind is not known that day."""


class NobodyAsked(Exception):
    """A collection names at least one unit and one measure."""


class RegimeEnds(Exception):
    """A regime ends after it has begun; ``since`` is its first day."""

    def __init__(self, since: date) -> None:
        super().__init__(since.isoformat())
        self.since = since


class RegimeChangedMeanwhile(Exception):
    """Somebody else has changed the regime since it was shown."""


class CollectionClosed(Exception):
    """The collection takes nothing more in."""

    def __init__(self, collection: Collection) -> None:
        super().__init__(str(collection.uid))
        self.collection = collection


class ReportStepNotOpen(Exception):
    """The report lies elsewhere by now; ``event`` is the last step, None where there is none."""

    def __init__(self, words: str, event: ReportEvent | None) -> None:
        super().__init__(words)
        self.event = event


class ReportChangedMeanwhile(Exception):
    """The report says something else than what was shown; ``event`` is the last step."""

    def __init__(self, words: str, event: ReportEvent | None) -> None:
        super().__init__(words)
        self.event = event


class NoWords(Exception):
    """This step has to say why."""


class NotInForm(Exception):
    """The form has no such measure."""


class CellsUnsettled(Exception):
    """Entries are no figures, or may mean two; ``cells`` are those."""

    def __init__(self, cells: Sequence[ReportCell]) -> None:
        super().__init__(", ".join(str(cell.measure_id) for cell in cells))
        self.cells = tuple(cells)


class CellsMissing(Exception):
    """Measures have no entry, nor the word that there are no data; ``measure_ids`` are those."""

    def __init__(self, measure_ids: Sequence[int]) -> None:
        super().__init__(", ".join(map(str, measure_ids)))
        self.measure_ids = tuple(measure_ids)


class QuestionsOpen(Exception):
    """Figures are unlike those before them and nobody has said why; by measure."""

    def __init__(self, questions: Mapping[int, Sequence[FigureQuestion]]) -> None:
        super().__init__(", ".join(map(str, sorted(questions))))
        self.questions = dict(questions)


class TookPart(Exception):
    """Nobody takes two stages of one round, or passes a figure that he entered himself."""


class BelowMissing(Exception):
    """Units below have not been approved and were not named; ``missing`` are all of them."""

    def __init__(self, missing: Sequence[Unit]) -> None:
        super().__init__(", ".join(unit.code for unit in missing))
        self.missing = tuple(missing)


class QuestionClosed(Exception):
    """The question of integrity has been closed; ``closing`` says how."""

    def __init__(self, closing: IntegrityClosing) -> None:
        super().__init__(str(closing.question_id))
        self.closing = closing


class NotAnswered(Exception):
    """The unit has said nothing that could explain it."""
