"""A form as a workbook comes back by way of hands and programs: its figures are taken by its signs
alone, what is another's is refused, and what was spoilt is told by sheet and cell.
"""

import datetime as dt
from dataclasses import replace

import pytest

from lotrinh.apps.files.sheets import TooLongForExcel
from lotrinh.apps.reporting.books import key_of, read_book, read_books, signed, write_book
from lotrinh.reading.readers import Crew, Unreadable
from lotrinh.rules.amounts_typed import NoFigure
from lotrinh.rules.book_wording import fault_sentence
from lotrinh.rules.books import BookCell, BookFlaw, BookKey, BookRefused, held_against, read_cell
from lotrinh.rules.figures_typed import TypedFigure, TypedQuestion, TypedRefusal
from tests.apps.reporting.book_samples import (
    HOUSEHOLDS,
    KEY,
    REVENUE,
    ROWS,
    SHARE,
    TASKS,
    D,
    a_book,
    fill,
    flaws,
    given_back,
    read,
    shown_as,
    sort,
    texts,
    with_cell,
)
from tests.reading.readers.samples import with_part, zipped

FILLED = {"H7": "12.650", "I7": "+ 150 hộ", "H9": "97,5%", "H10": "18/23", "H11": "Đạt"}
TOLD = {
    "households": "12.650",
    "revenue": "45,37",
    "share": "97,5%",
    "tasks": "18/23",
    "security": "Đạt",
}


def refused(data: bytes, name: str = "a.xlsx") -> BookRefused:
    with pytest.raises(BookRefused) as caught:
        read_book(data, name)
    return caught.value


def test_what_was_filled_in_comes_back_with_its_place_and_whose_it_is() -> None:
    found = read_book(given_back(fill(FILLED)), "tên gì cũng được.bin")

    assert found.key == KEY
    assert found.version == 3
    assert texts(found) == TOLD
    assert found.cells["households"] == BookCell("12.650", "Số liệu!H7")
    assert found.comments == {
        "households": BookCell("+ 150 hộ", "Số liệu!I7"),
        "revenue": BookCell("Theo báo cáo nhanh", "Số liệu!I8", "Theo báo cáo nhanh"),
    }
    assert found.faults == ()


def test_what_was_not_touched_is_told_from_what_was_changed_or_emptied() -> None:
    as_it_was, emptied = read(write_book(a_book())), read(given_back(fill({"H8": None})))

    assert not any(cell.is_changed for cell in as_it_was.cells.values())
    assert emptied.cells["revenue"] == BookCell("", "Số liệu!H8", "45,37")
    assert emptied.cells["revenue"].is_changed


def test_a_book_in_english_is_read_as_english() -> None:
    key = replace(KEY, language="en")
    data = given_back(fill({"H7": "12,650"}), data=write_book(a_book(key=key)))

    found = read(data)

    assert found.key.language == "en"
    assert found.cells["households"].at == "Figures!H7"
    typed = read_cell(found.cells["households"], unit=HOUSEHOLDS.cell_unit, language="en")
    assert typed == TypedFigure("12,650", typed.read)
    assert typed.read.value == D(12650)


def test_rows_that_are_sorted_whole_are_still_their_measures() -> None:
    found = read(given_back(fill(FILLED), sort("ABCDEFGHIJK")))

    assert texts(found) == TOLD
    assert found.cells["households"].at == "Số liệu!H11"
    assert found.faults == ()


def test_rows_that_are_sorted_without_the_hidden_columns_are_not_taken() -> None:
    found = read(given_back(fill(FILLED), sort("BCDEFGHI")))

    assert texts(found) == {"share": "97,5%"}  # the middle row, which stayed
    assert flaws(found) == [("moved", f"Số liệu!C{row}") for row in (7, 8, 10, 11)]
    held = held_against(found, key=KEY, rows=ROWS)
    assert [fault.flaw for fault in held.faults] == [BookFlaw.MOVED] * 4


def test_rows_that_were_put_in_are_told_and_move_nothing() -> None:
    data = given_back(
        fill(FILLED),
        lambda sheet: sheet.insert_rows(8, 2),
        fill({"C8": "Trong đó: khu dân cư số 1", "H8": "900"}),
    )

    found = read(data)

    assert texts(found) == TOLD
    assert found.cells["tasks"].at == "Số liệu!H12"
    assert flaws(found) == [("no_measure", "Số liệu!H8")]
    assert fault_sentence(found.faults[0], "vi") == (
        "Số liệu!H8: dòng này không thuộc chỉ tiêu nào của biểu nên nội dung (“900”) không được "
        "nhận. Ghi vào dòng của chỉ tiêu, hoặc vào ô ghi chú."
    )


