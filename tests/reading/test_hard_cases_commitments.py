"""The hard cases of targets, results and instructions, each by its name.

The places and people are invented; the shapes are those of real directives, plans, reports and
articles of the press in both languages.
"""

from decimal import Decimal

import pytest

from lotrinh.reading import Fact, Result, Target, Task, read_text

DIRECTIVE = "THÀNH ỦY LAM KHÊ\nCHỈ THỊ\nvề chấn chỉnh kỷ cương\n"


def tasks(text: str) -> list[Task]:
    return [fact for fact in read_text(text).facts if isinstance(fact, Task)]


def targets(text: str) -> list[Target]:
    return [fact for fact in read_text(text).facts if isinstance(fact, Target)]


def results(text: str) -> list[Result]:
    return [fact for fact in read_text(text).facts if isinstance(fact, Result)]


def texts(facts: list[Task]) -> list[str]:
    return [fact.text for fact in facts]


def commitments(text: str) -> list[Fact]:
    return [f for f in read_text(text).facts if f.kind in {"task", "target", "result"}]


def test_one_due_day_for_several_targets_behind_a_colon() -> None:
    found = targets(
        "By 2030: 100% of wards have a park; the unemployment rate is below 3%; "
        "70% of households use clean energy."
    )
    assert [(t.comparator, t.value, t.due) for t in found] == [
        ("=", 100, "2030"),
        ("<", 3, "2030"),
        ("=", 70, "2030"),
    ]


def test_a_vision_year_is_no_deadline() -> None:
    text = "Phấn đấu đến năm 2030, tầm nhìn đến năm 2045, tỷ lệ đô thị hóa đạt 65%."
    assert [(t.value, t.due) for t in targets(text)] == [(65, "2030")]


def test_a_vision_in_a_title_is_no_target() -> None:
    assert not commitments(
        "QUYẾT ĐỊNH\nPhê duyệt Quy hoạch huyện Hồ Sen đến năm 2030, tầm nhìn đến năm 2045"
    )


def test_an_expectation_is_an_estimate() -> None:
    (found,) = results("20/24 targets are expected to be completed by the city this year.")
    assert (found.done, found.total, found.estimated) == (20, 24, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Thu ngân sách đã đạt 2.550,259 tỷ đồng.", Decimal("2550259000000")),
        ("Revenue reached VND492,309 billion.", Decimal("492309000000000")),
        ("Capital reached VND2 million billion.", Decimal("2000000000000000")),
        ("Exports reached 45.37 billion VND.", Decimal("45370000000")),
    ],
)
def test_scales_are_multiplied_out_in_both_conventions(text: str, value: Decimal) -> None:
    assert [f.value for f in results(text)] == [value]


def test_money_in_a_second_currency_is_the_same_money() -> None:
    (found,) = results(
        "Some 312 billion VND (12.4 million USD) was paid out, reaching 58.3% of the target."
    )
    assert (found.value, found.unit) == (Decimal("312000000000"), "VND")
    assert found.percent_of_plan == Decimal("58.3")


def test_nine_of_nine_tasks_are_no_date() -> None:
    (found,) = results("Đã hoàn thành 09/09 nhiệm vụ được giao.")
    assert (found.done, found.total, found.unit) == (9, 9, "task")


def test_growth_that_stands_before_its_amount() -> None:
    (found,) = results("Foreign investment in Lam Khe grew by 14 percent to 2.6 billion USD.")
    assert (found.value, found.unit, found.growth_percent) == (2600000000, "USD", 14)


def test_a_share_of_an_amount_says_nothing_more() -> None:
    found = results("Đến nay, tỉnh đã có 1.264 trạm (4,31% số trạm cả nước).")
    assert [(f.value, f.unit) for f in found] == [(1264, "trạm")]


def test_a_number_without_unit_is_reached() -> None:
    (found,) = results("The number of new firms was 12,480, an increase of 6.3 percent.")
    assert (found.value, found.growth_percent) == (12480, Decimal("6.3"))


def test_the_target_that_was_exceeded_is_no_result_of_its_own() -> None:
    found = results("Tỷ lệ che phủ rừng đạt 52,4%, vượt chỉ tiêu 51,8%.")
    assert [f.value for f in found] == [Decimal("52.4")]


def test_a_size_is_no_result() -> None:
    assert not results("Cây cầu dài khoảng 1,4 km đã được sơn lại.")


