"""Cells, heads and sentences of sheets."""

from datetime import date

import pytest

from lotrinh.rules.sheet_cells import Spell, WrongCell, day_in, spells_in, spells_text
from lotrinh.rules.sheet_heads import NoHead, find_head, known_heads, rows_below
from lotrinh.rules.sheets import (
    Fault,
    Flaw,
    Judged,
    Verdict,
    sentence,
    tidy,
    verdict_word,
    words,
)
from lotrinh.rules.sheets_returned import returned

FILLED = {
    "given": "x",
    "most": 3,
    "unit": "u",
    "row": 7,
    "day": "2025-07-01",
    "there": "cũ",
    "vi": "xã",
    "en": "commune",
    "forms": "00004",
    "near": "Sở Y tế",
}


@pytest.mark.parametrize("typed", ["1/7/2025", "01/07/2025", "2025-07-01", "1-7-2025", "1.7.2025"])
def test_a_day_is_read_in_every_manner_with_the_day_first(typed):
    assert day_in(typed) == date(2025, 7, 1)


@pytest.mark.parametrize(
    "typed", ["7/13/2025", "30/2/2024", "1/7/2025 08:00", "2025", "1/7/25", "1/7/1899"]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(WrongCell) as wrong:
        day_in(typed)

    assert (wrong.value.flaw, wrong.value.data) == (Flaw.NO_DAY, {"given": typed})


def test_a_list_holds_names_with_their_days():
    typed = 'UBND phường; "Chợ; và [bến]" [..1/7/2025]; Cũ [2020-01-01..2021-01-01]'

    found = spells_in(typed)

    assert found == (
        Spell("Chợ; và [bến]", None, date(2025, 7, 1)),
        Spell("Cũ", date(2020, 1, 1), date(2021, 1, 1)),
        Spell("UBND phường"),
    )
    assert spells_in(spells_text(found)) == found


@pytest.mark.parametrize(
    "typed", ["A [2020]", "A [x..y]", "A]", 'A "B', "A [2021-01-01..2020-01-01]"]
)
def test_a_list_that_cannot_be_meant_is_refused(typed):
    with pytest.raises(WrongCell):
        spells_in(typed)


@pytest.mark.parametrize(
    "head",
    [
        ("Mã đơn vị", "Loại đơn vị", "Tên đơn vị"),
        ("ma don vi", "LOẠI", "tên tiếng việt"),
        ("Unit code", "Kind", "Name in Vietnamese"),
    ],
)
def test_a_head_is_known_in_both_languages_and_below_titles(head):
    grid = [("DANH SÁCH ĐƠN VỊ", "", ""), head, ("a", "b", "c")]

    found = find_head(grid, "units", ("code", "kind", "name_vi"))

    assert (found.first, found.last, dict(found.columns)) == (
        1,
        1,
        {"code": 0, "kind": 1, "name_vi": 2},
    )


def test_a_numbering_has_its_own_column_and_strange_heads_are_told():
    grid = [("TT", "Mã đơn vị", "Loại", "Tên", "Mã số: gso", "Ghi chú", "Lỗi / Error")]

    found = find_head(grid, "units", ("code", "kind", "name_vi"))

    assert found.columns["codes:gso"] == 4
    assert found.strange == ("Ghi chú",)


def test_a_sheet_without_a_head_says_what_is_missing():
    with pytest.raises(NoHead) as missing:
        find_head([("Mã đơn vị", "Ghi chú")], "units", ("code", "kind", "name_vi"))

    assert missing.value.missing == ("kind", "name_vi")


@pytest.mark.parametrize("flaw", Flaw)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_flaw_has_a_sentence_with_its_column(flaw, language):
    said = sentence(Fault(flaw, "since", FILLED), "units", language)

    assert said.startswith({"vi": "Từ ngày: ", "en": "From: "}[language])
    assert "{" not in said


def test_every_flaw_and_verdict_is_worded_and_nothing_else():
    assert set(words()["flaws"]) == set(Flaw)
    assert set(words()["verdicts"]) == set(Verdict)
    assert verdict_word(Verdict.NEW, "vi") == "mới"


GIVEN = [
    ("DANH SÁCH", "", ""),
    ("Mã đơn vị", "Loại", "Lỗi / Error"),
    ("a", "commune", ""),
    ("", "x", "cũ"),
    ("b", "commune", ""),
    ("", "", ""),
]


def test_a_sheet_goes_back_whole_with_what_became_of_each_row():
    head = find_head(GIVEN, "units", ("code", "kind"))
    verdicts = [
        Judged(3, "a", Verdict.NEW),
        Judged(4, "", Verdict.REFUSED, (Fault(Flaw.MISSING, "code"),)),
        Judged(5, "b", Verdict.UNCHANGED),
    ]

    back = returned(GIVEN, head, verdicts, "units", language="vi", is_taken=True)

    assert back == (
        ("DANH SÁCH", "", ""),
        ("Mã đơn vị", "Loại", "Kết quả kiểm tra"),
        ("a", "commune", "đã nhận vào"),
        ("", "x", "LỖI: Mã đơn vị: ô này còn trống; hãy điền vào"),
        ("b", "commune", "đã có trong hệ thống"),
        ("", "", ""),
    )
    again = returned(back, head, verdicts, "units", language="en")
    assert [row[2] for row in again] == [
        "",
        "What became of it",
        "nothing wrong, not taken in yet",
        "WRONG: Unit code: this cell is empty; fill it in",
        "there already",
        "",
    ]
    assert find_head(again, "units", ("code", "kind")).strange == ()


def test_a_head_of_two_rows_and_a_row_of_numbers_are_one_head():
    grid = [
        ("TT", "Mã đơn vị (*)", "LOẠI *", "Tên\nđơn vị:", "Thời gian", "", "Ghi chú"),
        ("", "", "", "", "Từ ngày", "Đến hết ngày", ""),
        ("A", "(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("1", "p1", "Phường", "Phường Một", "1/7/2025", "", ""),
        ("", "", "", "", "", "", ""),
        ("Tổng cộng:", "", "", "1", "", "1.234", ""),
    ]

    head = find_head(grid, "units", ("code", "kind", "name_vi"))

    assert (head.first, head.last, head.strange) == (0, 2, ("Ghi chú",))
    assert dict(head.columns) == {
        "code": 1,
        "kind": 2,
        "name_vi": 3,
        "since": 4,
        "last_day": 5,
    }
    assert [line for line, _ in rows_below(grid, head)] == [4]


def test_a_row_that_looks_like_a_head_or_a_total_is_a_row():
    grid = [
        ("Mã đơn vị", "Loại", "Tên"),
        ("ma", "Phường", "Tên"),
        ("cong", "Sở", "Sở Công Thương"),
        ("Tổng", "Sở", "2"),
    ]

    head = find_head(grid, "units", ("code", "kind", "name_vi"))

    assert (head.first, head.last) == (0, 0)
    assert [line for line, _ in rows_below(grid, head)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ("Mã số: gso", "codes:gso"),
        ("MÃ SỐ: GSO", "codes:gso"),
        ("Code in: QD20-2020", "codes:QD20-2020"),
        ("ma so : a_b", "codes:a_b"),
        ("Mã số: a b", None),
    ],
)
def test_a_numbering_keeps_the_very_name_of_its_system(said, column):
    head = find_head([("Mã", "Loại", "Tên", said)], "units", ("code", "kind", "name_vi"))

    assert [name for name, place in head.columns.items() if place == 3] == (
        [column] if column else []
    )


def test_the_columns_that_are_known_are_counted():
    assert known_heads([("Hướng dẫn",), ("Unit code", "Kind", "x")]) == 2
    assert known_heads([("Chức vụ", "Họ và tên", "Vai trò")]) == 3
    assert known_heads([]) == 0


@pytest.mark.parametrize(
    "typed",
    ["45839", "45839.0", "45839,00", "01/07/2025 00:00", "2025-07-01T00:00:00", "1 / 7 / 2025"],
)
def test_a_day_may_be_counted_as_excel_does_or_bear_a_midnight(typed):
    assert day_in(typed) == date(2025, 7, 1)


def test_composed_and_decomposed_letters_are_the_same_letters():
    assert tidy("Phu\u031bo\u031b\u0300ng") == "Phường"
