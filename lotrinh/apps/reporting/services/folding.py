"""Folding what was approved into the totals: one worker at a time, whole batches, at most once.

A batch of lines is taken away and what they add is written in one transaction: whoever is killed
in between has done nothing, and a line is never folded twice. Amounts go up from where they lie to
all units above; highest and lowest values, and states, are picked anew from the ledger for the
units that they touch. A sheet whose tree has changed is folded anew from what its units told; one
whose measures add up by another rule is made anew from the ledger.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.reporting.models import OwnPart, Period, Total, TotalSheet
from lotrinh.apps.reporting.selectors.measuring import (
    Grounded,
    ground_of,
    measured,
    measures_by_id,
    rules_digest,
)
from lotrinh.apps.reporting.selectors.rows import EMPTY, Row, rows_of
from lotrinh.apps.reporting.services.refolding import (
    Lanes,
    picked_anew,
    rebuild,
    refold,
)
from lotrinh.apps.reporting.services.rows import make_room, write_rows
from lotrinh.rules.lanes import climbed
from lotrinh.rules.ledger import Counted

BATCH = 4_000
"""How many approvals one transaction folds at most."""

_TAKE = """
DELETE FROM reporting_delta WHERE id = ANY(ARRAY(
    SELECT id FROM reporting_delta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
)) RETURNING period_id, basis, unit_id, payload::text
"""


class Change(NamedTuple):
    """That a number of a unit comes (+1) or goes (-1)."""

    unit: int
    measure: int
    sign: int
    counted: Counted


@transaction.atomic
def fold_deltas(*, at: datetime, at_most: int = BATCH) -> int:
    """Fold the longest waiting approvals into their totals; return how many they were.

    Afterwards each sheet that was touched holds as of ``at``.
    """
    take_fold_turn()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [at_most])
        taken = cursor.fetchall()
    changes: dict[tuple[int, str], list[Change]] = defaultdict(list)
    for period_id, basis, unit_id, payload in taken:
        changes[period_id, basis] += (
            Change(unit_id, measure, sign, Counted(amount, base))
            for measure, sign, amount, base in json.loads(payload)
        )
    periods = Period.objects.select_related("kind").in_bulk([period for period, _ in changes])
    for (period_id, basis), found in sorted(changes.items()):
        _fold(sheet_of(period=periods[period_id], basis=basis, at=at), found, at)
    return len(taken)


def take_fold_turn() -> None:
    """Wait until nobody else folds, and let nobody fold until the transaction has ended."""
    take_turn("totals", "fold")


def sheet_of(*, period: Period, basis: str, at: datetime) -> TotalSheet:
    """Return the sheet of a period and basis, a new one where there is none."""
    sheet, _ = TotalSheet.objects.get_or_create(period=period, basis=basis, defaults={"as_of": at})
    sheet.period = period
    return sheet


def _fold(sheet: TotalSheet, changes: Sequence[Change], at: datetime) -> None:
    grounded = ground_of(sheet.period)
    wanted = dict.fromkeys([*sheet.measures, *(change.measure for change in changes)])
    known = measures_by_id(wanted)
    if sheet.rules != rules_digest(sheet.measures, known):
        rebuild(sheet=sheet, grounded=grounded, measure_ids=list(wanted), at=at)
        return
    make_room(sheet=sheet, more=sum(_size(change) for change in changes))
    sheet.measures = list(wanted)
    sheet.rules = rules_digest(sheet.measures, known)
    lanes = Lanes(sheet, {pk: measured(measure) for pk, measure in known.items()})
    _add(OwnPart, sheet, _packed(lanes, _own(lanes, changes)))
    if sheet.structure != grounded.digest:
        refold(sheet=sheet, lanes=lanes, grounded=grounded)
    else:
        _climb(sheet, lanes, grounded, changes)
    sheet.as_of = at
    sheet.save()


def _climb(sheet: TotalSheet, lanes: Lanes, grounded: Grounded, changes: Sequence[Change]) -> None:
    """Add what comes and goes to the totals of every unit at which it lies, and of all above."""
    ground = grounded.ground
    laid = _packed(lanes, _laid(lanes, grounded, changes))
    columns = [
        climbed(ground.parents, {unit: row[place] for unit, row in laid.items()})
        for place in range(3)
    ]
    added = {unit: Row(*(column[unit] for column in columns)) for unit in columns[0]}
    rows = rows_of(Total, sheet, added)
    rows = {unit: rows.get(unit, EMPTY).plus(row) for unit, row in added.items()}
    picked = {change.measure for change in changes} & lanes.picked
    rows = picked_anew(sheet=sheet, lanes=lanes, grounded=grounded, measure_ids=picked, rows=rows)
    write_rows(table=Total, sheet=sheet, rows=rows)


def _own(lanes: Lanes, changes: Iterable[Change]) -> Iterator[tuple[int, int, Counted, int]]:
    for change in changes:
        yield change.unit, change.measure, lanes.signed(change.measure, change), change.sign


def _laid(
    lanes: Lanes, grounded: Grounded, changes: Iterable[Change]
) -> Iterator[tuple[int, int, Counted, int]]:
    ground = grounded.ground
    for change in changes:
        if ground.is_plain(change.unit):
            yield change.unit, change.measure, lanes.signed(change.measure, change), change.sign
            continue
        yield from lanes.spread(ground, change.unit, change.measure, change.counted, change.sign)


def _packed(lanes: Lanes, found: Iterable[tuple[int, int, Counted, int]]) -> dict[int, Row]:
    """Return one row a unit of all that is said of it: measure, what counts, answers."""
    sums: dict[int, dict[int, list[int]]] = defaultdict(dict)
    for unit, measure, (amount, base), answers in found:
        numbers = sums[unit].setdefault(measure, [0, 0, 0])
        numbers[0] += amount
        numbers[1] += base
        numbers[2] += answers
    return {unit: lanes.row(numbers) for unit, numbers in sums.items()}


def _add(table: type[OwnPart], sheet: TotalSheet, added: Mapping[int, Row]) -> None:
    held = rows_of(table, sheet, added)
    rows = {unit: held.get(unit, EMPTY).plus(row) for unit, row in added.items()}
    write_rows(table=table, sheet=sheet, rows=rows)


def _size(change: Change) -> int:
    return max(abs(change.counted.amount), abs(change.counted.base))
