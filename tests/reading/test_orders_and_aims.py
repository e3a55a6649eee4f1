"""Who is told to act, by when, and what is aimed at, where the words stand far apart.

The places and figures are invented; the shapes are those of notices, directives, plans and
articles of the press in both languages.
"""

from decimal import Decimal

import pytest

from lotrinh.reading import Target, Task, read_text

NOTICE = "UBND TỈNH LAM KHÊ\nSố: 12/TB-UBND\nTHÔNG BÁO\nKết luận cuộc họp\nII. Nhiệm vụ trọng tâm\n"
LETTER = "PEOPLE'S COMMITTEE OF LAM KHE PROVINCE\nNo. 12/TB-UBND\nNOTICE\nOn the hospital\n"


def tasks(text: str) -> list[Task]:
    return [fact for fact in read_text(text).facts if isinstance(fact, Task)]


def targets(text: str) -> list[Target]:
    return [fact for fact in read_text(text).facts if isinstance(fact, Target)]


@pytest.mark.parametrize(
    "line",
    [
        "Sở Nội vụ rà soát 12 quy hoạch đã được phê duyệt.",
        "Sở Y tế theo dõi việc xử lý 02 vụ việc đã chuyển cơ quan điều tra.",
        "Chuyển đổi vị trí 12 công chức tài chính, địa chính đã giữ vị trí quá 5 năm.",
    ],
)
def test_what_is_said_of_a_thing_reports_nothing(line: str) -> None:
    assert [task.text for task in tasks(f"{NOTICE}1. {line}")] == [line.removesuffix(".")]


def test_a_subject_behind_a_comma_reports() -> None:
    assert tasks(f"{NOTICE}1. Thực hiện Chỉ thị, huyện đã ban hành kế hoạch kiểm tra.") == []


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Sơ kết vào năm 2020, tổng kết vào năm 2025.", "2025"),
        ("Trình HĐND tỉnh tại kỳ họp thường lệ giữa năm 2022.", "2022"),
        ("Tích nước hồ, hoàn thành trước mùa mưa năm 2023.", "2023"),
        ("Di dời các hộ dân đến nơi an toàn trước 20h tối 22/8.", "XXXX-08-22"),
        ("Lắp 15 km đường ống, chậm nhất là cuối tháng 02 năm 2020.", "2020-02"),
    ],
)
def test_the_last_day_said_to_be_one_is_the_deadline(words: str, due: str) -> None:
    assert [task.due for task in tasks(f"{NOTICE}1. {words}")] == [due]


def test_who_speaks_leads_nothing() -> None:
    found = tasks(
        "UBND TỈNH LAM KHÊ\nSố: 07/CĐ-UBND\nCÔNG ĐIỆN\nỨng phó bão số 7\n"
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n1. Cấm biển từ 05h00 ngày 22/8/2026.\n"
    )
    assert [(task.text, task.lead) for task in found] == [("Cấm biển từ 05h00 ngày 22/8/2026", ())]


def test_posts_and_units_in_a_row_are_names_of_their_own() -> None:
    found = tasks(
        f"{NOTICE}1. Giám đốc các sở, Thủ trưởng các ban, ngành, Chủ tịch UBND các huyện, thị xã "
        "ban hành kế hoạch trước ngày 10/02/2017."
    )
    assert [task.lead for task in found] == [
        ("Giám đốc các sở", "Thủ trưởng các ban, ngành", "Chủ tịch UBND các huyện, thị xã")
    ]


def test_a_place_may_be_told_to_act() -> None:
    found = tasks("The chairman asked Lam Khe District to hand over the site before May 31, 2025.")
    assert [(task.lead, task.due) for task in found] == [(("Lam Khe District",), "2025-05-31")]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("The minister ordered Vinh Ha to control the use of public land.", ("Vinh Ha",)),
        ("The city also must focus on training its staff, he said.", ("city",)),
        ("Investors are to work closely with the wards on resettlement.", ("Investors",)),
    ],
)
def test_english_bodies_by_their_common_names(text: str, lead: tuple[str, ...]) -> None:
    assert [task.lead for task in tasks(text)] == [lead]


