"""Why figures are not taken, by the name of the refused fact."""

from lotrinh.apps.reporting.models import Figure


class NotAllowed(Exception):
    """No post of this account carries the right at that unit on that day."""


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
