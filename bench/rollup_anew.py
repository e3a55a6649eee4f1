"""What ``bench.rollup`` measures of all totals made anew: 3,356 units and a hundred measures."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection, connections, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.accounts.services import create_user
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.models import Period, TotalSheet
from lotrinh.apps.reporting.selectors.measuring import ground_of, measured, measures_by_id
from lotrinh.apps.reporting.services.refolding import Lanes, refold
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units import services as organisation
from lotrinh.apps.units.models import Placement, Tree, Unit
from lotrinh.apps.units.selectors import MAIN_TREE
from lotrinh.rules.actions import Action
from lotrinh.rules.target_terms import Rollup

UNITS, PROVINCES, MEASURES, ROUNDS = 3_356, 34, 100, 5
AT, ON = datetime(2024, 8, 7, tzinfo=UTC), date(2024, 8, 7)
_SINCE = date(2008, 8, 1)

_ACTS = """
INSERT INTO reporting_approval
    (uid, unit_id, period_id, basis, entered_by_id, entered_on, approved_by_id, "on", at,
    client_key)
SELECT gen_random_uuid(), id, %(period)s, 'self_reported', %(one)s, %(on)s, %(other)s, %(on)s,
    %(at)s, gen_random_uuid() FROM units_unit
"""
_FIGURES = """
INSERT INTO reporting_figure
    (uid, approval_id, unit_id, measure_id, period_id, basis, value, reason)
SELECT gen_random_uuid(), act.id, act.unit_id, m.id, act.period_id, act.basis,
    (act.unit_id * 7919 + m.id * 104729) %% 1000000, ''
FROM reporting_approval AS act CROSS JOIN targets_measure AS m WHERE act.period_id = %(period)s
"""
_BASELINE = """
CREATE TEMP TABLE told AS SELECT unit_id AS unit, measure_id AS measure, value::bigint AS value
    FROM reporting_figure;
CREATE TEMP TABLE closure AS
    SELECT label::bigint AS above, unit_id AS unit FROM units_placement,
    unnest(string_to_array(path::text, '.')) AS label;
CREATE TEMP TABLE summed (unit bigint, measure bigint, value bigint, answers bigint,
    PRIMARY KEY (unit, measure));
CREATE INDEX ON closure (unit);
ANALYZE told; ANALYZE closure;
"""
_REFRESH = """
TRUNCATE summed;
INSERT INTO summed SELECT closure.above, told.measure, sum(told.value), count(*)
    FROM told JOIN closure USING (unit) GROUP BY 1, 2;
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """The filled installation: who enters and who approves, the units, the measures, two months."""

    enters: User
    approves: User
    units: list[Unit]
    measures: list[Measure]
    period: Period
    next: Period


def fill() -> Ground:
    """Write the tree, the measures and a figure of each for every unit of one month."""
    tree = Tree.objects.create(code=MAIN_TREE, name_vi="Cây", name_en="Tree")
    units = Unit.objects.bulk_create(
        (
            Unit(code=f"u{n}", kind="unit", name_vi=f"{n}", name_en=f"{n}", sort_key=f"{n:05}")
            for n in range(UNITS)
        ),
        batch_size=2000,
    )
    Placement.objects.bulk_create(_places(tree, units), batch_size=2000)
    measures = Measure.objects.bulk_create(
        Measure(name=f"Chỉ số {n}", language="vi", rollup=Rollup.SUM) for n in range(MEASURES)
    )
    enters, approves = _people(units[0])
    july, august = (
        services.open_period(
            kind="month",
            starts=date(2024, month, 1),
            ends=date(2024, month + 1, 1),
            on=ON,
            actor=SYSTEM,
            at=AT,
        )
        for month in (7, 8)
    )
    given = {"period": july.pk, "one": enters.pk, "other": approves.pk, "on": ON, "at": AT}
    with connection.cursor() as cursor:
        cursor.execute(_ACTS, given)
        cursor.execute(_FIGURES, given)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    connections["owner"].close()
    return Ground(enters, approves, units, measures, july, august)


def measure(ground: Ground) -> dict[str, float]:
    """Return the seconds of each way; the sums of both are asserted equal."""
    sheet = TotalSheet.objects.create(
        period=ground.period,
        basis="self_reported",
        measures=[one.pk for one in ground.measures],
        as_of=AT,
    )
    with connection.cursor() as cursor:
        cursor.execute(_BASELINE)
    took = {"made anew from the ledger": _timed(lambda: services.rebuild_totals(at=AT))}
    sheet.refresh_from_db()
    rounds = [(_timed(lambda: _fold_anew(sheet)), _timed(_refresh)) for _ in range(ROUNDS)]
    took["folded anew"] = statistics.median(ours for ours, _ in rounds)
    took["SQL refresh"] = statistics.median(theirs for _, theirs in rounds)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(value), max(answers) FROM summed WHERE unit = %s", [ground.units[0].pk]
        )
        value, answers = cursor.fetchone()
    begun = time.perf_counter()
    found = services.recount_totals()
    took["counted by the rules and compared"] = time.perf_counter() - begun
    assert found.differences == () and found.figures == UNITS * MEASURES
    assert answers == UNITS and value == _total_of_root(ground)
    return took


@transaction.atomic
def _fold_anew(sheet: TotalSheet) -> None:
    """From the stored parts to the stored totals, the tree read anew too."""
    known = measures_by_id(sheet.measures)
    lanes = Lanes(sheet, {pk: measured(one) for pk, one in known.items()})
    refold(sheet=sheet, lanes=lanes, grounded=ground_of(sheet.period))


@transaction.atomic
def _refresh() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH)


def _total_of_root(ground: Ground) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(value) FROM told")
        return int(cursor.fetchone()[0])


def _places(tree: Tree, units: list[Unit]) -> list[Placement]:
    """Four storeys: the nation, 34 provinces, ten inter-commune areas in each, communes."""
    paths = {0: str(units[0].pk)}
    places, always = [], DateRange(_SINCE, None)
    areas = PROVINCES * 10
    for n, unit in enumerate(units):
        above = None
        if 0 < n <= PROVINCES:
            above = 0
        elif PROVINCES < n <= PROVINCES + areas:
            above = 1 + (n - PROVINCES - 1) % PROVINCES
        elif n:
            above = PROVINCES + 1 + n % areas
        if above is not None:
            paths[n] = f"{paths[above]}.{unit.pk}"
        parent = units[above] if above is not None else None
        places.append(Placement(unit=unit, tree=tree, parent=parent, path=paths[n], valid=always))
    return places


def _people(root: Unit) -> tuple[User, User]:
    """Return one who enters and one who approves everywhere."""
    role = organisation.define_role(
        code="so-lieu",
        name_vi="Số liệu",
        name_en="Figures",
        actions=list(Action),
        actor=SYSTEM,
        at=AT,
    )
    found = []
    for rank, name in enumerate(("nhap", "duyet")):
        user = create_user(sign_in_name=name, password=None, actor=SYSTEM, at=AT)
        person = organisation.register_person(full_name=name, user=user, actor=SYSTEM, at=AT)
        post = organisation.create_post(
            unit=root,
            scope=root,
            role=role,
            title_vi=name,
            title_en=name,
            rank=rank,
            actor=SYSTEM,
            at=AT,
        )
        organisation.appoint(
            person=person, post=post, since=_SINCE, until=None, actor=SYSTEM, at=AT
        )
        found.append(user)
    return found[0], found[1]


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