def test_an_aim_and_a_participle_order_nothing() -> None:
    assert tasks("The aim is to reduce the cost of transport in the whole province.") == []
    assert tasks("The report praised seven teams tasked with reviewing slow projects.") == []


def test_who_answers_ends_a_duty_and_is_none() -> None:
    found = tasks(
        f"{NOTICE}1. Thủ trưởng các đơn vị trực thuộc xây dựng kế hoạch, gửi về Sở trước "
        "ngày 10/5/2023; chịu trách nhiệm trước Giám đốc Sở về tiến độ."
    )
    assert [(task.lead, task.due) for task in found] == [
        (("Thủ trưởng các đơn vị trực thuộc",), "2023-05-10")
    ]


def test_what_a_decision_enacts_is_no_task() -> None:
    found = tasks(
        "UBND TỈNH LAM KHÊ\nSố: 29/QĐ-UBND\nQUYẾT ĐỊNH\nPhê duyệt chương trình\n"
        "Điều 1. Phê duyệt chương trình chăm sóc sức khỏe nhân dân.\n"
        "Điều 2. Giao Sở Y tế tổ chức thực hiện chương trình.\n"
    )
    assert [task.text for task in found] == ["Giao Sở Y tế tổ chức thực hiện chương trình"]


def test_letters_with_strokes_and_roman_numbers_in_brackets_are_labels() -> None:
    found = tasks(
        f"{LETTER}1. The Department of Health:\n"
        "a/ Inspect at least 40 clinics;\n(ii) to require contractors to make up for the delay.\n"
    )
    assert [(task.text, task.lead) for task in found] == [
        ("Inspect at least 40 clinics", ("Department of Health",)),
        ("require contractors to make up for the delay", ("Department of Health",)),
    ]


def test_a_lead_in_speaks_by_what_it_asks_for() -> None:
    found = tasks(
        "Lam Khê họp sơ kết\n"
        "Kết luận hội nghị, ông Thưởng biểu dương kết quả đạt được và giao nhiệm vụ:\n"
        "- Sở Xây dựng dứt điểm 2 nhiệm vụ quá hạn trước ngày 20/7;\n"
        "- Sở Y tế duy trì trực cấp cứu.\n"
    )
    assert [(task.lead, task.due) for task in found] == [
        (("Sở Xây dựng",), "XXXX-07-20"),
        (("Sở Y tế",), None),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Đến năm 2030, chỉ số PII thuộc nhóm 10 địa phương dẫn đầu cả nước.", 10),
        ("By 2025, Lam Khe aims to be in the group of five leading localities.", 5),
        ("By 2025, Lam Khe aims to keep its index in the top 15.", 15),
    ],
)
def test_a_place_in_a_ranking_is_a_target(text: str, value: int) -> None:
    found = [(target.value, target.unit, target.comparator) for target in targets(text)]
    assert found == [(Decimal(value), "rank", "<=")]


def test_places_climbed_are_a_target() -> None:
    found = targets("Phấn đấu năm 2022 chỉ số cải cách hành chính tăng ít nhất 3 bậc.")
    assert [(target.value, target.unit, target.due) for target in found] == [(3, "rank", "2022")]


def test_an_aim_in_words_lends_its_year_to_what_is_promised_below() -> None:
    found = targets(
        "Lam Khe draws up its digital plan\n"
        "By 2025, Lam Khe aims to become a leading digital province.\n"
        "In addition, 90 per cent of provincial documents and 60 per cent of commune documents "
        "will be processed online.\n"
    )
    assert [(target.value, target.due) for target in found] == [(90, "2025"), (60, "2025")]


def test_among_targets_only_words_of_the_past_report() -> None:
    found = targets(
        "PROGRAMME\nII. GOALS TO 2020\n1. 100% of communes have a road; 95% of people use clean "
        "water.\n"
    )
    assert [(target.value, target.due) for target in found] == [(100, "2020"), (95, "2020")]


