"""Instructions in a plan written as plans are: who, with whom, by when, what for."""

import pytest

from lotrinh.reading import Task, read_text

PLAN = """ỦY BAN NHÂN DÂN THÀNH PHỐ
Số: 115/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày 04 tháng 4 năm 2024
KẾ HOẠCH
Thực hiện Chương trình số 30-CTr/TU ngày 08/3/2024 của Thành ủy
Căn cứ Nghị quyết số 45-NQ/TW ngày 24/11/2023 của Ban Chấp hành Trung ương Đảng;
I. KẾT QUẢ
Các sở đã rà soát 12 quy trình.
II. NHIỆM VỤ, GIẢI PHÁP
1. Nâng cao nhận thức
a) Tổ chức quán triệt nội dung Kế hoạch; hoàn thành trong quý II/2024.
b) Định kỳ hằng năm tổ chức gặp mặt trí thức tiêu biểu.
2. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan \
tham mưu ban hành Đề án thu hút nhân tài, hoàn thành trước ngày 30/9/2024.
III. TỔ CHỨC THỰC HIỆN
1. Sở Khoa học và Công nghệ
- Theo dõi, đôn đốc việc thực hiện Kế hoạch.
2. Sở Lao động, Thương binh và Xã hội: Xây dựng cơ sở dữ liệu lao động.
Nơi nhận:
- Thành ủy;
"""


def tasks(text: str) -> list[Task]:
    return [fact for fact in read_text(text).facts if isinstance(fact, Task)]


def test_what_a_plan_orders() -> None:
    found = tasks(PLAN)
    assert [(t.lead, t.coordinate, t.due, t.recurrence, t.deliverable) for t in found] == [
        ((), (), "2024-Q2", None, None),
        ((), (), None, "yearly", None),
        (
            ("Sở Nội vụ",),
            ("Sở Tài chính", "các đơn vị liên quan"),
            "2024-09-30",
            None,
            "Đề án thu hút nhân tài",
        ),
        (("Sở Khoa học và Công nghệ",), (), None, None, None),
        (
            ("Sở Lao động, Thương binh và Xã hội",),
            (),
            None,
            None,
            "cơ sở dữ liệu lao động",
        ),
    ]
    assert found[0].text == "Tổ chức quán triệt nội dung Kế hoạch; hoàn thành trong quý II/2024"
    assert found[4].text == "Xây dựng cơ sở dữ liệu lao động"


def test_what_the_plan_itself_is() -> None:
    header = read_text(PLAN).header
    assert (header.system, header.type, header.number) == ("state", "KH", "115/KH-UBND")
    assert (header.issuer, header.issued) == ("ỦY BAN NHÂN DÂN THÀNH PHỐ", "2024-04-04")
    assert header.language == "vi"
    assert (header.title or "").startswith("Thực hiện Chương trình số 30-CTr/TU")


def test_what_the_plan_rests_on() -> None:
    relations = [f.fields() for f in read_text(PLAN).facts if f.kind == "relation"]
    assert relations == [
        {"source": "115/KH-UBND", "target": "30-CTr/TU", "relation": "implements"},
        {"source": "115/KH-UBND", "target": "45-NQ/TW", "relation": "based_on"},
    ]


def test_pieces_of_the_plan() -> None:
    clauses = [(c.label, c.level, c.kind) for c in read_text(PLAN).clauses]
    assert clauses[6:12] == [
        (None, 3, "preamble"),
        ("I.", 2, "heading"),
        (None, 3, "paragraph"),
        ("II.", 2, "heading"),
        ("1.", 4, "heading"),
        ("a)", 6, "item"),
    ]
    assert {kind for _, _, kind in clauses[-2:]} == {"boilerplate"}


@pytest.mark.parametrize(
    "text",
    [
        "Giáo dục và đào tạo là quốc sách hàng đầu của đất nước.",
        "Công tác cán bộ chưa đáp ứng yêu cầu nhiệm vụ trong tình hình mới.",
        "Nhiệm vụ Thành ủy giao cho các quận đã hoàn thành đúng hạn.",
        "The work has been led and directed to be implemented promptly.",
        "Implement strategic breakthroughs associated with synchronous goals",
        "The Department is actively implementing all ten assigned tasks.",
    ],
)
def test_what_only_tells_is_no_task(text: str) -> None:
    assert tasks(text) == []


def test_what_was_requested_of_whom() -> None:
    (task,) = tasks(
        "The PM asked the Ministry of Industry and Trade to submit a revised power plan "
        "before May 15, 2025."
    )
    assert task.lead == ("Ministry of Industry and Trade",)
    assert (task.due, task.deliverable) == ("2025-05-15", "revised power plan")


def test_one_sentence_that_orders_two_units_gives_two_tasks() -> None:
    found = tasks(
        "Chủ tịch UBND tỉnh yêu cầu Sở Xây dựng rà soát quy hoạch trước ngày 15/5/2025; "
        "giao Sở Tài chính bố trí kinh phí trong quý III/2025."
    )
    assert [(t.lead, t.due) for t in found] == [
        (("Sở Xây dựng",), "2025-05-15"),
        (("Sở Tài chính",), "2025-Q3"),
    ]
    found = tasks(
        "The Chairman requests the Department of Finance to review slow projects, "
        "the Department of Health to publish waiting times, and the Department of Construction "
        "to hand over the land before May 15, 2025."
    )
    assert [t.lead for t in found] == [
        ("Department of Finance",),
        ("Department of Health",),
        ("Department of Construction",),
    ]
    assert [t.due for t in found] == [None, None, "2025-05-15"]


def test_a_list_of_units_is_not_torn_apart() -> None:
    (task,) = tasks(
        "The Prime Minister requests ministries, heads of agencies and Chairpersons of "
        "provincial People's Committees to inspect every reservoir."
    )
    assert task.text.endswith("to inspect every reservoir")


def test_a_heading_with_particulars_below_it_is_a_task() -> None:
    (task,) = tasks(
        "KẾ HOẠCH\nIII. NHIỆM VỤ\n1. Rà soát, đơn giản hóa thủ tục hành chính\n"
        "- Đơn vị chủ trì: Văn phòng Sở.\n"
        "- Đơn vị phối hợp: Phòng Xây dựng chính quyền, Thanh tra Sở.\n"
        "- Thời gian hoàn thành: Quý II/2025.\n"
        "- Sản phẩm: Quyết định công bố danh mục."
    )
    assert (task.lead, task.coordinate) == (
        ("Văn phòng Sở",),
        ("Phòng Xây dựng chính quyền", "Thanh tra Sở"),
    )
    assert (task.due, task.deliverable) == ("2025-Q2", "Quyết định công bố danh mục")


def test_before_a_day_ends_on_the_day_before() -> None:
    text = "Giao Sở Y tế lập kế hoạch, hoàn thành trước ngày 01/7/2027."
    (task,) = tasks(text)
    (day,) = [f.fields() for f in read_text(text).facts if f.kind == "date"]
    assert (task.due, day["iso"], day["last_day"]) == ("2027-07-01", "2027-07-01", "2027-06-30")
