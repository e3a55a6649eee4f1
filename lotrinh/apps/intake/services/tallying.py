"""Tallies of what became of the findings of each rule, kept with the decisions that they count.

A desk tells with every proposal how its rule has fared in a year. Counting a hundred thousand
decisions for each page would cost more than the page; so each turn adds to the tally of its day,
or takes off what it took back. Nobody waits for anybody: a row that somebody else holds is passed
by, and another one made.
"""

from collections import defaultdict
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from lotrinh.apps.intake import selectors
from lotrinh.apps.intake.models import Candidate, Decision, RuleTally

Verdict = Decision.Verdict


def tally(*, candidate: Candidate, before: Decision | None, after: Decision) -> None:
    """Let the tallies say that ``after`` holds of the candidate, in the place of ``before``.

    Only what reading proposed is tallied, and only what a person decided himself.
    """
    if candidate.origin != Candidate.Origin.READ or candidate.run.rereads_id is not None:
        return
    if before is not None:
        _add(candidate.rule, before, -1)
    _add(candidate.rule, after, 1)


@transaction.atomic
def recount_rules() -> int:
    """Let the tallies say what the decisions do, each day in one row; return how many did not.

    Meanwhile nobody decides; where all were right nothing is written.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {RuleTally._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    kept: dict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)
    for row in RuleTally.objects.all():
        kept[row.rule, row.day].append((row.accepted, row.dropped))
    counted = selectors.tallied_anew()
    wrong = [of for of in kept.keys() | counted.keys() if _sum(kept[of]) != counted.get(of, (0, 0))]
    if wrong or any(len(rows) > 1 for rows in kept.values()):
        RuleTally.objects.all().delete()
        RuleTally.objects.bulk_create(
            RuleTally(rule=rule, day=day, accepted=accepted, dropped=dropped)
            for (rule, day), (accepted, dropped) in sorted(counted.items())
        )
    return len(wrong)


def _add(rule: str, decision: Decision, by: int) -> None:
    if decision.carried_from_id or decision.verdict not in {Verdict.CONFIRMED, Verdict.REJECTED}:
        return
    field = "accepted" if decision.verdict == Verdict.CONFIRMED else "dropped"
    day = decision.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    rows = RuleTally.objects.filter(rule=rule, day=day)
    free = rows.select_for_update(skip_locked=True, no_key=True).order_by("pk").first()
    if free is None:
        RuleTally.objects.create(rule=rule, day=day, **{field: by})
    else:
        RuleTally.objects.filter(pk=free.pk).update(**{field: F(field) + by})


def _sum(rows: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(row[0] for row in rows), sum(row[1] for row in rows)