def test_columns_that_are_hidden_or_put_in_change_nothing() -> None:
    def hide(sheet) -> None:
        for letter in "DEFG":
            sheet.column_dimensions[letter].hidden = True

    found = read(given_back(fill(FILLED), hide, lambda sheet: sheet.insert_cols(4)))

    assert texts(found) == TOLD
    assert found.cells["households"].at == "Số liệu!I7"


def test_a_row_that_was_copied_counts_once_if_it_says_the_same() -> None:
    def copy(sheet) -> None:
        for letter in "ABCDEFGHIJK":
            sheet[f"{letter}13"] = sheet[f"{letter}7"].value

    same = read(given_back(fill(FILLED), copy))
    other = read(given_back(fill(FILLED), copy, fill({"H13": "12.651"})))

    assert texts(same) == TOLD
    assert same.faults == ()
    assert texts(other) == {name: text for name, text in TOLD.items() if name != "households"}
    assert flaws(other) == [("twice", "Số liệu!H7")]
    assert other.faults[0].data == {"measure": "households", "other": "Số liệu!H13"}
    assert held_against(other, key=KEY, rows=ROWS).faults == other.faults


def test_numbers_that_were_pasted_are_numbers_in_no_language() -> None:
    data = given_back(
        fill({"H7": 12650, "H8": 45.375, "H9": 1.205, "H10": 18}), shown_as("H8", "#,##0.00")
    )

    found = read(data)

    assert {name: cell.value for name, cell in found.cells.items() if cell.value} == {
        "households": 12650.0,
        "revenue": 45.375,
        "share": 1.205,
        "tasks": 18.0,
    }
    households, revenue, share, tasks = (
        read_cell(found.cells[row.measure_key], unit=row.cell_unit, language="vi")
        for row in (HOUSEHOLDS, REVENUE, SHARE, TASKS)
    )
    assert isinstance(households, TypedFigure)
    assert households.read.value == D(12650)
    assert isinstance(revenue, TypedFigure)
    assert revenue.read.value == D(45_375_000_000)
    assert isinstance(share, TypedQuestion)
    assert [one.value for one in share.readings] == [D("120.5"), D("1.205")]
    assert tasks == TypedRefusal("18", NoFigure.NO_DENOMINATOR)


def test_a_number_that_is_shown_in_percent_is_no_question() -> None:
    found = read(
        given_back(fill({"H7": 0.5, "H9": 1.205}), shown_as("H9", "0.0%"), shown_as("H7", "0%"))
    )

    assert found.cells["share"] == BookCell(1.205, "Số liệu!H9", is_share=True)
    share = read_cell(found.cells["share"], unit=SHARE.cell_unit, language="vi")
    assert isinstance(share, TypedFigure)
    assert share.read.value == D("120.5")
    half = read_cell(found.cells["households"], unit=HOUSEHOLDS.cell_unit, language="vi")
    assert half == TypedRefusal("50%", NoFigure.PERCENT)


def test_what_a_program_made_of_a_figure_is_told_by_its_cell() -> None:
    data = given_back(
        fill({"H7": dt.date(2024, 3, 1), "H8": True, "H9": "=1+1", "H10": dt.time(18, 23)}),
        shown_as("H7", "dd/mm/yyyy"),
    )

    found = read(data)

    assert flaws(found) == [
        ("a_day", "Số liệu!H7"),
        ("truth", "Số liệu!H8"),
        ("failed_formula", "Số liệu!H9"),
        ("a_day", "Số liệu!H10"),
    ]
    assert fault_sentence(found.faults[0], "en") == (
        "Số liệu!H7: Excel has made a day of what was typed (01/03/2024). Format the cell as text "
        "and write the figure again."
    )
    assert texts(found) == {
        "households": "01/03/2024",
        "revenue": "TRUE",
        "share": "#VALUE!",
        "tasks": "18:23:00",
    }
    whys = [
        read_cell(found.cells[row.measure_key], unit=row.cell_unit, language="vi")
        for row in (HOUSEHOLDS, REVENUE, SHARE)
    ]
    assert [one.why for one in whys if isinstance(one, TypedRefusal)] == [
        NoFigure.DAY,
        NoFigure.NO_NUMBER,
        NoFigure.FAILED_FORMULA,
    ]


def test_a_formula_gives_its_value_and_its_failure_is_told() -> None:
    data = write_book(a_book())
    data = with_cell(data, "H7", '<c r="H7" s="8"><f>SUM(E7:F7)</f><v>24370</v></c>')
    data = with_cell(data, "H9", '<c r="H9" s="8" t="e"><f>1/0</f><v>#DIV/0!</v></c>')

    found = read(data)

    assert found.cells["households"].value == 24370.0
    assert flaws(found) == [("failed_formula", "Số liệu!H9")]
    assert found.cells["share"].value == "#DIV/0!"


