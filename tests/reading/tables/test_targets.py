"""Plans, results, shares of a whole, and targets shared out among units."""

from lotrinh.reading.facts import Target
from tests.reading.tables.paper import LEFT, UP, reading, results, targets, tasks

_PLAN = [
    ["TT", "Chỉ tiêu", "ĐVT", "Thực hiện 2024", "Năm 2025", LEFT, LEFT, "Kế hoạch 2026"],
    [UP, UP, UP, UP, "Kế hoạch", "Ước thực hiện", "% so KH", UP],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
    ["I", "Kinh tế", "", "", "", "", "", ""],
    ["1", "Giá trị sản xuất", "Tỷ đồng", "1.200", "1.300", "1.350,5", "103,9", "1.500"],
    ["-", "Trong đó: Công nghiệp", "Tỷ đồng", "", "", "", "", "620"],
    ["2", "Tỷ lệ hộ nghèo", "%", "2,1", "", "", "", "Dưới 1"],
    ["3", "Xã đạt chuẩn", "Xã", "", "", "", "", "Hoàn thành"],
    ["", "Tổng cộng", "", "5", "5", "", "", "5"],
]


def test_a_plan_beside_results_and_estimates() -> None:
    produced: dict[str, object] = {"metric": "Giá trị sản xuất", "unit": "VND"}
    poor: dict[str, object] = {"metric": "Tỷ lệ hộ nghèo", "unit": "%"}
    part: dict[str, object] = {"metric": "Giá trị sản xuất - Trong đó: Công nghiệp", "unit": "VND"}
    assert [(t, {**f, "columns": None}) for t, f in targets("", _PLAN)] == [
        (text, fields | {"comparator": sign, "value": value, "due": due, "columns": None})
        for text, fields, sign, value, due in (
            ("1.300", produced, "=", 1_300_000_000_000, "2025"),
            ("1.500", produced, "=", 1_500_000_000_000, "2026"),
            ("620", part, "=", 620_000_000_000, "2026"),
            ("Dưới 1", poor, "<", 1, "2026"),
        )
    ]
    estimated = {"value": 1_350_500_000_000, "percent_of_plan": 103.9, "estimated": True}
    assert results("", _PLAN) == [
        ("1.200", produced | {"value": 1_200_000_000_000}),
        ("1.350,5", produced | estimated),
        ("2,1", poor | {"value": 2.1}),
    ]


def test_the_title_states_year_and_unit_of_the_whole_table() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Kế hoạch giao"],
        ["1", "Thu nội địa", "1.250"],
        ["2", "Số hộ thoát nghèo (hộ)", "120"],
    ]
    before = "CHỈ TIÊU THU NGÂN SÁCH NĂM 2026\n(Đơn vị tính: triệu đồng)"
    found = [(f["metric"], f["value"], f["unit"], f["due"]) for _, f in targets(before, rows)]
    assert found == [
        ("Thu nội địa", 1_250_000_000, "VND", "2026"),
        ("Số hộ thoát nghèo", 120, "household", "2026"),
    ]


def test_a_deadline_in_the_row_is_nearer_than_that_of_the_title() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Phấn đấu", "Thời gian hoàn thành"],
        ["1", "Hồ sơ số hóa", "%", "100", "9/2026"],
    ]
    [(_, found)] = targets("CHỈ TIÊU NĂM 2026", rows)
    assert (found["value"], found["due"]) == (100, "2026-09")
    assert tasks("CHỈ TIÊU NĂM 2026", rows) == []


def test_a_year_that_is_compared_with_is_no_deadline() -> None:
    rows = [
        ["TT", "Đơn vị", "Hộ thoát nghèo", "Tăng so với năm 2025 (hộ)"],
        ["1", "Phường Lam Khê", "125", "12"],
        ["2", "Phường Phố Cây", "80", "9"],
    ]
    found = targets("GIAO CHỈ TIÊU NĂM 2026 CHO CÁC PHƯỜNG", rows)
    assert {f["due"] for _, f in found} == {"2026"}


