"""What is asked of 17,000 units and their days, by paths and by the parents alone.

``bench.units`` loads this module once there is a database: it needs the tables to be imported.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, connections
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.files.sheets import as_csv, as_workbook, read_grid
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Change, Placement, Succession, Tree, Unit
from lotrinh.apps.units.selectors import MAIN_TREE

UNITS, PLACEMENTS, SHEET = 17_000, 52_000, 3_321
_DISTRICTS, _ROUNDS = 300, 5
_FIRST, _ON = date(2008, 8, 1), date(2024, 8, 7)
_AT = datetime(2024, 8, 7, tzinfo=UTC)
_SEED = 20240807

_ROWS = """
CREATE TEMP TABLE told AS SELECT unit_id AS unit, parent_id AS parent, valid FROM units_placement;
CREATE INDEX ON told (unit);
CREATE INDEX ON told (parent);
CREATE INDEX ON told USING gist (valid);
CREATE TEMP TABLE followed AS SELECT source_id AS source, target_id AS target, c.day
  FROM units_succession s JOIN units_change c ON c.id = s.change_id WHERE s.answers;
CREATE INDEX ON followed (source);
ANALYZE told;
ANALYZE followed;
"""
_BELOW = """
WITH RECURSIVE below AS (
  SELECT unit FROM told WHERE unit = %(unit)s AND valid @> %(on)s::date
  UNION ALL
  SELECT t.unit FROM told t JOIN below b ON t.parent = b.unit WHERE t.valid @> %(on)s::date
) SELECT unit FROM below
"""
_WHOLE = """
WITH RECURSIVE whole AS (
  SELECT t.unit, ARRAY[t.unit] AS path, ARRAY[u.sort_key::varchar] AS keys
    FROM told t JOIN units_unit u ON u.id = t.unit
   WHERE t.parent IS NULL AND t.valid @> %(on)s::date
  UNION ALL
  SELECT t.unit, w.path || t.unit, w.keys || u.sort_key::varchar
    FROM told t JOIN whole w ON t.parent = w.unit JOIN units_unit u ON u.id = t.unit
   WHERE t.valid @> %(on)s::date
) SELECT w.unit, w.path, u.uid, u.code, u.kind, u.name_vi, u.name_en
    FROM whole w JOIN units_unit u ON u.id = w.unit ORDER BY w.keys
"""
_HEIR = """
WITH RECURSIVE heir AS (
  SELECT %(unit)s::bigint AS unit
  UNION ALL
  SELECT f.target FROM followed f JOIN heir h ON f.source = h.unit WHERE f.day <= %(on)s
) SELECT unit FROM heir
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One question: milliseconds by paths and by a recursive query, and how many rows answer."""

    question: str
    ours: float
    recursive: float
    rows: int

    @property
    def ratio(self) -> float:
        return self.recursive / self.ours


def fill() -> dict[str, Any]:
    """Write the tree: a city, districts, communes that were re-placed every few years, and heirs.

    Return the ids that are asked about.
    """
    chance = random.Random(_SEED)
    tree = Tree.objects.create(code=MAIN_TREE, name_vi="Cây", name_en="Tree")
    units = Unit.objects.bulk_create(
        (
            Unit(code=f"u{n}", kind="commune", name_vi=f"Xã {n}", name_en=f"{n}", sort_key=f"{n}")
            for n in range(UNITS)
        ),
        batch_size=2000,
    )
    ids = [unit.pk for unit in units]
    places = [(ids[0], None, str(ids[0]), _FIRST, None)]
    districts = ids[1 : 1 + _DISTRICTS]
    places += [(unit, ids[0], f"{ids[0]}.{unit}", _FIRST, None) for unit in districts]
    leaves = ids[1 + _DISTRICTS :]
    moves = PLACEMENTS - len(places) - len(leaves)
    spells = [1 + moves // len(leaves)] * len(leaves)
    for place in range(moves % len(leaves)):
        spells[place] += 1
    for unit, count in zip(leaves, spells, strict=True):
        days = sorted(chance.sample(range(1, 6000), count - 1))
        begun = [_FIRST, *(_FIRST + timedelta(days=day) for day in days)]
        for since, until in zip(begun, [*begun[1:], None], strict=True):
            parent = chance.choice(districts)
            places.append((unit, parent, f"{ids[0]}.{parent}.{unit}", since, until))
    Placement.objects.bulk_create(
        (
            Placement(
                unit_id=unit,
                tree=tree,
                parent_id=parent,
                path=path,
                valid=DateRange(since, until),
            )
            for unit, parent, path, since, until in places
        ),
        batch_size=2000,
    )
    changes = [
        Change.objects.create(kind="merge", day=day, legal_basis="x", recorded_at=_AT)
        for day in (date(2015, 1, 1), date(2020, 1, 1), date(2024, 7, 1))
    ]
    thirds = len(leaves) // 4
    Succession.objects.bulk_create(
        (
            Succession(
                change=change,
                source_id=leaves[step * thirds + place],
                target_id=leaves[(step + 1) * thirds + place],
                answers=True,
                whole=True,
            )
            for step, change in enumerate(changes)
            for place in range(thirds)
        ),
        batch_size=2000,
    )
    return {"root": ids[0], "district": districts[7], "ended": leaves[:200]}


def learn() -> None:
    """Let the planner know the tables, as the server does by itself after a minute."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    connections["owner"].close()