def test_other_sheets_before_and_behind_the_form_are_passed_over() -> None:
    def more(sheet) -> None:
        book = sheet.parent
        book.create_sheet("Nháp", 0)["H7"] = "99.999"
        book.create_sheet("Tính")["A1"] = "households#00000000"

    found = read(given_back(fill(FILLED), more))

    assert texts(found) == TOLD
    assert found.faults == ()


def test_a_copy_of_the_sheet_inside_the_file_must_say_the_same() -> None:
    def copy(sheet) -> None:
        sheet.parent.copy_worksheet(sheet)["H7"] = "12.651"

    found = read(given_back(fill(FILLED), copy))

    assert flaws(found) == [("twice", "Số liệu!H7")]
    assert found.faults[0].data["other"] == "Số liệu Copy!H7"
    assert "households" not in found.cells


def test_a_file_with_the_forms_of_two_units_is_refused() -> None:
    other = signed(replace(KEY, unit_code="phuong-sen-dong", sheet="018f-other"))

    def second(sheet) -> None:
        copied = sheet.parent.copy_worksheet(sheet)
        copied["A1"] = f"lotrinh:book:1:{other}"

    fault = refused(given_back(fill(FILLED), second)).fault

    assert fault.flaw is BookFlaw.SEVERAL_KEYS
    assert fault_sentence(fault, "vi") == (
        "Tệp chứa nhiều biểu số liệu khác nhau, ở các trang: “Số liệu”, “Số liệu Copy”. Gửi mỗi "
        "biểu thành một tệp."
    )


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"A1": None}, BookFlaw.NO_KEY),
        ({"A1": "lotrinh:book:1:eyJhIjoxfQ:xxxx"}, BookFlaw.WRONG_KEY),
        ({"A1": "lotrinh:book:1:"}, BookFlaw.WRONG_KEY),
        ({"A1": "lotrinh:book:2:abc"}, BookFlaw.OTHER_LAYOUT),
        ({"H1": None}, BookFlaw.COLUMNS_GONE),
    ],
)
def test_a_form_without_its_hidden_signs_is_refused(change, flaw: BookFlaw) -> None:
    assert refused(given_back(fill(FILLED), fill(change))).fault.flaw is flaw


def test_a_column_that_is_gone_is_named() -> None:
    fault = refused(given_back(lambda sheet: sheet.delete_cols(8))).fault

    assert fault_sentence(fault, "en") == (
        "Columns of the form are missing on the sheet “Số liệu”: This period. Download the form, "
        "copy the figures into it and send that."
    )


def test_a_key_says_nothing_when_a_letter_of_it_is_changed() -> None:
    whole = signed(KEY)

    assert key_of(whole) == KEY
    assert signed(KEY) == whole
    assert key_of(whole[:-1] + ("A" if whole[-1] != "A" else "B")) is None
    assert key_of("A" + whole) is None
    assert key_of("") is None


@pytest.mark.parametrize(
    ("change", "flaw", "said"),
    [
        (
            {"unit_code": "phuong-sen-dong"},
            BookFlaw.OTHER_UNIT,
            "This form is of the unit “phuong-sen-tay”, not of “phuong-sen-dong”. No figure was "
            "taken; send it where that unit reports.",
        ),
        (
            {"period_code": "2024-Q3"},
            BookFlaw.OTHER_PERIOD,
            "This form is of the period “2024-Q2”, not of “2024-Q3”. No figure was taken; send it "
            "where that period is reported.",
        ),
        (
            {"basis": "estimated"},
            BookFlaw.OTHER_BASIS,
            "This form is for figures “figures of the unit itself”, not “estimates”. No figure was "
            "taken; download the right form.",
        ),
        (
            {"sheet": "018f-other"},
            BookFlaw.OTHER_FORM,
            "This form belongs to another report of the same unit and period. No figure was taken; "
            "send it to that report.",
        ),
    ],
)
def test_the_form_of_another_is_recognised_and_refused(change, flaw, said) -> None:
    found = read(given_back(fill(FILLED)))
    wanted: BookKey = replace(KEY, **change)

    with pytest.raises(BookRefused) as caught:
        held_against(found, key=wanted, rows=ROWS)

    assert caught.value.fault.flaw is flaw
    assert fault_sentence(caught.value.fault, "en") == said


