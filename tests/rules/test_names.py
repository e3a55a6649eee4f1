"""Many spellings, one unit: what may differ in a name without naming somebody else."""

import unicodedata

import pytest

from lotrinh.rules.names import name_key

SAME = [
    ("Thành ủy Hà Nội", "Thành uỷ Hà Nội"),
    ("Thành ủy Hà Nội", "THÀNH ỦY HÀ NỘI"),
    ("Thành ủy Hà Nội", "  Thành   ủy\u00a0Hà Nội "),
    ("Tỉnh ủy Hòa Bình", "Tỉnh uỷ Hoà Bình"),
    ("Tỉnh Khánh Hòa", "Tỉnh Khánh Hoà"),
    ("Xã Tân Lũy", "Xã Tân Luỹ"),
    ("Phường Hóa An", "Phường Hoá An"),
    ("Sở Lao động - Thương binh và Xã hội", "Sở Lao động – Thương binh và Xã hội"),
    ("Sở Lao động - Thương binh và Xã hội", "Sở Lao động, Thương binh và Xã hội"),
    ("Sở Kế hoạch và Đầu tư", "sở kế hoạch và đầu tư"),
    ("Khoẻ Mạnh", "Khỏe Mạnh"),
]

OTHERS = [
    ("Sở Y tế", "Sở Ý tế"),
    ("Quận Hoàn Kiếm", "Quận Hoan Kiếm"),
    ("Huyện Thạch Thất", "Huyện Thạch Thắt"),
    ("Xã Đồng Tâm", "Xã Dồng Tâm"),
    ("Quận 1", "Quận 11"),
    ("Phường Quý", "Phường Quỳ"),
    ("Sở Nội vụ", "Sở Ngoại vụ"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_these_spellings_name_one_unit(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_these_names_stay_apart(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", [pair[0] for pair in SAME + OTHERS])
def test_decomposed_letters_give_the_same_key(name):
    assert name_key(unicodedata.normalize("NFD", name)) == name_key(name)


@pytest.mark.parametrize("name", [name for pair in SAME + OTHERS for name in pair])
def test_a_key_is_its_own_key(name):
    assert name_key(name_key(name)) == name_key(name)


def test_a_name_of_spaces_has_no_key():
    assert name_key(" \u00a0 ") == ""
