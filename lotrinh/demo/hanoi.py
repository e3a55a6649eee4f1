"""The districts and communes of Hà Nội through 2024 and 2025, from public data.

579 communes in 2024, 526 from 1 January 2025, 126 wards and communes directly under the city from 1
July 2025. ``data/hanoi/README.md`` says where the rows come from and what is approximate. None of
these units owes anything in the demonstration.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.apps.units.services.changes import Follows
from lotrinh.rules.succession import ChangeKind

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Tree, Unit

Row = Mapping[str, str]
GSO = "gso"
"""The numbering of administrative units by the statistics office."""

DISTRICTS_ENDED = date(2025, 7, 1)


def build(*, tree: "Tree", at: datetime, progress: Callable[[int, int], None]) -> None:
    """Register every commune, number it, and let each follow those before it."""
    districts = {row["code"]: _district(row) for row in _rows("districts")}
    communes = _rows("communes")
    successions = _rows("successions")
    made: dict[str, Unit] = {}
    for begun, group in groupby(sorted(communes, key=_begin), key=_begin):
        rows = list(group)
        for row in rows:
            made[row["code"]] = _commune(row, districts, tree=tree, at=at)
            progress(len(made), len(communes))
        _succeed([row for row in successions if row["day"] == begun], made, at=at)
        for row in rows:
            services.number_unit(
                unit=made[row["code"]],
                system=GSO,
                code=row["gso_code"],
                since=date.fromisoformat(begun),
                actor=SYSTEM,
                at=at,
            )
    _end_districts(_rows("districts"), districts, at=at)


def communes_on(day: date) -> int:
    """Return how many of the communes stand that day."""
    on = day.isoformat()
    return sum(
        row["from"] <= on and (not row["until"] or on < row["until"]) for row in _rows("communes")
    )


def _rows(name: str) -> list[Row]:
    path = resources.files(__package__).joinpath("data", "hanoi", f"{name}.csv")
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _begin(row: Row) -> str:
    return row["from"]


def _district(row: Row) -> "Unit":
    found = units.unit_named(row["name_vi"])
    if found is None:
        raise LookupError(row["name_vi"])
    return found


def _commune(row: Row, districts: Mapping[str, "Unit"], *, tree: "Tree", at: datetime) -> "Unit":
    begun = date.fromisoformat(row["from"])
    city = units.unit_by_code("tp-ha-noi")
    unit = services.create_unit(
        code=f"hn-{row['code']}",
        kind="commune",
        name_vi=row["name_vi"],
        name_en=row["name_en_plain"],
        aliases=[f"UBND {row['name_vi']}", f"Ủy ban nhân dân {row['name_vi']}"],
        since=begun,
        actor=SYSTEM,
        at=at,
    )
    services.place_unit(
        unit=unit,
        tree=tree,
        parent=districts[row["district"]] if row["district"] else city,
        since=begun,
        actor=SYSTEM,
        at=at,
    )
    return unit


def _succeed(rows: list[Row], made: Mapping[str, "Unit"], *, at: datetime) -> None:
    """Record one change for all units that are bound together by who follows whom."""
    for part in _connected(rows):
        sources = {row["from_code"] for row in part}
        heirs = {code: _heir([row for row in part if row["from_code"] == code]) for code in sources}
        services.change_organisation(
            kind=_kind(part),
            follows=[
                Follows(
                    made[row["from_code"]],
                    made[row["to_code"]],
                    answers=row is heirs[row["from_code"]],
                    whole=row["kind"] == "merge",
                )
                for row in part
            ],
            ending=[made[code] for code in sorted(sources)],
            day=date.fromisoformat(part[0]["day"]),
            legal_basis=part[0]["legal_basis"],
            actor=SYSTEM,
            at=at,
        )


def _heir(rows: list[Row]) -> Row:
    """Return the row of the unit that answers: the whole, else what took most of the people.

    A resolution divides land and people and says nothing of duties; that the unit which took the
    people or the remainder answers is the demonstration's own reading.
    """
    order = ("", "all_people", "remainder", "from_plan", "area_only")
    return min(rows, key=lambda row: (row["kind"] != "merge", order.index(row["detail"])))


def _kind(rows: list[Row]) -> ChangeKind:
    sources, targets = {row["from_code"] for row in rows}, {row["to_code"] for row in rows}
    if any(row["kind"] != "merge" for row in rows):
        return ChangeKind.PARTIAL
    return ChangeKind.REPLACE if len(sources) == len(targets) == 1 else ChangeKind.MERGE


def _connected(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Part the rows so that no unit stands in two parts."""
    parts: list[tuple[set[str], list[Row]]] = []
    for row in rows:
        names, held = {row["from_code"], row["to_code"] + ">"}, [row]
        apart = []
        for part in parts:
            if part[0] & names:
                names |= part[0]
                held = part[1] + held
            else:
                apart.append(part)
        parts = [*apart, (names, held)]
    return (held for _, held in parts)


def _end_districts(rows: list[Row], districts: Mapping[str, "Unit"], *, at: datetime) -> None:
    city = units.unit_by_code("tp-ha-noi")
    if city is None:
        raise LookupError("tp-ha-noi")
    for row in rows:
        district = districts[row["code"]]
        services.number_unit(unit=district, system=GSO, code=row["code"], actor=SYSTEM, at=at)
        services.change_organisation(
            kind=ChangeKind.ABOLISH,
            follows=[Follows(district, city)],
            ending=[district],
            day=DISTRICTS_ENDED,
            legal_basis=row["ended_by"],
            actor=SYSTEM,
            at=at,
        )
