"""Organisations: where a name begins and ends, and what a register knows of it."""

from collections.abc import Sequence
from datetime import date

import pytest

from lotrinh.reading import Known, UnitMention, read_text


def units(text: str) -> list[str]:
    return [fact.name for fact in read_text(text).facts if isinstance(fact, UnitMention)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Sở Lao động, Thương binh và Xã hội trình bày",
            ["Sở Lao động, Thương binh và Xã hội"],
        ),
        ("Ban Thường vụ Thành ủy Lam Khê họp", ["Ban Thường vụ Thành ủy Lam Khê"]),
        ("Giám đốc Sở KH&CN TP phát biểu", ["Sở KH&CN TP"]),
        ("Chánh Văn phòng UBND Thành phố", ["Văn phòng UBND Thành phố"]),
        ("Trung tâm Thông tin điện tử Thành phố", ["Trung tâm Thông tin điện tử Thành phố"]),
        (
            "Trung tâm bồi dưỡng chính trị quận tổ chức lớp",
            ["Trung tâm bồi dưỡng chính trị quận"],
        ),
        ("Hội khuyến học quận trao quà", ["Hội khuyến học quận"]),
        (
            "Trung tâm Điều hành chương trình chống ngập nước TP phối hợp",
            ["Trung tâm Điều hành chương trình chống ngập nước TP"],
        ),
        (
            "Ban Chỉ đạo công tác Dân số - Kế hoạch hóa gia đình tỉnh Lam Khê",
            ["Ban Chỉ đạo công tác Dân số - Kế hoạch hóa gia đình tỉnh Lam Khê"],
        ),
        (
            "Công ty TNHH MTV Khai thác công trình thủy lợi tỉnh vận hành hồ",
            ["Công ty TNHH MTV Khai thác công trình thủy lợi tỉnh"],
        ),
        (
            "Ban QLDA ĐTXD các công trình giao thông thi công ngay",
            ["Ban QLDA ĐTXD các công trình giao thông"],
        ),
        ("Công ty Điện lực khôi phục lưới điện", ["Công ty Điện lực"]),
        ("Phòng Nông nghiệp & PTNT", ["Phòng Nông nghiệp & PTNT"]),
        (
            "Đảng ủy Khối Doanh nghiệp thành phố tổ chức",
            ["Đảng ủy Khối Doanh nghiệp thành phố"],
        ),
        ("TT HĐND huyện; UBKT Huyện ủy", ["TT HĐND huyện", "UBKT Huyện ủy"]),
        ("Cơ quan Cảnh sát điều tra Công an tỉnh", ["Cơ quan Cảnh sát điều tra Công an tỉnh"]),
        ("UBND TP.HCM vừa có văn bản", ["UBND TP.HCM"]),
        ("ỦY BAN NHÂN DÂN\nTỈNH LAM KHÊ\nSố: 1/BC-UBND", ["ỦY BAN NHÂN DÂN\nTỈNH LAM KHÊ"]),
        ("ĐẢNG BỘ TỈNH LAM KHÊ\nHUYỆN ỦY PHỐ CÂY\n*", None),
        ("UBND xã Hồ Sen\tTrạm Y tế xã", ["UBND xã Hồ Sen", "Trạm Y tế xã"]),
    ],
)
def test_a_vietnamese_name_is_whole(text: str, names: list[str] | None) -> None:
    expected = names or ["ĐẢNG BỘ TỈNH LAM KHÊ", "HUYỆN ỦY PHỐ CÂY"]
    assert units(text) == [" ".join(name.split()) for name in expected]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Department of Agriculture & Environment", ["Department of Agriculture & Environment"]),
        (
            "the Department of Labour, Invalids and Social Affairs of Lam Khe",
            ["Department of Labour, Invalids and Social Affairs of Lam Khe"],
        ),
        ("Department of Finance and Department of Health", None),
        (
            "the Standing Committee of the Hanoi City Party Committee",
            ["Standing Committee of the Hanoi City Party Committee"],
        ),
        ("the municipal People's Council met", ["municipal People's Council"]),
        (
            "Head of the Provincial Party Committee's Propaganda Department",
            ["Provincial Party Committee's Propaganda Department"],
        ),
        (
            "Head of the Provincial People's Council's Economic and Budgetary Committee",
            ["Provincial People's Council's Economic and Budgetary Committee"],
        ),
        (
            "the City Party Committee Executive Committee agreed",
            ["City Party Committee Executive Committee"],
        ),
        (
            "the People's Committee of Pho Cay town shall pay",
            ["People's Committee of Pho Cay town"],
        ),
        ("the People's Committee of the province", ["People's Committee of the province"]),
        (
            "PEOPLE'S COMMITTEE OF\nDONG KHE PROVINCE\nNo. 1",
            ["PEOPLE'S COMMITTEE OF DONG KHE PROVINCE"],
        ),
        (
            "People's Committees of districts and wards",
            ["People's Committees of districts and wards"],
        ),
        ("the Food Safety Sub-Department", ["Food Safety Sub-Department"]),
        (
            "Department of Agriculture and Rural Development\nCommunes",
            ["Department of Agriculture and Rural Development"],
        ),
        ("a committee of experts in the department store", []),
        ("SOCIALIST REPUBLIC OF VIET NAM", []),
    ],
)
def test_an_english_name_is_whole(text: str, names: list[str] | None) -> None:
    assert units(text) == (
        ["Department of Finance", "Department of Health"] if names is None else names
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Giao các Sở: Tài chính, Nội vụ và Tư pháp", ["Sở Tài chính", "Sở Nội vụ", "Sở Tư pháp"]),
        ("các sở Xây dựng, Y tế", ["Sở Xây dựng", "Sở Y tế"]),
        ("- Các Bộ: TC, TN&MT;", ["Bộ TC", "Bộ TN&MT"]),
        (
            "Departments of: Education and Training; Health; Finance;",
            [
                "Department of Education and Training",
                "Department of Health",
                "Department of Finance",
            ],
        ),
        ("các sở, ban, ngành và các địa phương", []),
    ],
)
def test_a_list_names_its_head_once(text: str, names: list[str]) -> None:
    assert units(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("UBND các quận, huyện, thị xã", ["UBND các quận, huyện, thị xã"]),
        ("UBND các huyện/thành phố", ["UBND các huyện/thành phố"]),
        ("UBND 16 xã, thị trấn báo cáo", ["UBND 16 xã, thị trấn"]),
        ("UBND cấp huyện, cấp xã", ["UBND cấp huyện, cấp xã"]),
        ("UBND các xã, TT", ["UBND các xã, TT"]),
        (
            "UBND các huyện Lam Khê, Bình Sa, thị xã Lương Hải và Ban Tiếp dân",
            ["UBND các huyện Lam Khê, Bình Sa, thị xã Lương Hải"],
        ),
    ],
)
def test_a_collective_with_its_head(text: str, names: list[str]) -> None:
    assert units(text)[:1] == names


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị trực tuyến toàn quốc",
        "NHIỆM VỤ TRỌNG TÂM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Căn cứ Luật Tổ chức Chính phủ ngày 19/6/2015;",
        "Pursuant to the Law on Organization of the Government;",
        "Trường hợp đặc biệt, Ban ngày, Phòng chống dịch",
        "Bộ máy hành chính, Đội ngũ cán bộ",
        "các quận Trung tâm thành phố",
    ],
)
def test_what_opens_like_a_body_and_is_none(text: str) -> None:
    assert units(text) == []


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Sở KH&CN", "Sở Khoa học và Công nghệ"),
        ("UBND thành phố", "Ủy ban nhân dân thành phố"),
        ("UBND các xã, phường", "Ủy ban nhân dân các xã, phường"),
        ("VPCP trả lời", "Văn phòng Chính phủ"),
        ("TT HĐND tỉnh", "Thường trực Hội đồng nhân dân tỉnh"),
        ("the MARD said", "Ministry of Agriculture and Rural Development"),
    ],
)
def test_abbreviations_are_spelled_out(text: str, canonical: str) -> None:
    (unit,) = (fact for fact in read_text(text).facts if isinstance(fact, UnitMention))
    assert unit.canonical == canonical


