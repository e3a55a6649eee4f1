"""The kept tally folded and recounted: rows that can be made anew from the duties at any time.

One at a time does this, under a turn of its own; those who take steps on duties or read the tally
never wait for it, nor it for them.
"""

from datetime import date

from django.db import connection, transaction

from lotrinh.apps.duties.models import TallyDay
from lotrinh.apps.duties.models.tally import CLASSES
from lotrinh.apps.duties.selectors.tallies import CHANGED, DIFFERENCES, Difference
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules.duty_states import OPEN
from lotrinh.rules.tally import Tally

AT_ONCE = 20_000
"""How many changes one question folds, so that each has a bound."""

_PARTS = {
    "classes": ", ".join(CLASSES),
    "sums": ", ".join(f"sum({one}) AS {one}" for one in CLASSES),
    "added": ", ".join(f"{one} = held.{one} + excluded.{one}" for one in CLASSES),
    "open": ", ".join(f"'{state}'" for state in OPEN),
    "changed": CHANGED,
    "differences": DIFFERENCES,
}

_FOLD = """
WITH gone AS (
    DELETE FROM duties_tally_change
    WHERE id IN (SELECT id FROM duties_tally_change ORDER BY id LIMIT %(most)s)
    RETURNING owed_to_id, unit_id, stand, due, n
), told AS (
    INSERT INTO duties_tally AS held (owed_to_id, unit_id, {classes})
    SELECT owed_to_id, unit_id, {sums}
    FROM (SELECT owed_to_id, unit_id, {changed} FROM gone, duties_tally_day) AS since
    GROUP BY owed_to_id, unit_id
    ON CONFLICT (owed_to_id, unit_id) DO UPDATE SET {added}
)
SELECT count(*) FROM gone
"""

_MOVE = """
UPDATE duties_tally AS held
SET open_in_term = open_in_term - moved.n, open_overdue = open_overdue + moved.n
FROM (
    SELECT owed_to_id, unit_id, %(sign)s * sum(n) AS n
    FROM (
        SELECT owed_to_id, unit_id, 1 AS n FROM duties_duty
        WHERE state IN ({open}) AND binding_due >= %(first)s AND binding_due < %(last)s
        UNION ALL
        SELECT owed_to_id, unit_id, -n FROM duties_tally_change
        WHERE due >= %(first)s AND due < %(last)s
    ) AS passed
    GROUP BY owed_to_id, unit_id
) AS moved
WHERE held.owed_to_id = moved.owed_to_id AND held.unit_id = moved.unit_id
"""

_REPAIR = """
INSERT INTO duties_tally AS held (owed_to_id, unit_id, {classes})
{differences}
ON CONFLICT (owed_to_id, unit_id) DO UPDATE SET {added}
"""


@transaction.atomic
def fold_tallies(*, on: date) -> int:
    """Let the kept tally hold all that was written down for it, as of ``on``.

    Return how many rows were folded. What is counted for whom does not change by it.
    """
    _take_turn()
    folded, count = 0, AT_ONCE
    with connection.cursor() as cursor:
        while count == AT_ONCE:
            cursor.execute(_FOLD.format(**_PARTS), {"most": AT_ONCE})
            count = int(cursor.fetchone()[0])
            folded += count
    _move_to(on)
    return folded


@transaction.atomic
def recount_duties() -> tuple[Difference, ...]:
    """Let the kept tally say what the duties do; return where it did not.

    Where it was right everywhere, nothing is written. Steps go on meanwhile.
    """
    _take_turn()
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES)
        found = tuple(Difference(row[0], row[1], Tally.of(row[2:])) for row in cursor.fetchall())
        if found:
            cursor.execute(_REPAIR.format(**_PARTS))
    return found


def _move_to(on: date) -> None:
    """Let the kept tally tell what is overdue as of ``on``, before or after its day.

    What is not folded yet is told by its own deadlines and is left out.
    """
    day = TallyDay.objects.get().day
    if day == on:
        return
    given = {"first": min(day, on), "last": max(day, on), "sign": 1 if on > day else -1}
    with connection.cursor() as cursor:
        cursor.execute(_MOVE.format(**_PARTS), given)
    TallyDay.objects.update(day=on)


def _take_turn() -> None:
    take_turn("duties", "tally")