def test_targets_shared_out_a_row_for_every_unit() -> None:
    rows = [
        ["TT", "Đơn vị", "Chỉ tiêu giao năm 2026", LEFT, "Ghi chú"],
        [UP, UP, "Gia đình văn hóa (%)", "Tổ dân phố văn hóa", UP],
        ["1", "Phường Lam Khê", "88", "12", ""],
        ["2", "Phường Phố Cây", "≥ 90", "9", "Phấn đấu"],
        ["", "Tổng cộng", "", "21", ""],
    ]
    found = targets("Phụ lục\nGiao chỉ tiêu văn hóa cho các phường", rows)
    lam, cay = {"Đơn vị": "Phường Lam Khê"}, {"Đơn vị": "Phường Phố Cây"}
    assert [(f["metric"], f["value"], f["due"], f["columns"]) for _, f in found] == [
        ("Gia đình văn hóa", 88, "2026", lam | {"TT": "1"}),
        ("Tổ dân phố văn hóa", 12, "2026", lam | {"TT": "1"}),
        ("Gia đình văn hóa", 90, "2026", cay | {"TT": "2", "Ghi chú": "Phấn đấu"}),
        ("Tổ dân phố văn hóa", 9, "2026", cay | {"TT": "2", "Ghi chú": "Phấn đấu"}),
        ("Tổ dân phố văn hóa", 21, "2026", {"Đơn vị": "Tổng cộng"}),
    ]


def test_targets_shared_out_a_column_for_every_unit() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Toàn huyện", "Xã Hồ Sen", "Xã Lam Khê"],
        ["1", "Số hộ thoát nghèo", "hộ", "1.250", "125", "80"],
        ["2", "Tỷ lệ bảo hiểm y tế", "%", "95", "96,5", "94"],
    ]
    found = targets("Phân bổ chỉ tiêu năm 2026 cho các xã", rows)
    assert [(f["columns"]["Đơn vị"], f["value"], f["unit"], f["due"]) for _, f in found] == [
        ("Toàn huyện", 1250, "household", "2026"),
        ("Xã Hồ Sen", 125, "household", "2026"),
        ("Xã Lam Khê", 80, "household", "2026"),
        ("Toàn huyện", 95, "%", "2026"),
        ("Xã Hồ Sen", 96.5, "%", "2026"),
        ("Xã Lam Khê", 94, "%", "2026"),
    ]


def test_names_and_values_in_as_many_lines_belong_together() -> None:
    rows = [
        ["Nhóm", "Chỉ số", "Mốc 2030"],
        ["Kinh tế số", "- Tỷ trọng trong GRDP\n- Doanh nghiệp số", "- ≥ 30%\n- > 250"],
    ]
    found = [(f["metric"], f["comparator"], f["value"]) for _, f in targets("", rows)]
    assert found == [("Tỷ trọng trong GRDP", ">=", 30), ("Doanh nghiệp số", ">", 250)]


def test_english_targets_and_actual_values() -> None:
    rows = [
        ["No.", "Indicator", "Unit", "Actual 2024", "Target 2026", "Responsible agency"],
        ["1", "Poverty rate", "%", "2.1", "Below 1.5", "Department of Home Affairs"],
        ["2", "New homes", "houses", "1,250", "At least 1,800", "Department of Construction"],
    ]
    found = [(f["comparator"], f["value"], f["unit"], f["due"]) for _, f in targets("", rows)]
    assert found == [("<", 1.5, "%", "2026"), (">=", 1800, "house", "2026")]
    assert [f["value"] for _, f in results("", rows)] == [2.1, 1250]


