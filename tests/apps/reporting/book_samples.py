"""A form of figures as a workbook, and what people and programs do to one before it comes back."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl

from lotrinh.apps.reporting.books import signed, write_book
from lotrinh.apps.reporting.books.reading import understood
from lotrinh.reading.readers.workbook_cells import read_cells
from lotrinh.rules.amounts_typed import CellUnit
from lotrinh.rules.books import Book, BookKey, BookRow, ReadBook
from tests.reading.readers.samples import with_part

KEY = BookKey("018f-uid", "phuong-sen-tay", "2024-Q2", "self_reported", "vi", 3)
D = Decimal
HOUSEHOLDS = BookRow(
    "households",
    "Số hộ đạt danh hiệu “Gia đình văn hóa”",
    "hộ",
    CellUnit("household", frozenset({"hộ"}), is_whole=True),
    plan=D(12500),
    previous=D(11870),
    year_before=D(11002),
)
REVENUE = BookRow(
    "revenue",
    "Thu ngân sách trên địa bàn",
    "tỷ đồng",
    CellUnit("VND", frozenset({"đồng", "vnd"}), scale=D(10) ** 9),
    plan=D(45_370_000_000),
    typed_text="45,37",
    comment="Theo báo cáo nhanh",
)
SHARE = BookRow("share", "Tỷ lệ hồ sơ trực tuyến", "%", CellUnit("%", frozenset({"%"})))
TASKS = BookRow(
    "tasks", "Nhiệm vụ đã hoàn thành", "nhiệm vụ", CellUnit("task", is_pair=True), plan="20/20"
)
SECURITY = BookRow(
    "security", "Giữ vững an ninh, trật tự", "", CellUnit(""), choices=("Đạt", "Không đạt")
)
ROWS = (HOUSEHOLDS, REVENUE, SHARE, TASKS, SECURITY)
FIRST = 7
"""The first row of a measure, as Excel counts."""

MARK, NAME, ENTRY, COMMENT = "A", "C", "H", "I"


def a_book(rows: Sequence[BookRow] = ROWS, key: BookKey = KEY, **changes: Any) -> Book:
    """Return the form of a ward for a quarter."""
    book = Book(
        signed(key),
        key.unit_code,
        "Phường Sen Tây",
        "quý II năm 2024" if key.language == "vi" else "quarter II of 2024",
        key.period_code,
        key.basis,
        "Báo cáo kinh tế - xã hội",
        key.language,
        key.version,
        rows,
    )
    return replace(book, **changes)


Change = Callable[[Any], object]


def given_back(*changes: Change, data: bytes | None = None) -> bytes:
    """Return the file after each change, saved by a program that is not ours.

    A change is given the sheet with the figures.
    """
    book = openpyxl.load_workbook(io.BytesIO(data or write_book(a_book())))
    for change in changes:
        change(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def fill(values: Mapping[str, object]) -> Change:
    """Return the change that puts values into cells, as pasting does."""

    def change(sheet: Any) -> None:
        for place, value in values.items():
            sheet[place] = value

    return change


def shown_as(place: str, form: str) -> Change:
    """Return the change that gives a cell a number format, as pasting does."""

    def change(sheet: Any) -> None:
        sheet[place].number_format = form

    return change


def sort(columns: str) -> Change:
    """Return the change that turns the rows of measures round, within these columns alone."""

    def change(sheet: Any) -> None:
        places = range(FIRST, FIRST + len(ROWS))
        for column in columns:
            values = [sheet[f"{column}{row}"].value for row in places]
            for row, value in zip(places, reversed(values), strict=True):
                sheet[f"{column}{row}"].value = value

    return change


def with_cell(data: bytes, place: str, content: str) -> bytes:
    """Return the file with other XML for one cell of its first sheet."""
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read(part).decode()
    changed, count = re.subn(rf'<c r="{place}"[^>]*?(?:/>|>.*?</c>)', content, sheet)
    assert count == 1
    return with_part(data, part, changed.encode())


def read(data: bytes) -> ReadBook:
    """Return what a file says, read in this process."""
    return understood(read_cells(data, "a.xlsx"))


def texts(book: ReadBook) -> dict[str, str]:
    """Return what was told, by measure; empty cells left out."""
    return {name: cell.text for name, cell in book.cells.items() if cell.text}


def flaws(book: ReadBook) -> list[tuple[str, str]]:
    """Return what is wrong and where."""
    return [(fault.flaw.value, fault.at) for fault in book.faults]