def test_what_something_costs_is_no_result() -> None:
    assert not results("Tổng kinh phí dự kiến 486 triệu đồng.")


def test_an_amount_that_costs_is_no_target() -> None:
    assert not targets("Phấn đấu thực hiện đề án với tổng kinh phí 3 tỷ đồng.")


def test_counts_of_what_became_of_tasks() -> None:
    found = results("Có 31 nhiệm vụ hoàn thành; 12 nhiệm vụ đang thực hiện trong hạn.")
    assert [(f.value, f.unit) for f in found] == [(31, "task"), (12, "task")]


def test_so_many_targets_of_a_resolution_are_no_result() -> None:
    assert not results("Đại hội đã thông qua Nghị quyết với 19 chỉ tiêu.")


def test_a_forecast_is_an_estimate() -> None:
    (found,) = results("Viện Lam Khê dự báo tăng trưởng ở mức 6,4% năm 2027.")
    assert (found.value, found.estimated) == (Decimal("6.4"), True)


def test_a_plan_that_expects_a_value_by_a_year_estimates_it() -> None:
    (found,) = results("Dự kiến đến hết năm 2025 phủ sóng 90% dân số.")
    assert (found.value, found.estimated) == (90, True)


def test_what_is_gained_in_an_aim_is_aimed_at() -> None:
    text = "Phấn đấu có 25 nghìn doanh nghiệp mới, thu hút được 3 triệu lượt khách năm 2026."
    assert [(t.value, t.due) for t in targets(text)] == [(25000, "2026"), (3000000, "2026")]
    assert not results(text)


def test_a_promise_without_a_day_is_no_target() -> None:
    assert not targets("Thành phố sẽ có 50 công viên.")
    assert [t.due for t in targets("Đến năm 2030, thành phố sẽ có 50 công viên.")] == ["2030"]


def test_a_year_in_the_title_is_due_for_targets_without_one() -> None:
    found = targets(
        "Kinh tế Lam Khê năm 2027\n\nHội đồng nhân dân đề ra mục tiêu thu ngân sách tăng 5%."
    )
    assert [(t.value, t.due) for t in found] == [(5, "2027")]


def test_a_day_holds_for_the_next_target() -> None:
    found = targets(
        "Phấn đấu đến năm 2028, nợ công khoảng 48,6% GRDP.\nMục tiêu giảm nợ thuế xuống dưới 5%."
    )
    assert [(t.comparator, t.value, t.due) for t in found] == [
        ("=", Decimal("48.6"), "2028"),
        ("<", 5, "2028"),
    ]


def test_the_year_of_comparable_prices_is_no_deadline() -> None:
    found = targets(
        "CHỈ TIÊU NHIỆM KỲ 2025-2030\nI. Kinh tế (02 chỉ tiêu)\n"
        "1. Tốc độ tăng giá trị sản xuất (giá so sánh năm 2010) đạt 16%.\n"
    )
    assert [(t.value, t.due) for t in found] == [(16, "2025/2030")]


def test_a_range_under_growth_is_positive() -> None:
    (found,) = targets("Phấn đấu đến năm 2030 tỷ lệ hộ nghèo giảm bình quân từ 1,5 - 2%/năm.")
    assert (found.comparator, found.value) == ("range", (Decimal("1.5"), 2))


def test_double_and_million_in_words() -> None:
    (found,) = targets("Phấn đấu đến năm 2030 tăng gấp đôi thu nhập của nông dân.")
    assert (found.value, found.unit, found.due) == (2, "time", "2030")
    (found,) = targets("The programme aims at building at least one million houses by 2030.")
    assert (found.comparator, found.value, found.unit) == (">=", 1000000, "house")
    assert not targets("Phấn đấu đến năm 2030 không một ai bị bỏ lại phía sau.")


def test_an_input_of_a_task_is_no_target() -> None:
    text = DIRECTIVE + "1. Sở Nội vụ mở ít nhất 03 lớp tập huấn trước ngày 30/6/2025.\n"
    assert not targets(text)
    assert [(t.lead, t.due) for t in tasks(text)] == [(("Sở Nội vụ",), "2025-06-30")]