@pytest.mark.parametrize(
    "text",
    [
        "Phấn đấu năm 2024 điều chuyển vốn của các dự án giải ngân dưới 30%.",
        "By 2026 the city will warn every contractor who is below 60% of the plan.",
    ],
)
def test_a_bound_that_only_says_which_ones_is_no_target(text: str) -> None:
    assert targets(text) == []


def test_how_things_stand_beside_an_aim_is_no_target() -> None:
    found = targets("Đến năm 2025, 100% xã có trạm y tế (hiện nay 118/130 xã, đạt 90,8%).")
    assert [(target.value, target.due) for target in found] == [(100, "2025")]


def test_a_year_right_behind_a_value_is_its_own() -> None:
    found = targets("Phấn đấu kinh tế số đóng góp 25% đến năm 2025, 40% đến năm 2030.")
    assert [(target.value, target.due) for target in found] == [(25, "2025"), (40, "2030")]


def test_a_page_that_is_only_a_list_of_targets() -> None:
    found = targets(
        "Các chỉ tiêu chủ yếu đến năm 2025\n"
        "Về kinh tế: (1) GRDP bình quân: từ 8.300 đến 8.500 USD. (2) Kinh tế số đạt khoảng 30%.\n"
    )
    assert [(target.unit, target.due) for target in found] == [("USD", "2025"), ("%", "2025")]


def plan_of(day: str, line: str, section: str = "II. TỔ CHỨC THỰC HIỆN") -> str:
    """Return a plan that was issued on a day and says one thing."""
    return (
        "ỦY BAN NHÂN DÂN TỈNH LAM KHÊ\nSố: 12/KH-UBND\n"
        f"Lam Khê, {day}\n\nKẾ HOẠCH\ntriển khai nhiệm vụ\n\n{section}\n\n{line}\n"
    )


MAY, DECEMBER = "ngày 10 tháng 5 năm 2024", "ngày 10 tháng 12 năm 2024"


@pytest.mark.parametrize(
    ("line", "lead", "due"),
    [
        ("Ngày 30/9/2024, Sở Y tế trình đề án bệnh viện.", "Sở Y tế", "2024-09-30"),
        (
            "Ngày 15 tháng 10 năm 2024, Sở Tài chính báo cáo kết quả giải ngân.",
            "Sở Tài chính",
            "2024-10-15",
        ),
        ("Vào ngày 30/9/2024, các sở, ngành hoàn thành báo cáo.", "các sở, ngành", "2024-09-30"),
        (
            "Ngày 1/6/2024, Sở Y tế rà soát các trạm, hoàn thành trước ngày 30/9/2024.",
            "Sở Y tế",
            "2024-09-30",
        ),
    ],
)
def test_a_unit_that_acts_on_a_day_to_come_is_told_to(line: str, lead: str, due: str) -> None:
    found = tasks(plan_of(MAY, line))

    assert [(task.lead, task.due) for task in found] == [((lead,), due)]
    assert found[0].text == line.removesuffix(".")


@pytest.mark.parametrize(
    "line",
    [
        "Ngày 30/9/2024, Sở Y tế đã báo cáo kết quả.",
        "Ngày 10/4/2024, Sở Y tế trình đề án bệnh viện.",  # before the plan
        "Ngày 10/5/2024, Sở Y tế trình đề án bệnh viện.",  # on its day
        "Ngày 30/9, Sở Y tế trình đề án bệnh viện.",  # nobody knows of which year
        "Tháng 9/2024, Sở Y tế có báo cáo.",
        "Ngày 30/9/2024, tại trụ sở, hội nghị khai mạc.",
    ],
)
def test_a_day_that_may_be_past_orders_nothing(line: str) -> None:
    assert tasks(plan_of(MAY, line)) == []


def test_the_same_words_report_where_the_day_lies_before_that_of_issue() -> None:
    line = "Ngày 30/9/2024, Sở Y tế trình đề án bệnh viện."

    assert tasks(plan_of(DECEMBER, line)) == []
    assert tasks(plan_of(MAY, line, section="I. KẾT QUẢ ĐẠT ĐƯỢC")) == []
    assert tasks(line) == []
