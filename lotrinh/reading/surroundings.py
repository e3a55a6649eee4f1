"""What the reading of targets and results in a sentence may look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from lotrinh.reading.dates import When
from lotrinh.reading.grammar import Rule
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.layout.sections import Setting
from lotrinh.reading.numbers import is_ambiguous
from lotrinh.reading.order import Ordered
from lotrinh.reading.quantities import Quantity
from lotrinh.reading.text import Source

_IN_DOUBT = 0.6  # what may be read in two ways stays a draft


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the reading of a sentence may look at."""

    source: Source
    sentences: Sequence[Sentence]
    settings: Sequence[Setting]
    dates: Ordered[When]
    gatherings: frozenset[int]  # indexes of sentences that tell of a gathering
    items: Sequence[bool]  # of every clause, whether it has a label
    dues: dict[int, str]  # clause that leads a list -> the day it gives to all of it
    title_due: str | None  # the one day or year that the title names
    press: bool = False  # a report of the press: it tells, and orders only in what it quotes
    mixed: bool = False  # numerals follow both conventions, so that "1.234" may be two things

    def sureness(self, rule: Rule, group: Sequence[Quantity]) -> float:
        """Return how sure a fact is: less where a number of it may be read in two ways."""
        digits = [part.digits for part in group]
        doubt = self.mixed and any(is_ambiguous(self.source.folded, at) for at in digits)
        return min(rule.confidence, _IN_DOUBT) if doubt else rule.confidence
