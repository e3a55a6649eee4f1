"""Heads in one, two or three rows, below titles, repeated, lost, and what is no head."""

import pytest

from lotrinh.reading import Task
from lotrinh.reading.tables.headings import role_of
from tests.reading.tables.paper import LEFT, UP, Rows, reading, targets, tasks

_HEAD = ["TT", "Nội dung công việc", "Chủ trì", "Phối hợp", "Thời gian hoàn thành", "Sản phẩm"]


def test_a_group_of_times_names_start_and_end() -> None:
    rows = [
        ["STT", "Công việc", "Thời gian", LEFT, "Đơn vị thực hiện"],
        [UP, UP, "Bắt đầu", "Kết thúc", UP],
        ["1", "Khảo sát hiện trạng", "01/3/2026", "15/4/2026", "Sở Xây dựng"],
    ]
    kept = {"STT": "1", "Thời gian - Bắt đầu": "01/3/2026"}
    expected = {"lead": ["Sở Xây dựng"], "due": "2026-04-15", "columns": kept}
    assert tasks("", rows) == [("Khảo sát hiện trạng", expected)]


def test_a_head_in_three_rows() -> None:
    rows = [
        ["TT", "Nội dung nhiệm vụ", "Tổ chức thực hiện", LEFT, LEFT, "Sản phẩm"],
        [UP, UP, "Phân công", LEFT, "Thời hạn", UP],
        [UP, UP, "Chủ trì", "Phối hợp", UP, UP],
        ["1", "Lập danh mục hồ sơ", "Sở Nội vụ", "Sở Tư pháp", "Quý I/2026", "Danh mục"],
    ]
    expected = {
        "lead": ["Sở Nội vụ"],
        "coordinate": ["Sở Tư pháp"],
        "due": "2026-Q1",
        "deliverable": "Danh mục",
        "columns": {"TT": "1"},
    }
    assert tasks("", rows) == [("Lập danh mục hồ sơ", expected)]


def test_a_group_whose_merged_cell_was_lost() -> None:
    rows = [
        ["TT", "Nội dung nhiệm vụ", "Phân công", "", "Thời hạn"],
        ["", "", "Chủ trì", "Phối hợp", ""],
        ["1", "Lập danh mục hồ sơ", "Sở Nội vụ", "Sở Tư pháp", "Quý I/2026"],
    ]
    [(_, found)] = tasks("", rows)
    assert (found["lead"], found["coordinate"]) == (["Sở Nội vụ"], ["Sở Tư pháp"])


def test_years_below_one_heading_are_the_deadlines_of_their_columns() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Mục tiêu", LEFT, LEFT],
        [UP, UP, UP, "2026", "2027", "2030"],
        ["1", "Tỷ lệ đô thị hóa", "%", "45", "46,5", "≥ 50"],
    ]
    found = [(text, f["value"], f["due"]) for text, f in targets("", rows)]
    assert found == [("45", 45, "2026"), ("46,5", 46.5, "2027"), ("≥ 50", 50, "2030")]


def test_titles_above_numbers_below_and_the_head_again_on_the_next_page() -> None:
    first: Rows = [
        ["KẾ HOẠCH CÔNG TÁC NĂM 2026", LEFT, LEFT, LEFT, LEFT, LEFT],
        _HEAD,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["1", "Ban hành quy chế", "Văn phòng", "", "Tháng 3", "Quy chế"],
        _HEAD,
        ["2", "Tổ chức hội nghị", "Phòng Nội vụ", "", "Quý II", ""],
    ]
    second = [["3", "Tổng kết phong trào", "Phòng Văn hóa", "", "Trước 15/12", "Báo cáo"]]
    found = reading(("", first), ("Trang 2", second))
    given = [(fact.text, fact.due) for fact in found.facts if isinstance(fact, Task)]
    assert given == [
        ("Ban hành quy chế", "2026-03"),
        ("Tổ chức hội nghị", "2026-Q2"),
        ("Tổng kết phong trào", "2026-12-15"),
    ]


def test_another_head_in_the_middle_of_a_sheet_begins_another_table() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"],
        ["1", "Ban hành quy chế", "Văn phòng", "3/2026"],
        ["TT", "Nội dung công việc", "Thời gian hoàn thành", "Đơn vị thực hiện"],
        ["1", "Tổ chức hội nghị", "4/2026", "Phòng Nội vụ"],
    ]
    assert [(text, f["lead"], f["due"]) for text, f in tasks("", rows)] == [
        ("Ban hành quy chế", ["Văn phòng"], "2026-03"),
        ("Tổ chức hội nghị", ["Phòng Nội vụ"], "2026-04"),
    ]


