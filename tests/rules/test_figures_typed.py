"""What is typed is a figure, nothing yet, a question, or refused; nothing is guessed or lost."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.rules.amounts_typed import CellUnit, NoFigure
from lotrinh.rules.figures_typed import (
    Nothing,
    Read,
    TypedFigure,
    TypedNothing,
    TypedQuestion,
    TypedRefusal,
    read_figure,
)
from lotrinh.rules.formats import money, number

D = Decimal
COUNT = CellUnit("visit", frozenset({"lượt", "lượt khách", "visits"}), is_whole=True)
PLAIN = CellUnit("km", frozenset({"km"}))
AREA = CellUnit("m2", frozenset({"m2"}))
PERCENT = CellUnit("%", frozenset({"%", "phần trăm", "percent"}))
DONG = CellUnit("VND", frozenset({"đồng", "vnd", "đ"}))
BILLIONS = CellUnit("VND", frozenset({"đồng", "vnd", "đ"}), scale=D(10) ** 9)
PAIR = CellUnit("task", frozenset({"nhiệm vụ", "tasks"}), is_whole=True, is_pair=True)


def read(text, language="vi", unit=PLAIN):
    return read_figure(text, language=language, unit=unit)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1.270", PLAIN, "1270"),
        ("45,37", PLAIN, "45.37"),
        ("45.37", PLAIN, "45.37"),  # can be read in no other way
        ("1.270,5", PLAIN, "1270.5"),
        ("1,270.5", PLAIN, "1270.5"),
        ("1.234.567", PLAIN, "1234567"),
        ("1,234,567", PLAIN, "1234567"),
        ("1234,567", PLAIN, "1234.567"),
        ("0,457", PLAIN, "0.457"),
        ("0.457", PLAIN, "0.457"),
        ("1 270 000", PLAIN, "1270000"),
        ("1 270,5", PLAIN, "1270.5"),
        ("１.２７０", PLAIN, "1270"),
        ("\u00a0 12\u202f500 ", PLAIN, "12500"),
        ("120,5%", PERCENT, "120.5"),
        ("120,5 %", PERCENT, "120.5"),
        ("１２０，５％", PERCENT, "120.5"),
        ("120,5 phần trăm", PERCENT, "120.5"),
        ("2 triệu", COUNT, "2000000"),
        ("2,5 triệu lượt", COUNT, "2500000"),
        ("2tr", COUNT, "2000000"),
        ("3 vạn lượt khách", COUNT, "30000"),
        ("45,37 tỷ", DONG, "45370000000"),
        ("45,37 tỷ", BILLIONS, "45370000000"),
        ("45,37", BILLIONS, "45370000000"),
        ("45.370.000.000 đồng", BILLIONS, "45370000000"),
        ("VND 45,37 tỷ", BILLIONS, "45370000000"),
        ("492.309 tỷ đồng", DONG, "492309000000000"),
        ("2 triệu tỷ", DONG, "2000000000000000"),
        ("1,5 nghìn tỷ đồng", DONG, "1500000000000"),
        ("45 tỷ 370 triệu đồng", DONG, "45370000000"),
        ("1 tỷ 200 triệu", DONG, "1200000000"),
        ("1 triệu 500 đồng", DONG, "1000500"),
        ("-5", PLAIN, "-5"),
        ("−5", PLAIN, "-5"),
        ("+ 5", PLAIN, "5"),
        ("(1.270)", PLAIN, "-1270"),
        ("(45,37 tỷ)", DONG, "-45370000000"),
        ("09", COUNT, "9"),
        ("00", COUNT, "0"),
        ("0", COUNT, "0"),
        ("12,0", COUNT, "12"),
        ("5.", PLAIN, "5"),
        ("5 km;", PLAIN, "5"),
        ("1.270 m²", AREA, "1270"),
        ("2 triệu m2", AREA, "2000000"),
        ("5m2", AREA, "5"),
        ("5 M²", CellUnit("m2", frozenset({"m²"})), "5"),
        ("\n5\n", PLAIN, "5"),
        ("‑5", PLAIN, "-5"),
        ("（１，５）", PLAIN, "-1.5"),
    ],
)
def test_what_can_be_read_in_one_way_is_a_figure(text, unit, value):
    found = read(text, unit=unit)

    assert found == TypedFigure(text, Read(D(value)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,270", "1270"),
        ("45.37", "45.37"),
        ("45,37", "45.37"),
        ("1,270.5", "1270.5"),
        ("1.270,5", "1270.5"),
        ("45.37 billion", "45370000000"),
        ("492,309 billion VND", "492309000000000"),
        ("VND 2 million", "2000000"),
        ("2 million billion", "2000000000000000"),
    ],
)
def test_english_forms_are_read_in_english(text, value):
    assert read(text, "en", DONG) == TypedFigure(text, Read(D(value)))


@pytest.mark.parametrize(
    ("text", "language", "unit", "values"),
    [
        ("68,457", "vi", PLAIN, ("68.457", "68457")),
        ("1,270", "vi", PLAIN, ("1.27", "1270")),
        ("1.270", "en", PLAIN, ("1.27", "1270")),
        ("68.457", "en", PLAIN, ("68.457", "68457")),
        ("2,550 tỷ", "vi", DONG, ("2550000000", "2550000000000")),
        ("(68,457)", "vi", PLAIN, ("-68.457", "-68457")),
        ("57.500%", "vi", PERCENT, ("57500", "57.5")),  # percentages have no thousands
        ("57,500%", "vi", PERCENT, ("57.5", "57500")),
        ("1,000", "vi", PLAIN, ("1", "1000")),
        ("68,457", "vi", COUNT, ("68457",)),  # visits are whole: to be confirmed, not guessed
    ],
)
def test_what_can_be_read_in_two_ways_is_asked(text, language, unit, values):
    found = read(text, language, unit)

    assert found == TypedQuestion(text, tuple(Read(D(value)) for value in values))


@pytest.mark.parametrize("text", ["-", "–", "—", "--", "không có", "Không", "khong co", "nil"])
def test_nil_is_zero(text):
    assert read(text, unit=COUNT) == TypedFigure(text, Read(D(0)), is_nil=True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Nothing.EMPTY),
        (" \t\u00a0\u200b", Nothing.EMPTY),
        ("…", Nothing.NOT_YET),
        ("...", Nothing.NOT_YET),
        ("..", Nothing.NOT_YET),
        ("chưa có số liệu", Nothing.NOT_YET),
        ("Chưa có", Nothing.NOT_YET),
        ("không có số liệu", Nothing.NOT_YET),
        ("n/a", Nothing.NOT_YET),
        ("not available", Nothing.NOT_YET),
    ],
)
@pytest.mark.parametrize("unit", [COUNT, PAIR])
def test_missing_is_not_zero(text, why, unit):
    assert read(text, unit=unit) == TypedNothing(text, why)


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("1/3", PLAIN, NoFigure.FRACTION),
        ("18/23", COUNT, NoFigure.FRACTION),
        ("1⁄2", PLAIN, NoFigure.FRACTION),
        ("½", PLAIN, NoFigure.NO_NUMBER),
        ("5²", PLAIN, NoFigure.NO_NUMBER),
        ("5½", PLAIN, NoFigure.NO_NUMBER),
        ("1\n270", PLAIN, NoFigure.NO_NUMBER),
        ("1\t270", PLAIN, NoFigure.NO_NUMBER),
        ("5-", PLAIN, NoFigure.NO_NUMBER),
        ("≥ 03", COUNT, NoFigure.BOUND),
        ("> 5", COUNT, NoFigure.BOUND),
        ("<=5", COUNT, NoFigure.BOUND),
        ("trên 50", COUNT, NoFigure.BOUND),
        ("từ 50 trở lên", COUNT, NoFigure.BOUND),
        ("at least 5", COUNT, NoFigure.BOUND),
        ("khoảng 50", COUNT, NoFigure.ABOUT),
        ("~50", COUNT, NoFigure.ABOUT),
        ("trên dưới 50", COUNT, NoFigure.ABOUT),
        ("ước 50", COUNT, NoFigure.ESTIMATE),
        ("ước đạt 45,37 tỷ", DONG, NoFigure.ESTIMATE),
        ("40-50", COUNT, NoFigure.RANGE),
        ("40 – 50", COUNT, NoFigure.RANGE),
        ("từ 40 đến 50", COUNT, NoFigure.RANGE),
        ("15/6/2024", COUNT, NoFigure.DAY),
        ("2024-06-15", COUNT, NoFigure.DAY),
        ("2024-06-15 00:00:00", COUNT, NoFigure.DAY),
        ("5%", COUNT, NoFigure.PERCENT),
        ("5 km", COUNT, NoFigure.OTHER_UNIT),
        ("5 USD", DONG, NoFigure.OTHER_UNIT),
        ("2 triệu", PERCENT, NoFigure.OTHER_UNIT),
        ("2,5", COUNT, NoFigure.NOT_WHOLE),
        ("=A1+B1", COUNT, NoFigure.FORMULA),
        ("#N/A", COUNT, NoFigure.FAILED_FORMULA),
        ("#DIV/0!", COUNT, NoFigure.FAILED_FORMULA),
        ("4,537E+10", DONG, NoFigure.ROUNDED_BY_SHEET),
        ("007", COUNT, NoFigure.LEADING_ZEROS),
        ("0123456789", COUNT, NoFigure.LEADING_ZEROS),
        ("05,5", PLAIN, NoFigure.LEADING_ZEROS),
        ("1.27.000", PLAIN, NoFigure.WRONG_GROUPS),
        ("1.2.3", PLAIN, NoFigure.WRONG_GROUPS),
        ("1,234.567,8", PLAIN, NoFigure.WRONG_GROUPS),
        ("1.23,456.789", PLAIN, NoFigure.WRONG_GROUPS),
        ("12 13", PLAIN, NoFigure.NO_NUMBER),
        ("2 tỷ 5", DONG, NoFigure.NO_NUMBER),
        ("200 triệu 1 tỷ", DONG, NoFigure.NO_NUMBER),
        ("1 tỷ 1 tỷ", DONG, NoFigure.NO_NUMBER),
        (",5", PLAIN, NoFigure.NO_NUMBER),
        ("-", PAIR, NoFigure.NO_DENOMINATOR),
        (".", PLAIN, NoFigure.NO_NUMBER),
        ("(5", PLAIN, NoFigure.NO_NUMBER),
        ("-(5)", PLAIN, NoFigure.NO_NUMBER),
        ("()", PLAIN, NoFigure.NO_NUMBER),
        ("đạt", PLAIN, NoFigure.NO_NUMBER),
        ("٣", PLAIN, NoFigure.NO_NUMBER),
        ("0,1234567", PLAIN, NoFigure.TOO_FINE),
        ("1" + "0" * 24, PLAIN, NoFigure.TOO_LONG),
        ("1" * 201, PLAIN, NoFigure.TOO_LONG),
        (" " * 300 + "1" * 201, PLAIN, NoFigure.TOO_LONG),
        ("18", PAIR, NoFigure.NO_DENOMINATOR),
        ("85%", PAIR, NoFigure.NO_DENOMINATOR),
        ("1/2/3", PAIR, NoFigure.NO_NUMBER),
        ("18/", PAIR, NoFigure.NO_NUMBER),
        ("1,5/3", PAIR, NoFigure.NOT_WHOLE),
    ],
)
def test_what_is_no_figure_is_refused_with_its_reason(text, unit, why):
    found = read(text, unit=unit)

    assert isinstance(found, TypedRefusal)
    assert (found.text, found.why) == (text, why)


def test_a_refusal_says_what_it_speaks_of():
    assert read("5 USD", unit=DONG).data == {"typed": "usd"}
    assert read("0,1234567").data == {"most": 6}


@pytest.mark.parametrize(
    ("text", "value", "over"),
    [
        ("18/23", 18, 23),
        (" 18 / 23 ", 18, 23),
        ("1.270/2.000", 1270, 2000),
        ("18/23 nhiệm vụ", 18, 23),
        ("0/0", 0, 0),
        ("09/09", 9, 9),
        ("25/23", 25, 23),
    ],
)
def test_a_pair_has_a_numerator_and_a_denominator(text, value, over):
    assert read(text, unit=PAIR) == TypedFigure(text, Read(D(value), D(over)))


def test_what_stands_behind_a_pair_counts_for_both():
    pair = CellUnit("VND", frozenset({"đồng"}), scale=D(10) ** 9, is_pair=True)

    assert read("45/50 tỷ đồng", unit=pair).read == Read(D(45 * 10**9), D(50 * 10**9))
    assert read("45/50", unit=pair).read == Read(D(45 * 10**9), D(50 * 10**9))


def test_a_pair_may_be_asked_about():
    assert read("1,270/2.000", unit=PAIR) == TypedQuestion("1,270/2.000", (Read(D(1270), D(2000)),))


@settings(deadline=None)
@given(st.integers(-(10**18), 10**18))
def test_what_we_print_is_read_again_without_a_question(value):
    for language in ("vi", "en"):
        for text in (money(value, language=language), number(value, language=language)):
            found = read(text, language, DONG)
            assert found == TypedFigure(text, Read(D(value)))


@settings(deadline=None)
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_two_decimals_are_never_asked_about(value):
    for language in ("vi", "en"):
        text = number(value, language=language)
        assert read(text, language).read.value == value


@settings(deadline=None)
@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(["vi", "en"]))
def test_the_sign_of_the_other_language_is_always_asked_about(whole, rest, language):
    text = f"{whole}{'.' if language == 'en' else ','}{rest:03}"

    found = read(text, language)

    assert {one.value for one in found.readings} == {
        D(whole * 1000 + rest),
        D(whole) + D(rest) / 1000,
    }


@settings(deadline=None)
@given(
    st.text(alphabet="0123456789.,-+()/% \t\n≥~²tỷriệu đồng…\u00a0１", max_size=30),
    st.sampled_from(["vi", "en"]),
    st.sampled_from([PLAIN, COUNT, PERCENT, DONG, BILLIONS, PAIR]),
)
def test_whatever_is_typed_stays(text, language, unit):
    assert read(text, language, unit).text == text


@given(
    text=st.from_regex(
        r"[0-9]{1,6}([.,][0-9]{1,4}){0,4}|[0-9]{1,3}([.,][0-9]{3}){0,9}([.,][0-9]{1,8})?"
        r"|[0-9]{15,26}([.,][0-9]{1,8})?",
        fullmatch=True,
    ),
    language=st.sampled_from(["vi", "en"]),
    unit=st.sampled_from([COUNT, PLAIN, AREA, PERCENT, DONG, BILLIONS, PAIR]),
)
@settings(max_examples=1000, deadline=None)
def test_a_numeral_alone_is_read_like_one_among_spaces(text, language, unit):
    alone = read_figure(text, language=language, unit=unit)
    among = read_figure(f" {text} ", language=language, unit=unit)

    assert alone.text == text
    assert repr(replace(among, text=text)) == repr(alone)
