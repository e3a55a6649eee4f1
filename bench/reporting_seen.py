"""What ``bench.reporting`` finds afterwards in the database, and what the processors had to do."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from bench.reporting_city import ON, City
from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.models import Delta, Report
from lotrinh.apps.targets.models import Measure
from lotrinh.rules.figures import Basis
from lotrinh.rules.report_states import ReportState

_PATIENCE = 180
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Found:
    """What became of all that was answered."""

    approved: int
    lost: int
    doubled: int
    wrong: int
    differences: int
    total_is_right: bool
    folded_after: float
    """Seconds from the last answer until the last approval was in the totals."""

    @property
    def is_right(self) -> bool:
        """Whether everything is there, once, with its own numbers, and adds up."""
        bad = (self.lost, self.doubled, self.wrong, self.differences)
        return not any(bad) and self.total_is_right


def look(city: City, approved: set[str]) -> Found:
    """Hold what is in the ledger against what was typed and against what was answered."""
    folded_after = _await_fold()
    expected = {
        (owed.uid, measure): city.figure(owed, place)
        for owed in city.owed
        for place, (measure, _) in enumerate(city.measures)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.source::text, f.measure_id, f.value FROM reporting_figure f "
            "JOIN reporting_approval a ON a.id = f.approval_id WHERE f.period_id = %s",
            [city.period.pk],
        )
        counted = [((source, measure), value) for source, measure, value in cursor.fetchall()]
        cursor.execute(
            "SELECT count(*) - count(DISTINCT (report_id, step, client_key)), "
            "count(*) FILTER (WHERE step = 'approve') - count(DISTINCT report_id) "
            "FILTER (WHERE step = 'approve') FROM reporting_report_event"
        )
        twice = sum(cursor.fetchone())
    often = Counter(told for told, _ in counted)
    there = {source for source, _ in often}
    passed = Report.objects.filter(state=ReportState.APPROVED)
    stand = {str(uid) for uid in passed.values_list("uid", flat=True)}
    recounted = services.recount_totals(period_code=city.period.code)
    return Found(
        approved=len(stand),
        lost=len(approved - (there & stand))
        + sum(told not in often for told in expected if told[0] in approved),
        doubled=twice + sum(times - 1 for times in often.values()),
        wrong=sum(expected.get(told) != value for told, value in counted),
        differences=len(recounted.differences),
        total_is_right=_added_up(city) == _typed(city, there),
        folded_after=folded_after,
    )


def _await_fold() -> float:
    """Wait until the worker has folded everything; return how long that took."""
    begun = time.perf_counter()
    while Delta.objects.exists():
        if time.perf_counter() - begun > _PATIENCE:
            raise SystemExit(f"{Delta.objects.count()} approvals were not folded")
        time.sleep(0.05)
    return time.perf_counter() - begun


def _typed(city: City, there: set[str]) -> dict[int, int]:
    """Return the sum of each measure over the reports that count, from what was typed."""
    return {
        measure: sum(city.figure(owed, place) for owed in city.owed if owed.uid in there)
        for place, (measure, _) in enumerate(city.measures)
    }


def _added_up(city: City) -> dict[int, int]:
    """Return the total of the whole city for each measure, as its pages show it."""
    found = selectors.totals_of(
        unit=city.root,
        measures=Measure.objects.filter(pk__in=[pk for pk, _ in city.measures]),
        period=city.period,
        basis=Basis.SELF_REPORTED,
        seen_by=city.office_id,
        on=ON,
    )
    return {pk: int(total.value(0) or 0) for pk, total in found.items()}


class Spent:
    """The processor seconds of a process and of all that it has started, from now on.

    Those of a process that has ended are known to the one that started it.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._before = _seconds(pid)

    def seconds(self) -> float:
        """Return what was spent since then."""
        return _seconds(self._pid) - self._before


def children_of(pid: int) -> Iterator[int]:
    """Yield the processes that this one has started and that still run."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            told = (task / "children").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue  # the thread has ended just now: the process and its time are still there
        yield from map(int, told.split())


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
        own = sum(map(int, fields[11:15])) / _TICK  # its own, and of children that have ended
        return own + sum(_seconds(child) for child in children_of(pid))
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
