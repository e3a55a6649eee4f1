"""Why a write of targets is refused; each exception is named by the fact."""

from decimal import Decimal

from lotrinh.apps.targets.models import Allocation, AllocationEvent
from lotrinh.apps.units.models import Unit


class NotAllowed(Exception):
    """No post of this account carries the right at that unit on that day."""


class TargetChangedMeanwhile(Exception):
    """The target no longer says what the page showed, or was withdrawn."""


class RangeUpsideDown(Exception):
    """The upper end of a range must be above the lower one, and only a range has two ends."""


class TargetAllocated(Exception):
    """Units hold parts of the target, or it is itself such a part: its level stays."""


class ServesItself(Exception):
    """A target would, over others, serve itself."""


class NothingToDivide(Exception):
    """The target has no single planned value, or was withdrawn."""


class AllocationOpen(Exception):
    """Another allocation of the target is still a draft or before the units."""

    def __init__(self, allocation: Allocation) -> None:
        super().__init__(str(allocation.uid))
        self.allocation = allocation


class NoShares(Exception):
    """The group means no unit on that day that is not left out."""


class ShareStranger(Exception):
    """Something is said of units that are not in the group on that day."""

    def __init__(self, unit_ids: frozenset[int]) -> None:
        super().__init__(", ".join(map(str, sorted(unit_ids))))
        self.unit_ids = unit_ids


class StepNotOpen(Exception):
    """The allocation is no longer, or not yet, where this step can be taken."""

    def __init__(self, words: str, event: AllocationEvent | None = None) -> None:
        super().__init__(words)
        self.event = event


class AllocationChangedMeanwhile(Exception):
    """Somebody else took a step since the page was drawn, or the figure answered has changed."""

    def __init__(self, words: str, event: AllocationEvent | None = None) -> None:
        super().__init__(words)
        self.event = event


class ShareMissing(Exception):
    """A unit has no figure yet; missing is not zero."""

    def __init__(self, units: tuple[Unit, ...]) -> None:
        super().__init__(", ".join(unit.code for unit in units))
        self.units = units


class UnitsEnded(Exception):
    """A unit with a share no longer stands, so it cannot be given a target."""

    def __init__(self, units: tuple[Unit, ...]) -> None:
        super().__init__(", ".join(unit.code for unit in units))
        self.units = units


class NoReason(Exception):
    """This has to be said with a reason."""


class NoDocument(Exception):
    """An allocation is decided by a document that the account may read."""


class DifferenceUnexplained(Exception):
    """The parts do not make the whole, and nobody said why."""

    def __init__(self, difference: Decimal) -> None:
        super().__init__(str(difference))
        self.difference = difference
