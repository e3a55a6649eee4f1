"""Whoever is asked about a cell, or refused one, reads what is wrong and what to do."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.rules.amounts_typed import CellUnit, NoFigure
from lotrinh.rules.check_words import figure_question_words
from lotrinh.rules.figure_checks import FigureQuestion, Unlikely
from lotrinh.rules.figures_typed import TypedRefusal, read_figure
from lotrinh.rules.formats import spoken
from lotrinh.rules.typed_words import question_words, refusal_words

D = Decimal
KM = CellUnit("km", frozenset({"km"}))
DONG = CellUnit("VND", frozenset({"đồng", "vnd"}))
PAIR = CellUnit("task", is_whole=True, is_pair=True)


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (D("68.457"), "68 phẩy 457", "68 point 457"),
        (68457, "68 nghìn 457", "68 thousand 457"),
        (1000, "1 nghìn", "1 thousand"),
        (D("1.0"), "1", "1"),
        (0, "0", "0"),
        (D("-1270.5"), "âm 1 nghìn 270 phẩy 5", "minus 1 thousand 270 point 5"),
        (2_550_000_000, "2 tỷ 550 triệu", "2 billion 550 million"),
        (2_550 * 10**9, "2 nghìn 550 tỷ", "2 thousand 550 billion"),
        (2 * 10**15, "2 triệu tỷ", "2 million billion"),
        (D("1000.05"), "1 nghìn phẩy 05", "1 thousand point 05"),
    ],
)
def test_a_number_is_spoken_in_one_way(value, vi, en):
    assert spoken(value, language="vi") == vi
    assert spoken(value, language="en") == en


@settings(deadline=None)
@given(
    st.lists(st.decimals(0, 10**16, places=3), min_size=2, max_size=2, unique=True),
    st.sampled_from(["vi", "en"]),
)
def test_no_two_numbers_are_spoken_alike(values, language):
    one, other = values

    assert spoken(one, language=language) != spoken(other, language=language)


@pytest.mark.parametrize(
    ("text", "unit", "vi", "en"),
    [
        ("2,550 tỷ", DONG, "là 2 tỷ 550 triệu hay 2 nghìn 550 tỷ?",
         "is this 2 billion 550 million or 2 thousand 550 billion?"),
        ("68,457", KM, "là 68 phẩy 457 hay 68 nghìn 457?",
         "is this 68 point 457 or 68 thousand 457?"),
        ("1,270/2.000", PAIR, "có phải là 1 nghìn 270 / 2 nghìn không?",
         "is this 1 thousand 270 / 2 thousand?"),
    ],
)  # fmt: skip
def test_a_question_tells_its_readings_apart(text, unit, vi, en):
    asked = read_figure(text, language="vi", unit=unit)

    assert question_words(asked, language="vi") == vi
    assert question_words(asked, language="en") == en


@pytest.mark.parametrize("why", NoFigure)
def test_every_refusal_has_its_words(why):
    refused = TypedRefusal("x", why, {"typed": "usd", "most": 6})

    words = {refusal_words(refused, language=language) for language in ("vi", "en")}

    assert len(words) == 2
    assert not any("{" in said for said in words)


def test_a_refusal_names_what_was_typed():
    refused = read_figure("5 USD", language="vi", unit=DONG)

    assert refusal_words(refused, language="vi") == (
        "“usd” không phải đơn vị tính của ô này; ghi theo đơn vị của ô"
    )


@pytest.mark.parametrize(
    ("odd", "data", "vi", "en"),
    [
        (
            Unlikely.UNIT_SLIP,
            {"power": 3, "instead": Fraction("45.37")},
            "Gấp khoảng 1.000 lần các kỳ khác: có nhầm đơn vị tính không? "
            "Nếu nhầm, số đúng là 45,37.",
            "About 1,000 times the other periods: is the unit mistaken? If so, it should be 45.37.",
        ),
        (
            Unlikely.UNIT_SLIP,
            {"power": -2, "instead": Fraction(85)},
            "Chỉ bằng khoảng 1/100 các kỳ khác: có nhầm đơn vị tính không? "
            "Nếu nhầm, số đúng là 85.",
            "About 1/100 of the other periods: is the unit mistaken? If so, it should be 85.",
        ),
        (
            Unlikely.JUMP,
            {"ratio": Fraction(10, 3), "threshold": Fraction(3)},
            "Gấp 3,33 lần kỳ gần nhất để so (quá 3 lần thì hỏi): vì sao tăng?",
            "3.33 times the nearest figure to compare with (asked from 3 times on): why has it "
            "risen?",
        ),
        (
            Unlikely.JUMP,
            {"ratio": Fraction(1, 4), "threshold": Fraction(3)},
            "Chỉ bằng 0,25 lần kỳ gần nhất để so (dưới 1/3 thì hỏi): vì sao giảm?",
            "Only 0.25 times the nearest figure to compare with (asked below 1/3): why has it "
            "fallen?",
        ),
        (
            Unlikely.PARTS_EXCEED,
            {"value": D(7), "total": Fraction(8), "missing": 1, "is_over": 0},
            "Số liệu là 7, các đơn vị cấp dưới đã báo cáo cộng lại là 8, còn 1 đơn vị chưa báo "
            "cáo: vì sao đã vượt?",
            "The figure is 7, and the units below that have reported add up to 8, with 1 still "
            "missing: why is it exceeded already?",
        ),
        (
            Unlikely.PARTS_DIFFER,
            {"value": D(12), "total": Fraction(11), "missing": 0, "is_over": 1},
            "Mẫu số là 12, các đơn vị cấp dưới cộng lại là 11: vì sao khác nhau?",
            "The denominator is 12, and the units below add up to 11: why do they differ?",
        ),
        (
            Unlikely.ABOVE_WHOLE,
            {"value": D(25), "over": D(23)},
            "Tử số 25 lớn hơn mẫu số 23: có đúng không?",
            "The numerator 25 is more than the denominator 23: is that right?",
        ),
        (
            Unlikely.NEGATIVE,
            {"value": D(-5)},
            "Số liệu âm (-5), trong khi chưa kỳ nào âm: có đúng không?",
            "-5 is below zero, and no figure was before: is that right?",
        ),
        (
            Unlikely.FELL,
            {"value": D(90), "before": D(1270)},
            "Số lũy kế 90 nhỏ hơn số đã báo cáo trong năm là 1.270: vì sao giảm?",
            "Counted since the year began, 90 is less than the 1,270 reported: why has it fallen?",
        ),
        (
            Unlikely.UNCHANGED,
            {"value": D("12.5")},
            "Bằng đúng số kỳ trước (12,5): có phải số mới không?",
            "Exactly the figure of the last period (12.5): is it a new one?",
        ),
    ],
)
def test_every_question_on_a_figure_has_its_words(odd, data, vi, en):
    assert figure_question_words(FigureQuestion(odd, data), language="vi") == vi
    assert figure_question_words(FigureQuestion(odd, data), language="en") == en