def test_the_quarters_of_a_plan_are_targets_and_its_months_so_far_a_result() -> None:
    parted = [
        ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2026", "Trong đó", LEFT, LEFT, LEFT],
        [UP, UP, UP, UP, "Quý I", "Quý II", "Quý III", "Quý IV"],
        ["1", "Trồng rừng", "ha", "100", "10", "40", "40", "10"],
    ]
    assert [(f["value"], f["due"]) for _, f in targets("", parted)] == [
        (100, "2026"),
        (10, "2026-Q1"),
        (40, "2026-Q2"),
        (40, "2026-Q3"),
        (10, "2026-Q4"),
    ]
    reported = [
        ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm", "9 tháng", "% KH"],
        ["1", "Trồng rừng", "ha", "100", "85", "85"],
    ]
    expected = {"metric": "Trồng rừng", "value": 85, "unit": "hectare", "percent_of_plan": 85}
    assert results("", reported) == [("85", expected)]


def test_so_many_of_so_many() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Mục tiêu 2026", "Kết quả năm 2025"],
        ["1", "Thôn văn hóa", "15/16 thôn", "12/16 thôn"],
    ]
    [(_, aimed)] = targets("", rows)
    assert (aimed["value"], aimed["unit"]) == (15, "village")
    [(_, reached)] = results("", rows)
    assert (reached["done"], reached["total"]) == (12, 16)


def test_a_multiple_of_a_unit_is_a_unit() -> None:
    rows = [
        ["No.", "Target", "Unit", "Plan 2026"],
        ["1", "Rice harvested", "1,000 tons", "1,234.5"],
    ]
    [(_, found)] = targets("", rows)
    assert (found["value"], found["unit"], found["due"]) == (1_234_500, "tonne", "2026")


def test_losses_in_brackets_and_with_a_minus() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Thực hiện 2025", "Kế hoạch 2026"],
        ["1", "Chỉ số sản xuất", "%", "-3,5", "-1,2"],
        ["2", "Cân đối thu chi", "tỷ đồng", "(1.250)", "\u2212500"],
    ]
    assert [f["value"] for _, f in targets("", rows)] == [-1.2, -500_000_000_000]
    assert [f["value"] for _, f in results("", rows)] == [-3.5, -1_250_000_000_000]


def test_what_is_not_understood_lowers_the_confidence() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2026"],
        ["1", "Thu nội địa", "tỷ đồng", "12"],
        ["2", "Thu nội địa", "tỷ đồng (giá 2010)", "12"],
    ]
    found = [fact for fact in reading(("", rows)).facts if isinstance(fact, Target)]
    assert [fact.confidence for fact in found] == [0.95, 0.8]


def test_a_column_of_values_without_a_heading_is_no_target() -> None:
    rows = [
        ["TT", "Đơn vị", "", "Trồng rừng (ha)"],
        ["1", "Xã Hồ Sen", "7", "12"],
        ["2", "Xã Lam Khê", "8", "15"],
    ]
    found = targets("Giao chỉ tiêu năm 2026 cho các xã", rows)
    assert [(f["metric"], f["value"]) for _, f in found] == [("Trồng rừng", 12), ("Trồng rừng", 15)]


def test_a_deadline_that_is_none_stays_visible_and_one_without_a_name_is_less_sure() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thời hạn hoàn thành"],
        ["1", "Hồ sơ số hóa", "%", "100", "Sau ngày 30/6/2026"],
        ["2", "Đường làm mới", "km", "12", "Giữa năm 2026"],
        ["3", "Rừng trồng mới", "ha", "15", "Quý III/2026"],
        ["4", "Cây phân tán", "cây", "900", "Quý IV/2026"],
    ]
    found = [fact for fact in reading(("", rows)).facts if isinstance(fact, Target)]
    assert [(fact.due, fact.confidence) for fact in found] == [
        (None, 0.95),
        ("2026", 0.8),
        ("2026-Q3", 0.95),
        ("2026-Q4", 0.95),
    ]
    assert found[0].columns == (("TT", "1"), ("Thời hạn hoàn thành", "Sau ngày 30/6/2026"))
    assert found[1].columns == (("TT", "2"),)
