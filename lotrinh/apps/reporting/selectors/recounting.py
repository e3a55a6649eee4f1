"""Counting everything again from the ledger, by the rules alone, and comparing. It changes nothing.

The rules know nothing of packed rows and of folds: they hang every figure on its unit and on all
above. Where both ways end at the same numbers, the totals are right.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lotrinh.apps.reporting.models import OwnPart, Total, TotalSheet
from lotrinh.apps.reporting.selectors.ledger import Telling, as_counted, as_rule, folded
from lotrinh.apps.reporting.selectors.measuring import ground_of, measured, measures_by_id
from lotrinh.apps.reporting.selectors.rows import EMPTY, Cell, Row, cells, rows_of
from lotrinh.apps.units import selectors as units
from lotrinh.rules.figures import Basis
from lotrinh.rules.ledger import Counted, read_said, read_sum
from lotrinh.rules.rolling import rolled
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import ADDED, Measured, NoTotal
from lotrinh.rules.totals import Total as RuleTotal


@dataclass(frozen=True, slots=True)
class Said:
    """What a total says: value, or why there is none; the sums; how many units answered."""

    exact: Fraction | None
    unsaid: NoTotal | None
    numerator: Decimal | None
    denominator: Decimal | None
    answers: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A total that is not what its figures make. ``period`` is its code.

    ``is_own``: it is what the unit itself told; totals are made of it once the tree changes.
    """

    period: str
    basis: str
    measure_id: int
    unit_id: int
    kept: Said
    counted: Said
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """What units (by code) and measures (by uid) are called, by id."""

    units: dict[int, str]
    measures: dict[int, str]


@dataclass(frozen=True, slots=True)
class Recount:
    """How much was counted again, and what differs."""

    sheets: int
    figures: int
    totals: int
    differences: tuple[Difference, ...]


def recount(*, period_code: str | None = None) -> Recount:
    """Count all totals again (or those of the periods with this code); nothing is changed.

    Whoever calls it holds the turn of folding, so that no total moves meanwhile; what waits to be
    folded is in neither.
    """
    sheets = TotalSheet.objects.select_related("period__kind").order_by("period__code", "basis")
    if period_code is not None:
        sheets = sheets.filter(period__code=period_code)
    figures = totals = 0
    found: list[Difference] = []
    for sheet in sheets:
        of_measure: dict[int, list[Telling]] = defaultdict(list)
        for figure in folded(period=sheet.period, basis=sheet.basis):
            of_measure[figure.measure_id].append(figure)
            figures += 1
        kept = rows_of(Total, sheet)
        totals += len(kept) * len(sheet.measures)
        found += _differences(sheet, kept, of_measure)
        found += _own_differences(sheet, of_measure)
    return Recount(len(sheets), figures, totals, tuple(found))


def _differences(
    sheet: TotalSheet, kept: dict[int, Row], of_measure: dict[int, list[Telling]]
) -> Iterator[Difference]:
    ground = ground_of(sheet.period).ground
    rows = {unit: cells(row, sheet) for unit, row in kept.items()}
    wanted = {*sheet.measures, *of_measure}
    for measure_id, measure in sorted(measures_by_id(wanted).items()):
        how = measured(measure)
        place = sheet.measures.index(measure_id) if measure_id in sheet.measures else None
        totals = rolled(
            [
                as_rule(told, sheet.period, sheet.basis)
                for told in of_measure[measure_id]
                if as_counted(told, how.rollup) is not None
            ],
            measured=how,
            parents=ground.parents,
            lineage=ground.lineage,
            on=ground.on,
            bases=[Basis(sheet.basis)],
        ).totals
        for unit in sorted(totals.keys() | rows.keys()):
            cell = rows[unit][place] if place is not None and unit in rows else Cell(*EMPTY)
            one, other = _kept(how, cell), _counted(how, totals.get(unit, RuleTotal()))
            if one != other:
                yield Difference(
                    sheet.period.code, sheet.basis, measure_id, unit, kept=one, counted=other
                )


def _own_differences(
    sheet: TotalSheet, of_measure: dict[int, list[Telling]]
) -> Iterator[Difference]:
    """Yield the units whose own row says something else than their figures."""
    rows = {unit: cells(row, sheet) for unit, row in rows_of(OwnPart, sheet).items()}
    known = measures_by_id(sheet.measures)
    for place, measure_id in enumerate(sheet.measures):
        how = measured(known[measure_id])
        said = {
            told.unit_id: Cell(what.amount, what.base, 1)
            for told in of_measure[measure_id]
            for what in [as_counted(told, how.rollup)]
            if what is not None
        }
        for unit in sorted(rows.keys() | said.keys()):
            one = rows[unit][place] if unit in rows else Cell(*EMPTY)
            other = said.get(unit, Cell(*EMPTY))
            if one != other:
                yield Difference(
                    sheet.period.code,
                    sheet.basis,
                    measure_id,
                    unit,
                    kept=_kept(how, one),
                    counted=_kept(how, other),
                    is_own=True,
                )


def _kept(how: Measured, cell: Cell) -> Said:
    what = Counted(cell.amount, cell.base)
    if not cell.answers and (how.rollup not in ADDED or not any(what)):
        return Said(None, None, None, None, 0)
    if how.rollup not in ADDED:
        return Said(*read_said(what), None, None, cell.answers)
    numerator, denominator, exact, unsaid = read_sum(how.rollup, what)
    return Said(exact, unsaid, numerator, denominator, cell.answers)


def _counted(how: Measured, total: RuleTotal) -> Said:
    if not total.answered:
        return Said(None, None, None, None, 0)
    denominator = total.denominator if how.rollup is not Rollup.SUM else None
    return Said(total.exact, total.unsaid, total.numerator, denominator, len(total.answered))


def names_of(differences: Iterable[Difference]) -> Names:
    """Return the codes of the units and the uids of the measures of which totals differ."""
    found = list(differences)
    known = units.units_by_ids({one.unit_id for one in found})
    measures = measures_by_id({one.measure_id for one in found})
    return Names(
        {pk: unit.code for pk, unit in known.items()},
        {pk: str(measure.uid) for pk, measure in measures.items()},
    )
