"""By when something is due, in the cell of a table: "30/9/2024", "Quý III/2024", "thường xuyên".

A cell says it shorter than a sentence does; what changes its meaning ("trước", "và những năm tiếp
theo", "05 ngày làm việc kể từ ...") is read as in prose.
"""

from lotrinh.reading.due_words import stated_by
from lotrinh.reading.paper import Cell
from lotrinh.reading.tables.deadlines import due_of, read_moment
from lotrinh.reading.tables.grid import Box
from lotrinh.reading.text import Source, fold
from lotrinh.rules.due_days import Stated

_BEFORE_A_TIME = 24  # characters in which "trước ngày" stands


def stated_in_cell(text: str) -> Stated | None:
    """Return what a cell says of a deadline; None where nothing of it is understood.

    A year that is left out stays unknown: the document has it.

    >>> stated_in_cell("Quý III/2024").iso, stated_in_cell("Thường xuyên").recurrence
    ('2024-Q3', 'continuous')
    >>> stated_in_cell("Theo tiến độ chung") is None
    True
    """
    plain = " ".join(text.split())
    source = Source(plain, plain, fold(plain), (), True)
    box = Box(Cell(0, 0, 0, len(plain)), plain, source.folded)
    moment = read_moment(source, box)
    iso = due_of(moment, None, None) or ""
    named = next((when for when in moment.whens if when.iso == iso), None)
    place = named.start if named else 0
    stated = stated_by(
        plain,
        lead_in=plain[max(0, place - _BEFORE_A_TIME) : place],
        iso=iso,
        recurrence=moment.recurrence or "",
    )
    is_said = stated.iso or stated.recurrence or stated.days is not None
    return stated if is_said else None
