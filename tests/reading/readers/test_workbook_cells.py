"""Workbooks that come back filled in: every sheet, and what each cell holds."""

import datetime as dt
import io
import json
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.reading.readers import Unreadable, open_cells_safely
from lotrinh.reading.readers.cells import Cells, Mark, Sheet
from lotrinh.reading.readers.workbook_cells import read_cells
from tests.reading.readers.samples import with_part, zipped

Fill = Callable[[xlsxwriter.Workbook], object]


def book(*fills: Fill) -> bytes:
    held = io.BytesIO()
    made = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False})
    for fill in fills:
        fill(made)
    made.close()
    return held.getvalue()


def one(place: str, value: object, form: str | None = None) -> bytes:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet("Một")
        sheet.write(place, value, made.add_format({"num_format": form}) if form else None)

    return book(fill)


def refused(data: bytes, name: str = "a.xlsx") -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Unreadable) as caught:
        read_cells(data, name)
    return caught.value.code, dict(caught.value.data)


def test_cells_hold_texts_and_numbers_where_they_stand() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet("Một")
        sheet.write_string("B2", "1.270")
        sheet.write_number("C2", 1270)

    assert read_cells(book(fill), "a.xlsx") == Cells(
        (Sheet("Một", (("", "", ""), ("", "1.270", 1270.0)), {}),)
    )


@pytest.mark.parametrize(
    ("value", "form", "told", "mark"),
    [
        (1.205, "0.0%", 1.205, Mark.SHARE),
        (1.205, '0.0"%"', 1.205, None),
        (1.205, "0.0", 1.205, None),
        ("120,5%", "0%", "120,5%", None),
        (True, None, "TRUE", Mark.TRUTH),
        (False, "0%", "FALSE", Mark.TRUTH),
        (dt.date(2024, 3, 1), "dd/mm/yyyy", "01/03/2024", Mark.DAY),
        (dt.date(2024, 3, 1), "mm/yyyy", "01/03/2024", Mark.DAY),
        (dt.time(18, 23), "hh:mm", "18:23:00", Mark.DAY),
        (dt.timedelta(hours=30), "[hh]:mm", "1 day, 6:00:00", Mark.DAY),
    ],
)
def test_what_a_cell_shows_marks_it(value, form, told, mark) -> None:
    sheet = read_cells(one("A1", value, form), "a.xlsx").sheets[0]

    assert sheet.rows == ((told,),)
    assert sheet.marks == ({(0, 0): mark} if mark else {})


def test_a_formula_stands_with_its_value_and_its_failure_is_marked() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet("Một")
        sheet.write_formula("A1", '="p"&1', None, "p1")
        sheet.write_formula("B1", "=VLOOKUP(A1,D:E,2,0)", None, "#N/A")
        sheet.write_formula("C1", "=1+1", None, 2)
        sheet.write_formula("D1", "=1+1", None, "")
        sheet.data_validation("E1", {"validate": "list", "source": ["=1", "e"]})

    sheet = read_cells(book(fill), "a.xlsx").sheets[0]

    assert sheet.rows == (("p1", "#N/A", 2.0, "#VALUE!"),)
    assert sheet.marks == {(0, 1): Mark.FAILED, (0, 3): Mark.FAILED}


def test_hidden_sheets_are_there_and_empty_ones_are_not() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        made.add_worksheet("Một").write("A1", "a")
        made.add_worksheet("Trống")
        sheet = made.add_worksheet("Ẩn")
        sheet.write("A1", "b")
        sheet.very_hidden()

    cells = read_cells(book(fill), "a.xlsx")

    assert [(sheet.name, sheet.is_hidden) for sheet in cells.sheets] == [
        ("Một", False),
        ("Ẩn", True),
    ]


def test_a_child_process_gives_the_same() -> None:
    data = one("B2", 1.205, "0.0%")

    assert open_cells_safely(data, "a.xlsx") == read_cells(data, "a.xlsx")


@pytest.mark.parametrize(
    "data",
    [
        b"a;b\n1;2\n",
        zipped({"xl/workbook.bin": b"1"}),
        zipped({"content.xml": b"<a/>", "mimetype": b"opendocument.spreadsheet"}),
        zipped({"word/document.xml": b"<a/>"}),
        b"%PDF-1.7\n",
    ],
)
def test_other_formats_are_refused(data: bytes) -> None:
    assert refused(data) == ("type", {})


def test_broken_and_empty_workbooks_are_refused() -> None:
    whole = one("A1", "x")

    assert refused(b"") == ("empty", {})
    assert refused(book(lambda made: made.add_worksheet())) == ("empty", {})
    assert refused(whole[:-300])[0] == "damaged"
    cut = with_part(whole, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row")
    assert refused(cut)[0] == "damaged"
    assert refused(zipped({"xl/workbook.xml": b"<a/>"}))[0] == "damaged"


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1"])
def test_a_cell_that_stands_alone_far_away_is_named(cell: str) -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet()
        sheet.write("A1", "x")
        sheet.write(cell, "?")

    assert refused(book(fill)) == ("far_cell", {"cell": cell})


def test_more_sheets_than_a_form_has_are_refused() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        for _ in range(201):
            made.add_worksheet().write("A1", "x")

    assert refused(book(fill)) == (
        "too_large",
        {"what": "sheets", "found": 201, "limit": 200},
    )


def test_an_answer_of_other_values_is_none() -> None:
    whole = Cells((Sheet("Một", (("a", 1.5),), {(0, 1): Mark.SHARE}),))

    assert Cells.from_record(whole.record()) == whole
    for wide, texts, numbers in (
        (1, [None], []),
        (1, [True], []),
        (1, [["a"]], []),
        (1, "a", [[0, 1]]),
        (1, "a", [[0, True]]),
        (1, 5, []),
        ("1", "a", []),
    ):
        with pytest.raises(TypeError):
            Cells.from_record({"sheets": [["Một", False, wide, texts, numbers, []]]})
    for wide, texts in ((2, ["a", "b", "c"]), (0, "a"), (10**9, "a"), (-1, "a")):
        with pytest.raises(ValueError, match=r"zip|-?\d"):
            Cells.from_record({"sheets": [["Một", False, wide, texts, [], []]]})
    with pytest.raises(ValueError, match="strange"):
        Cells.from_record({"sheets": [["Một", False, 1, "a", [], [[0, 0, "strange"]]]]})


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4) | st.just("\x1f")


@given(
    st.integers(1, 4).flatmap(
        lambda wide: st.lists(
            st.tuples(*[TEXTS | st.floats(allow_nan=False)] * wide), min_size=1, max_size=4
        )
    )
)
@settings(deadline=None)
def test_all_cells_come_back_as_they_went(rows: list[tuple[str | float, ...]]) -> None:
    whole = Cells((Sheet("Một", tuple(rows), {}), Sheet("Hai", (), {}, is_hidden=True)))

    told = json.loads(json.dumps(whole.record()))

    assert repr(Cells.from_record(told)) == repr(whole)
