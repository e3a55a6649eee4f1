"""What stands in one cell: a deadline, names, a value."""

from datetime import date

import pytest

from lotrinh.reading import Cell
from lotrinh.reading.tables.deadlines import due_of, read_moment
from lotrinh.reading.tables.grid import Box
from lotrinh.reading.tables.measures import read_measure
from lotrinh.reading.tables.names import read_names, read_roles
from lotrinh.reading.tables.values import read_values
from lotrinh.reading.text import fold, read_source

_ISSUED = date(2025, 8, 1)


def _box(text: str) -> Box:
    return Box(Cell(0, 0, 0, len(text)), " ".join(text.split()), " ".join(fold(text).split()))


@pytest.mark.parametrize(
    ("text", "due", "recurrence"),
    [
        ("12/2025", "2025-12", None),
        ("Tháng 10/2025", "2025-10", None),
        ("T6/2025", "2025-06", None),
        ("Quý II/2025", "2025-Q2", None),
        ("Quý III, IV/2025", "2025-Q4", None),
        ("Q2/2025", "2025-Q2", None),
        ("2025", "2025", None),
        ("2025 - 2026", "2025/2026", None),
        ("2025 và những năm tiếp theo", "2025", "yearly"),
        ("Thường xuyên", None, "continuous"),
        ("Nhiệm vụ thường xuyên, hằng năm", None, "yearly"),
        ("6 tháng/lần", None, "half-yearly"),
        ("03 tháng/lần", None, "quarterly"),
        ("hằng quý", None, "quarterly"),
        ("trước ngày 20 hằng tháng", None, "monthly"),
        ("Trước 30/11 hằng năm", None, "yearly"),
        ("Hoàn thành trước 30/9; báo cáo hằng tháng", "2025-09-30", "monthly"),
        ("Trước ngày 15/6/2026", "2026-06-15", None),
        ("Trước 15/6", "2026-06-15", None),
        ("Trước 15/9", "2025-09-15", None),
        ("Cuối năm", "2025", None),
        ("trước quý 2/2026", "2026-Q2", None),
        ("trong Quý I năm 2026", "2026-Q1", None),
        ("trước 20h00 ngày 25 tháng 5 năm 2026", "2026-05-25", None),
        ("đến hết 2025", "2025", None),
        ("Giai đoạn 2021-2025, định hướng đến 2030", "2021/2025", None),
        ("30/09/2026 17:00", "2026-09-30", None),
        ("2026-06-30 00:00:00", "2026-06-30", None),
        ("46203", "2026-06-30", None),
        ("Từ 01/3/2026 đến 30/6/2026", "2026-06-30", None),
        ("Từ 01/3/2026", None, None),
        ("Sau ngày 30/6/2026", None, None),
        ("After 30 June 2026", None, None),
        ("Không sau 30/6/2026", "2026-06-30", None),
        ("Sau 30/6/2026 và trước 30/9/2026", "2026-09-30", None),
        ("Theo Kế hoạch số 12/KH-UBND ngày 10/01/2025", None, None),
        ("Theo Quyết định của UBND xã ngày 10 tháng 01 năm 2025", None, None),
        ("Decision No. 5/QD-UBND dated 10 January 2025", None, None),
        ("Theo Kế hoạch số 12/KH-UBND ngày 10/01/2025, trước 30/6/2026", "2026-06-30", None),
        ("Ban hành Quyết định ngày 10/7/2026", "2026-07-10", None),
        ("Trình Nghị quyết trước ngày 10/7/2026", "2026-07-10", None),
        ("End of June, 2026", "2026-06", None),
        ("By end of Sept., 2026", "2026-09", None),
        ("30 June, 2026", "2026-06-30", None),
        ("June 30, 2026", "2026-06-30", None),
        ("Trình tháng 9/2025; ban hành tháng 10/2025", "2025-10", None),
        ("June 2026", "2026-06", None),
        ("Before 15 December 2026", "2026-12-15", None),
        ("annually", None, "yearly"),
        ("Ngay sau khi có hướng dẫn", None, None),
        ("chậm nhất 05 ngày làm việc kể từ ngày ký", None, None),
    ],
)
def test_a_deadline(text: str, due: str | None, recurrence: str | None) -> None:
    moment = read_moment(read_source(text), _box(text))
    assert (due_of(moment, None, _ISSUED), moment.recurrence) == (due, recurrence)


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("Mid-2026", True),
        ("giữa năm 2026", True),
        ("Đầu năm 2026", True),
        ("early 2026", True),
        ("Cuối năm 2026", False),
        ("2026", False),
    ],
)
def test_some_part_of_a_year(text: str, vague: bool) -> None:
    moment = read_moment(read_source(text), _box(text))
    assert (due_of(moment, None, _ISSUED), moment.vague) == ("2026", vague)


def test_a_year_that_nothing_states_stays_open() -> None:
    text = "Trước 15/6"
    moment = read_moment(read_source(text), _box(text))
    assert [when.iso for when in moment.whens] == ["XXXX-06-15"]
    assert due_of(moment, None, None) == "XXXX-06-15"
    assert due_of(moment, 2024, _ISSUED) == "2024-06-15"


