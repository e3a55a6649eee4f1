"""Workbooks that are filled in: every cell as text, in the row and column where it stands."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from lotrinh.reading.readers import Unreadable, open_grids_safely
from lotrinh.reading.readers.grids import Grid
from lotrinh.reading.readers.workbook_grids import read_grids
from tests.reading.readers.samples import with_part

Fill = Callable[[xlsxwriter.Workbook], object]
HEAD = ["Mã đơn vị", "Loại", "Tên"]


def book(*fills: Fill) -> bytes:
    held = io.BytesIO()
    made = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False})
    for fill in fills:
        fill(made)
    made.close()
    return held.getvalue()


def one(*cells: tuple[str, object], form: str | None = None) -> bytes:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet("Một")
        for place, value in cells:
            sheet.write(place, value, made.add_format({"num_format": form}) if form else None)

    return book(fill)


def refused(data: bytes) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Unreadable) as caught:
        read_grids(data)
    return caught.value.code, dict(caught.value.data)


def test_rows_and_columns_are_those_that_excel_shows() -> None:
    given = read_grids(one(("B3", "Mã"), ("D5", "Phường\nSen "))).sheets

    assert given == (
        Grid(
            "Một",
            (
                ("", "", "", ""),
                ("", "", "", ""),
                ("", "Mã", "", ""),
                ("", "", "", ""),
                ("", "", "", "Phường\nSen "),
            ),
        ),
    )


def test_a_child_process_gives_the_same() -> None:
    data = one(("A1", "Mã"), ("C2", "=Tên"))

    assert open_grids_safely(data, "a.xlsx") == read_grids(data)


def test_numbers_keep_the_fifteen_digits_of_excel_and_days_are_days() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet()
        month = made.add_format({"num_format": "mm/yyyy"})
        moment = made.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write("A1", 123456789012345)
        sheet.write("B1", 0.1 + 0.2)
        sheet.write("C1", True)
        sheet.write("D1", dt.date(2025, 7, 1), month)
        sheet.write("E1", dt.datetime(2025, 7, 1), moment)  # noqa: DTZ001 - Excel knows no zones
        sheet.write("F1", dt.datetime(2025, 7, 1, 8, 30), moment)  # noqa: DTZ001
        sheet.write("G1", 45839)

    assert read_grids(book(fill)).sheets[0].rows == (
        (
            "123456789012345",
            "0.3",
            "TRUE",
            "01/07/2025",
            "01/07/2025",
            "01/07/2025 08:30",
            "45839",
        ),
    )


def test_a_formula_stands_with_its_value_and_its_failure_is_seen() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet()
        sheet.write_formula("A1", '="p"&1', None, "p1")
        sheet.write_formula("B1", '=IF(A1="","","")', None, "")
        sheet.write_formula("C1", "=VLOOKUP(A1,D:E,2,0)", None, "#N/A")
        sheet.write_formula("D1", "=1/0", None, "#DIV/0!")
        sheet.write_formula("E1", "=1+1", None, 2)
        sheet.write("F1", "x")

    data = book(fill)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    excel = sheet.replace(b'<c r="B1">', b'<c r="B1" t="str">')  # how Excel stores an empty text
    bare = excel.replace(b"<f>1+1</f><v>2</v>", b"<f>1+1</f><v/>")  # was never worked out

    def cells(part: bytes) -> tuple[str, ...]:
        return read_grids(with_part(data, "xl/worksheets/sheet1.xml", part)).sheets[0].rows[0]

    assert cells(excel) == ("p1", "", "#N/A", "#DIV/0!", "2", "x")
    assert cells(bare) == ("p1", "", "#N/A", "#DIV/0!", "#VALUE!", "x")


def test_hidden_sheets_are_passed_over_and_told() -> None:
    def hidden(made: xlsxwriter.Workbook) -> None:
        made.add_worksheet("Một").write("A1", "a")
        sheet = made.add_worksheet("Danh mục")
        sheet.write("A1", "b")
        sheet.hide()
        made.add_worksheet("Hai").write("A1", "c")

    given = read_grids(book(hidden))

    assert [sheet.name for sheet in given.sheets] == ["Một", "Hai"]
    assert given.hidden == ("Danh mục",)


def test_merged_cells_stand_in_the_first_of_their_places() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet()
        sheet.merge_range("A1:A2", "Mã đơn vị")
        sheet.merge_range("B1:C1", "Thời gian")
        sheet.write_row("B2", ["Từ ngày", "Thôi từ ngày"])

    assert read_grids(book(fill)).sheets[0].rows == (
        ("Mã đơn vị", "Thời gian", ""),
        ("", "Từ ngày", "Thôi từ ngày"),
    )


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1", "D60000", "ALM2"])
def test_a_cell_that_stands_alone_far_away_is_named(cell: str) -> None:
    data = one(("A1", "Mã"), ("B2", "x"), (cell, "?"))

    assert refused(data) == ("far_cell", {"cell": cell})


def test_a_cell_far_away_that_is_merely_coloured_does_no_harm() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet()
        sheet.write("A1", "Mã")
        sheet.write_blank("XFD1048576", None, made.add_format({"bg_color": "#FFFF00"}))

    assert read_grids(book(fill)).sheets[0].rows == (("Mã",),)


@pytest.mark.parametrize(
    ("high", "wide", "told"),
    [
        (50_001, 1, {"what": "rows", "found": 50_001, "limit": 50_000}),
        (1, 1_001, {"what": "columns", "found": 1_001, "limit": 1_000}),
        (2_100, 1_000, {"what": "cells", "found": 2_100_000, "limit": 2_000_000}),
    ],
)
def test_what_is_too_large_is_refused_with_the_limit(
    high: int, wide: int, told: dict[str, object]
) -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet()
        for row in range(high):
            sheet.write_number(row, 0, 1)
        for column in range(wide):
            sheet.write_number(0, column, 1)

    assert refused(book(fill)) == ("too_large", told)


def test_letters_of_old_fonts_are_turned_into_modern_ones() -> None:
    names = ["Phêng Sen Tr¾ng", "Së Gi¸o dôc vµ §µo t¹o", "ñy ban nh©n d©n thµnh phè Hå Sen"]
    data = one(*((f"A{row}", name) for row, name in enumerate(names, 1)))

    given = read_grids(data)

    assert given.encoding == "TCVN3 (ABC)"
    assert given.sheets[0].rows[1] == ("Sở Giáo dục và Đào tạo",)


def test_what_is_no_workbook_or_holds_nothing_is_refused() -> None:
    assert refused(book(lambda made: made.add_worksheet())) == ("empty", {})
    whole = one(("A1", "x"))
    assert refused(with_part(whole, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"))[
        0
    ] == ("damaged")
