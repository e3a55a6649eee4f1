"""Workbooks: sheets as tables, values as a person reads them."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from lotrinh.reading.readers import workbook_parts
from tests.reading.readers.samples import lines, read, refused, rows, seen, with_part

Fill = Callable[[xlsxwriter.Workbook], None]


def _book(fill: Fill) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    fill(book)
    book.close()
    return held.getvalue()


def test_titles_are_lines_and_the_rest_is_a_table() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Phụ lục I")
        sheet.merge_range("B2:D2", "DANH MỤC NHIỆM VỤ")
        sheet.write("B3", "(Kèm theo Kế hoạch số 12/KH-UBND)")
        sheet.write_row("B5", ["TT", "Nhiệm vụ", "Thời hạn"])
        sheet.write_row("B6", [1, "Trồng cây", "Quý II/2025"])

    paper = read(_book(fill), "a.xlsx")
    assert lines(paper)[:2] == ["DANH MỤC NHIỆM VỤ", "(Kèm theo Kế hoạch số 12/KH-UBND)"]
    assert rows(paper) == [["TT", "Nhiệm vụ", "Thời hạn"], ["1", "Trồng cây", "Quý II/2025"]]
    assert paper.tables[0].name == "Phụ lục I"


def test_values_are_printed_for_people() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime("A1", dt.date(2025, 6, 15), day)
        sheet.write("B1", 15000)
        sheet.write("C1", 0.1 + 0.2)
        sheet.write("D1", 12.5)
        sheet.write_formula("E1", "=B1*2", None, 30000)
        sheet.write("F1", True)

    assert rows(read(_book(fill), "a.xlsx")) == [
        ["15/06/2025", "15000", "0.3", "12.5", "30000", "TRUE"]
    ]


def test_percentages_and_decimals_are_those_of_the_sheet() -> None:
    def fill(book: xlsxwriter.Workbook, heading: str) -> None:
        sheet = book.add_worksheet("Tỷ lệ")
        sheet.write_row("B2", [heading, "x"])
        sheet.write("B3", 0.955, book.add_format({"num_format": "0.0%"}))
        sheet.write("C3", 0.07, book.add_format({"num_format": 9}))
        sheet.write("D3", 1234.5)

    vietnamese = read(_book(lambda book: fill(book, "Chỉ tiêu đạt")), "a.xlsx")
    assert rows(vietnamese)[1] == ["95,5%", "7%", "1234,5"]
    english = read(_book(lambda book: fill(book, "Target")), "a.xlsx")
    assert rows(english)[1] == ["95.5%", "7%", "1234.5"]


def test_a_percent_sign_that_is_a_mere_word_of_the_format_changes_no_number() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write("A1", 42.5, book.add_format({"num_format": '0.00"%"'}))
        sheet.write("B1", 42.5, book.add_format({"num_format": "0.00\\%"}))

    assert rows(read(_book(fill), "a.xlsx")) == [["42.5", "42.5"]]


def _days(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    for column, form in enumerate(["mm/yyyy", "yyyy", "[$-42A]mmm-yy", "d/m/yyyy", '"Năm "yyyy']):
        shown = book.add_format({"num_format": form})
        sheet.write_datetime(0, column, dt.date(2025, 12, 1), shown)
    sheet.write(0, 5, 0.5, book.add_format({"num_format": 9}))


def test_a_month_or_a_year_is_no_day() -> None:
    assert rows(read(_book(_days), "a.xlsx")) == [
        ["12/2025", "2025", "12/2025", "01/12/2025", "2025", "50%"]
    ]


def test_attributes_of_cells_may_stand_in_any_order() -> None:
    data = _book(_days)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    turned, count = re.subn(rb'<c r="(\w+)" s="(\d+)"', rb'<c s="\2" r="\1"', sheet)
    assert count == 6
    turned_book = with_part(data, "xl/worksheets/sheet1.xml", turned)
    assert rows(read(turned_book, "a.xlsx")) == rows(read(data, "a.xlsx"))


def test_merged_ranges_keep_their_reach() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:A2", "TT")
        sheet.merge_range("B1:C1", "Cơ quan")
        sheet.write_row("B2", ["Chủ trì", "Phối hợp"])
        sheet.write_row("A3", ["1", "Phòng Kinh tế", "Công an xã"])

    assert seen(read(_book(fill), "a.xlsx")) == [
        (0, 0, 2, 1, "TT"),
        (0, 1, 1, 2, "Cơ quan"),
        (1, 1, 1, 1, "Chủ trì"),
        (1, 2, 1, 1, "Phối hợp"),
        (2, 0, 1, 1, "1"),
        (2, 1, 1, 1, "Phòng Kinh tế"),
        (2, 2, 1, 1, "Công an xã"),
    ]


def test_hidden_sheets_are_passed_over_and_named() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("Một", "Hai", "Ba"):
            sheet = book.add_worksheet(name)
            sheet.write_row("A1", [name, "x"])
            if name == "Hai":
                sheet.hide()

    paper = read(_book(fill), "a.xlsx")
    assert [table.name for table in paper.tables] == ["Một", "Ba"]
    assert [(note.code, note.data) for note in paper.notes] == [
        ("hidden_sheets", {"sheets": "Hai"})
    ]


def test_too_many_rows_are_refused_with_both_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for row in range(11):
            sheet.write(row, 0, row)

    monkeypatch.setattr(workbook_parts, "MOST_ROWS", 10)
    refusal = refused(_book(fill), "a.xlsx")
    assert (refusal.code, refusal.data) == ("too_large", {"what": "rows", "found": 11, "limit": 10})


def test_a_stray_cell_at_the_far_end_is_refused_before_it_fills_the_memory() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(90_000, 16_000, "b")

    refusal = refused(_book(fill), "a.xlsx")
    assert (refusal.code, refusal.data["what"]) == ("too_large", "cells")
    assert refusal.data["found"] == 90_001 * 16_001


def test_an_empty_workbook_is_empty() -> None:
    assert refused(_book(lambda book: None), "a.xlsx").code == "empty"
