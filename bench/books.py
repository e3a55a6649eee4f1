"""618 workbooks of 200 measures come back from as many units and are added up.

Ours takes each file as the importer does: the gate for archives, a child process under limits, the
signed key, every row by its sign; then every figure is read in the language of the form. The peer
is what an office would write: openpyxl opens the file, takes the rows as they stand and adds the
figures. Where it is not installed only our side is measured. All sides must give the same totals;
each runs once a round, in turns, and the median counts. Run as ``python -m bench.books``.
"""

import importlib
import importlib.util
import io
import json
import os
import random
import resource
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from statistics import median
from typing import Any

from django.conf import settings
from python_calamine import CalamineWorkbook

from lotrinh.reading.readers import Crew
from lotrinh.rules.amounts_typed import CellUnit
from lotrinh.rules.books import Book, BookKey, BookRow, ReadBook, measure_of, read_cell
from lotrinh.rules.figures_typed import TypedFigure
from lotrinh.rules.formats import number

UNITS, MEASURES = 618, 200
_ROUNDS = 3
_GOAL = 8
_UNIT = CellUnit("household", frozenset({"hộ"}))
_ENTRY = 7  # the column of the figures, from 0

File = tuple[str, bytes]
Told = Iterable[Mapping[str, str]]
"""The figures of each file, by measure, as they were typed."""


def make_files(units: int = UNITS) -> list[File]:
    """Return the workbooks of so many units, filled in."""
    books = importlib.import_module("lotrinh.apps.reporting.books")  # it needs the settings
    chance = random.Random(20240807)
    files = []
    for unit in range(units):
        key = BookKey(f"sheet-{unit}", f"unit-{unit}", "2024-Q2", "self_reported", "vi", 1)
        rows = [_row(measure, chance) for measure in range(MEASURES)]
        book = Book(
            books.signed(key),
            key.unit_code,
            f"Phường Sen số {unit}",
            "quý II năm 2024",
            key.period_code,
            key.basis,
            "Báo cáo kinh tế - xã hội",
            key.language,
            key.version,
            rows,
        )
        files.append((f"{unit}.xlsx", books.write_book(book)))
    return files


def _row(measure: int, chance: random.Random) -> BookRow:
    value = Decimal(chance.randint(1, 9_999_999)) / chance.choice((1, 10, 100))
    plan = value * chance.randint(80, 120) / 100
    return BookRow(
        f"measure-{measure}",
        f"Số hộ gia đình đạt danh hiệu văn hóa theo tiêu chí {measure}",
        "hộ",
        _UNIT,
        plan,
        plan * 9 / 10,
        plan * 8 / 10,
        number(value, language="vi"),
        "Theo báo cáo nhanh của khu dân cư" if measure % 10 == 0 else "",
    )


def read_ours(files: Sequence[File], size: int) -> list[ReadBook]:
    """Return what all files say, read by so many workers."""
    books = importlib.import_module("lotrinh.apps.reporting.books")
    with Crew(size) as crew:
        found = [given for _, given in books.read_books(files, crew=crew)]
    assert all(isinstance(given, ReadBook) and not given.faults for given in found)
    return found


def add_ours(found: Iterable[ReadBook]) -> dict[str, Decimal]:
    """Return the total of each measure, every figure read as one that was typed."""
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for book in found:
        for measure, cell in book.cells.items():
            figure = read_cell(cell, unit=_UNIT, language=book.key.language)
            assert isinstance(figure, TypedFigure)
            totals[measure] += figure.read.value
    return dict(totals)


def read_openpyxl(files: Sequence[File], *, read_only: bool) -> Told:
    """Return what the first sheet of all files says in its rows."""
    openpyxl: Any = importlib.import_module("openpyxl")
    found = []
    for _, content in files:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=read_only, data_only=True)
        found.append(_by_measure(book.worksheets[0].iter_rows(values_only=True)))
    return found


def read_calamine(files: Sequence[File]) -> Told:
    """Return the same by the parser that ours rests on, without gate, process, key or checks."""
    found = []
    for _, content in files:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found.append(_by_measure(book.get_sheet_by_index(0).to_python()))
    return found


