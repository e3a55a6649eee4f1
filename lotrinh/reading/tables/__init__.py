"""Tables of commitments: one row is one task, one value is one target."""

from collections.abc import Sequence
from dataclasses import dataclass

from lotrinh.reading.agencies import Body
from lotrinh.reading.dates import When
from lotrinh.reading.facts import Clause, Fact, Header
from lotrinh.reading.paper import Table
from lotrinh.reading.quantities import Quantity
from lotrinh.reading.text import Source


@dataclass(frozen=True, slots=True)
class Around:
    """What the rows may look at beyond their table. All offsets are composed offsets."""

    source: Source
    header: Header
    clauses: Sequence[Clause]
    dates: Sequence[When]
    quantities: Sequence[Quantity]
    bodies: Sequence[Body]
    sign: str | None  # the decimal sign of the text


@dataclass(frozen=True, slots=True)
class Layout:
    """A table that was recognised by the headings of its columns."""

    table: Table


def find_layouts(source: Source, tables: Sequence[Table]) -> list[Layout]:
    """Return the layouts of the tables that hold commitments, in the order of the text."""
    return []


def read_rows(layouts: Sequence[Layout], around: Around) -> list[Fact]:
    """Return the facts of all rows, with composed offsets."""
    return []
