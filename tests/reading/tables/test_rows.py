"""Which rows are tasks: sections, parents, details, merged, split and shortened cells."""

from typing import Any

import pytest

from lotrinh.reading import Cell, Citation, DateFact, Table, Task
from lotrinh.reading.tables import find_layouts
from lotrinh.reading.tables.grid import is_too_large
from lotrinh.reading.text import read_source
from tests.reading.tables.paper import LEFT, UP, Rows, reading, tasks

_HEAD = ["TT", "Nội dung công việc", "Chủ trì", "Phối hợp", "Thời gian hoàn thành", "Sản phẩm"]


def _read(*rows: list[str]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (text, {key: value for key, value in found.items() if key != "columns"})
        for text, found in tasks("", [_HEAD, *rows])
    ]


def test_a_parent_without_cells_is_a_section() -> None:
    found = _read(
        ["1", "Chuyển đổi số", "", "", "", ""],
        ["1.1", "Số hóa hồ sơ", "Sở Nội vụ", "", "6/2026", "Kho dữ liệu"],
        ["1.2", "Cấp chữ ký số", "Sở Tài chính", "", "", ""],
    )
    assert found == [
        ("Số hóa hồ sơ", {"lead": ["Sở Nội vụ"], "due": "2026-06", "deliverable": "Kho dữ liệu"}),
        ("Cấp chữ ký số", {"lead": ["Sở Tài chính"]}),
    ]


def test_a_parent_hands_down_its_lead_where_no_row_below_has_one() -> None:
    found = _read(
        ["2", "Xây dựng nông thôn mới", "Sở Nông nghiệp và Môi trường", "", "2026", ""],
        ["a)", "Rà soát tiêu chí", "", "", "Quý I/2026", ""],
        ["b)", "Thẩm định hồ sơ", "", "", "Quý II/2026", ""],
    )
    lead = ["Sở Nông nghiệp và Môi trường"]
    assert found == [
        ("Rà soát tiêu chí", {"lead": lead, "due": "2026-Q1"}),
        ("Thẩm định hồ sơ", {"lead": lead, "due": "2026-Q2"}),
    ]


def test_rows_that_only_explain_a_task_are_none() -> None:
    found = _read(
        ["3", "Báo cáo năm", "Văn phòng", "", "31/12/2026", ""],
        ["-", "Thu thập số liệu", "", "", "", ""],
        ["-", "Viết báo cáo", "", "", "", ""],
    )
    assert found == [("Báo cáo năm", {"lead": ["Văn phòng"], "due": "2026-12-31"})]


def test_an_empty_cell_that_is_not_merged_stays_empty() -> None:
    found = _read(
        ["1", "Số hóa hồ sơ", "Sở Nội vụ", "", "6/2026", ""],
        ["2", "Cấp chữ ký số", "", "", "", ""],
    )
    assert found == [
        ("Số hóa hồ sơ", {"lead": ["Sở Nội vụ"], "due": "2026-06"}),
        ("Cấp chữ ký số", {}),
    ]


def test_merged_cells_hold_for_every_row_they_reach() -> None:
    found = _read(
        ["1", "Rà soát nhà xuống cấp", "UBND phường", "Công an phường", "30/6/2026", "Danh sách"],
        ["2", "Lập phương án di dời", UP, UP, UP, "Phương án"],
    )
    common = {"lead": ["UBND phường"], "coordinate": ["Công an phường"], "due": "2026-06-30"}
    assert found == [
        ("Rà soát nhà xuống cấp", common | {"deliverable": "Danh sách"}),
        ("Lập phương án di dời", common | {"deliverable": "Phương án"}),
    ]


def test_a_task_merged_over_two_rows_is_given_to_two() -> None:
    found = _read(
        ["1", "Xây dựng đề án đô thị", "Sở Xây dựng", "", "6/2026", "Đề cương"],
        [UP, UP, "Sở Tài chính", "", "12/2026", "Đề án"],
    )
    assert [(text, f["lead"], f["due"]) for text, f in found] == [
        ("Xây dựng đề án đô thị", ["Sở Xây dựng"], "2026-06"),
        ("Xây dựng đề án đô thị", ["Sở Tài chính"], "2026-12"),
    ]


def test_as_above_in_all_its_spellings() -> None:
    found = _read(
        ["1", "Rà soát quỹ đất", "Sở Xây dựng", "Sở Tài chính", "6/2026", "Báo cáo"],
        ["2", "Công khai quy hoạch", "nt", "-nt-", '"', "Như trên"],
    )
    assert found[1] == (
        "Công khai quy hoạch",
        {
            "lead": ["Sở Xây dựng"],
            "coordinate": ["Sở Tài chính"],
            "due": "2026-06",
            "deliverable": "Báo cáo",
        },
    )


def test_a_row_that_a_page_break_has_split_is_one_task() -> None:
    found = _read(
        ["1", "Rà soát quỹ đất công và", "Sở Nông nghiệp và", "", "2026 và những", "Báo cáo tổng"],
        ["", "đất nông trường", "Môi trường", "", "năm tiếp theo", "hợp"],
        ["2", "Công khai quy hoạch", "Sở Xây dựng", "", "2026", "Bản đồ"],
    )
    assert found == [
        (
            "Rà soát quỹ đất công và",
            {
                "lead": ["Sở Nông nghiệp và Môi trường"],
                "due": "2026",
                "recurrence": "yearly",
                "deliverable": "Báo cáo tổng hợp",
            },
        ),
        (
            "Công khai quy hoạch",
            {"lead": ["Sở Xây dựng"], "due": "2026", "deliverable": "Bản đồ"},
        ),
    ]


