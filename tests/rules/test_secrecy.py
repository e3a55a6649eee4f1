"""A text that bears a mark of secrecy is known by it, and a text that speaks of secrecy is not.

The rates below are over the forms for which the promise is made: a mark on a line or in a column
of its own.
Forms outside the promise are listed last, so that nobody takes silence for safety.
"""

import unicodedata

import pytest

from lotrinh.rules.secrecy import Secrecy, secrecy_mark

FORMS = [
    "{}",
    " {} ",
    "\t{}",
    "{}.",
    "[{}]",
    "({})",
    "- {} -",
    "*{}*",
    "“{}”",
    "«{}»",
    "Độ mật: {}",
    "ĐỘ MẬT: {}",
    "Độ mật : {}",
    "Mức độ mật: {}",
    "\u00a0{}\u00a0",
    "{}\u200b",
    "\ufeff{}",
    "— {} —",
    "‘{}’",
    "'{}'",
    "| {} |",
    "_{}_",
    "### {}",
    "• {}",
    "{},",
    "**{}**",
    "> {}",
    "{}:",
    "Độ mật – {}",
    "Độ mật\t{}",
    "Số: 05/BC-UBND\tĐộ mật:\t{}",
    "ỦY BAN NHÂN DÂN            {}",
    "{}            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "ỦY BAN NHÂN DÂN\t{}\tSố: 05/BC-UBND",
    "ỦY BAN NHÂN DÂN\u3000\u3000({})",
]
UNPRINTED = (
    "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202c\u2060\u2066\u2069\u00ad\u034f\ufe0f\ufe00"
    "\u180e\u115f\u1160\u3164\uffa0\ufeff\U000e0020\U000e0100\x00\x01\x08\x1b\x1c\x7f\x9f"
)
BLANK = "\u00a0\u1680\u2003\u2009\u202f\u205f\u3000\u2800"
PLACES = [
    "{}\nỦY BAN NHÂN DÂN THÀNH PHỐ\nSố: 05/BC-UBND\n",
    "ỦY BAN NHÂN DÂN\r\n{}\r\nSố: 05/BC-UBND\r\n",
    "Báo cáo tháng 7.\n\n{}",
    "Trang 1\n\x0c{}\nTrang 2\n",
]
SPACED = [
    "TUYỆT  MẬT",
    "TUYỆT\u00a0MẬT",
    "TỐI\tMẬT",
    "TUYỆTMẬT",
    "TỐIMẬT",
    "M Ậ T",
    "T Ố I  M Ậ T",
    "T U Y Ệ T  M Ậ T",
]
POSITIVES = [
    (place.format(form.format(degree.value)), degree)
    for degree in Secrecy
    for form in FORMS
    for place in PLACES
]

SENTENCES = [
    "MẬT ĐỘ DÂN SỐ TĂNG 2,1%",
    "MẬT ĐỘ XÂY DỰNG",
    "Danh mục tài liệu được GIẢI MẬT",
    "GIẢI MẬT",
    "ĐÃ GIẢI MẬT",
    "BẢO MẬT",
    "CƠ MẬT",
    "BÍ MẬT",
    "BÍ MẬT NHÀ NƯỚC",
    "KHÔNG MẬT",
    "MẬT ONG RỪNG U MINH",
    "SẢN XUẤT MẬT",
    "THÂN MẬT",
    "Mật",
    "mật",
    "Tối mật",
    "Tuyệt mật",
    "Mật khẩu",
    "MẬT KHẨU",
    "MẬT MÃ DÂN SỰ",
    "BAN CƠ YẾU: MẬT MÃ",
    "ĐỘ MẬT",
    "ĐỘ MẬT:",
    "Độ mật: không",
    "Độ mật: Thường",
    "Độ khẩn: HỎA TỐC",
    "HỎA TỐC",
    "KHẨN",
    "THƯỢNG KHẨN",
    "LƯU HÀNH NỘI BỘ",
    "MAT",
    "MÂT",
    "MẶT TRẬN TỔ QUỐC",
    "MẶT",
    "MẮT",
    "MẤT",
    "MẬT THIẾT",
    "Tài liệu đóng dấu TUYỆT MẬT phải được lưu giữ riêng.",
    "Các độ mật gồm TUYỆT MẬT, TỐI MẬT và MẬT.",
    "Dấu MẬT được đóng ở góc trái.",
    "TỐI MẬT LÀ ĐỘ MẬT THỨ HAI",
    "1. TUYỆT MẬT: tin, tài liệu có nội dung quan trọng nhất",
    "Điều 8. TUYỆT MẬT",
    "a) TỐI MẬT",
    "+ MẬT",
    "MẬT (30 năm)",
    "MẬT/TỐI MẬT",
    "TOP SECRET",
    "CONFIDENTIAL",
    "Số: 05/BC-UBND",
    "TỐI",
    "TUYỆT",
    "TUYỆT ĐỐI BÍ MẬT",
    "MẬT VỤ",
    "CHÙA MẬT",
    "Xã MẬT SƠN",
    "MẬT SƠN",
    "CỐ ĐÔ: MẬT TÔNG",
    "DẬT MẬT",
    "ỐNG MẬT",
    "Mật, mật",
    "‘mật’",
    "| Mật |",
    "| MẬT ĐỘ |",
    "• MẬT ĐỘ",
    "### MẬT KHẨU",
    "Độ mật",
    "Độ mật: chưa xác định",
    "Độ mật Mật",
    "độ mật tối mật",
    "Độ mật: Mật hoặc Tối mật",
    "Mật độ: 2.100 người/km²",
    "MẬT ĐỘ            2.100",
    "BÍ MẬT\tGIẢI MẬT",
    "ＭẬＴ ĐỘ DÂN SỐ",
    "M\u200bẬT ĐỘ",
    "MẬT 1",
    "MẬT-ĐỘ",
]
AROUND = [
    "{}",
    "ỦY BAN NHÂN DÂN\n{}\nSố: 05/BC-UBND",
    "Số: 05/BC-UBND\r\n{}\r\nKính gửi:",
]
NEGATIVES = [place.format(sentence) for sentence in SENTENCES for place in AROUND]

