"""Why a step is not taken, by the name of the refused fact."""

from datetime import date

from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.rules.clarities import Clarity


class NotAllowed(Exception):
    """No post of this account carries the right at that unit on that day."""


class StepNotOpen(Exception):
    """The duty has moved on: this step does not lead anywhere from its present state.

    ``event`` is the last step that was taken; None where the duty is new.
    """

    def __init__(self, words: str, event: DutyEvent | None = None) -> None:
        super().__init__(words)
        self.event = event


class DutyChangedMeanwhile(Exception):
    """Somebody else has taken a step since the page was shown; ``event`` is the last one."""

    def __init__(self, words: str, event: DutyEvent | None = None) -> None:
        super().__init__(words)
        self.event = event


class DutyNotClear(Exception):
    """At least one of the six clarities is missing; ``missing`` names them."""

    def __init__(self, missing: tuple[Clarity, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class PersonElsewhere(Exception):
    """The person holds no post in the unit on that day."""


class LeaderElsewhere(PersonElsewhere):
    """The person leads neither the unit that owes nor the one to which it is owed on that day."""


class SamePerson(Exception):
    """Nobody judges what he has handed in, refused or asked for himself."""

    def __init__(self, event: DutyEvent) -> None:
        super().__init__(str(event.step))
        self.event = event


class NoReason(Exception):
    """This step has to say why."""


class NoDocument(Exception):
    """Only a registered document that the account may read suspends or cancels a duty."""


class NothingHandedIn(Exception):
    """A duty is claimed with its deliverable: a file, or words that say where it is."""


class NothingAsked(Exception):
    """Nobody has asked for more time."""


class AskedTooLate(Exception):
    """More time is asked for before the deadline has passed."""


class DeadlineNotLater(Exception):
    """More time means a later day than the deadline there is; without one there is none to move."""


class DutyHasMoved(Exception):
    """Somebody has acted on this duty, so it cannot be taken back silently."""

    def __init__(self, duty: Duty) -> None:
        super().__init__(str(duty.uid))
        self.duty = duty


class DueAfterSuperior(Exception):
    """A part would be due after ``limit``, the deadline of what it serves, and nobody said so."""

    def __init__(self, limit: date) -> None:
        super().__init__(limit.isoformat())
        self.limit = limit


class NothingToCarry(Exception):
    """The group means no unit on that day, or every one of its units is left out."""


class LeftOutStranger(Exception):
    """Something is said of a unit that is not in the group; ``unit_ids`` are those units."""

    def __init__(self, unit_ids: frozenset[int]) -> None:
        super().__init__(", ".join(map(str, sorted(unit_ids))))
        self.unit_ids = unit_ids


class UnitNotBelow(Exception):
    """A unit breaks its duty down to itself and to the units below it, to nobody else."""


class LeadTakesPart(Exception):
    """The unit that owes is the lead; it takes no other part in its duty."""


class NoSource(Exception):
    """A draft comes from a passage, or says in words by whose authority it is; this one neither."""