def test_dates_may_be_written_with_the_month_first() -> None:
    text = "3/1/2025"
    moment = read_moment(read_source(text), _box(text), month_first=True)
    assert [when.iso for when in moment.whens] == ["2025-03-01"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Văn hóa, Thể thao và Du lịch", ["Sở Văn hóa, Thể thao và Du lịch"]),
        (
            "Bộ Công an, Bộ Thông tin và Truyền thông và các bộ, ngành",
            ["Bộ Công an", "Bộ Thông tin và Truyền thông", "các bộ, ngành"],
        ),
        (
            "Sở Lao động - Thương binh và Xã hội; Sở Nội vụ",
            ["Sở Lao động - Thương binh và Xã hội", "Sở Nội vụ"],
        ),
        ("Các bộ, ngành, địa phương", ["Các bộ, ngành, địa phương"]),
        ("Bộ, ngành, địa phương", ["Bộ, ngành, địa phương"]),
        (
            "Các sở, ban, ngành; UBND các quận, huyện",
            ["Các sở, ban, ngành", "UBND các quận, huyện"],
        ),
        ("VTV, VOV, các địa phương", ["VTV", "VOV", "các địa phương"]),
        ("- Sở Tài chính;\n- UBND các xã, phường.", ["Sở Tài chính", "UBND các xã, phường"]),
        ("Sở Thông tin và\nTruyền thông", ["Sở Thông tin và Truyền thông"]),
        ("Sở Tài chính\nSở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
        ("Bộ Y tế Bộ Nội vụ", ["Bộ Y tế", "Bộ Nội vụ"]),
        ("Công an (PC06, PV01), Sở Nội vụ", ["Công an (PC06, PV01)", "Sở Nội vụ"]),
        ("Sở: Nội vụ, Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
        ("Bộ GD&ĐT, địa phương, VNPT", ["Bộ GD&ĐT", "địa phương", "VNPT"]),
        (
            "Phường Lam Khê, Phường Phố Cây",
            ["Phường Lam Khê", "Phường Phố Cây"],
        ),
        (
            "Department of Culture, Sports and Tourism; Office of the People's Committee",
            ["Department of Culture, Sports and Tourism", "Office of the People's Committee"],
        ),
        (
            "Ministry of Finance and Ministry of Health",
            ["Ministry of Finance", "Ministry of Health"],
        ),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert list(read_names(read_source(text), 0, len(text))) == names


@pytest.mark.parametrize(
    "text",
    [
        "Sở Nội vụ chủ trì, Sở Y tế phối hợp",
        "Sở Nội vụ chủ trì, phối hợp với Sở Y tế",
        "Chủ trì: Sở Nội vụ; Phối hợp: Sở Y tế",
        "Chủ trì:\nSở Nội vụ\nPhối hợp:\nSở Y tế",
        "Sở Nội vụ (chủ trì), Sở Y tế (phối hợp)",
        "Cơ quan chủ trì: Sở Nội vụ; cơ quan phối hợp: Sở Y tế",
    ],
)
def test_who_leads_and_who_helps(text: str) -> None:
    named = read_roles(read_source(text), 0, len(text))
    assert (named.lead, named.coordinate) == (("Sở Nội vụ",), ("Sở Y tế",))


@pytest.mark.parametrize(
    ("text", "unit", "values"),
    [
        ("≥ 80", "%", [("≥ 80", ">=", 80, "%")]),
        ("Trên 95", "%", [("Trên 95", ">", 95, "%")]),
        ("100%", "%", [("100%", "=", 100, "%")]),
        ("40 - 50", "Tổ chức", [("40 - 50", "range", (40, 50), "tổ chức")]),
        ("6,5-7%", "", [("6,5-7%", "range", (6.5, 7), "%")]),
        ("1.250", "hộ", [("1.250", "=", 1250, "household")]),
        ("345,5", "Tỷ đồng", [("345,5", "=", 345_500_000_000, "VND")]),
        ("12", "1.000 m2", [("12", "=", 12000, "m2")]),
        ("45 tỷ đồng", "", [("45 tỷ đồng", "=", 45_000_000_000, "VND")]),
        ("90 trở lên", "%", [("90 trở lên", ">=", 90, "%")]),
        ("≥ 350", "Tbps", [("≥ 350", ">=", 350, "Tbps")]),
        ("≤ 3 cả vùng; ≤ 50 cả nước", "", [("≤ 3", "<=", 3, None), ("≤ 50", "<=", 50, None)]),
        ("-3,5", "%", [("-3,5", "=", -3.5, "%")]),
        ("\u22122,5", "%", [("\u22122,5", "=", -2.5, "%")]),
        (
            "\u22122,5\n\u22121,5",
            "%",
            [("\u22122,5", "=", -2.5, "%"), ("\u22121,5", "=", -1.5, "%")],
        ),
        ("\u2013500", "VND billion", [("\u2013500", "=", -500_000_000_000, "VND")]),
        ("(1.250)", "tỷ đồng", [("(1.250)", "=", -1_250_000_000_000, "VND")]),
        ("(5,5%)", "", [("(5,5%)", "=", -5.5, "%")]),
        ("\u2265 -1,5", "%", [("\u2265 -1,5", ">=", -1.5, "%")]),
        ("-5 - -3", "%", [("-5 - -3", "range", (-5, -3), "%")]),
        ("40-50", "%", [("40-50", "range", (40, 50), "%")]),
        ("40 \u2013 50%", "", [("40 \u2013 50%", "range", (40, 50), "%")]),
        ("-5 xã\n-3 trường", "", [("-5 xã", "=", 5, "commune"), ("-3 trường", "=", 3, "school")]),
        ("-", "%", []),
        ("COVID-19", "", []),
        ("VND 500 billion", "", [("VND 500 billion", "=", 500_000_000_000, "VND")]),
        ("1,234.5 VND billion", "", [("1,234.5 VND billion", "=", 1_234_500_000_000, "VND")]),
        ("$12m", "", [("$12m", "=", 12_000_000, "USD")]),
        ("1.250 Tr.đ", "", [("1.250 Tr.đ", "=", 1_250_000_000, "VND")]),
        ("45tỷ đồng", "", [("45tỷ đồng", "=", 45_000_000_000, "VND")]),
        ("Đạt", "%", []),
        ("5G toàn thành phố", "", []),
        ("31/12/2026", "", []),
        ("Hoàn thiện thể chế (2025)", "", []),
    ],
)
def test_values(text: str, unit: str, values: list[tuple[object, ...]]) -> None:
    found = read_values(read_source(text), _box(text), ",", read_measure(unit))
    assert [(text[v.start : v.end], v.comparator, v.value, v.unit) for v in found] == values


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("-3,5", True),
        ("(1.250)", True),
        ("(5)", False),
        ("- 30%", False),
        ("- 30%\n- 20%", True),
        ("-3,5%\n-2,1%", False),
    ],
)
def test_a_dash_or_brackets_may_mean_something_else(text: str, sure: bool) -> None:
    found = read_values(read_source(text), _box(text), ",", None)
    assert {value.sure for value in found} == {sure}


@pytest.mark.parametrize(
    ("text", "factor", "unit"),
    [
        ("VND billion", 10**9, "VND"),
        ("VND (billion)", 10**9, "VND"),
        ("bn VND", 10**9, "VND"),
        ("USD million", 10**6, "USD"),
        ("US$ million", 10**6, "USD"),
        ("$m", 10**6, "USD"),
        ("millions of VND", 10**6, "VND"),
        ("VND trillion", 10**12, "VND"),
        ("VND '000", 1000, "VND"),
        ("Tr.đ", 10**6, "VND"),
        ("trđ", 10**6, "VND"),
        ("tr. đồng", 10**6, "VND"),
        ("Tỷ.đ", 10**9, "VND"),
        ("1.000đ", 1000, "VND"),
        ("triệu đồng/ha", 10**6, "VND"),
        ("10^3 m3", 1000, "m3"),
        ("10\u00b3 m\u00b3", 1000, "m3"),
        ("1.000 m3", 1000, "m3"),
        ("1,000 tons", 1000, "tonne"),
        ("m", 1, "m"),
        ("Tổ chức", 1, "tổ chức"),
        ("giường/vạn dân", 1, "giường/vạn dân"),
        ("Tỷ lệ %", 1, "tỷ lệ %"),
    ],
)
def test_a_unit_with_its_scale(text: str, factor: int, unit: str) -> None:
    measure = read_measure(text)
    assert measure is not None
    assert (measure.factor, measure.unit, measure.understood) == (factor, unit, True)


@pytest.mark.parametrize("text", ["VND gazillion", "tỷ đồng (giá 2010)", "24 giờ", "gói (triệu)"])
def test_a_unit_of_which_something_may_be_lost(text: str) -> None:
    measure = read_measure(text)
    assert measure is not None
    assert not measure.understood


@pytest.mark.parametrize(
    ("text", "often"),
    [
        ("02 lần/tháng", "monthly"),
        ("01 lần/quý", "quarterly"),
        ("2 lần/năm", "half-yearly"),
        ("1 lần/tuần", "weekly"),
        ("6 tháng, năm", "half-yearly"),
        ("Cả năm", "continuous"),
    ],
)
def test_how_often_by_times_and_spans(text: str, often: str) -> None:
    assert read_moment(read_source(text), _box(text)).recurrence == often


def test_a_list_of_months_is_no_span() -> None:
    text = "Tháng 8, 9/2025"
    moment = read_moment(read_source(text), _box(text))
    assert [when.iso for when in moment.whens] == ["2025-08", "2025-09"]
    assert due_of(moment, None, None) == "2025-09"


def test_a_span_of_days_is_the_deadline_though_it_begins_with_from() -> None:
    text = "Từ 01/6 - 30/6/2026"
    moment = read_moment(read_source(text), _box(text))
    assert due_of(moment, None, None) == "2026-06-01/2026-06-30"


def test_as_the_rules_demand_is_no_quarter() -> None:
    text = "Theo quy định của pháp luật"
    assert read_moment(read_source(text), _box(text)).says_nothing
