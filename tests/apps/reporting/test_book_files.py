"""How a form looks as a workbook: what is locked, hidden, offered and printed."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from lotrinh.apps.reporting.books import write_book
from lotrinh.rules.amounts_typed import CellUnit
from lotrinh.rules.books import BookRow
from tests.apps.reporting.book_samples import HOUSEHOLDS, KEY, REVENUE, ROWS, D, a_book


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows_of(sheet: Any, first: int, last: int) -> list[list[object]]:
    return [
        [cell.value for cell in row] for row in sheet.iter_rows(first, last, min_col=2, max_col=9)
    ]


def test_the_form_says_whose_it_is_and_what_is_asked() -> None:
    book = opened(write_book(a_book()))
    sheet = book.worksheets[0]

    assert book.sheetnames == ["Số liệu", "Hướng dẫn", "lotrinh"]
    assert [sheet[f"B{row}"].value for row in range(2, 5)] == [
        "BIỂU SỐ LIỆU: quý II năm 2024",
        "Đơn vị: Phường Sen Tây (phuong-sen-tay)",
        "Báo cáo kinh tế - xã hội · số thực hiện do đơn vị báo cáo",
    ]
    assert rows_of(sheet, 6, 8) == [
        [
            "TT",
            "Chỉ tiêu",
            "Đơn vị tính",
            "Kế hoạch",
            "Kỳ trước",
            "Cùng kỳ năm trước",
            "Kỳ này",
            "Ghi chú, giải trình",
        ],
        ["1", HOUSEHOLDS.name, "hộ", "12.500", "11.870", "11.002", None, None],
        ["2", REVENUE.name, "tỷ đồng", "45,37", None, None, "45,37", "Theo báo cáo nhanh"],
    ]


def test_the_same_form_in_english() -> None:
    book = opened(write_book(a_book(key=replace(KEY, language="en"))))
    sheet = book.worksheets[0]

    assert book.sheetnames == ["Figures", "How to fill in", "lotrinh"]
    assert [sheet[f"B{row}"].value for row in range(2, 5)] == [
        "FIGURES: quarter II of 2024",
        "Unit: Phường Sen Tây (phuong-sen-tay)",
        "Báo cáo kinh tế - xã hội · figures of the unit itself",
    ]
    assert rows_of(sheet, 7, 7) == [
        ["1", HOUSEHOLDS.name, "hộ", "12,500", "11,870", "11,002", None, None]
    ]


def test_nothing_but_figures_and_comments_can_be_typed_into() -> None:
    book = opened(write_book(a_book()))
    sheet = book.worksheets[0]

    assert all(one.protection.sheet for one in book.worksheets)
    unlocked = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    }
    assert unlocked == {f"{column}{row}" for column in "HI" for row in range(7, 12)}


def test_the_signs_are_hidden() -> None:
    book = opened(write_book(a_book()))
    sheet = book.worksheets[0]

    hidden = {letter for letter, column in sheet.column_dimensions.items() if column.hidden}
    assert hidden == {"A", "J"}  # J stands for J and K
    assert sheet.column_dimensions["J"].max == 11
    assert [row for row, form in sheet.row_dimensions.items() if form.hidden] == [1]
    assert [one.sheet_state for one in book.worksheets] == ["visible", "visible", "veryHidden"]


def test_every_cell_is_a_text_whatever_it_looks_like() -> None:
    hostile = BookRow(
        "x",
        '=HYPERLINK("http://x","y")',
        "+1",
        CellUnit("x"),
        D("123456789012345678901234.123456"),
        "@SUM(1)",
        D("0.000001"),
        "=1+1",
        "\t=cmd|' /C calc'!A0",
    )
    data = write_book(a_book([hostile]))

    sheets = [text for name, text in parts(data).items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3
    for sheet in sheets:
        cells = sheet.partition("<sheetData>")[2].partition("</sheetData>")[0]
        assert not re.search(r"<f[ >]", cells)
        kinds = set(re.findall(r'<c r="[A-Z]+\d+"(?: s="\d+")?( t="\w+")?(?=>)', cells))
        assert kinds == {' t="s"'}
    sheet = opened(data).worksheets[0]
    assert [sheet[f"{column}7"].value for column in "CDEFGHI"] == [
        '=HYPERLINK("http://x","y")',
        "+1",
        "123.456.789.012.345.678.901.234,123456",
        "@SUM(1)",
        "0,000001",
        "=1+1",
        "\t=cmd|' /C calc'!A0",
    ]
    assert {sheet[f"{column}7"].number_format for column in "BCDEFGHI"} == {"@"}


def offers(sheet: Any) -> dict[str, Any]:
    return {str(one.sqref): one for one in sheet.data_validations.dataValidation}


def test_cells_offer_what_may_be_chosen_and_say_what_is_asked() -> None:
    book = opened(write_book(a_book()))
    sheet, lists = book.worksheets[0], book.worksheets[2]
    found = offers(sheet)

    assert set(found) == {"H7", "H8", "H9", "H10", "H11", "I7:I11"}
    assert [[cell.value for cell in column] for column in lists.iter_cols()] == [
        ["chưa có số liệu", None, None],
        ["Đạt", "Không đạt", "chưa có số liệu"],
    ]
    assert found["H7"].formula1 == "lotrinh!$A$1"
    assert not found["H7"].showErrorMessage
    assert found["H7"].prompt == (
        "Đơn vị tính: hộ. Ghi số như 1.270. Không phát sinh ghi 0. Chưa có thì chọn “chưa có số "
        "liệu”."
    )
    assert "18/23" in found["H10"].prompt
    assert found["H11"].formula1 == "lotrinh!$B$1:$B$3"
    assert found["H11"].showErrorMessage
    assert found["H11"].errorStyle in (None, "stop")
    assert found["I7:I11"].type is None


def test_rows_that_offer_the_same_share_one_list_and_one_sentence() -> None:
    rows = [replace(HOUSEHOLDS, measure_key=f"m{place}") for place in range(4)]
    rows.insert(2, ROWS[4])

    found = offers(opened(write_book(a_book(rows))).worksheets[0])

    assert set(found) == {"H7:H8 H10:H11", "H9", "I7:I11"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_sentences_fit_what_excel_shows(language: str) -> None:
    long = BookRow("x", "Tên", "nghìn tỷ đồng theo giá so sánh năm 2010 " * 9, CellUnit("x"))
    pair = replace(long, measure_key="y", cell_unit=CellUnit("x", is_pair=True))
    whole = replace(long, measure_key="z", cell_unit=CellUnit("x", is_whole=True))
    book = a_book([long, pair, whole, ROWS[4]], replace(KEY, language=language))

    found = offers(opened(write_book(book)).worksheets[0])

    assert set(found) == {"H7", "H8", "H9", "H10", "I7:I10"}
    for offer in found.values():
        assert 0 < len(offer.promptTitle) <= 32
        assert 0 < len(offer.prompt) <= 255


def test_it_prints_on_a4_with_its_heads_on_every_page() -> None:
    sheet = opened(write_book(a_book())).worksheets[0]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # None: one
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$6:$6"
    assert sheet.print_area == "'Số liệu'!$B$2:$I$11"
    footer = re.search(
        r"<oddFooter>(.*)</oddFooter>", parts(write_book(a_book()))["xl/worksheets/sheet1.xml"]
    )
    assert footer
    assert footer[1] == ("&amp;LPhường Sen Tây · quý II năm 2024&amp;RTrang &amp;P/&amp;N")


def test_a_long_name_with_signs_of_its_own_fits_the_footer() -> None:
    data = write_book(a_book(unit_name="Phường A & B " * 40))

    footer = re.search(r"<oddFooter>(.*)</oddFooter>", parts(data)["xl/worksheets/sheet1.xml"])

    assert footer
    said = footer[1].replace("&amp;", "&")
    assert len(said) <= 255
    assert said.startswith("&LPhường A && B Phường A && B ")
    assert said.endswith("&RTrang &P/&N")


def test_names_stay_in_view_and_columns_can_be_read() -> None:
    sheet = opened(write_book(a_book())).worksheets[0]

    assert sheet.freeze_panes == "D7"
    widths = {
        letter: round(column.width)
        for letter, column in sheet.column_dimensions.items()
        if not column.hidden
    }
    assert widths == {"B": 6, "C": 45, "D": 14, "E": 18, "H": 21, "I": 37}  # E stands for E to G
    assert sheet["C7"].alignment.wrap_text
    assert sheet["H7"].alignment.horizontal == "right"


def test_the_guide_says_how_in_the_language_of_the_form() -> None:
    vi, en = (
        opened(write_book(a_book(key=replace(KEY, language=language)))).worksheets[1]
        for language in ("vi", "en")
    )

    assert "1.270,5" in "".join(str(row[0].value) for row in vi.iter_rows())
    assert "1,270.5" in "".join(str(row[0].value) for row in en.iter_rows())
    assert vi.max_row == en.max_row == 8


def test_the_same_form_is_the_same_bytes() -> None:
    assert write_book(a_book()) == write_book(a_book())


def test_a_form_that_asks_for_nothing_is_a_form_too() -> None:
    assert opened(write_book(a_book([]))).worksheets[0]["C6"].value == "Chỉ tiêu"
