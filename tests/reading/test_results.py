"""What a report says was done, found or reached: deeds, lists, parts of a total, shares, bases.

The texts are invented in the manner of reports of conferences and inspections.
"""

from decimal import Decimal

import pytest

from lotrinh.reading import Result, read_text


def results(text: str) -> list[Result]:
    return [fact for fact in read_text(text).facts if isinstance(fact, Result)]


def counted(text: str) -> list[tuple[object, str | None]]:
    return [(fact.value, fact.unit) for fact in results(text)]


def test_what_was_done_with_so_many_is_a_result_in_a_report() -> None:
    text = (
        "Sáu tháng qua, cấp ủy các cấp kiểm tra 69 tổ chức đảng và 181 đảng viên; "
        "thi hành kỷ luật đối với 2 đảng viên."
    )

    assert counted(text) == [
        (69, "party organisation"),
        (181, "person"),
        (2, "person"),
    ]


def test_what_somebody_asks_for_is_no_result() -> None:
    assert counted("Đồng chí đề nghị huyện kiểm tra 69 tổ chức đảng trong tháng tới.") == []


def test_forms_of_discipline_count_what_was_disciplined() -> None:
    text = "Đảng bộ thi hành kỷ luật 59 tổ chức đảng (khiển trách 43, cảnh cáo 16)."

    assert counted(text) == [
        (59, "party organisation"),
        (43, "party organisation"),
        (16, "party organisation"),
    ]


def test_a_list_of_deeds_goes_on_with_small_numbers() -> None:
    text = "Đến nay, đã tham mưu ban hành 2 quyết định, 7 kế hoạch, 1 chỉ thị."

    assert counted(text) == [(2, "quyết định"), (7, "kế hoạch"), (1, "chỉ thị")]


def test_a_list_of_names_keeps_its_unit() -> None:
    text = (
        "Có 45 nhiệm vụ chậm tiến độ. Trong đó, Sở Xây dựng có 21 nhiệm vụ; "
        "Sở Nội vụ 3 nhiệm vụ; Sở Tài chính 1 nhiệm vụ."
    )

    assert counted(text) == [(45, "task"), (21, "task"), (3, "task"), (1, "task")]


def test_parts_of_a_total_are_results_of_their_own() -> None:
    text = "Từ đầu năm, tỉnh thu hút 36 dự án mới, bao gồm 30 dự án trong nước và 6 dự án FDI."

    assert counted(text) == [(36, "project"), (30, "project"), (6, "project")]


@pytest.mark.parametrize(
    ("text", "value", "percent", "growth"),
    [
        (
            "Doanh thu ước 3.115 tỷ đồng (KH: 3.600 tỷ), đạt 86,5%.",
            3_115_000_000_000,
            "86.5",
            None,
        ),
        (
            "Giá trị sản xuất đạt 2.129 tỷ đồng, đạt 65,9%KH (tăng 7 tỷ đồng so với cùng kỳ).",
            2_129_000_000_000,
            "65.9",
            None,
        ),
        (
            "Hanoi disbursed VND30 trillion, meeting 64.2% of the plan and 56.75% of its target.",
            30_000_000_000_000,
            "64.2",
            None,
        ),
        (
            "Revenue reached VND32 trillion, 16% higher than the target.",
            32_000_000_000_000,
            "116",
            None,
        ),
        (
            "Per capita income reached VND90.5 million, an increase of VND4 million over 2018.",
            90_500_000,
            None,
            None,
        ),
        (
            "Sản lượng lương thực đạt 7.796 tấn, cao hơn 6,2% so với cùng kỳ.",
            7796,
            None,
            "6.2",
        ),
    ],
)
def test_shares_of_plans_and_changes_belong_to_the_amount(
    text: str, value: int, percent: str | None, growth: str | None
) -> None:
    (result,) = results(text)

    assert result.value == value
    assert result.percent_of_plan == (Decimal(percent) if percent else None)
    assert result.growth_percent == (Decimal(growth) if growth else None)


