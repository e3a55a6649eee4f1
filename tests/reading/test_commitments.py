"""Targets and results: value, comparison, unit, plan, growth and day."""

from decimal import Decimal

import pytest

from lotrinh.reading import Result, Target, read_text
from lotrinh.reading.facts import Fact


def of(text: str, kind: type[Fact]) -> list[Fact]:
    return [fact for fact in read_text(text).facts if isinstance(fact, kind)]


@pytest.mark.parametrize(
    ("words", "comparator", "value"),
    [
        ("đạt 70%", "=", 70),
        ("trên 98%", ">", 98),
        ("dưới 3%", "<", 3),
        ("ít nhất 60%", ">=", 60),
        ("tối thiểu 60%", ">=", 60),
        ("không quá 5%", "<=", 5),
        ("đạt từ 95% trở lên", ">=", 95),
        ("đạt 6,5 - 7%", "range", (Decimal("6.5"), Decimal(7))),
    ],
)
def test_comparisons(words: str, comparator: str, value: object) -> None:
    (target,) = of(f"Phấn đấu đến năm 2030 tỷ lệ giải quyết đúng hạn {words}.", Target)
    assert isinstance(target, Target)
    assert (target.comparator, target.value, target.unit) == (comparator, value, "%")
    assert (target.metric, target.due) == ("tỷ lệ giải quyết đúng hạn", "2030")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Thu ngân sách ước đạt 492.309 tỷ đồng.", 492_309_000_000_000, "VND"),
        ("Thu ngân sách đã đạt 2.550,259 tỷ đồng.", 2_550_259_000_000, "VND"),
        ("Tổng vốn đã đạt 2,5 triệu tỷ đồng.", 2_500_000_000_000_000, "VND"),
        ("Revenue reached 45.37 billion VND.", 45_370_000_000, "VND"),
        ("Investment reached VND2 million billion.", 2_000_000_000_000_000, "VND"),
        ("FDI attraction reached USD7.4 billion.", 7_400_000_000, "USD"),
        ("The sites have welcomed over 2 million visitors.", 2_000_000, "person"),
        ("Đã trồng 500.000 cây xanh.", 500_000, "cây xanh"),
    ],
)
def test_scales_are_multiplied_out(text: str, value: int, unit: str) -> None:
    (result,) = of(text, Result)
    assert isinstance(result, Result)
    assert (result.value, result.unit) == (Decimal(value), unit)


def test_amount_plan_and_growth_are_one_result() -> None:
    text = (
        "Tổng giá trị sản xuất ước đạt 15.230 tỷ đồng, tăng 12,4% so với cùng kỳ, "
        "bằng 48,6% kế hoạch năm."
    )
    (result,) = of(text, Result)
    assert isinstance(result, Result)
    assert result.metric == "Tổng giá trị sản xuất"
    assert result.value == 15_230_000_000_000
    assert (result.growth_percent, result.percent_of_plan) == (Decimal("12.4"), Decimal("48.6"))
    assert result.estimated is True


def test_a_fall_is_a_negative_growth() -> None:
    (result,) = of("Số vụ tai nạn giảm 8,5% so với cùng kỳ.", Result)
    assert isinstance(result, Result)
    assert result.growth_percent == Decimal("-8.5")


def test_a_list_takes_its_day_from_its_heading() -> None:
    text = (
        "II. MỤC TIÊU\n1. Đến năm 2025\n- Tỷ lệ hộ nghèo dưới 0,5%.\n- 100% trường học đạt chuẩn."
    )
    due = [(t.value, t.due) for t in of(text, Target) if isinstance(t, Target)]
    assert due == [(Decimal("0.5"), "2025"), (100, "2025")]


def test_a_vision_year_is_no_deadline() -> None:
    (target,) = of(
        "Phấn đấu đến năm 2030, tầm nhìn đến năm 2045, tỷ lệ đô thị hóa đạt 70%.", Target
    )
    assert isinstance(target, Target)
    assert target.due == "2030"


def test_one_number_in_two_languages() -> None:
    (vi,) = of("Phấn đấu đến năm 2030 thu nhập đạt 13.500 USD.", Target)
    (en,) = of("By 2030 the city strives to reach an income of 13,500 USD.", Target)
    assert isinstance(vi, Target) and isinstance(en, Target)
    assert (vi.value, vi.unit, vi.due) == (en.value, en.unit, en.due)
    assert (vi.value, vi.unit, vi.due) == (Decimal(13500), "USD", "2030")


def test_json_holds_whole_numbers_as_whole() -> None:
    (result,) = of("Thu ngân sách ước đạt 492.309 tỷ đồng, bằng 120,5% dự toán.", Result)
    fields = result.fields()
    assert fields["value"] == 492309000000000
    assert isinstance(fields["value"], int)
    assert fields["percent_of_plan"] == 120.5
    assert fields["growth_percent"] is None


@pytest.mark.parametrize(
    ("text", "comparator", "value"),
    [
        ("Phấn đấu thu ngân sách tăng bình quân 10%/năm trở lên.", ">=", 10),
        ("Phấn đấu kết nạp từ 40 đảng viên mới trở lên trong nhiệm kỳ.", ">=", 40),
        ("Phấn đấu tỷ lệ giải ngân đạt từ 95% kế hoạch.", ">=", 95),
    ],
)
def test_a_bound_behind_what_is_counted(text: str, comparator: str, value: int) -> None:
    (target,) = of(text, Target)
    assert isinstance(target, Target)
    assert target.comparator == comparator
    assert target.value == Decimal(value)


def test_a_share_of_tasks_is_no_share_of_a_plan() -> None:
    (result,) = of("He said 87% of the tasks in the plan were completed.", Result)
    assert isinstance(result, Result)
    assert (result.value, result.unit, result.percent_of_plan) == (Decimal(87), "%", None)


def test_the_growth_of_another_measure_is_a_result_of_its_own() -> None:
    found = of("Tỷ lệ che phủ rừng đạt 54,7%, số vụ vi phạm giảm 31%.", Result)
    assert [(f.value, f.growth_percent) for f in found if isinstance(f, Result)] == [
        (Decimal("54.7"), None),
        (None, -31),
    ]


def test_a_translated_future_of_a_past_period_is_a_result() -> None:
    text = "From 2021 to September 2024, foreign investment will reach more than USD7.4 billion."
    assert [type(f) for f in (*of(text, Target), *of(text, Result))] == [Result]
    text = "From 2025 to 2030, foreign investment will reach more than USD7.4 billion."
    assert [type(f) for f in (*of(text, Target), *of(text, Result))] == [Target]
