"""The form of a collection: its lines in order, and how a cell of each is read."""

from collections.abc import Iterable
from functools import lru_cache

from lotrinh.apps.reporting.models import Collection, CollectionLine
from lotrinh.apps.targets.models import Measure
from lotrinh.reading.amounts import MEASURES
from lotrinh.rules.amounts_typed import CellUnit
from lotrinh.rules.measure_words import spoken_as
from lotrinh.rules.typed_cells import PAIRED


def lines_of(*, collection: Collection) -> tuple[CollectionLine, ...]:
    """Return the lines of a collection's form in their order; kept with the collection at hand."""
    known = collection.__dict__.get("_lines")
    if known is None:
        rows = collection.lines.select_related("measure")
        known = tuple(rows.order_by("position"))
        collection.__dict__["_lines"] = known
    return tuple(known)


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
