"""What is given back, withheld or listed: orders that are none, and numerals that are none."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.reading import Result, Target, Task, read_text
from lotrinh.reading.numbers import is_label
from lotrinh.reading.quantities import Quantity, find_quantities
from lotrinh.reading.text import read_source

PLAN = "ỦY BAN NHÂN DÂN TỈNH LAM KHÊ\nKẾ HOẠCH\nTriển khai nhiệm vụ năm 2025\n"
ENGLISH_PLAN = "PROVINCIAL PEOPLE'S COMMITTEE\nPLAN\non tasks in 2025\n"


def tasks(text: str) -> list[str]:
    opening = PLAN if any(ord(letter) > 127 for letter in text) else ENGLISH_PLAN
    found = read_text(opening + text).facts
    return [fact.text for fact in found if isinstance(fact, Task) and fact.start >= len(opening)]


@pytest.mark.parametrize(
    "text",
    [
        "Không giao Sở Y tế chủ trì xây dựng đề án này.",
        "Chưa giao Sở Y tế lập dự án này.",
        "Bãi bỏ nhiệm vụ giao Sở Y tế xây dựng đề án trước ngày 30/6/2025.",
        "Sở Y tế không chủ trì nhiệm vụ này.",
        "Sở Y tế không chủ trì nhiệm vụ này; tạm dừng giao Sở Xây dựng lập quy hoạch.",
        "Sở Y tế không phải báo cáo trước ngày 15/3/2025.",
        "Các đơn vị không cần xây dựng kế hoạch riêng.",
        "The Department of Health is not required to report before 15 March 2025.",
        "The Department of Health shall not be required to submit a plan.",
        "The Department of Health does not need to report before 15 March 2025.",
        "The plan does not assign the Department of Health to develop the scheme.",
        "The Committee no longer requires the Department of Health to report monthly.",
        "The Provincial People's Committee withdraws the task assigned to the Department of"
        " Health to develop the scheme.",
    ],
)
def test_what_is_withheld_or_taken_back_is_no_instruction(text: str) -> None:
    assert tasks(text) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Không để xảy ra dịch lớn; không yêu cầu Sở Y tế báo cáo trước ngày 30/6/2025.",
            "Không để xảy ra dịch lớn",
        ),
        (
            "Giao Sở Nội vụ xây dựng đề án trước ngày 30/6/2025; không giao Sở Y tế chủ trì.",
            "Giao Sở Nội vụ xây dựng đề án trước ngày 30/6/2025",
        ),
        (
            "Thu hồi nhiệm vụ giao Sở Y tế xây dựng đề án; giao Sở Nội vụ xây dựng đề án này.",
            "Sở Nội vụ xây dựng đề án này",
        ),
    ],
)
def test_beside_what_is_taken_back_the_rest_stays(text: str, left: str) -> None:
    assert tasks(text) == [left]


@pytest.mark.parametrize(
    "text",
    [
        "Các đơn vị không được tổ chức liên hoan.",
        "Nghiêm cấm các đơn vị tự ý điều chỉnh quy hoạch.",
        "Yêu cầu Sở Y tế không tổ chức hội nghị trong tháng 6.",
        "Agencies must not organise parties during working hours.",
        "The Department of Health is required to report before 15 March 2025.",
    ],
)
def test_a_prohibition_stays_an_instruction(text: str) -> None:
    assert tasks(text) == [text.removesuffix(".")]


def quantities(text: str) -> list[Quantity]:
    source = read_source(text)
    places = [place for place, sign in enumerate(text) if sign.isdigit()]
    return find_quantities(source, [(place, place + 1) for place in places], bytearray(999), ",")


@pytest.mark.parametrize("numeral", ["2,3,4.3.4", "1,2,3.4.5", "1.234,567.8,9", "2,3,4", "9" * 41])
def test_a_list_or_a_label_is_no_quantity(numeral: str) -> None:
    assert is_label(numeral)
    assert quantities(f"đạt {numeral} người") == []


@pytest.mark.parametrize("numeral", ["5", "4,3", "29.000", "1.234.567", "1.234.567,8", "1,234.56"])
def test_a_number_in_either_convention_is_no_label(numeral: str) -> None:
    assert not is_label(numeral)
    assert [found.unit for found in quantities(f"đạt {numeral} người")] == ["person"]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["khoản ", "Mục ", "đạt ", "tăng ", "VND5 of the VND", "trước ngày ", "5/"]),
    st.text("0123456789.,/ -", max_size=24),
    st.sampled_from([" người", "% kế hoạch", " Điều 5", " tỷ đồng", "/12", " billion", ""]),
)
def test_no_string_of_digits_stops_reading(before: str, numeral: str, behind: str) -> None:
    text = before + numeral + behind
    assert all(0 <= fact.start < fact.end <= len(text) for fact in read_text(text).facts)


def told(text: str) -> list[tuple[str, object, object]]:
    found = [fact for fact in read_text(PLAN + text).facts if fact.start >= len(PLAN)]
    return [
        (fact.kind, fact.value, fact.due if isinstance(fact, Target) else None)
        for fact in found
        if isinstance(fact, (Target, Result))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Năm 2025 phấn đấu thu ngân sách đạt 12.500 tỷ đồng, tăng 10% so với thực hiện năm"
            " 2024 (11.363 tỷ đồng).",
            [("target", 12_500_000_000_000, "2025"), ("target", 10, "2025")],
        ),
        (
            "Phấn đấu năm 2025: 80% xã đạt chuẩn; năm 2030: 100% xã đạt chuẩn.",
            [("target", 80, "2025"), ("target", 100, "2030")],
        ),
        (
            "Đến năm 2025: tỷ lệ bao phủ BHYT 95%, năm 2026: 96%, năm 2030: 98%.",
            [("target", 95, "2025"), ("target", 96, "2026"), ("target", 98, "2030")],
        ),
        (
            "Phấn đấu năm 2025 tăng trưởng GRDP đạt 8,5% (năm 2024 đạt 7,2%).",
            [("target", Decimal("8.5"), "2025")],
        ),
        (
            "Tỷ lệ hộ nghèo hiện nay là 3,2%; mục tiêu đến 2025 còn dưới 2%.",
            [("result", Decimal("3.2"), None), ("target", 2, "2025")],
        ),
    ],
)
def test_every_value_has_the_year_it_is_bound_to(
    text: str, expected: list[tuple[str, object, object]]
) -> None:
    assert told(text) == expected


def test_what_others_reached_and_what_was_missed_is_no_result() -> None:
    text = (
        "Tỷ lệ giải ngân đạt 45%, thấp hơn bình quân cả nước (52%) và không đạt mục tiêu 60%. "
        "Tỷ lệ hộ nghèo giảm còn 1,5%, không đạt chỉ tiêu kế hoạch (1,2%)."
    )
    found = read_text("BÁO CÁO\nKết quả năm 2024\n" + text).facts
    assert [f.value for f in found if isinstance(f, Result)] == [45, Decimal("1.5")]
