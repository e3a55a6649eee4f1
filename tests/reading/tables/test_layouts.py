"""The twelve layouts in which offices write their commitments, each read whole."""

from tests.reading.tables.paper import LEFT, UP, gatherings, results, targets, tasks


def test_layout_1_targets_with_their_unit_and_who_watches_them() -> None:
    found = targets(
        "PHỤ LỤC I\nDANH MỤC CÁC CHỈ TIÊU CỤ THỂ",
        [
            ["TT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì theo dõi, đánh giá"],
            ["I", "Đến năm 2030", "", "", ""],
            ["1", "Trình độ công nghệ của doanh nghiệp", "Thứ bậc", "Tiên tiến", "Sở Công Thương"],
            ["2", "Xếp hạng chính quyền số", "Thứ bậc", "≤ 3 cả vùng; ≤ 50 cả nước", "Sở Nội vụ"],
            ["3", "Dịch vụ công", "", "", ""],
            ["3.1", "Tỷ lệ hồ sơ trực tuyến", "%", "≥ 80", "Văn phòng UBND"],
            ["3.2", "Số tuyến cáp mới", "Tuyến cáp", "09", "Sở Xây dựng"],
            ["II", "Đến năm 2045", "", "", ""],
            ["4", "Quy mô kinh tế số", "% GRDP", "40 - 50", "Sở Tài chính"],
        ],
    )
    watched = "Cơ quan chủ trì theo dõi, đánh giá"
    kept = {"columns": {"TT": "2", watched: "Sở Nội vụ"}}
    ranked = {"comparator": "<=", "unit": "rank", "due": "2030"} | kept
    assert found == [
        ("≤ 3", ranked | {"metric": "Xếp hạng chính quyền số (cả vùng)", "value": 3}),
        ("≤ 50", ranked | {"metric": "Xếp hạng chính quyền số (cả nước)", "value": 50}),
        (
            "≥ 80",
            {
                "metric": "Tỷ lệ hồ sơ trực tuyến",
                "comparator": ">=",
                "value": 80,
                "unit": "%",
                "due": "2030",
                "columns": {"TT": "3.1", watched: "Văn phòng UBND"},
            },
        ),
        (
            "09",
            {
                "metric": "Số tuyến cáp mới",
                "comparator": "=",
                "value": 9,
                "unit": "tuyến cáp",
                "due": "2030",
                "columns": {"TT": "3.2", watched: "Sở Xây dựng"},
            },
        ),
        (
            "40 - 50",
            {
                "metric": "Quy mô kinh tế số",
                "comparator": "range",
                "value": [40, 50],
                "unit": "%",
                "due": "2045",
                "columns": {"TT": "4", "Đơn vị": "% GRDP", watched: "Sở Tài chính"},
            },
        ),
    ]


def test_layout_2_tasks_with_lead_help_result_and_deadline() -> None:
    found = tasks(
        "PHỤ LỤC II\nDANH MỤC CÁC NHIỆM VỤ",
        [
            [
                "TT",
                "Tên nhiệm vụ",
                "Cơ quan chủ trì",
                "Cơ quan phối hợp",
                "Kết quả",
                "Thời gian hoàn thành",
            ],
            ["I.", "Nâng cao nhận thức", "", "", "", ""],
            [
                "1.",
                "Xây dựng chương trình tuyên truyền",
                "Sở Văn hóa, Thể thao và Du lịch",
                "Ban Tuyên giáo; các sở, ngành, địa phương; VTV, VOV",
                "Quyết định",
                "6/2026",
            ],
            ["2.", "Duy trì phong trào học tập số", "Các sở, ngành", "", "-", "Thường xuyên"],
            ["3.", "Báo cáo kết quả", "Sở Nội vụ", "", "Báo cáo", "2026 và những năm tiếp theo"],
            ["4.", "Chuẩn bị hạ tầng", "Sở Xây dựng", "", "", ""],
        ],
    )
    assert found == [
        (
            "Xây dựng chương trình tuyên truyền",
            {
                "lead": ["Sở Văn hóa, Thể thao và Du lịch"],
                "coordinate": ["Ban Tuyên giáo", "các sở, ngành, địa phương", "VTV", "VOV"],
                "due": "2026-06",
                "deliverable": "Quyết định",
                "columns": {"TT": "1."},
            },
        ),
        (
            "Duy trì phong trào học tập số",
            {"lead": ["Các sở, ngành"], "recurrence": "continuous", "columns": {"TT": "2."}},
        ),
        (
            "Báo cáo kết quả",
            {
                "lead": ["Sở Nội vụ"],
                "due": "2026",
                "recurrence": "yearly",
                "deliverable": "Báo cáo",
                "columns": {"TT": "3."},
            },
        ),
        ("Chuẩn bị hạ tầng", {"lead": ["Sở Xây dựng"], "columns": {"TT": "4."}}),
    ]


