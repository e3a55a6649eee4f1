"""Columns of marks and of bare months, and what stands beside the tasks of a table."""

from tests.reading.tables.paper import LEFT, UP, results, targets, tasks


def test_a_cross_under_a_body_makes_it_lead() -> None:
    found = tasks(
        "Phân công năm 2025",
        [
            ["TT", "Nhiệm vụ", "Đơn vị thực hiện", LEFT, LEFT, "Thời hạn"],
            [UP, UP, "Phòng Nội vụ", "Phòng Tài chính", "Công an huyện", UP],
            ["1", "Lập danh sách hộ kinh doanh", "", "x", "", "30/4/2025"],
            ["2", "Tuyên truyền về cư trú", "x", "", "X", "Quý II/2025"],
        ],
    )
    assert [(fields["lead"], fields["due"]) for _, fields in found] == [
        (["Phòng Tài chính"], "2025-04-30"),
        (["Phòng Nội vụ", "Công an huyện"], "2025-Q2"),
    ]


def test_marks_of_help_and_crosses_beside_a_lead_name_who_helps() -> None:
    head = ["TT", "Nhiệm vụ", "Sở Y tế", "Sở Nội vụ", "Thời hạn"]
    (found,) = tasks("", [head, ["1", "Lập đề án", "CT", "PH", "6/2025"]])
    assert (found[1]["lead"], found[1]["coordinate"]) == (["Sở Y tế"], ["Sở Nội vụ"])
    head = ["TT", "Nhiệm vụ", "Chủ trì", "Sở Y tế", "Sở Nội vụ", "Thời hạn"]
    (found,) = tasks("", [head, ["1", "Lập đề án", "Sở Tư pháp", "x", "x", "6/2025"]])
    assert found[1]["lead"] == ["Sở Tư pháp"]
    assert found[1]["coordinate"] == ["Sở Y tế", "Sở Nội vụ"]


def test_crosses_under_years_say_by_when() -> None:
    found = tasks(
        "",
        [
            ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian thực hiện", LEFT, LEFT],
            [UP, UP, UP, "2025", "2026", "2027"],
            ["1", "Khảo sát hiện trạng", "Sở Xây dựng", "x", "", ""],
            ["2", "Thi công hạ tầng", "Ban QLDA", "", "x", "x"],
        ],
    )
    assert [fields["due"] for _, fields in found] == ["2025", "2027"]


def test_bare_numbers_are_months_below_their_heading() -> None:
    found = tasks(
        "KẾ HOẠCH CÔNG TÁC NĂM 2025",
        [
            ["Tháng", "Nội dung công việc", "Người phụ trách"],
            ["1", "Sinh hoạt chuyên đề", "Bí thư chi bộ"],
            ["4, 9", "Kiểm tra đảng viên", "Phó Bí thư"],
        ],
    )
    assert [fields["due"] for _, fields in found] == ["2025-01", "2025-09"]


def test_what_is_demanded_is_the_task_and_not_the_issue() -> None:
    head = ["TT", "Nội dung kiến nghị", "Đơn vị giải quyết", "Yêu cầu", "Thời hạn"]
    found = tasks("", [head, ["1", "Nước yếu", "Công ty Cấp nước", "Thay ống cũ", "15/9/2025"]])
    assert [(text, fields["lead"]) for text, fields in found] == [
        ("Thay ống cũ", ["Công ty Cấp nước"])
    ]


def test_the_name_of_a_document_is_the_task_and_its_form_the_product() -> None:
    head = ["STT", "Tên văn bản", "Hình thức văn bản", "Cơ quan soạn thảo", "Thời gian trình"]
    found = tasks("", [head, ["1", "Quy định giá đất", "Nghị quyết", "Sở Tài chính", "3/2025"]])
    assert [(text, fields["deliverable"]) for text, fields in found] == [
        ("Quy định giá đất", "Nghị quyết")
    ]


_FOLLOWED = ["STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Kết quả hiện nay"]


def test_the_value_that_a_task_is_to_reach_is_a_target() -> None:
    rows = [
        _FOLLOWED,
        ["1", "Nâng tỷ lệ bao phủ BHYT lên 97%", "Phòng VH-XH", "31/12/2025", "Hiện đạt 95,3%"],
        ["2", "Tỷ lệ hồ sơ trực tuyến đạt trên 80%", "Trung tâm PVHCC", "12/2025", ""],
        ["3", "Mở 3 lớp tập huấn", "Phòng VH-XH", "12/2025", ""],
    ]
    assert targets("", rows) == [
        (
            "tỷ lệ bao phủ BHYT lên 97%",
            {
                "metric": "tỷ lệ bao phủ BHYT",
                "comparator": "=",
                "value": 97,
                "unit": "%",
                "due": "2025-12-31",
            },
        ),
        (
            "Tỷ lệ hồ sơ trực tuyến đạt trên 80%",
            {
                "metric": "Tỷ lệ hồ sơ trực tuyến",
                "comparator": ">",
                "value": 80,
                "unit": "%",
                "due": "2025-12",
            },
        ),
    ]
    assert results("", rows) == [
        ("Hiện đạt 95,3%", {"metric": "tỷ lệ bao phủ BHYT", "value": 95.3, "unit": "%"})
    ]


def test_what_was_reached_of_a_task_is_a_result_and_what_is_planned_is_none() -> None:
    rows = [
        _FOLLOWED,
        ["1", "Cấp giấy chứng nhận", "Phòng Kinh tế", "8/2025", "Đã cấp 86/120 giấy"],
        ["2", "Sửa nhà cho hộ nghèo", "Phòng VH-XH", "8/2025", "Xong 03 nhà; còn 12 hộ"],
        ["3", "Giải ngân vốn", "Ban QLDA", "8/2025", "Vốn giao 1.905 tỷ đồng"],
    ]
    assert results("", rows) == [
        ("Đã cấp 86/120 giấy", {"metric": "giấy", "unit": "giấy", "done": 86, "total": 120}),
        ("Xong 03 nhà", {"metric": "nhà", "value": 3, "unit": "house"}),
        ("còn 12 hộ", {"metric": "hộ", "value": 12, "unit": "household"}),
    ]


def test_the_steps_of_a_standing_procedure_are_no_tasks() -> None:
    head = ["Thứ tự công việc", "Nội dung công việc", "Người thực hiện", "Thời gian thực hiện"]
    assert (
        tasks("QUY TRÌNH", [head, ["Bước 1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "1 ngày"]]) == []
    )
    head[0] = "TT"
    assert tasks("KẾ HOẠCH", [head, ["1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "6/2025"]]) != []


def test_shared_targets_count_what_their_heading_says_and_bases_are_none() -> None:
    head = ["TT", "Xã, phường", "Dân số", "Số người tham gia BHXH tự nguyện"]
    rows = [head, ["1", "Phường Hồ Sen", "12.500", "350"], ["2", "Xã Tân An", "8.700", "210"]]
    found = targets("GIAO CHỈ TIÊU NĂM 2025 CHO CÁC XÃ, PHƯỜNG", rows)
    assert [(fields["value"], fields["unit"], fields["due"]) for _, fields in found] == [
        (350, "person", "2025"),
        (210, "person", "2025"),
    ]
