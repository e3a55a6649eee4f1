"""How measures add up, and along which tree the figures of a period are added."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from lotrinh.apps.reporting.models import Period
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units import selectors as units
from lotrinh.rules.ledger import PLACES, Ground
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import ADDED, Measured


class Grounded(NamedTuple):
    """The tree of a period's last day and its digest."""

    ground: Ground
    digest: str


def ground_of(period: Period) -> Grounded:
    """Return where the figures of a period lie: the tree as it stands on its last day."""
    last: date = period.rule.last
    structure = units.structure_on(on=last)
    ground = Ground(structure.parents, structure.lineage, structure.moved, last, period.ends)
    return Grounded(ground, structure.digest)


def rollup_of(measure: Measure) -> Rollup:
    """Return how a measure adds up; one of which nobody has said so adds up nowhere."""
    return Rollup(measure.rollup or Rollup.NONE)


def per_of(measure: Measure) -> int:
    """Return what a quotient of sums is given in: hundredths where the measure is in percent."""
    in_percent = measure.unit_of_measure == "%" and rollup_of(measure) is Rollup.RATIO_OF_SUMS
    return 100 if in_percent else 1


def measured(measure: Measure) -> Measured:
    """Return how figures of a measure make a total: parts are cut at its decimals."""
    places = PLACES if measure.decimals is None else measure.decimals
    return Measured(rollup_of(measure), places=places)


def measures_by_id(ids: Iterable[int]) -> dict[int, Measure]:
    """Return measures by id."""
    return Measure.objects.in_bulk(list(ids))


def rules_digest(measure_ids: Sequence[int], known: dict[int, Measure]) -> str:
    """Return a mark of how these measures add up, which changes when any of them does."""
    said = [(pk, *_rule(measured(known[pk]))) for pk in measure_ids]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _rule(how: Measured) -> tuple[str, int]:
    """Return what a sheet depends on; the own rows hold also values that are picked."""
    return str(how.rollup) if how.rollup in ADDED else f"{how.rollup}, held", how.places