def test_a_form_downloaded_before_others_changed_it_is_taken_and_said_to_be_one() -> None:
    found = read(given_back(fill(FILLED)))

    held = held_against(found, key=replace(KEY, version=5), rows=ROWS)

    assert texts(held) == TOLD
    assert [fault.flaw for fault in held.faults] == [BookFlaw.OTHER_VERSION]
    assert fault_sentence(held.faults[0], "vi") == (
        "Biểu được tải khi số liệu ở lần sửa 3, nay là lần sửa 5. So từng ô khác nhau rồi chọn số "
        "được giữ."
    )


def test_measures_that_came_or_went_since_are_told() -> None:
    found = read(given_back(fill(FILLED), lambda sheet: sheet.delete_rows(7)))
    new = replace(SHARE, measure_key="new", name="Tỷ lệ hộ có nước sạch")

    held = held_against(found, key=KEY, rows=[*ROWS[:-1], new])

    assert texts(held) == {name: TOLD[name] for name in ("revenue", "share", "tasks")}
    assert [(fault.flaw.value, fault.at, fault.data["measure"]) for fault in held.faults] == [
        ("unknown_measure", "Số liệu!H10", "security"),
        ("row_gone", "", "households"),
        ("row_gone", "", "new"),
    ]


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("đạt", True),
        (" Không  đạt ", True),
        ("chưa có số liệu", True),
        (None, True),
        ("Tốt", False),
    ],
)
def test_a_word_that_is_in_no_list_is_told_with_the_list(typed, is_one: bool) -> None:
    held = held_against(read(given_back(fill({"H11": typed}))), key=KEY, rows=ROWS)

    assert [fault.flaw for fault in held.faults] == ([] if is_one else [BookFlaw.NOT_A_CHOICE])
    if not is_one:
        assert fault_sentence(held.faults[0], "en") == (
            "Số liệu!H11: “Tốt” is not in the list. Choose one of: Đạt; Không đạt."
        )


OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("TT;Chỉ tiêu;Kỳ này\n1;Số hộ;12.650\n".encode(), "bieu.csv"),
        (OLD_EXCEL, "bieu.xls"),
        (zipped({"word/document.xml": b"<a/>"}), "bieu.docx"),
        (zipped({"xl/workbook.bin": b"1"}), "bieu.xlsb"),
        (b"%PDF-1.7\n", "bieu.pdf"),
    ],
)
def test_another_kind_of_file_is_refused_with_the_cure(data: bytes, name: str) -> None:
    fault = refused(data, name).fault

    assert fault.flaw is BookFlaw.NOT_A_WORKBOOK
    assert fault_sentence(fault, "en") == (
        f"“{name}” is no Excel file (.xlsx). Open the form that was downloaded, choose “Save as”, "
        "“Excel Workbook (.xlsx)”, and send that."
    )


def test_what_the_gate_refuses_is_refused_here() -> None:
    whole = write_book(a_book())
    bomb = with_part(whole, "xl/worksheets/sheet1.xml", b"<x>" + b"0" * 20_000_000)
    cases = {"bomb": bomb, "damaged": whole[:-400], "empty": b""}

    for code, data in cases.items():
        with pytest.raises(Unreadable) as caught:
            read_book(data, "a.xlsx")
        assert caught.value.code == code


def test_many_books_come_back_in_their_order_the_bad_ones_with_their_reason() -> None:
    second = replace(KEY, unit_code="phuong-sen-dong", sheet="018f-second")
    files = [
        ("1.xlsx", given_back(fill(FILLED))),
        ("2.csv", b"a;b\n1;2\n"),
        ("3.xlsx", write_book(a_book(key=second))),
        ("4.xlsx", b""),
        ("5.xlsx", given_back(fill({"A1": None}))),
    ]

    with Crew(2) as crew:
        found = list(read_books(files, crew=crew))

    assert [name for name, _ in found] == [name for name, _ in files]
    one, no_workbook, other, empty, no_key = (given for _, given in found)
    assert one == read(files[0][1])
    assert isinstance(no_workbook, BookRefused)
    assert no_workbook.fault.flaw is BookFlaw.NOT_A_WORKBOOK
    assert not isinstance(other, Exception)
    assert other.key == second
    assert isinstance(empty, Unreadable)
    assert empty.code == "empty"
    assert isinstance(no_key, BookRefused)
    assert no_key.fault.flaw is BookFlaw.NO_KEY


def test_a_text_that_no_cell_can_hold_is_refused_before_it_is_lost() -> None:
    long = replace(REVENUE, comment="ả" * 32_768)

    with pytest.raises(TooLongForExcel):
        write_book(a_book([long]))
    assert read(write_book(a_book([replace(REVENUE, comment="ả" * 32_767)])))