def _by_measure(rows: Iterable[Sequence[Any]]) -> dict[str, str]:
    return {measure: row[_ENTRY] for row in rows if row[0] and (measure := measure_of(str(row[0])))}


def add_plainly(found: Told) -> dict[str, Decimal]:
    """Return the total of each measure of texts that are known to be written in Vietnamese."""
    totals: dict[str, Decimal] = {}
    for told in found:
        for measure, text in told.items():
            value = Decimal(text.replace(".", "").replace(",", "."))
            totals[measure] = totals.get(measure, Decimal(0)) + value
    return totals


Side = tuple[Callable[[], Any], Callable[[Any], dict[str, Decimal]]]
"""How the files are read, and how what they say is added up."""


def sides(files: Sequence[File]) -> dict[str, Side]:
    """Return who is compared, ours first."""
    found: dict[str, Side] = {
        "ours, all cores": (lambda: read_ours(files, len(os.sched_getaffinity(0))), add_ours),
        "ours, one worker": (lambda: read_ours(files, 1), add_ours),
        "calamine alone": (lambda: read_calamine(files), add_plainly),
    }
    if importlib.util.find_spec("openpyxl") is not None:
        found["openpyxl, read-only"] = (
            lambda: read_openpyxl(files, read_only=True),
            add_plainly,
        )
        found["openpyxl, whole"] = (lambda: read_openpyxl(files, read_only=False), add_plainly)
    return found


def measure(compared: Mapping[str, Side]) -> dict[str, dict[str, float]]:
    """Return what each side took: seconds of the clock, and of all processors together."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in compared}
    totals: dict[str, dict[str, Decimal]] = {}
    for _ in range(_ROUNDS):
        for name, (read, add) in compared.items():
            start = _spent()
            found = read()
            middle = _spent()
            totals[name] = add(found)
            end = _spent()
            runs[name].append(
                {
                    "read": middle[0] - start[0],
                    "read, processors": middle[1] - start[1],
                    "in all": end[0] - start[0],
                    "in all, processors": end[1] - start[1],
                }
            )
    first = next(iter(totals.values()))
    assert len(first) == MEASURES
    assert all(total == first for total in totals.values())
    return {
        name: {what: median(run[what] for run in times) for what in times[0]}
        for name, times in runs.items()
    }


def _spent() -> tuple[float, float]:
    """Return the seconds of the clock, and those of this process and the ended ones it started."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), time.process_time() + children.ru_utime + children.ru_stime


def report(found: Mapping[str, Mapping[str, float]], units: int = UNITS) -> dict[str, object]:
    """Return the object that is printed as the last line."""
    peers = [name for name in found if name.startswith("openpyxl")]
    ratios: dict[str, float | None] = {}
    for ours in (name for name in found if name.startswith("ours")):
        for what in found[ours]:
            peer = min((found[name][what] for name in peers), default=None)
            ratios[f"{ours}: {what}"] = round(peer / found[ours][what], 2) if peer else None
    return {
        "name": "books",
        "compared": list(found),
        "figures": {
            "workbooks": units,
            "rows": MEASURES,
            "cores": len(os.sched_getaffinity(0)),
            "goal": _GOAL,
            **{
                name: {what: round(seconds, 3) for what, seconds in times.items()}
                for name, times in found.items()
            },
        },
        "ratios": ratios,
    }


def main() -> None:
    """Measure and print."""
    settings.configure(SECRET_KEY=secrets.token_hex())
    found = measure(sides(make_files()))
    heads = ("read", "read, processors", "in all", "in all, processors")
    print(
        f"{f'{UNITS} workbooks of {MEASURES} rows, s':32}"
        + "".join(f"{head:>20}" for head in heads)
    )
    for name, times in found.items():
        print(f"{name:32}" + "".join(f"{times[head]:20.2f}" for head in heads))
    if not any(name.startswith("openpyxl") for name in found):
        print("openpyxl is not installed: nothing to compare with")
    print(json.dumps(report(found)))


if __name__ == "__main__":
    main()
