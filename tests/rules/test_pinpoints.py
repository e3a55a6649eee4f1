"""An address of a piece of a text is one address, however it is written."""

import pytest

from lotrinh.rules.pinpoints import Piece, addresses, slug_of, words_of


@pytest.mark.parametrize(
    "typed",
    [
        "Điều 5, khoản 2, điểm a",
        "điểm a khoản 2 Điều 5",
        "Điểm a, Khoản 2, Điều 5",
        "dieu 5 khoan 2 diem a",
        "point a, clause 2, Article 5",
    ],
)
def test_every_way_of_writing_it_is_one_address(typed):
    assert slug_of(typed) == "dieu-5.khoan-2.diem-a"


@pytest.mark.parametrize(
    ("slug", "vi", "en"),
    [
        ("dieu-5a.khoan-2", "Điều 5a, khoản 2", "Article 5a, clause 2"),
        ("muc-iii.khoan-1.diem-dd", "mục III, khoản 1, điểm đ", "section III, clause 1, point đ"),
        ("phu-luc-ii", "Phụ lục II", "Appendix II"),
    ],
)
def test_words_and_links_say_the_same(slug, vi, en):
    assert (words_of(slug), words_of(slug, "en")) == (vi, en)
    assert slug_of(vi) == slug_of(en) == slug


def test_what_is_no_address_is_none():
    assert [slug_of(typed) for typed in ("", "toàn văn", "Điều lệ Đảng", "x" * 500)] == [""] * 4
    assert words_of("nothing-1") == ""


def test_the_pieces_of_a_decree_have_addresses():
    pieces = [
        Piece("Chương I", 1),
        Piece("Điều 1.", 3),
        Piece("1.", 4),
        Piece("a)", 6),
        Piece("đ)", 6),
        Piece("2.", 4),
        Piece("", 5),
        Piece("Điều 2.", 3),
        Piece("1.", 4),
    ]

    assert addresses(pieces) == (
        "chuong-i",
        "dieu-1",
        "dieu-1.khoan-1",
        "dieu-1.khoan-1.diem-a",
        "dieu-1.khoan-1.diem-dd",
        "dieu-1.khoan-2",
        "",
        "dieu-2",
        "dieu-2.khoan-1",
    )


def test_the_pieces_of_a_party_programme_have_addresses():
    pieces = [
        Piece("I.", 2),
        Piece("1.", 4),
        Piece("-", 7),
        Piece("1.1.", 5),
        Piece("II-", 2),
        Piece("1.", 4),
        Piece("i)", 6),
        Piece("1.", 4),
    ]

    assert addresses(pieces) == (
        "muc-i",
        "muc-i.khoan-1",
        "",
        "muc-i.khoan-1.1",
        "muc-ii",
        "muc-ii.khoan-1",
        "muc-ii.khoan-1.diem-i",
        "",  # a second clause 1 of one section has no address of its own
    )