def test_a_share_that_is_due_is_a_target_too() -> None:
    (found,) = targets(DIRECTIVE + "1. Phủ sóng tới 100% khu công nghiệp trước năm 2027.\n")
    assert (found.value, found.unit, found.due) == (100, "%", "2027")


def test_a_number_that_somebody_is_told_is_a_target_only_as_a_share() -> None:
    text = "The Department of Labour was asked to keep unemployment below 4 percent in 2026."
    assert [(t.comparator, t.value) for t in targets(text)] == [("<", 4)]
    assert not targets("He asked the district to hand over the remaining 3.2 km before May 31.")


def test_a_crosshead_that_mentions_targets_opens_no_list() -> None:
    text = (
        "Hội nghị ngày 06/9 tại Lam Khê.\nLam Khê tin sẽ vượt mục tiêu của năm\n"
        "Xuất khẩu tăng 3,15% so với cùng kỳ."
    )
    assert [f.growth_percent for f in results(text)] == [Decimal("3.15")]
    assert not targets(text)


def test_contradictions_inside_one_document_are_kept_with_their_places() -> None:
    text = "Phấn đấu GRDP năm 2026 tăng 8%. Phấn đấu GRDP năm 2026 tăng 8,5%."
    found = targets(text)
    assert [t.value for t in found] == [8, Decimal("8.5")]
    assert found[0].end <= found[1].start


def test_each_sentence_of_an_enumerated_item_is_an_instruction() -> None:
    found = tasks(
        DIRECTIVE + "Một là, tăng cường kiểm tra công vụ. Kịp thời xử lý vi phạm. "
        "Công khai kết quả trên cổng thông tin.\nHai là, đẩy mạnh chuyển đổi số.\n"
    )
    assert [t[:20] for t in texts(found)] == [
        "tăng cường kiểm tra ",
        "Kịp thời xử lý vi ph",
        "Công khai kết quả tr",
        "đẩy mạnh chuyển đổi ",
    ]


def test_a_semicolon_parts_two_instructions_of_one_unit() -> None:
    found = tasks(
        DIRECTIVE + "1. Sở Xây dựng rà soát quy hoạch các phường; báo cáo UBND thành phố "
        "trước ngày 15/6/2025.\n"
    )
    assert [(t.text[:12], t.lead, t.due) for t in found] == [
        ("Sở Xây dựng ", ("Sở Xây dựng",), None),
        ("báo cáo UBND", ("Sở Xây dựng",), "2025-06-15"),
    ]


def test_a_deadline_behind_a_semicolon_belongs_to_the_instruction_before_it() -> None:
    (found,) = tasks(
        DIRECTIVE + "1. Tổ chức quán triệt Chỉ thị tới chi bộ; hoàn thành trong quý II/2025.\n"
    )
    assert found.due == "2025-Q2"


def test_what_was_directed_long_ago_is_no_instruction() -> None:
    assert not tasks("Ngay sau sự cố, Bộ Xây dựng đã chỉ đạo Sở Xây dựng kiểm tra hiện trường.")


def test_a_passive_assignment_names_who_is_to_act() -> None:
    (found,) = tasks(
        "Các cơ quan chức năng được Chủ tịch tỉnh giao khẩn trương kiểm tra kho hàng bên sông."
    )
    assert found.lead == ("Các cơ quan chức năng",)
    assert found.text == "khẩn trương kiểm tra kho hàng bên sông"


def test_a_unit_acts_within_its_functions() -> None:
    (found,) = tasks(
        DIRECTIVE + "1. Sở Y tế theo chức năng, nhiệm vụ được giao tổ chức tiêm phòng cho trẻ.\n"
    )
    assert found.lead == ("Sở Y tế",)


def test_a_group_ends_where_its_nouns_do() -> None:
    (found,) = tasks(
        "Bí thư Thành ủy yêu cầu các sở, ngành thảo luận kỹ những việc còn chậm của năm."
    )
    assert found.lead == ("các sở, ngành",)


def test_who_leads_may_stand_at_the_end() -> None:
    (found,) = tasks(
        DIRECTIVE + "1. Hoàn thành đấu giá 42 lô đất, do Phòng Tài nguyên và Môi trường chủ trì.\n"
    )
    assert found.lead == ("Phòng Tài nguyên và Môi trường",)
    (found,) = tasks(DIRECTIVE + "1. Giải quyết dứt điểm các vụ khiếu nại (Sở Nội vụ).\n")
    assert found.lead == ("Sở Nội vụ",)