def test_layout_3_progress_beside_a_deadline_is_kept_and_is_no_deadline() -> None:
    found = tasks(
        "",
        [
            [
                "TT",
                "NHIỆM VỤ",
                "KẾT QUẢ YÊU CẦU",
                "THỜI GIAN HOÀN THÀNH",
                "CƠ QUAN THỰC HIỆN",
                "TIẾN ĐỘ",
                "KẾT QUẢ HIỆN NAY",
            ],
            ["I", "Thể chế", "", "", "", "", ""],
            [
                "1",
                "Xây dựng đề án trung tâm dữ liệu",
                "Đề án",
                "Tháng 5/2026",
                "Sở Nội vụ",
                "Đang thực hiện",
                "Lấy ý kiến trước ngày 28/4",
            ],
        ],
    )
    assert found == [
        (
            "Xây dựng đề án trung tâm dữ liệu",
            {
                "lead": ["Sở Nội vụ"],
                "due": "2026-05",
                "deliverable": "Đề án",
                "columns": {
                    "TT": "1",
                    "TIẾN ĐỘ": "Đang thực hiện",
                    "KẾT QUẢ HIỆN NAY": "Lấy ý kiến trước ngày 28/4",
                },
            },
        )
    ]


def test_layout_4_tasks_given_from_above_keep_the_document_that_gives_them() -> None:
    found = tasks(
        "",
        [
            [
                "STT",
                "NHIỆM VỤ",
                "VĂN BẢN GIAO VIỆC CỦA TRUNG ƯƠNG",
                "THỜI HẠN HOÀN THÀNH",
                "TIẾN ĐỘ",
                "KẾT QUẢ HIỆN NAY",
                "ĐỀ XUẤT, KIẾN NGHỊ",
            ],
            [
                "1",
                "Rà soát quy hoạch khu Phố Cây",
                "Công văn số 12/VPCP-CN",
                "15/9/2026",
                "Quá hạn",
                "",
                "Gia hạn đến tháng 12",
            ],
        ],
    )
    assert found == [
        (
            "Rà soát quy hoạch khu Phố Cây",
            {
                "due": "2026-09-15",
                "columns": {
                    "STT": "1",
                    "VĂN BẢN GIAO VIỆC CỦA TRUNG ƯƠNG": "Công văn số 12/VPCP-CN",
                    "TIẾN ĐỘ": "Quá hạn",
                    "ĐỀ XUẤT, KIẾN NGHỊ": "Gia hạn đến tháng 12",
                },
            },
        )
    ]


def test_layout_5_a_head_in_two_rows_parent_rows_and_inherited_cells() -> None:
    found = tasks(
        "KẾ HOẠCH 100 NGÀY",
        [
            ["TT", "Nhiệm vụ", "Nhiệm vụ chi tiết", "Phân công", LEFT, "Sản phẩm", "Thời hạn"],
            [UP, UP, UP, "Đơn vị chủ trì", "Đơn vị phối hợp", UP, UP],
            ["I", "Hạ tầng số", LEFT, LEFT, LEFT, LEFT, LEFT],
            ["1", "Phủ sóng", "Khảo sát vùng lõm", "Sở Xây dựng", "VNPT", "Báo cáo", "15/6/2026"],
            ["2", UP, "Lắp đặt trạm", UP, UP, "Trạm", "30/6/2026"],
            ["3", UP, "Nghiệm thu trạm", "nt", "", "Biên bản", "Quý III/2026"],
        ],
    )
    assert found == [
        (
            "Khảo sát vùng lõm",
            {
                "lead": ["Sở Xây dựng"],
                "coordinate": ["VNPT"],
                "due": "2026-06-15",
                "deliverable": "Báo cáo",
                "columns": {"TT": "1", "Nhiệm vụ": "Phủ sóng"},
            },
        ),
        (
            "Lắp đặt trạm",
            {
                "lead": ["Sở Xây dựng"],
                "coordinate": ["VNPT"],
                "due": "2026-06-30",
                "deliverable": "Trạm",
                "columns": {"TT": "2", "Nhiệm vụ": "Phủ sóng"},
            },
        ),
        (
            "Nghiệm thu trạm",
            {
                "lead": ["Sở Xây dựng"],
                "due": "2026-Q3",
                "deliverable": "Biên bản",
                "columns": {"TT": "3", "Nhiệm vụ": "Phủ sóng"},
            },
        ),
    ]


