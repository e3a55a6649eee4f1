"""Names stand in the order of a Vietnamese dictionary, wherever they are compared byte by byte."""

import itertools

import pytest

from lotrinh.rules.sorting import person_key, sort_key

LETTERS = [
    "a",
    "ă",
    "â",
    "b",
    "c",
    "d",
    "đ",
    "e",
    "ê",
    "g",
    "h",
    "i",
    "k",
    "l",
    "m",
    "n",
    "o",
    "ô",
    "ơ",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "ư",
    "v",
    "x",
    "y",
]
TONES = ["ma", "mà", "mả", "mã", "má", "mạ"]

IN_ORDER = [
    ["An", "Anh", "Ăn", "Ân"],
    ["Ban Dân vận", "Ban Nội chính", "Ban Tổ chức", "Ban Tuyên giáo"],
    ["Dũng", "Đan", "Đức", "Em"],
    ["Quận 1", "Quận Ba Đình", "Quận Bắc", "Quận Cầu Giấy", "Quận Đống Đa", "Quận Hà Đông"],
    ["Sở Công Thương", "Sở Du lịch", "Sở Tài chính", "Sở Tư pháp", "Sở Y tế"],
    ["Hoà", "Hòa Bình"],
    ["Ho", "Hồ", "Hồ Sen", "Hơ"],
    ["To", "Tô", "Tơ", "Tu", "Tư"],
    ["Khóm 0", "Khóm 1", "Khóm 2", "Khóm A"],
    ["Xã", "Xã 0", "Xã A"],
]


def test_letters_stand_in_the_order_of_the_alphabet():
    keys = [sort_key(letter) for letter in LETTERS]

    assert keys == sorted(keys)
    assert len(set(keys)) == 29


def test_tones_follow_level_grave_hook_tilde_acute_dot():
    keys = [sort_key(word) for word in TONES]

    assert keys == sorted(keys)
    assert len(set(keys)) == 6


@pytest.mark.parametrize("names", IN_ORDER, ids=lambda names: names[0])
def test_any_order_of_these_names_is_brought_into_this_one(names):
    for shuffled in itertools.islice(itertools.permutations(names), 200):
        assert sorted(shuffled, key=sort_key) == names


def test_letters_decide_before_tones_do():
    assert sort_key("Má An") < sort_key("Mà Anh")
    assert sort_key("Mà An") < sort_key("Má An")


def test_case_and_composition_do_not_count():
    assert sort_key("THÀNH ỦY") == sort_key("Thành ủy")
    assert sort_key("Tha\u0300nh u\u0309y") == sort_key("Thành ủy")


def test_the_figure_nought_is_not_a_space():
    assert sort_key("Tổ 0") != sort_key("Tổ  ")
    assert sort_key("Tổ A") < sort_key("Tổ0A")


def test_a_key_is_plain_ascii_and_fits_its_column():
    longest = sort_key("Ủy ban nhân dân " * 13)

    assert longest.isascii()
    assert len(longest) <= 1000


def test_people_are_listed_by_given_name_then_family_name():
    people = ["Trần An", "Lê Văn Bình", "Nguyễn Thị Bình", "Đỗ Đức", "Bùi Ẩn"]

    assert sorted(people, key=person_key) == [
        "Trần An",
        "Bùi Ẩn",
        "Lê Văn Bình",
        "Nguyễn Thị Bình",
        "Đỗ Đức",
    ]