class Names:
    """A register of three names, one of which changed its bearer and one of which has two."""

    def candidates(self, key: str, on: date | None) -> Sequence[Known]:
        if key == "to xanh":
            early = on is not None and on < date(2025, 7, 1)
            return [Known("u1", "Tổ công tác Đô thị xanh" if early else "Phòng Đô thị xanh")]
        if key == "abraham lincoln":
            return [Known("p1", "Abraham Lincoln", "person")]
        if key == "so y te":
            return [Known("u2", "Sở Y tế Lam Khê"), Known("u3", "Sở Y tế Phố Cây")]
        return []


def test_a_known_name_needs_no_pattern_and_means_who_bore_it_that_day() -> None:
    text = "Lam Khê, ngày 05 tháng 6 năm {}\nTổ Xanh họp với Chủ tịch Abraham Lincoln."
    for year, meant in ((2024, "Tổ công tác Đô thị xanh"), (2026, "Phòng Đô thị xanh")):
        facts = read_text(text.format(year), Names()).facts
        told = [(f.rule, f.text, f.fields()) for f in facts if f.kind in {"unit", "person"}]
        assert told == [
            ("unit.known", "Tổ Xanh", {"name": "Tổ Xanh", "canonical": meant}),
            ("person.known", "Abraham Lincoln", {"name": "Abraham Lincoln", "role": "Chủ tịch"}),
        ]


def test_a_name_with_two_bearers_is_left_to_the_pattern() -> None:
    (unit,) = (f for f in read_text("Sở Y tế báo cáo", Names()).facts if f.kind == "unit")
    assert (unit.rule, unit.fields()["canonical"]) == ("unit.vietnamese", None)


def test_without_a_register_nothing_is_known() -> None:
    assert units("Tổ Xanh họp với Chủ tịch Abraham Lincoln.") == []