def test_layout_6_who_carries_it_out_leads() -> None:
    found = tasks(
        "",
        [
            ["TT", "Nội dung", "Đơn vị thực hiện", "Đơn vị phối hợp", "Thời gian hoàn thành"],
            ["1", "Tiêm chủng mở rộng", "Trung tâm Y tế Hồ Sen", "Các trường học", "Quý II/2026"],
        ],
    )
    assert found == [
        (
            "Tiêm chủng mở rộng",
            {
                "lead": ["Trung tâm Y tế Hồ Sen"],
                "coordinate": ["Các trường học"],
                "due": "2026-Q2",
                "columns": {"TT": "1"},
            },
        )
    ]


def test_layout_7_a_work_plan_with_staff_money_and_two_ends() -> None:
    found = tasks(
        "",
        [
            [
                "Dự án",
                "Tên hạng mục",
                "Giai đoạn",
                "Đơn vị chủ trì",
                "Đơn vị phối hợp",
                "Cán bộ chủ trì",
                "Cán bộ phối hợp",
                "Ngày bắt đầu",
                "Ngày kết thúc",
                "Kinh phí",
                "Thời hạn hoàn thành",
            ],
            [
                "Cầu Lam Khê",
                "Giải phóng mặt bằng",
                "Chuẩn bị",
                "Ban Quản lý dự án",
                "UBND phường Lam Khê",
                "Trần Văn Bình",
                "",
                "01/03/2026",
                "30/06/2026",
                "12.000.000",
                "30/06/2026",
            ],
        ],
    )
    assert found == [
        (
            "Giải phóng mặt bằng",
            {
                "lead": ["Ban Quản lý dự án"],
                "coordinate": ["UBND phường Lam Khê"],
                "due": "2026-06-30",
                "columns": {
                    "Dự án": "Cầu Lam Khê",
                    "Giai đoạn": "Chuẩn bị",
                    "Cán bộ chủ trì": "Trần Văn Bình",
                    "Ngày bắt đầu": "01/03/2026",
                    "Ngày kết thúc": "30/06/2026",
                    "Kinh phí": "12.000.000",
                },
            },
        )
    ]


def test_layout_8_the_place_in_the_document_is_kept_and_an_empty_deadline_stays_empty() -> None:
    found = tasks(
        "",
        [
            [
                "STT",
                "Nội dung nhiệm vụ",
                "Đơn vị chủ trì",
                "Đơn vị phối hợp",
                "Thời hạn",
                "Vị trí trong văn bản",
            ],
            ["1", "Rà soát hồ sơ tồn đọng", "Sở Tư pháp", "", "Trước 15/6/2026", "Điều 2"],
            ["2", "Niêm yết công khai", "UBND các xã, phường", "Sở Nội vụ", "", "Điều 3"],
        ],
    )
    assert found == [
        (
            "Rà soát hồ sơ tồn đọng",
            {
                "lead": ["Sở Tư pháp"],
                "due": "2026-06-15",
                "columns": {"STT": "1", "Vị trí trong văn bản": "Điều 2"},
            },
        ),
        (
            "Niêm yết công khai",
            {
                "lead": ["UBND các xã, phường"],
                "coordinate": ["Sở Nội vụ"],
                "columns": {"STT": "2", "Vị trí trong văn bản": "Điều 3"},
            },
        ),
    ]


