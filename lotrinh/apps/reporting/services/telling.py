"""What is told of measures, who entered it, and what it adds to the totals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from lotrinh.apps.accounts.models import User
from lotrinh.apps.reporting.models import Figure
from lotrinh.apps.reporting.selectors.measuring import rollup_of
from lotrinh.apps.targets.models import Measure
from lotrinh.rules.ledger import Counted, counted

Change = tuple[Measure, int, Counted]
"""That what a figure counts for comes to the totals of its measure (+1) or goes (-1)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a measure: a value (with a weight where it is weighed), or two numbers."""

    measure: Measure
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    weight: Decimal | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is any number in it."""
        return self.value is not None or self.numerator is not None

    @property
    def counted(self) -> Counted:
        """What it counts for. Raises WrongFigureForm, FigureTooLarge."""
        return counted(
            rollup_of(self.measure),
            value=self.value,
            numerator=self.numerator,
            denominator=self.denominator,
            weight=self.weight,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """Who entered figures, on which legal day, and with what they came."""

    by: User
    on: date
    source: UUID | None = None


def said_by(*, figure: Figure | Told) -> str:
    """Return the numbers of a figure by their value: 42 and 42.000000 are one."""
    numbers = (figure.value, figure.numerator, figure.denominator, figure.weight)
    return "/".join("" if one is None else f"{one.normalize():f}" for one in numbers)


def payload_of(*, changes: Iterable[Change]) -> list[list[int | str]]:
    """Return changes as a line that waits for the fold holds them, each with its measure's rule.

    The rule may be another by the time of the fold, and what was counted by the old one be void.
    """
    return [
        [measure.pk, sign, what.amount, what.base, str(rollup_of(measure))]
        for measure, sign, what in changes
    ]
