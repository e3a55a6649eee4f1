"""Tables of the kept tally: how many duties stand in each class, for each pair of units.

A leader's board adds up a whole city. To count a hundred thousand duties for it costs more than the
page; so the counts are kept, one row for each creditor and unit. Nobody waits for anybody: the
database itself writes down beside every change of duties what it changes in the count, in new rows
alone, whoever makes the change and however many duties it touches. One worker folds these rows into
the kept ones from time to time; whoever reads adds both up, and so is never late.
"""

import pgtrigger
from django.db import models

from lotrinh.apps.units.models import Unit
from lotrinh.rules.duty_states import BINDING, OPEN, SENT, DutyState
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Aside

OPEN_DUTY = "open"
"""How a change of the tally calls a duty that is open: its deadline says which class that is."""

CLASSES = (*map(str, Standing), *map(str, Aside))
"""The columns of a kept tally: the six classes, then what stands beside the total."""

_CHANGES = """
INSERT INTO duties_tally_change (owed_to_id, unit_id, stand, due, n)
SELECT owed_to_id, unit_id, stand, due, sum(n)
FROM ({rows}) AS changed
GROUP BY owed_to_id, unit_id, stand, due
HAVING sum(n) <> 0;
RETURN NULL;
"""
_ROWS = """
SELECT owed_to_id, unit_id, {stand} AS stand,
    CASE WHEN state IN ({open}) THEN binding_due END AS due, {n} AS n
FROM {rows} WHERE unit_id IS NOT NULL
    AND (state IN ({beside}) OR state IN ({binding}) AND NOT counted_by_periods)
"""


class DutyTally(models.Model):
    """How many duties ``unit`` owes ``owed_to``, by class as of the day that ``TallyDay`` names.

    Without what ``TallyChange`` still holds. It can be made anew from the duties at any time.
    """

    owed_to = models.ForeignKey(
        Unit, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, db_constraint=False, related_name="+")
    done_on_time = models.IntegerField(default=0)
    done_late = models.IntegerField(default=0)
    open_in_term = models.IntegerField(default=0)
    open_overdue = models.IntegerField(default=0)
    done_without_deadline = models.IntegerField(default=0)
    open_without_deadline = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    cancelled = models.IntegerField(default=0)

    class Meta:
        db_table = "duties_tally"
        constraints = [
            models.UniqueConstraint(fields=["owed_to", "unit"], name="duties_tally_one_a_pair")
        ]


class TallyChange(models.Model):
    """By how many (``n``, never 0) the duties of a pair of units grew or shrank in one class.

    ``stand`` names the class, of an open duty only that it is open: ``due`` is its deadline, empty
    where it has none. The database writes these rows beside every change of duties.
    """

    owed_to = models.ForeignKey(
        Unit, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    stand = models.CharField(max_length=30)
    due = models.DateField(null=True)
    n = models.IntegerField()

    class Meta:
        db_table = "duties_tally_change"


class TallyDay(models.Model):
    """The one day as of which the kept tallies tell what is overdue and what is in term."""

    day = models.DateField()

    class Meta:
        db_table = "duties_tally_day"
        constraints = [
            models.CheckConstraint(name="duties_tally_one_day", condition=models.Q(id=1))
        ]


def tally_triggers() -> list[pgtrigger.Trigger]:
    """Return the triggers by which every change of duties is written down for the tally."""
    new, old = _rows("new_duties", 1), _rows("old_duties", -1)
    return [
        _noted("insert", pgtrigger.Insert, new, new="new_duties"),
        _noted("update", pgtrigger.Update, f"{new} UNION ALL {old}", "new_duties", "old_duties"),
        _noted("delete", pgtrigger.Delete, old, old="old_duties"),
    ]


def _noted(
    name: str,
    operation: pgtrigger.Operation,
    rows: str,
    new: str | None = None,
    old: str | None = None,
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"tally_{name}",
        operation=operation,
        when=pgtrigger.After,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old=old, new=new),  # type: ignore[no-untyped-call]
        func=" ".join(_CHANGES.format(rows=rows).split()),
    )


def _rows(rows: str, n: int) -> str:
    """Return the question which of these duties are counted, and in which class each of them."""
    stand = (
        f"CASE WHEN state IN ({_listed(OPEN)}) THEN '{OPEN_DUTY}'"
        f" WHEN state <> '{DutyState.DONE}' THEN state"
        f" WHEN binding_due IS NULL THEN '{Standing.DONE_WITHOUT_DEADLINE}'"
        f" WHEN handed_in_on <= binding_due THEN '{Standing.DONE_ON_TIME}'"
        f" ELSE '{Standing.DONE_LATE}' END"
    )
    return _ROWS.format(
        stand=stand,
        open=_listed(OPEN),
        binding=_listed(BINDING),
        beside=_listed(tuple(state for state in SENT if state not in BINDING)),
        n=n,
        rows=rows,
    )


def _listed(states: tuple[DutyState, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)
