"""Text whose letters cannot be relied on is refused; a slip is not enough for that."""

import pytest

from lotrinh.reading.readers.syllables import is_syllable
from tests.reading.readers.samples import read, refused

_SOUND = "Ủy ban nhân dân xã Lam Khê giao Phòng Kinh tế chủ trì trồng cây xanh năm 2025.\n"


def test_letters_of_other_alphabets_inside_words() -> None:
    text = _SOUND * 3 + _SOUND.replace("a", "\u0430")  # a Cyrillic letter that looks the same
    refusal = refused(text.encode(), "a.txt")
    assert refusal.code == "damaged_text"
    assert refusal.data == {"share": 6, "line": 4, "example": "b\u0430n"}


def test_a_stray_letter_is_tolerated() -> None:
    text = _SOUND * 3 + _SOUND.replace("Lam", "L\u0430m")
    assert read(text.encode(), "a.txt").text == text


def test_foreign_words_of_their_own_are_no_damage() -> None:
    text = _SOUND + "Đơn vị đo: \u03bcm, \u03a9. \u041c\u043e\u0441\u043a\u0432\u0430.\n"
    assert read(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    "sign", ["\u03bcg", "k\u03a9", "\u0394t", "\u03b1s", "\u03b2x", "\u03bcmol"]
)
def test_greek_letters_that_are_signs_are_no_damage(sign: str) -> None:
    text = _SOUND + f"Nồng độ: 45 {sign}/m³, 80 {sign}/m³, 50 {sign}/m³, 40 {sign}/m³, 20 {sign}.\n"
    assert read(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    "damaged", ["h\u03bfa", "\u03bfn", "\u0391n", "đ\u03bcợc", "n\u03bcm", "\u0442r\u043en"]
)
def test_greek_letters_inside_words_are_damage(damaged: str) -> None:
    refusal = refused((_SOUND + f"{damaged} " * 4).encode(), "a.txt")
    assert (refusal.code, refusal.data["example"]) == ("damaged_text", damaged)


def test_syllables_that_no_word_has() -> None:
    text = _SOUND * 2 + "KẾT LỦẬN sộố 15 vềề phưương hướngg nhiệệm vụụ trọọng tââm nămm đạạt.\n"
    refusal = refused(text.encode(), "a.txt")
    assert (refusal.code, refusal.data["line"], refusal.data["example"]) == (
        "damaged_text",
        3,
        "LỦẬN",
    )


def test_holes_in_words() -> None:
    text = (
        _SOUND
        + "Nhi\ufffdm v\ufffd tr\ue001ng tâm c\ufffda n\ufffdm: m\ue001 r\ufffdng, d\ufffdn.\n"
    )
    refusal = refused(text.encode(), "a.txt")
    assert (refusal.code, refusal.data) == (
        "damaged_text",
        {"share": 30, "line": 2, "example": "Nhi\ufffdm"},
    )


def test_bullets_of_symbol_fonts_are_no_holes() -> None:
    text = _SOUND + "\uf0b7 Rà soát\n\uf0b7 Báo cáo\n" * 9
    assert read(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    "word", ["Nghiêng", "quyền", "giếng", "ươm", "Đắk", "HUYỆN", "uỷ", "thuở", "khuỷu", "oẹ", "gì"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["LỦẬN", "sộố", "hướngg", "wề", "vậnt", "đr", "Ủyban"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)