def test_the_last_of_several_days_is_the_deadline() -> None:
    (found,) = tasks(
        DIRECTIVE + "1. Báo cáo sơ kết trước ngày 15/6/2025 và tổng kết trước ngày 05/12/2025.\n"
    )
    assert found.due == "2025-12-05"


def test_a_press_report_goes_on_directing_without_naming_anybody() -> None:
    found = tasks(
        "Chủ tịch UBND tỉnh yêu cầu Sở Tài chính rà soát các khoản nợ của quỹ đất.\n"
        "Báo cáo kết quả rà soát về UBND tỉnh trước ngày 20/8/2024.\n"
    )
    assert [(t.lead, t.due) for t in found] == [
        (("Sở Tài chính",), None),
        (("Sở Tài chính",), "2024-08-20"),
    ]


def test_what_is_stressed_with_a_modal_is_an_instruction() -> None:
    (found,) = tasks(
        "Bí thư nhấn mạnh công tác cán bộ phải được triển khai công khai, minh bạch hơn."
    )
    assert found.text.startswith("công tác cán bộ phải được triển khai")


def test_a_duty_as_passive() -> None:
    (found,) = tasks("Urgent matters must be promptly addressed by heads of units.")
    assert found.text == "Urgent matters must be promptly addressed by heads of units"


def test_what_a_district_says_it_will_do() -> None:
    found = tasks(
        "Thu ngân sách đạt 38% kế hoạch.\n\nTrong 6 tháng cuối năm, huyện tiếp tục đẩy nhanh "
        "trồng rừng; thực hiện tốt công tác quản lý đất đai."
    )
    assert [(t.lead, t.text[:14]) for t in found] == [
        (("huyện",), "huyện tiếp tục"),
        (("huyện",), "thực hiện tốt "),
    ]


def test_gerunds_behind_a_directive_are_instructions() -> None:
    found = tasks(
        "The People's Committee of Lam Khe requests that departments implement the resolution; "
        "strengthening discipline in budget collection; improving online services."
    )
    assert [t[:13] for t in texts(found)] == ["departments i", "strengthening", "improving onl"]


def test_responsibility_before_somebody_is_no_instruction() -> None:
    assert not tasks(
        DIRECTIVE + "1. Chủ tịch UBND các xã chịu trách nhiệm trước Chủ tịch UBND huyện.\n"
    )


def test_farmers_who_must_do_something_are_not_directed() -> None:
    assert not tasks("Các em học sinh phải vượt 6 km đường đèo để đến lớp.")
    assert not tasks("Experts say prices should stabilise next year.")


def test_an_item_that_names_its_field_before_the_unit() -> None:
    found = tasks(DIRECTIVE + "1. Về giải ngân: Sở Tài chính điều chuyển vốn trong tháng 5.\n")
    assert [(t.lead, t.text) for t in found] == [
        (("Sở Tài chính",), "Sở Tài chính điều chuyển vốn trong tháng 5")
    ]


