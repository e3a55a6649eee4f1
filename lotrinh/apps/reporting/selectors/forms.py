"""The form of a collection: its lines in order, and how a cell of each is read."""

from collections.abc import Iterable
from functools import lru_cache

from lotrinh.apps.journal.statements import run
from lotrinh.apps.reporting.models import Collection, CollectionLine
from lotrinh.apps.targets.models import Measure
from lotrinh.reading.amounts import MEASURES
from lotrinh.rules.amounts_typed import CellUnit
from lotrinh.rules.measure_words import spoken_as
from lotrinh.rules.typed_cells import PAIRED

_MARK = """
SELECT string_agg(line.id || ' ' || measure.xmin, ',' ORDER BY line.position)
FROM reporting_collection_line AS line JOIN targets_measure AS measure ON measure.id = measure_id
WHERE line.collection_id = %(collection)s
"""


def lines_of(*, collection: Collection) -> tuple[CollectionLine, ...]:
    """Return the lines of a collection's form in their order; kept with the collection at hand.

    Hundreds of units fill in one form. It is read once by a process, and again when a measure of it
    was changed: the mark names the version of each row. Nobody may change what is returned.
    """
    known = collection.__dict__.get("_lines")
    if known is None:
        ((mark,),) = run(_MARK, {"collection": collection.pk})
        known = collection.__dict__["_lines"] = _form(collection.pk, mark)
    return tuple(known)


@lru_cache(maxsize=64)
def _form(collection_id: int, _mark: str | None) -> tuple[CollectionLine, ...]:
    rows = CollectionLine.objects.filter(collection=collection_id).select_related("measure")
    return tuple(rows.order_by("position"))


def keep_form(*, of: Collection, to: Collection) -> None:
    """Let a collection that was read anew keep the form that is at hand: it never changes."""
    to.__dict__["_lines"] = lines_of(collection=of)


def cell_units(measures: Iterable[Measure]) -> dict[int, CellUnit]:
    """Return by measure in what its cell counts: its unit may be typed in either language."""
    return {measure.pk: _cell_unit(measure) for measure in measures}


def _cell_unit(measure: Measure) -> CellUnit:
    is_pair = measure.rollup in PAIRED
    code = "" if is_pair else measure.unit_of_measure  # both halves of a share are counts
    return CellUnit(
        code,
        _words(code),
        is_whole=measure.decimals == 0,
        is_pair=is_pair,
    )


@lru_cache(maxsize=512)
def _words(code: str) -> frozenset[str]:
    """Return how a unit of measure may be typed; a form has hundreds of lines and few units."""
    return spoken_as(code) | {word.casefold() for word in MEASURES["units"].get(code, ())}
