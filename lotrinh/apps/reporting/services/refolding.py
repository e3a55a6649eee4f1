"""Making a sheet anew: along another tree from what its units told, or all from the ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from lotrinh.apps.reporting.models import OwnPart, Total, TotalSheet
from lotrinh.apps.reporting.selectors.ledger import as_rule, folded
from lotrinh.apps.reporting.selectors.measuring import (
    Grounded,
    measured,
    measures_by_id,
    rules_digest,
)
from lotrinh.apps.reporting.selectors.rows import EMPTY, Row, cells, rows_of
from lotrinh.apps.reporting.services.rows import make_room, replace_rows
from lotrinh.rules import lanes as packing
from lotrinh.rules.figures import Basis
from lotrinh.rules.lanes import COUNT
from lotrinh.rules.ledger import (
    Counted,
    FigureTooLarge,
    Ground,
    WrongFigureForm,
    counted,
    said_of,
)
from lotrinh.rules.rolling import rolled
from lotrinh.rules.totals import ADDED, Measured


class Lanes:
    """The lanes of a sheet: which measure each is of, and how that adds up."""

    def __init__(self, sheet: TotalSheet, rules: Mapping[int, Measured]) -> None:
        self.rules = rules
        self.places = {measure: place for place, measure in enumerate(sheet.measures)}
        self.bits = 8 * sheet.width
        self.picked = {pk for pk in sheet.measures if rules[pk].rollup not in ADDED}

    def spread(
        self, ground: Ground, unit: int, measure: int, what: Counted, sign: int
    ) -> Iterator[tuple[int, Row]]:
        """Yield what a unit that has handed over adds at which unit."""
        for at, answers in ground.answers(unit).items():
            yield at, self.row({measure: (0, 0, sign * answers)})
        if measure in self.picked:
            return
        rule = self.rules[measure]
        for at, (amount, base) in ground.lay(rule.rollup, unit, what, rule.places):
            yield at, self.row({measure: (sign * amount, sign * base, 0)})

    def row(self, numbers: Mapping[int, Sequence[int]]) -> Row:
        """Return the packed row of numbers by measure: amount, base, answers."""
        amounts = bases = answers = 0
        for measure, (amount, base, answered) in numbers.items():
            place = self.places[measure]
            amounts += amount << (self.bits * place)
            bases += base << (self.bits * place)
            answers += answered << (8 * COUNT * place)
        return Row(amounts, bases, answers)


def refold(*, sheet: TotalSheet, lanes: Lanes, grounded: Grounded) -> None:
    """Make all totals of a sheet anew, along a tree, from what each unit told."""
    ground = grounded.ground
    columns: tuple[dict[int, int], ...] = ({}, {}, {})
    for unit, row in rows_of(OwnPart, sheet).items():
        laid = {unit: row} if ground.is_plain(unit) else _spread(sheet, lanes, ground, unit, row)
        for at, part in laid.items():
            for column, number in zip(columns, part, strict=True):
                column[at] = column.get(at, 0) + number
    order = packing.downward(ground.parents)
    sums = [packing.folded(ground.parents, order, column) for column in columns]
    amounts, bases, answers = sums
    rows = {
        unit: Row(amounts[unit], bases[unit], answers[unit])
        for unit in order
        if amounts[unit] or bases[unit] or answers[unit]
    }
    rows = picked_anew(
        sheet=sheet, lanes=lanes, grounded=grounded, measure_ids=lanes.picked, rows=rows
    )
    replace_rows(table=Total, sheet=sheet, rows=rows)
    sheet.structure = grounded.digest


def rebuild(
    *, sheet: TotalSheet, grounded: Grounded, measure_ids: Sequence[int], at: datetime
) -> None:
    """Make a sheet anew from the ledger: its lanes, what each unit told, and all totals."""
    known = measures_by_id(measure_ids)
    told: dict[int, dict[int, list[int]]] = defaultdict(dict)
    sheet.measures, sheet.bound, sheet.width = list(measure_ids), 0, packing.NARROW
    for table in (OwnPart, Total):
        replace_rows(table=table, sheet=sheet, rows={})
    rules = {pk: measured(measure) for pk, measure in known.items()}
    size = 0
    for figure in folded(period=sheet.period, basis=sheet.basis):
        try:
            amount, base = counted(
                rules[figure.measure_id].rollup,
                value=figure.value,
                numerator=figure.numerator,
                denominator=figure.denominator,
                weight=figure.weight,
            )
        except (WrongFigureForm, FigureTooLarge):
            continue  # told before its measure had this rule
        size += max(abs(amount), abs(base))
        added = rules[figure.measure_id].rollup in ADDED
        told[figure.unit_id][figure.measure_id] = [amount, base, 1] if added else [0, 0, 1]
    make_room(sheet=sheet, more=size)
    lanes = Lanes(sheet, rules)
    own = {unit: lanes.row(numbers) for unit, numbers in told.items()}
    replace_rows(table=OwnPart, sheet=sheet, rows=own)
    refold(sheet=sheet, lanes=lanes, grounded=grounded)
    sheet.rules = rules_digest(sheet.measures, known)
    sheet.as_of = at
    sheet.save()


def picked_anew(
    *,
    sheet: TotalSheet,
    lanes: Lanes,
    grounded: Grounded,
    measure_ids: Collection[int],
    rows: Mapping[int, Row],
) -> dict[int, Row]:
    """Return the rows with what is picked and not added up, of these measures, from the ledger."""
    changed = dict(rows)
    if not measure_ids:
        return changed
    of_measure = defaultdict(list)
    for figure in folded(period=sheet.period, basis=sheet.basis, measure_ids=measure_ids):
        told = as_rule(figure, sheet.period, sheet.basis)
        of_measure[figure.measure_id].append(told)
    ground = grounded.ground
    for measure in measure_ids:
        totals = rolled(
            of_measure[measure],
            measured=lanes.rules[measure],
            parents=ground.parents,
            lineage=ground.lineage,
            on=ground.on,
            bases=[Basis(sheet.basis)],
        ).totals
        place = lanes.places[measure]
        for unit, row in changed.items():
            held = cells(row, sheet)[place]
            total = totals[unit]
            amount, base = said_of(total.exact, total.unsaid)
            changed[unit] = Row(
                row.amounts + ((amount - held.amount) << (lanes.bits * place)),
                row.bases + ((base - held.base) << (lanes.bits * place)),
                row.answers,
            )
    return changed


def _spread(sheet: TotalSheet, lanes: Lanes, ground: Ground, unit: int, row: Row) -> dict[int, Row]:
    """Return where what a unit told lies once it has handed over."""
    laid: dict[int, Row] = {}
    for measure, cell in zip(sheet.measures, cells(row, sheet), strict=True):
        if not cell.answers:
            continue
        what = Counted(cell.amount, cell.base)
        for at, part in lanes.spread(ground, unit, measure, what, 1):
            laid[at] = laid.get(at, EMPTY).plus(part)
    return laid