OUTSIDE_THE_PROMISE = [
    "ỦY BAN NHÂN DÂN MẬT",  # two columns that an export put one space apart
    "MẬT Bản số 01",
]


def test_there_are_enough_examples_to_speak_of_rates():
    assert len(POSITIVES) == 420
    assert len(NEGATIVES) == 234


def test_no_mark_on_a_line_or_in_a_column_of_its_own_is_missed():
    missed = [(text, degree) for text, degree in POSITIVES if secrecy_mark(text) is not degree]

    assert missed == []


def test_no_text_without_a_mark_is_refused():
    alarms = [text for text in NEGATIVES if secrecy_mark(text) is not None]

    assert alarms == []


@pytest.mark.parametrize("mark", SPACED)
def test_letters_and_words_set_apart_or_together_are_the_same_mark(mark):
    together = mark.translate(dict.fromkeys(map(ord, " \t\u00a0")))

    assert secrecy_mark(f"BỘ NỘI VỤ\n{mark}\n") is Secrecy(
        {"TUYỆTMẬT": "TUYỆT MẬT", "TỐIMẬT": "TỐI MẬT", "MẬT": "MẬT"}[together]
    )


@pytest.mark.parametrize("sign", UNPRINTED, ids=ascii)
def test_signs_that_print_nothing_hide_no_mark(sign):
    for mark in (f"{sign}MẬT", f"MẬT{sign}", f"M{sign}ẬT", f"M{sign}A{sign}\u0302\u0323T"):
        assert secrecy_mark(f"BỘ NỘI VỤ\n{mark}\n") is Secrecy.CONFIDENTIAL


@pytest.mark.parametrize("sign", BLANK, ids=ascii)
def test_every_width_of_a_space_is_a_space(sign):
    assert secrecy_mark(f"BỘ NỘI VỤ\n{sign}TỐI{sign}MẬT{sign}\n") is Secrecy.SECRET
    assert secrecy_mark(f"BỘ NỘI VỤ{sign * 2}MẬT\n") is Secrecy.CONFIDENTIAL


@pytest.mark.parametrize(
    ("line", "degree"),
    [
        ("ＭẬＴ", Secrecy.CONFIDENTIAL),
        ("ＴỐＩ　ＭẬＴ", Secrecy.SECRET),
        ("M\u0332Ậ\u0332T\u0332", Secrecy.CONFIDENTIAL),  # underlined letter by letter
        ("Độ mật: Mật", Secrecy.CONFIDENTIAL),
        ("độ mật: tối mật", Secrecy.SECRET),
        ("Mức độ mật: “Tuyệt mật”.", Secrecy.TOP_SECRET),
        ("\u00d0ộ mật: Mật", Secrecy.CONFIDENTIAL),  # eth for D stroke
        ("| Độ mật | Tối mật |", Secrecy.SECRET),
        ("Số: 05/BC-UBND    Độ mật: Mật", Secrecy.CONFIDENTIAL),
        ("ỦY BAN NHÂN DÂN      TUYỆT  MẬT", Secrecy.TOP_SECRET),
    ],
)
def test_the_same_mark_in_other_clothes(line, degree):
    assert secrecy_mark(f"BỘ NỘI VỤ\n{line}\nSố: 1") is degree


@pytest.mark.parametrize("degree", Secrecy)
def test_a_decomposed_mark_is_a_mark(degree):
    assert secrecy_mark(unicodedata.normalize("NFD", f"A\n{degree.value}\n")) is degree


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_end_of_a_line_ends_a_line(end):
    assert secrecy_mark(f"BỘ NỘI VỤ{end}MẬT{end}Số: 1") is Secrecy.CONFIDENTIAL


def test_the_first_of_several_marks_is_told():
    assert secrecy_mark("TỐI MẬT\nTUYỆT MẬT\n") is Secrecy.SECRET


@pytest.mark.parametrize("text", OUTSIDE_THE_PROMISE)
def test_a_mark_that_shares_its_column_is_outside_the_promise(text):
    """Known limit: told in the documentation of the gate, not hidden in its silence."""
    assert secrecy_mark(text) is None


@pytest.mark.parametrize(
    "filler",
    [" ", "-", "MẬT ", "*", "\u200b", "Độ mật:", "\n", "\t", "Ậ  ", "ậ\n", "Độ mật:::::", "'ậ ' "],
)
def test_two_megabytes_of_anything_are_judged_at_once(filler):
    """The pattern is linear: a hundred times the text may not take a thousand times the steps."""
    assert secrecy_mark(filler * (2_000_000 // len(filler)) + "x") is None
