"""Folding what was approved into the totals: one worker at a time, whole batches, at most once.

A batch of lines is taken away and what they add is written in one transaction: whoever is killed
in between has done nothing, and a line is never folded twice. Amounts go up from where they lie to
all units above; highest and lowest values, and states, are picked anew from the ledger for the
units that they touch. A sheet whose tree has changed is folded anew from what its units told; one
whose measures, or what waits, add up by another rule is made anew from the ledger.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.reporting.models import OwnPart, Period, Total, TotalSheet
from lotrinh.apps.reporting.selectors.measuring import (
    Grounded,
    ground_of,
    measured,
    measures_by_id,
    rollup_of,
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


Told = tuple[int, list[list[int]]]
"""A unit, and what one approval of it changes: lists of measure, +1 or -1, amount, base."""
Rule = tuple[int, str]
"""A measure, and the rule by which a change of it was counted."""


@transaction.atomic
def fold_deltas(*, at: datetime, at_most: int = BATCH) -> int:
    """Fold the longest waiting approvals into their totals; return how many they were.

    Afterwards each sheet that was touched holds as of ``at``.
    """
    take_fold_turn()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [at_most])
        taken = cursor.fetchall()
    changes: dict[tuple[int, str], list[Told]] = defaultdict(list)
    rules: dict[tuple[int, str], set[Rule]] = defaultdict(set)
    for period_id, basis, unit_id, payload in taken:
        rows = json.loads(payload)
        changes[period_id, basis].append((unit_id, [row[:4] for row in rows]))
        rules[period_id, basis] |= {(row[0], row[4]) for row in rows if len(row) > 4}
    periods = Period.objects.select_related("kind").in_bulk([period for period, _ in changes])
    for key, found in sorted(changes.items()):
        sheet = sheet_of(period=periods[key[0]], basis=key[1], at=at)
        _fold(sheet, found, rules[key], at)
    return len(taken)


def take_fold_turn() -> None:
    """Wait until nobody else folds, and let nobody fold until the transaction has ended."""
    take_turn("totals", "fold")


def sheet_of(*, period: Period, basis: str, at: datetime) -> TotalSheet:
    """Return the sheet of a period and basis, a new one where there is none."""
    sheet, _ = TotalSheet.objects.get_or_create(period=period, basis=basis, defaults={"as_of": at})
    sheet.period = period
    return sheet


def _fold(sheet: TotalSheet, changes: Sequence[Told], rules: set[Rule], at: datetime) -> None:
    grounded = ground_of(sheet.period)
    sums, touched, more = _summed(changes)
    wanted = list(dict.fromkeys([*sheet.measures, *touched]))
    known = measures_by_id(wanted)
    has_changed = any(rollup_of(known[pk]) != rule for pk, rule in rules)
    if has_changed or sheet.rules != rules_digest(sheet.measures, known):
        rebuild(sheet=sheet, grounded=grounded, measure_ids=wanted, at=at)
        return
    make_room(sheet=sheet, more=more)
    sheet.measures = wanted
    sheet.rules = rules_digest(sheet.measures, known)
    lanes = Lanes(sheet, {pk: measured(measure) for pk, measure in known.items()})
    own = {unit: lanes.row(numbers) for unit, numbers in sums.items()}
    held = rows_of(OwnPart, sheet, own)
    rows = {unit: held[unit].plus(row) if unit in held else row for unit, row in own.items()}
    write_rows(table=OwnPart, sheet=sheet, rows=rows)
    if sheet.structure != grounded.digest:
        refold(sheet=sheet, lanes=lanes, grounded=grounded)
    else:
        laid = _laid(lanes, grounded, changes, own)
        _climb(sheet, lanes, grounded, laid, touched.keys() & lanes.picked)
    sheet.as_of = at
    sheet.save()


def _summed(
    changes: Iterable[Told],
) -> tuple[dict[int, dict[int, list[int]]], dict[int, None], int]:
    """Return what comes and goes by unit and measure, the measures in order, and how much it is.

    ``how much`` is what no number of a total can grow by more than.
    """
    sums: dict[int, dict[int, list[int]]] = {}
    touched: dict[int, None] = {}
    more = 0
    for unit, told in changes:
        numbers = sums.setdefault(unit, {})
        for measure, sign, amount, base in told:
            held = numbers.get(measure)
            if held is None:
                numbers[measure] = [sign * amount, sign * base, sign]
                touched[measure] = None
            else:
                held[0] += sign * amount
                held[1] += sign * base
                held[2] += sign
            more += max(amount, -amount, base, -base)
    return sums, touched, more


def _laid(
    lanes: Lanes, grounded: Grounded, changes: Iterable[Told], own: Mapping[int, Row]
) -> dict[int, Row]:
    """Return what comes and goes where it lies: with its unit, or with those that follow it."""
    ground = grounded.ground
    laid = {unit: lanes.added(row) for unit, row in own.items() if ground.is_plain(unit)}
    for unit, told in changes:
        if ground.is_plain(unit):
            continue
        for measure, sign, amount, base in told:
            what = Counted(amount, base)
            for at, part in lanes.spread(ground, unit, measure, what, sign):
                laid[at] = laid.get(at, EMPTY).plus(part)
    return laid


def _climb(
    sheet: TotalSheet,
    lanes: Lanes,
    grounded: Grounded,
    laid: Mapping[int, Row],
    picked: Collection[int],
) -> None:
    """Add what comes and goes to the totals of every unit at which it lies, and of all above."""
    parents = grounded.ground.parents
    columns = [
        climbed(parents, {unit: row[place] for unit, row in laid.items()}) for place in range(3)
    ]
    added = {unit: Row(*(column[unit] for column in columns)) for unit in columns[0]}
    held = rows_of(Total, sheet, added)
    rows = {unit: held[unit].plus(row) if unit in held else row for unit, row in added.items()}
    if picked:
        own = rows_of(OwnPart, sheet)
        rows = picked_anew(
            sheet=sheet, lanes=lanes, grounded=grounded, measure_ids=picked, own=own, rows=rows
        )
    write_rows(table=Total, sheet=sheet, rows=rows)
