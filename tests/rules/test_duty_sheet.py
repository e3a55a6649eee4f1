"""Rows of sheets of duties: heads in many wordings, headings of groups, parts, keys."""

from uuid import UUID

import pytest

from lotrinh.rules.duty_sheet import (
    EXPORTED,
    SHAPE,
    Fate,
    Lot,
    RowKey,
    fate_told,
    find_duty_head,
    helpers_mark,
    key_text,
    read_key,
    read_rows,
    recurrence_in,
    recurrence_text,
)
from lotrinh.rules.sheet_heads import NoHead, rows_below
from lotrinh.rules.sheets import Fault, Flaw, head_word, words
from lotrinh.rules.sheets_returned import marked


def below(*lines: str):
    grid = [tuple(line.split("|")) for line in lines]
    return read_rows(rows_below(grid, find_duty_head(grid)))


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        (
            "TT|Tên nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Kết quả|Thời gian hoàn thành",
            ["number", "title", "unit", "coordinate", "deliverable", "due"],
        ),
        (
            "STT|NHIỆM VỤ|KẾT QUẢ YÊU CẦU|THỜI GIAN HOÀN THÀNH|CƠ QUAN THỰC HIỆN|TIẾN ĐỘ",
            ["number", "title", "deliverable", "due", "unit"],
        ),
        ("STT|Công việc|Đơn vị chủ trì|Thời hạn", ["number", "title", "unit", "due"]),
        ("No.|Task|Lead agency|Deadline", ["number", "title", "unit", "due"]),
    ],
)
def test_columns_are_known_by_their_heads_in_several_wordings(line, columns):
    head = find_duty_head([tuple(line.split("|"))])

    assert list(head.columns) == columns


def test_a_sheet_that_names_neither_unit_nor_time_is_none():
    with pytest.raises(NoHead) as refused:
        find_duty_head([("STT", "Nhiệm vụ", "Ghi chú")])

    assert refused.value.missing == ("unit",)


def test_headings_of_groups_are_told_from_duties_and_parts_inherit():
    rows = below(
        "TT|Nhiệm vụ|Chủ trì|Thời hạn",
        "I|Nhóm nhiệm vụ chung||",
        "II. Nhóm thứ hai|||",
        "1|Chuyển đổi số||2025",
        "1.1|Lập kế hoạch|Sở A|",
        "1.2|Báo cáo||3/2025",
        "2|Rà soát||",
    )

    assert [row.is_heading for row in rows] == [True, True, False, False, False, False]
    assert rows[3].text("due") == "2025"
    assert dict(rows[3].inherited) == {"due": 4}
    assert (rows[4].text("unit"), dict(rows[4].inherited)) == ("", {})


def test_a_row_with_parts_and_nothing_else_is_a_heading():
    rows = below("TT|Nhiệm vụ|Chủ trì", "1|Chung|", "1.1|Lập kế hoạch|Sở A")

    assert [row.is_heading for row in rows] == [True, False]


def test_a_key_names_a_duty_and_its_version():
    assert read_key("0191a1b2-0000-7000-8000-000000000001/12")[1] == 12
    assert [read_key(typed) for typed in ("", "x/1", "0191a1b2/1")] == [None, None, None]


def test_a_key_tells_other_helpers_from_the_same_in_another_order():
    duty, one, other = (UUID(int=number) for number in (1, 2, 3))
    mark = helpers_mark([one, other])

    assert mark == helpers_mark([other, one])
    assert len({mark, helpers_mark([one]), helpers_mark([])}) == 3
    assert read_key(key_text(RowKey(duty, 4, mark))) == (duty, 4, mark)
    assert key_text(RowKey(duty, 4)) == f"{duty}/4"


def test_what_recurs_is_written_and_read_alike():
    for code in words()["often"]:
        assert {recurrence_in(recurrence_text(code, one)) for one in ("vi", "en")} == {code}


def test_an_export_has_a_word_for_every_column():
    heads = {
        language: [head_word(SHAPE, one, language) for one in EXPORTED] for language in ("vi", "en")
    }

    for found in heads.values():
        assert len(set(found)) == len(EXPORTED)


def test_a_refused_row_goes_back_with_its_reason():
    lot = Lot(2, "a", Fate.REFUSED, (Fault(Flaw.NO_UNIT_CALLED, "unit", {"given": "Sở X"}),))
    grid = [("Nhiệm vụ", "Chủ trì"), ("a", "Sở X")]

    rows = marked(grid, find_duty_head(grid), {2: fate_told(lot, "en")}, language="en")

    assert rows[1][2] == (
        "WRONG: Owed by: no unit is called “Sở X”; write its name or code as it stands here"
    )