def test_of_two_growths_the_first_one_counts() -> None:
    (result,) = results(
        "Chỉ số sản xuất tháng 9 tăng 7,6% so với tháng trước, tăng 22,2% so với cùng kỳ."
    )

    assert result.growth_percent == Decimal("7.6")


def test_the_same_growth_may_leave_out_its_word() -> None:
    text = "Industry increased by 7%, services by 8.9% and agriculture by 3.6%."

    assert [result.growth_percent for result in results(text)] == [
        Decimal(7),
        Decimal("8.9"),
        Decimal("3.6"),
    ]


@pytest.mark.parametrize(
    ("text", "done", "total", "unit"),
    [
        ("The contractor has completed only 6 of 22 spans.", 6, 22, "spans"),
        (
            "Only nine out of 55 key public investment projects have been completed.",
            9,
            55,
            "project",
        ),
        ("The district handed over 46.9 ha/51.36 ha of land.", "46.9", "51.36", "hectare"),
        ("Of these, 149 among 332 affected cases agreed to hand over the land.", 149, 332, "case"),
    ],
)
def test_wholes_behind_parts(text: str, done: object, total: object, unit: str) -> None:
    (result,) = results(text)

    assert (result.done, result.total) == (Decimal(str(done)), Decimal(str(total)))
    assert result.unit == unit


def test_small_numbers_in_words_count_what_was_done() -> None:
    assert counted("On the final night two pickpockets were arrested.") == []
    assert counted("Crowds were calm, and two pickpockets were arrested.") == [(2, "pickpockets")]
    assert counted("The two sides discussed three strategic breakthroughs.") == []


def test_a_bound_behind_a_count_says_which_ones_were_counted() -> None:
    (result,) = results("Đến nay, còn 14 chủ đầu tư giải ngân dưới 30%.")

    assert (result.value, result.unit) == (14, "chủ đầu tư")


@pytest.mark.parametrize(
    "text",
    [
        "Hội thi có gần 3.100 người tham dự.",
        "Bão di chuyển với tốc độ 20 km/h, gió giật 103-117 km/h.",
        "Xã được sáp nhập từ 2 xã Lam Khê và Phố Cây.",
        "Tổng diện tích tự nhiên là 4.125 ha.",
    ],
)
def test_sizes_speeds_names_and_visitors_are_no_results(text: str) -> None:
    assert counted(text) == []


def test_units_of_two_parts_and_compound_money() -> None:
    assert counted("Năng suất lúa đạt 61,5 tạ/ha.") == [(Decimal("61.5"), "tạ/ha")]
    assert counted("Huyện đã thu hồi 16 tỷ 434 triệu đồng.") == [(16_434_000_000, "VND")]


def test_days_written_with_a_dot_vote_for_no_decimal_sign() -> None:
    text = (
        "Từ ngày 30.4 đến 3.5, công an lập biên bản 2.487 trường hợp vi phạm. "
        "Riêng ngày 1.5 xử phạt 1.134 trường hợp."
    )

    assert counted(text) == [(2487, "case"), (1134, "case")]


def test_how_things_stand_is_a_result_in_an_english_report() -> None:
    text = (
        "The province held a review on Monday.\n"
        "- Export turnover is USD 36 billion, exceeding 12.5%\n"
        "- Urban unemployment drops to 1.74%\n"
        "- 100% of schools meet national standards"
    )

    assert counted(text)[:2] == [(36_000_000_000, "USD"), (Decimal("1.74"), "%")]


def test_a_share_behind_a_stroke_is_what_was_planned() -> None:
    (result,) = results("Kết quả, tỷ lệ xã đạt chuẩn nông thôn mới 83,2%/50% tổng số xã.")

    assert (result.value, result.unit) == (Decimal("83.2"), "%")