def asked(sql: str, **given: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given or None)
        return list(cursor.fetchall()) if cursor.description else []


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the milliseconds of the best round and what it gave."""
    fastest, found = float("inf"), None
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        found = work()
        fastest = min(fastest, time.perf_counter() - start)
    return fastest * 1000, found


def compare(question: str, ours: Callable[[], Any], theirs: Callable[[], Any]) -> Figure:
    """Measure one question both ways; the answers must be the same."""
    fast, found = best(ours)
    slow, expected = best(theirs)
    assert found == expected, question
    return Figure(question, fast, slow, len(found))


def measure(ids: dict[str, Any]) -> list[Figure]:
    """Ask the three questions, with the plain rows of the baseline beside the tables."""
    for statement in filter(str.strip, _ROWS.split(";")):
        asked(statement)

    def below(unit: int) -> Figure:
        return compare(
            f"below {'the root' if unit == ids['root'] else 'a district'}",
            lambda: sorted(selectors.descendants_of(unit_id=unit, on=_ON)),
            lambda: sorted(row[0] for row in asked(_BELOW, unit=unit, on=_ON)),
        )

    figures = [below(ids["district"]), below(ids["root"])]
    figures.append(
        compare(
            "all units, named, in order",
            lambda: [(unit.id, unit.path) for unit in selectors.tree_on(on=_ON)],
            lambda: [(row[0], tuple(row[1])) for row in asked(_WHOLE, on=_ON)],
        )
    )
    one = ids["ended"][0]
    figures.append(
        compare(
            "who answers for 1 unit",
            lambda: [selectors.answerable_for([one], on=_ON)[one]],
            lambda: [asked(_HEIR, unit=one, on=_ON)[-1][0]],
        )
    )
    figures.append(
        compare(
            "who answers for 200 units",
            lambda: list(selectors.answerable_for(ids["ended"], on=_ON).values()),
            lambda: [asked(_HEIR, unit=unit, on=_ON)[-1][0] for unit in ids["ended"]],
        )
    )
    return figures


def measure_import() -> dict[str, float]:
    """Take a workbook of 3,321 units over: seconds for opening, for judging alone, for writing."""
    head = ("Mã đơn vị", "Loại", "Tên", "Mã cấp trên", "Từ ngày", "Tên gọi khác", "Mã số: gso")
    rows: list[tuple[Any, ...]] = [("s0", "Tỉnh", "Tỉnh Lam Khê", "", _FIRST, "", "")]
    for number in range(1, SHEET):
        above = "s0" if number <= 120 else f"s{1 + number % 120}"
        name = f"Phường Sen {number}"
        rows.append((f"s{number}", "Phường", name, above, _FIRST, f"UBND {name}", f"{number:05}"))
    content = as_workbook([head, *reversed(rows)], name="A")  # every superior comes later
    start = time.perf_counter()
    grid = read_grid(content, "a.xlsx")
    opened = time.perf_counter()
    selectors.judged_units(grid)
    judged = time.perf_counter()
    told = services.import_units(grid=grid, user=None, on=_ON, at=_AT).plan.verdicts
    written = time.perf_counter()
    assert len(told) == SHEET and all(row.verdict == "new" for row in told)
    sheet = as_csv(selectors.unit_sheet_rows(language="vi"))
    exported = time.perf_counter()
    again = services.import_units(
        grid=read_grid(sheet, "a.csv"), user=None, on=_ON, at=_AT
    ).plan.verdicts
    assert all(row.verdict == "unchanged" for row in again)
    return {
        "open": opened - start,
        "judge": judged - opened,
        "import": written - judged,
        "whole": written - start,
        "export": exported - written,
    }
