"""Cells, heads and sentences of sheets."""

from datetime import date

import pytest

from lotrinh.rules.sheet_cells import Spell, WrongCell, day_in, spells_in, spells_text
from lotrinh.rules.sheets import (
    Fault,
    Flaw,
    NoHead,
    Verdict,
    find_head,
    marked,
    sentence,
    verdict_word,
    words,
)

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
}


@pytest.mark.parametrize("typed", ["1/7/2025", "01/07/2025", "2025-07-01", "1-7-2025", "1.7.2025"])
def test_a_day_is_read_in_every_manner_with_the_day_first(typed):
    assert day_in(typed) == date(2025, 7, 1)


@pytest.mark.parametrize("typed", ["7/13/2025", "30/2/2024", "45839", "2025", "1/7/25", "1/7/1899"])
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

    assert (found.row, dict(found.columns)) == (1, {"code": 0, "kind": 1, "name_vi": 2})


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


def test_refused_rows_come_back_as_given_with_what_is_wrong():
    grid = [("Mã đơn vị", "Loại", "Lỗi / Error"), ("a", "commune", ""), ("", "x", "cũ")]
    head = find_head(grid, "units", ("code", "kind"))

    back = marked(grid, head, {3: [Fault(Flaw.MISSING, "code")]}, "units")

    assert back == (
        ("Mã đơn vị", "Loại", "Lỗi / Error"),
        (
            "",
            "x",
            "Mã đơn vị: ô này còn trống; hãy điền vào / Unit code: this cell is empty; fill it in",
        ),
    )