def test_a_label_inside_the_cell_is_no_part_of_the_task() -> None:
    found = _read(
        ["", "1. Thu ngân sách", "Sở Tài chính", "", "2026", ""],
        ["", "2.1. Chi đầu tư", "Sở Tài chính", "", "2026", ""],
        ["", "3) Quyết toán", "Sở Tài chính", "", "2027", ""],
    )
    assert [text for text, _ in found] == ["Thu ngân sách", "Chi đầu tư", "Quyết toán"]


def test_a_section_written_across_the_table_or_below_the_label() -> None:
    found = _read(
        ["A. LĨNH VỰC KINH TẾ", LEFT, LEFT, LEFT, LEFT, LEFT],
        ["1", "Thu ngân sách", "Sở Tài chính", "", "2026", ""],
        ["B. LĨNH VỰC VĂN HÓA", "", "", "", "", ""],
        ["2", "Giữ gìn di tích", "Sở Văn hóa và Thể thao", "", "2026", ""],
    )
    assert [text for text, _ in found] == ["Thu ngân sách", "Giữ gìn di tích"]


def test_the_title_of_a_section_names_the_lead_where_no_column_does() -> None:
    rows: Rows = [
        ["TT", "Nhiệm vụ", "Thời hạn"],
        ["I", "Sở Nội vụ", ""],
        ["1", "Rà soát biên chế", "Quý I/2026"],
        ["II", "Sở Tài chính", ""],
        ["1", "Quyết toán ngân sách", "Quý II/2026"],
    ]
    assert [(text, f["lead"]) for text, f in tasks("", rows)] == [
        ("Rà soát biên chế", ["Sở Nội vụ"]),
        ("Quyết toán ngân sách", ["Sở Tài chính"]),
    ]


def test_one_cell_may_say_who_leads_and_who_helps() -> None:
    rows: Rows = [
        ["TT", "Nhiệm vụ", "Đơn vị chủ trì, phối hợp", "Thời hạn"],
        ["1", "Tuần tra ban đêm", "Công an phường chủ trì, Ban Chỉ huy Quân sự phối hợp", "2026"],
        ["2", "Dọn vệ sinh", "Chủ trì: Đoàn Thanh niên; Phối hợp: Hội Nông dân", "2026"],
        ["3", "Trực ban", "Văn phòng, Công an phường", "2026"],
    ]
    assert [(f["lead"], f["coordinate"]) for _, f in tasks("", rows)] == [
        (["Công an phường"], ["Ban Chỉ huy Quân sự"]),
        (["Đoàn Thanh niên"], ["Hội Nông dân"]),
        (["Văn phòng"], ["Công an phường"]),
    ]


def test_dates_in_cells_of_deadlines_are_deadlines_and_are_found_once() -> None:
    rows = [_HEAD, ["1", "Rà soát", "Sở Xây dựng", "", "2026", "Báo cáo năm 2025"]]
    found = reading(("", rows))
    dates = [(f.text, f.iso, f.role) for f in found.facts if isinstance(f, DateFact)]
    assert dates == [("2026", "2026", "deadline"), ("năm 2025", "2025", "period")]


@pytest.mark.parametrize(
    ("cells", "large"),
    [
        ((Cell(0, 0, 0, 0, rows=1, columns=1_000),), False),
        ((Cell(0, 0, 0, 0, rows=1, columns=1_001),), True),
        ((Cell(0, 0, 0, 0), Cell(3_000_000, 0, 0, 0)), True),
        ((Cell(0, 0, 0, 0, rows=4_000, columns=900), Cell(3_999, 0, 0, 0)), True),
        (tuple(Cell(0, 0, 0, 0, rows=1, columns=1_000) for _ in range(2_001)), True),
    ],
)
def test_a_table_that_nobody_could_read_is_left_alone(cells: tuple[Cell, ...], large: bool) -> None:
    assert is_too_large(Table(cells)) is large
    assert find_layouts(read_source(""), [Table(cells)]) == []


def test_some_part_of_a_year_lowers_the_confidence() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["1", "Trồng cây", "UBND xã", "Giữa năm 2026"],
        ["2", "Làm đường", "UBND xã", "Sau 30/6/2026"],
    ]
    found = [fact for fact in reading(("", rows)).facts if isinstance(fact, Task)]
    assert [(fact.due, fact.confidence) for fact in found] == [("2026", 0.8), (None, 0.97)]
    assert found[1].columns == (("TT", "2"), ("Thời hạn", "Sau 30/6/2026"))


def test_a_deadline_beside_a_cited_number_is_not_its_day_of_issue() -> None:
    rows = [
        ["Nội dung công việc", "Văn bản giao", "Thời hạn hoàn thành"],
        ["Rà soát quy hoạch", "TB số 41/TB-UBND", "15/08/2024"],
    ]
    found = reading(("Danh mục", rows))
    assert [fact.role for fact in found.facts if isinstance(fact, DateFact)] == ["deadline"]
    assert [fact.date for fact in found.facts if isinstance(fact, Citation)] == [None]


def test_what_stands_in_a_table_is_not_the_head_of_the_document() -> None:
    rows = [
        ["Nội dung công việc", "Văn bản giao", "Ghi chú", "Chủ trì"],
        ["Rà soát quy hoạch", "Số: 41/TB-UBND", "Lam Khê, ngày 15/08/2024", "Sở Xây dựng"],
    ]
    found = reading(("KẾ HOẠCH\nRà soát quy hoạch", rows))
    assert (found.header.number, found.header.issued) == (None, None)