def test_layout_9_a_compliance_plan() -> None:
    found = tasks(
        "IV. TIẾN ĐỘ",
        [
            ["STT", "Công việc", "Đơn vị chủ trì", "Thời hạn"],
            ["1", "Ban hành quy trình tiếp nhận", "Phòng Pháp chế", "Ngay sau khi có hướng dẫn"],
            ["2", "Tập huấn cán bộ", "Phòng Tổ chức", "6 tháng/lần"],
        ],
    )
    assert found == [
        (
            "Ban hành quy trình tiếp nhận",
            {
                "lead": ["Phòng Pháp chế"],
                "columns": {"STT": "1", "Thời hạn": "Ngay sau khi có hướng dẫn"},
            },
        ),
        (
            "Tập huấn cán bộ",
            {"lead": ["Phòng Tổ chức"], "recurrence": "half-yearly", "columns": {"STT": "2"}},
        ),
    ]


_SCHEDULE = [
    [
        "Ngày",
        "Thời gian",
        "Nội dung",
        "Lãnh đạo chủ trì/tham dự",
        "Địa điểm",
        "Thành phần",
        "Lãnh đạo VP và phòng CM theo dõi",
        "Ghi chú",
    ],
    ["Thứ 2 (15/6/2026)", "08h00", "Giao ban UBND", "Chủ tịch", "Tầng 3", "Thành viên", "", ""],
    [UP, "14h00", "Dự hội nghị cải cách hành chính", "Chủ tịch", "UBND tỉnh", "", "", "0170"],
    ["Thứ 3 (16/6/2026)", "", "", "", "", "", "", ""],
]


def test_layout_10_a_weekly_schedule_gives_events_and_no_tasks() -> None:
    assert gatherings("LỊCH CÔNG TÁC TUẦN", _SCHEDULE) == [
        ("Giao ban UBND", {"name": "Giao ban UBND", "date": "2026-06-15"}),
        (
            "Dự hội nghị cải cách hành chính",
            {"name": "Dự hội nghị cải cách hành chính", "date": "2026-06-15"},
        ),
    ]
    assert tasks("LỊCH CÔNG TÁC TUẦN", _SCHEDULE) == []


def test_layout_11_a_list_to_be_imported() -> None:
    found = tasks(
        "",
        [
            [
                "Tiêu đề",
                "Mã đơn vị",
                "Mã cán bộ",
                "Mức độ ưu tiên",
                "Hạn hoàn thành",
                "Loại nhiệm vụ",
                "Khối",
                "Văn bản giao",
            ],
            [
                "Cập nhật dữ liệu hộ nghèo",
                "VHXH",
                "CB015",
                "Cao",
                "30/09/2026 17:00",
                "Thường kỳ",
                "Chính quyền",
                "12/KH-UBND",
            ],
        ],
    )
    assert found == [
        (
            "Cập nhật dữ liệu hộ nghèo",
            {
                "lead": ["VHXH"],
                "due": "2026-09-30",
                "columns": {
                    "Mã cán bộ": "CB015",
                    "Mức độ ưu tiên": "Cao",
                    "Loại nhiệm vụ": "Thường kỳ",
                    "Khối": "Chính quyền",
                    "Văn bản giao": "12/KH-UBND",
                },
            },
        )
    ]


_KPIS = [
    [
        "STT",
        "KPI vĩ mô",
        "Mục tiêu 2030",
        "Mục tiêu 2045",
        "Giá trị hiện tại",
        "% hoàn thành",
        "Xu hướng",
    ],
    ["1", "Tỷ trọng kinh tế số", "≥ 30%", "Trên 50%", "18,3%", "61", "Tăng"],
    ["2", "Năng lực công nghệ", "Đạt mức trung bình", "", "", "", "Tăng"],
]


def test_layout_12_indicators_for_two_years_beside_their_present_value() -> None:
    common = {"metric": "Tỷ trọng kinh tế số", "unit": "%"}
    kept = {"columns": {"STT": "1", "Xu hướng": "Tăng"}}
    assert targets("", _KPIS) == [
        ("≥ 30%", common | {"comparator": ">=", "value": 30, "due": "2030"} | kept),
        ("Trên 50%", common | {"comparator": ">", "value": 50, "due": "2045"} | kept),
    ]
    assert results("", _KPIS) == [("18,3%", common | {"value": 18.3, "percent_of_plan": 61})]
