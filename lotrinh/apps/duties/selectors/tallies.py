"""The kept tally read: for each unit what it owes, as the lists count it, at once after each step.

Three things are added up in one question, and so in one state of the database. What is kept, as of
the day that the tally names. What was written down beside the steps since. And, where another day
is asked for, the open duties whose deadline lies between both days. So the sum is right for every
day, whether or not anything was ever folded; folding only makes it quick.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, IntegerField, QuerySet
from django.db.models.expressions import RawSQL

from lotrinh.apps.duties.models import TallyDay
from lotrinh.apps.duties.models.tally import CLASSES, OPEN_DUTY
from lotrinh.rules.duty_states import OPEN, SENT, DutyState
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Numbers, Tally

_OPEN = ", ".join(f"'{state}'" for state in OPEN)
_OPEN_BY_DAY: Mapping[str, str] = {
    Standing.OPEN_IN_TERM: f"stand = '{OPEN_DUTY}' AND due >= day",
    Standing.OPEN_OVERDUE: f"stand = '{OPEN_DUTY}' AND due < day",
    Standing.OPEN_WITHOUT_DEADLINE: f"stand = '{OPEN_DUTY}' AND due IS NULL",
}

CHANGED = ", ".join(
    f"CASE WHEN {_OPEN_BY_DAY.get(one, f'stand = {one!r}')} THEN n ELSE 0 END AS {one}"
    for one in CLASSES
)
"""The columns of a kept tally, made from a change as of the ``day`` that stands beside it."""

_IS_OPEN = f"state IN ({_OPEN}) AND NOT counted_by_periods"
_IS_DONE = f"state = '{DutyState.DONE}' AND NOT counted_by_periods"
_WHICH: Mapping[str, str] = {
    Standing.DONE_ON_TIME: f"{_IS_DONE} AND handed_in_on <= binding_due",
    Standing.DONE_LATE: f"{_IS_DONE} AND handed_in_on > binding_due",
    Standing.OPEN_IN_TERM: f"{_IS_OPEN} AND binding_due >= day",
    Standing.OPEN_OVERDUE: f"{_IS_OPEN} AND binding_due < day",
    Standing.DONE_WITHOUT_DEADLINE: f"{_IS_DONE} AND binding_due IS NULL",
    Standing.OPEN_WITHOUT_DEADLINE: f"{_IS_OPEN} AND binding_due IS NULL",
}
_COUNTED = ", ".join(
    f"count(*) FILTER (WHERE {_WHICH.get(one, f'state = {one!r}')})::int AS {one}"
    for one in CLASSES
)
_MOVED: Mapping[str, str] = {Standing.OPEN_IN_TERM: "-moved", Standing.OPEN_OVERDUE: "moved"}
_SHIFTED = ", ".join(_MOVED.get(one, "0") for one in CLASSES)

_PARTS = {
    "classes": ", ".join(CLASSES),
    "sums": ", ".join(f"sum({one})::int AS {one}" for one in CLASSES),
    "minus": ", ".join(f"-{one}" for one in CLASSES),
    "wrong": " OR ".join(f"sum({one}) <> 0" for one in CLASSES),
    "open": _OPEN,
    "sent": ", ".join(f"'{state}'" for state in SENT),
    "changed": CHANGED,
    "counted": _COUNTED,
    "shifted": _SHIFTED,
}

_KEPT = """
WITH reached AS MATERIALIZED (
    SELECT unnest(%(reach)s::bigint[]) AS unit_id
), kept AS MATERIALIZED (
    SELECT unit_id, {classes}, owed_to_id IN (SELECT unit_id FROM reached)
        OR unit_id IN (SELECT unit_id FROM reached) AS is_seen
    FROM (
        SELECT owed_to_id, unit_id, {classes} FROM duties_tally
        UNION ALL
        SELECT owed_to_id, unit_id, {changed} FROM duties_tally_change, duties_tally_day
    ) AS pairs
), between_days AS (
    SELECT unit_id,
        CASE WHEN %(on)s::date > (SELECT day FROM duties_tally_day) THEN 1 ELSE -1 END AS moved
    FROM duties_duty
    WHERE state IN ({open})
        AND binding_due >= least(%(on)s::date, (SELECT day FROM duties_tally_day))
        AND binding_due < greatest(%(on)s::date, (SELECT day FROM duties_tally_day))
        AND (owed_to_id IN (SELECT unit_id FROM reached)
            OR unit_id IN (SELECT unit_id FROM reached))
), taken_part AS (
    SELECT unit_id, {counted}
    FROM duties_duty, (SELECT %(on)s::date AS day) AS asked
    WHERE EXISTS (SELECT FROM kept WHERE NOT is_seen)
        AND id IN (
            SELECT duty_id FROM duties_part
            WHERE ended_on IS NULL AND unit_id IN (SELECT unit_id FROM reached)
        )
        AND state IN ({sent}) AND unit_id IS NOT NULL
        AND NOT owed_to_id IN (SELECT unit_id FROM reached)
        AND NOT unit_id IN (SELECT unit_id FROM reached)
    GROUP BY unit_id
)
SELECT {key}, {sums}
FROM (
    SELECT unit_id, {classes} FROM kept WHERE is_seen
    UNION ALL
    SELECT unit_id, {shifted} FROM between_days
    UNION ALL
    SELECT unit_id, {classes} FROM taken_part
) AS seen
GROUP BY 1
"""

_OPEN_IN_ALL = """
SELECT coalesce(sum(open_in_term + open_overdue + open_without_deadline), 0)::int
FROM ({kept}) AS in_all
"""
_IN_ALL = "SELECT ARRAY[{classes}] FROM ({kept}) AS in_all"
_GIVEN = re.compile(r"%\((\w+)\)s")

_DIFFERENCES = """
SELECT owed_to_id, unit_id, {sums}
FROM (
    SELECT owed_to_id, unit_id, {counted}
    FROM duties_duty, duties_tally_day
    WHERE state IN ({sent}) AND unit_id IS NOT NULL
    GROUP BY owed_to_id, unit_id
    UNION ALL
    SELECT owed_to_id, unit_id, {minus} FROM duties_tally
    UNION ALL
    SELECT owed_to_id, unit_id, {minus}
    FROM (SELECT owed_to_id, unit_id, {changed} FROM duties_tally_change, duties_tally_day) AS since
) AS both_ways
GROUP BY owed_to_id, unit_id
HAVING {wrong}
"""

DIFFERENCES = _DIFFERENCES.format(**_PARTS)
"""What is to be added to the kept tally so that it says what the duties do; nothing if it does."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two units between which the kept tally is wrong, and by how many duties in which class.

    ``missing`` is what counting finds beyond what is kept, below 0 where too many are kept.
    """

    owed_to_id: int
    unit_id: int
    missing: Tally


def kept_by_unit(*, reach: Collection[int], on: date) -> Mapping[int, Numbers]:
    """Return by the unit that owes them how the duties stand that day that ``reach`` sees.

    Those that ``within(reach)`` finds; units that owe none of them are absent.
    """
    with connection.cursor() as cursor:
        asked = _KEPT.format(**_PARTS, key="unit_id")
        cursor.execute(asked, _given(reach, on))
        return {row[0]: row[1:] for row in cursor.fetchall() if any(row[1:])}


def kept_in_all(*, reach: Collection[int], on: date) -> QuerySet[Any]:
    """Return one row whose ``numbers`` are ``kept_by_unit`` added up; None where nothing is owed.

    To ask beside other rows.
    """
    numbers = ArrayField(IntegerField())
    return TallyDay.objects.annotate(numbers=_beside(_IN_ALL, reach, on, numbers))


def kept_open(*, reach: Collection[int], on: date) -> QuerySet[TallyDay]:
    """Return one row whose ``n`` is how many of these duties are open, to ask beside other rows."""
    return TallyDay.objects.annotate(n=_beside(_OPEN_IN_ALL, reach, on, IntegerField()))


def _beside(asked: str, reach: Collection[int], on: date, kind: "Field[Any, Any]") -> RawSQL:
    """Return a question about all that is kept as a column of another question."""
    given = _given(reach, on)
    words = asked.format(classes=_PARTS["classes"], kept=_KEPT.format(**_PARTS, key="1"))
    values = [given[name] for name in _GIVEN.findall(words)]
    return RawSQL(_GIVEN.sub("%s", words), values, kind)  # noqa: S611 - all bound


def _given(reach: Collection[int], on: date) -> dict[str, str | date]:
    """Return what a question is given; a long list of units is written down at one go."""
    return {"reach": f"{{{','.join(map(str, reach))}}}", "on": on}


def tally_differences() -> tuple[Difference, ...]:
    """Count all duties anew; return where the kept tally says something else, if anywhere."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES)
        return tuple(Difference(row[0], row[1], Tally.of(row[2:])) for row in cursor.fetchall())