def test_a_first_table_without_a_head_gives_nothing() -> None:
    rows = [
        ["1", "Ban hành quy chế", "Văn phòng", "", "Tháng 3", "Quy chế"],
        ["2", "Tổ chức hội nghị", "Phòng Nội vụ", "", "Quý II", ""],
    ]
    assert tasks("", rows) == []


def test_the_signature_below_a_table_of_its_width_is_no_row_of_it() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["1", "Trồng cây phân tán", "UBND xã", "3/2026"],
    ]
    closing = [["Nơi nhận:\n- Như trên", LEFT, "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]]
    found = reading(("", rows), ("", closing))
    assert [fact.text for fact in found.facts if fact.rule == "table.task"] == [
        "Trồng cây phân tán"
    ]


def test_progress_is_the_deadline_where_there_is_no_other_and_the_cells_are_dates() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Đơn vị thực hiện", "Tiến độ"],
        ["1", "Nạo vét kênh", "Xí nghiệp Thủy lợi", "Quý III/2026"],
        ["2", "Gia cố đê", "Xí nghiệp Thủy lợi", "Theo tiến độ chung"],
    ]
    lead = {"lead": ["Xí nghiệp Thủy lợi"]}
    assert tasks("", rows) == [
        ("Nạo vét kênh", lead | {"due": "2026-Q3", "columns": {"TT": "1"}}),
        ("Gia cố đê", lead | {"columns": {"TT": "2", "Tiến độ": "Theo tiến độ chung"}}),
    ]


def test_a_unit_is_an_organisation_where_its_cells_name_some() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Đơn vị", "Thời hạn"],
        ["1", "Nạo vét kênh", "Phòng Kinh tế", "3/2026"],
    ]
    [(_, found)] = tasks("", rows)
    assert found["lead"] == ["Phòng Kinh tế"]


def test_an_english_head() -> None:
    rows = [
        ["No.", "Task", "Lead agency", "Coordinating agencies", "Deadline", "Expected output"],
        ["I", "Digital government", "", "", "", ""],
        [
            "1",
            "Train officials",
            "Department of Education and Training",
            "Department of Finance; agencies along the line",
            "Before 30 June 2026",
            "Training report",
        ],
        ["2", "Report progress", "Office of the People's Committee", "", "Quarterly", ""],
    ]
    assert tasks("", rows) == [
        (
            "Train officials",
            {
                "lead": ["Department of Education and Training"],
                "coordinate": ["Department of Finance", "agencies along the line"],
                "due": "2026-06-30",
                "deliverable": "Training report",
                "columns": {"No.": "1"},
            },
        ),
        (
            "Report progress",
            {
                "lead": ["Office of the People's Committee"],
                "recurrence": "quarterly",
                "columns": {"No.": "2"},
            },
        ),
    ]


_NO_COMMITMENTS: dict[str, Rows] = {
    "budget": [
        ["TT", "Nội dung", "ĐVT", "Số lượng", "Đơn giá", "Thành tiền"],
        ["1", "In tài liệu", "bộ", "100", "25.000", "2.500.000"],
    ],
    "people": [
        ["TT", "Họ và tên", "Chức vụ", "Đơn vị", "Ghi chú"],
        ["1", "Nguyễn Văn Bình", "Phó Giám đốc", "Sở Nội vụ", "Tổ trưởng"],
    ],
    "letterhead": [
        ["ỦY BAN NHÂN DÂN\nPHƯỜNG LAM KHÊ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["Số: 12/KH-UBND", "Lam Khê, ngày 05 tháng 01 năm 2026"],
    ],
    "signature": [["Nơi nhận:\n- Như trên;\n- Lưu: VT.", "CHỦ TỊCH\n\nTrần Văn An"]],
    "glossary": [["TT", "Từ viết tắt", "Nghĩa"], ["1", "CĐS", "Chuyển đổi số"]],
    "past": [
        ["TT", "Nhiệm vụ", "Kết quả thực hiện", "Ghi chú"],
        ["1", "Trồng cây phân tán", "Đã trồng xong tại 12 thôn", ""],
    ],
}


@pytest.mark.parametrize("name", _NO_COMMITMENTS)
def test_other_tables_give_no_rows(name: str) -> None:
    found = reading(("", _NO_COMMITMENTS[name]))
    assert [fact.rule for fact in found.facts if fact.rule.startswith("table.")] == []


def test_what_is_a_measure_or_a_task_is_a_task() -> None:
    assert role_of("chi so cai thien/nhiem vu") == "task"
    assert role_of("chi tieu") == "metric"