def test_a_plan_in_the_third_person() -> None:
    found = tasks(
        "PEOPLE'S COMMITTEE OF LAM KHE CITY\nNo. 12/KH-UBND\nPLAN\nOn drainage\n"
        "III. TASKS\n1. The Department of Finance reviews all permits.\n"
    )
    assert [t.lead for t in found] == [("Department of Finance",)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Patrols seized 12 vehicles and fined 3 companies.", [("12", "vehicles"), ("3", None)]),
        ("The district built 12 schools last year.", [("12", "school")]),
        ("83 poles and 20 lines have not been relocated.", [("83", "poles"), ("20", "lines")]),
        ("Công an phát hiện 15 vụ, khởi tố 5 vụ án.", [("15", "case"), ("5", "case")]),
        ("Đã tiêm 21.460 liều vắc xin.", [("21460", "liều")]),
    ],
)
def test_things_that_were_counted(text: str, told: list[tuple[str, str | None]]) -> None:
    found = results(text)
    assert [str(result.value) for result in found] == [value for value, _ in told]
    for result, (_, unit) in zip(found, told, strict=True):
        assert unit is None or result.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "The hospital has 300 beds.",
        "The city has 126 wards.",
        "Xã được thành lập trên cơ sở sáp nhập 03 xã.",
        "Tỉnh đã thành lập đoàn thanh tra gồm 9 thành viên.",
        "The model was applied in enterprises with 20 workers or more.",
    ],
)
def test_what_only_is_there_was_not_reached(text: str) -> None:
    assert not results(text)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Thu ngân sách đạt 300 tỷ đồng, vượt 4,2% kế hoạch.", "104.2"),
        ("Thu ngân sách đạt 300 tỷ đồng, vượt dự toán 4,2%.", "104.2"),
        ("Revenue reached VND300 billion, exceeding the target by 6.2%.", "106.2"),
        ("Thu ngân sách đạt 300 tỷ đồng, bằng 98% kế hoạch.", "98"),
    ],
)
def test_what_goes_beyond_a_plan_is_a_share_of_it(text: str, share: str) -> None:
    (result,) = results(text)
    assert (result.value, result.percent_of_plan) == (Decimal(300 * 10**9), Decimal(share))


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        ("Tỷ lệ hộ nghèo giảm từ 3,5% xuống còn 2,1%.", "Tỷ lệ hộ nghèo", "2.1"),
        ("Tỷ lệ chi bộ họp đủ tăng từ 81,4% (năm 2012) lên 93,7%.", None, "93.7"),
        ("The share rose from 87.3% in 2008 to 99.6% in 2018.", "share", "99.6"),
    ],
)
def test_where_a_measure_moved_to(text: str, metric: str | None, value: str) -> None:
    (result,) = results(text)
    assert (result.value, result.growth_percent) == (Decimal(value), None)
    assert metric is None or result.metric == metric


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ tiêm chủng đạt 44,8% (KH năm \u2265 95%).",
        "Tỷ lệ hài lòng đạt 44,8%, so với 40,2% của năm trước.",
        "Satisfaction stood at 44.8 percent, against 40.2 percent in 2013.",
        "Tỷ lệ tiêm chủng đạt 44,8%, thấp hơn 1,9 điểm phần trăm so với cùng kỳ.",
    ],
)
def test_what_a_result_is_compared_with_is_none(text: str) -> None:
    assert [result.value for result in results(text)] == [Decimal("44.8")]


def test_part_and_whole_with_the_same_noun() -> None:
    (result,) = results("Đã có 1.066 mặt hàng trúng thầu trên 1.240 mặt hàng mời thầu.")
    assert (result.done, result.total, result.unit) == (1066, 1240, "mặt hàng")


def test_money_of_a_whole_with_its_currency() -> None:
    (result,) = results("VND401.6 billion of the VND480 billion allocated had been disbursed.")
    assert (result.value, result.total) == (Decimal("401600000000"), Decimal(480 * 10**9))


def test_targets_below_a_sign_and_of_life() -> None:
    found = targets(
        "II. MỤC TIÊU ĐẾN NĂM 2030\n- Chỉ số côn trùng dưới 20; tại các xã còn lại < 30.\n"
        "- Tuổi thọ trung bình đạt 75 tuổi.\n- Tỷ lệ bao phủ bảo hiểm y tế 94,7 % dân số.\n"
    )
    assert [(t.comparator, t.value, t.due) for t in found] == [
        ("<", Decimal(20), "2030"),
        ("<", Decimal(30), "2030"),
        ("=", Decimal(75), "2030"),
        ("=", Decimal("94.7"), "2030"),
    ]


def test_communes_that_had_met_standards_by_a_day_are_no_target() -> None:
    text = "By the end of June, 85 of 126 communes had met new rural standards."
    assert not targets(text)
    (result,) = results(text)
    assert (result.done, result.total) == (85, 126)


def test_a_number_that_two_conventions_read_apart_is_a_draft() -> None:
    text = "Đã thu 1.234 tỷ đồng. Tỷ lệ đúng hạn đạt 98,5%. Tỷ lệ hài lòng đạt 97.5%."
    doubtful, *sure = results(text)
    assert doubtful.confidence == 0.6
    assert [result.confidence > 0.8 for result in sure] == [True, True]


def test_one_convention_leaves_no_doubt() -> None:
    text = "Đã thu 1.234 tỷ đồng. Tỷ lệ đúng hạn đạt 98,5%. Tỷ lệ hài lòng đạt 97,5%."
    first, *_ = results(text)
    assert first.value == Decimal(1234 * 10**9)
    assert first.confidence > 0.8
