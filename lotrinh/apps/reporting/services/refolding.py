"""Making a sheet anew: along another tree from what its units told, or all from the ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from lotrinh.apps.reporting.models import OwnPart, Total, TotalSheet
from lotrinh.apps.reporting.selectors.ledger import as_counted, as_rule, folded
from lotrinh.apps.reporting.selectors.measuring import (
    Grounded,
    measured,
    measures_by_id,
    rules_digest,
)
from lotrinh.apps.reporting.selectors.rows import EMPTY, Row, cells, rows_in, stored_rows
from lotrinh.apps.reporting.services.rows import make_room, replace_rows
from lotrinh.rules import lanes as packing
from lotrinh.rules.figures import Basis
from lotrinh.rules.lanes import COUNT
from lotrinh.rules.ledger import (
    Counted,
    Ground,
    said_of,
)
from lotrinh.rules.picking import picked
from lotrinh.rules.rolling import rolled
from lotrinh.rules.totals import ADDED, Measured

_NOTHING = Counted(0, 0)


class Lanes:
    """The lanes of a sheet: which measure each is of, and how that adds up."""

    def __init__(self, sheet: TotalSheet, rules: Mapping[int, Measured]) -> None:
        self.rules = rules
        self.width = sheet.width
        self.places = {measure: place for place, measure in enumerate(sheet.measures)}
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
        columns = [[0] * len(self.places) for _ in range(3)]
        for measure, told in numbers.items():
            place = self.places[measure]
            for column, number in zip(columns, told, strict=True):
                column[place] = number
        amounts, bases, answers = columns
        return Row(
            packing.pack(amounts, self.width),
            packing.pack(bases, self.width) if any(bases) else 0,
            packing.pack(answers, COUNT),
        )

    def added(self, row: Row) -> Row:
        """Return what of a unit's own row goes up by adding: all but the values that are picked."""
        amounts = row.amounts
        for measure in self.picked:
            place = self.places[measure]
            value = packing.lane(row.amounts, place, self.width)
            amounts -= value << (8 * self.width * place)
        return row._replace(amounts=amounts)

    def values(self, own: Mapping[int, Row], measure: int) -> dict[int, int]:
        """Return what each unit that told something of a measure told, by their own rows."""
        place = self.places[measure]
        return {
            unit: packing.lane(row.amounts, place, self.width)
            for unit, row in own.items()
            if packing.lane(row.answers, place, COUNT)
        }


def refold(*, sheet: TotalSheet, lanes: Lanes, grounded: Grounded) -> None:
    """Make all totals of a sheet anew, along a tree, from what each unit told."""
    ground = grounded.ground
    stored = stored_rows(OwnPart, sheet)
    own = rows_in(stored)
    laid: dict[int, Row] = {}
    handed: list[int] = []
    parents, moved = ground.parents, ground.moved
    for unit, row in own.items():
        if unit in parents and unit not in moved:  # ``is_plain``, of all units
            laid[unit] = lanes.added(row) if lanes.picked else row
        else:
            handed.append(unit)
    for unit in handed:
        for at, part in _spread(sheet, lanes, ground, unit, own[unit]).items():
            laid[at] = laid.get(at, EMPTY).plus(part)
    order = packing.downward(ground.parents)
    columns = (
        packing.folded(ground.parents, order, {unit: row[place] for unit, row in laid.items()})
        for place in range(3)
    )
    found = map(Row, *(column.values() for column in columns))  # all in the same order
    rows = {unit: row for unit, row in zip(order, found, strict=True) if any(row)}
    rows = picked_anew(
        sheet=sheet, lanes=lanes, grounded=grounded, measure_ids=lanes.picked, own=own, rows=rows
    )
    # A unit with none below it has told all of its total, which stands packed already.
    known = {row[0]: row[1:] for row in stored if rows.get(row[0]) == own[row[0]]}
    replace_rows(table=Total, sheet=sheet, rows=rows, known=known)
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
        what = as_counted(figure, rules[figure.measure_id].rollup)
        if what is None:
            continue
        size += max(abs(what.amount), abs(what.base))
        told[figure.unit_id][figure.measure_id] = [what.amount, what.base, 1]
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
    own: Mapping[int, Row],
    rows: Mapping[int, Row],
) -> dict[int, Row]:
    """Return the rows with what is picked and not added up, of these measures.

    ``own`` are the own rows of all units of the sheet.
    """
    changed = dict(rows)
    ground = grounded.ground
    order = packing.downward(ground.parents) if measure_ids else []
    for measure in measure_ids:
        values = lanes.values(own, measure)
        if all(ground.is_plain(unit) for unit in values):
            said = picked(lanes.rules[measure].rollup, ground.parents, order, values)
        else:
            said = _rolled(sheet, lanes, ground, measure)
        place = lanes.places[measure]
        bits = 8 * lanes.width * place
        for unit, row in changed.items():
            amount, base = said.get(unit, _NOTHING)
            changed[unit] = Row(
                row.amounts + ((amount - packing.lane(row.amounts, place, lanes.width)) << bits),
                row.bases + ((base - packing.lane(row.bases, place, lanes.width)) << bits),
                row.answers,
            )
    return changed


def _rolled(sheet: TotalSheet, lanes: Lanes, ground: Ground, measure: int) -> dict[int, Counted]:
    """Return what is picked for each unit by the rules, from the ledger: some have handed over."""
    told = folded(period=sheet.period, basis=sheet.basis, measure_ids=[measure])
    rollup = lanes.rules[measure].rollup
    totals = rolled(
        [
            as_rule(figure, sheet.period, sheet.basis)
            for figure in told
            if as_counted(figure, rollup) is not None
        ],
        measured=lanes.rules[measure],
        parents=ground.parents,
        lineage=ground.lineage,
        on=ground.on,
        bases=[Basis(sheet.basis)],
    ).totals
    return {unit: said_of(total.exact, total.unsaid) for unit, total in totals.items()}


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
