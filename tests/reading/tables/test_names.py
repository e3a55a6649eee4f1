"""Names in lists: heads that several share, groups, and what Markdown writes between them."""

import pytest

from lotrinh.reading.tables.names import read_names, read_roles
from lotrinh.reading.text import read_source

_BEFORE = "Phụ lục các nhiệm vụ trọng tâm của tỉnh\n"  # so that the text is known as Vietnamese


def _names(text: str) -> list[str]:
    return list(read_names(read_source(_BEFORE + text), len(_BEFORE), len(_BEFORE + text)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Các Bộ: Công Thương, Y tế", ["Bộ Công Thương", "Bộ Y tế"]),
        (
            "Các sở Nội vụ, Tài chính và Tư pháp; UBND tỉnh",
            ["Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp", "UBND tỉnh"],
        ),
        ("Sở GTVT, Xây dựng, TN&MT", ["Sở GTVT", "Sở Xây dựng", "Sở TN&MT"]),
        (
            "Phòng Nội vụ, Tài chính - Kế hoạch, VNPT",
            ["Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "VNPT"],
        ),
        ("Các sở, ban, ngành; VNPT", ["Các sở, ban, ngành", "VNPT"]),
        ("UBND các xã: Tân An, Tân Lập", ["UBND các xã: Tân An, Tân Lập"]),
    ],
)
def test_a_head_holds_for_all_of_its_list(text: str, names: list[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Báo và Đài Phát thanh tỉnh", ["Báo và Đài Phát thanh tỉnh"]),
        ("MTTQ và các đoàn thể", ["MTTQ", "các đoàn thể"]),
        ("Thủ trưởng các cơ quan, đơn vị", ["Thủ trưởng các cơ quan, đơn vị"]),
        (
            "Các trường mầm non, tiểu học, THCS trên địa bàn",
            ["Các trường mầm non, tiểu học, THCS trên địa bàn"],
        ),
        ("UBND xã, phường, thị trấn", ["UBND xã, phường, thị trấn"]),
        ("Phường Hồ Sen, phường Cầu Đá", ["Phường Hồ Sen", "phường Cầu Đá"]),
        ("Sở Y tế, doanh nghiệp, nhà trường", ["Sở Y tế", "doanh nghiệp", "nhà trường"]),
        ("Sở Nội vụ / Sở Y tế", ["Sở Nội vụ", "Sở Y tế"]),
        ("GISTDA / ONWR / HII", ["GISTDA", "ONWR", "HII"]),
        (
            "Ban Kinh tế, **Cục ĐMST\\&CĐS** (nếu có), Mặt trận TQ",
            ["Ban Kinh tế", "Cục ĐMST&CĐS (nếu có)", "Mặt trận TQ"],
        ),
        ("Sở Nội vụ<br>- Sở Y tế", ["Sở Nội vụ", "Sở Y tế"]),
    ],
)
def test_names_and_groups_of_a_list(text: str, names: list[str]) -> None:
    assert _names(text) == names


def test_english_names_are_parted_from_those_of_any_kind() -> None:
    text = "Lam Khe Water Supply Company, local authorities, schools"
    names = read_names(read_source(text), 0, len(text))
    assert names == ("Lam Khe Water Supply Company", "local authorities", "schools")


@pytest.mark.parametrize(
    ("text", "lead", "coordinate"),
    [
        ("UBND xã Lam Khê; Sở Y tế phối hợp", ("UBND xã Lam Khê",), ("Sở Y tế",)),
        ("Sở Nội vụ (chủ trì), Sở Y tế (đồng chủ trì)", ("Sở Nội vụ", "Sở Y tế"), ()),
        ("Sở Nội vụ, phối hợp Sở Y tế", ("Sở Nội vụ",), ("Sở Y tế",)),
    ],
)
def test_who_leads_and_who_helps(text: str, lead: tuple[str], coordinate: tuple[str]) -> None:
    named = read_roles(read_source(_BEFORE + text), len(_BEFORE), len(_BEFORE + text))
    assert (named.lead, named.coordinate) == (lead, coordinate)


def test_a_wrapped_line_parts_no_english_name() -> None:
    text = "All departments, People's\nCommittees of wards\nDepartment of Health"
    names = read_names(read_source(text), 0, len(text))
    assert names == ("All departments", "People's Committees of wards", "Department of Health")
