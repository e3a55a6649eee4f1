"""A figure unlike its history or its parts is asked about, with the numbers that made it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.rules.figure_checks import (
    Entered,
    FigureQuestion,
    Past,
    Thresholds,
    Unlikely,
    is_usual,
    questions,
)

D = Decimal
USUAL = Thresholds(jump=Fraction(3), slip_within=Fraction(2))


def one(value, over=None):
    return Entered(D(value), None if over is None else D(over))


def ask(entered, thresholds=USUAL, parts=(), may_exceed_whole=False, **past):
    return questions(
        entered,
        past=Past(**past),
        thresholds=thresholds,
        parts=parts,
        may_exceed_whole=may_exceed_whole,
    )


def odd(*args, **kwargs):
    return [question.odd for question in ask(*args, **kwargs)]


def test_a_first_figure_is_not_asked_about():
    assert ask(one(5)) == ()


@pytest.mark.parametrize(
    ("value", "ratio"),
    [("30", None), ("30.01", Fraction(3001, 1000)), ("3.4", None), ("3.3", Fraction(33, 100)),
     ("0", Fraction(0))],
)  # fmt: skip
def test_more_than_the_factor_handed_in_is_a_jump(value, ratio):
    expected = () if ratio is None else (
        FigureQuestion(Unlikely.JUMP, {"ratio": ratio, "threshold": Fraction(3)}),
    )  # fmt: skip

    assert ask(one(value), last=one(10)) == expected


def test_another_threshold_asks_otherwise():
    assert odd(one(30), Thresholds(Fraction(2), Fraction(2)), last=one(10)) == [Unlikely.JUMP]


def test_what_comes_with_the_season_is_no_jump():
    assert ask(one(100), last=one(10), year_before=one(90)) == ()
    assert odd(one(100), last=one(10), year_before=one(20)) == [Unlikely.JUMP]
    assert odd(one(10), last=one(100), year_before=one(1)) == []


def test_the_jump_is_told_by_the_nearer_figure():
    (question,) = ask(one(100), last=one(10), year_before=one(20))

    assert question.data["ratio"] == 5


def test_from_nothing_there_is_no_ratio():
    assert ask(one(100), last=one(0)) == ()


@pytest.mark.parametrize(
    ("value", "last", "power", "instead"),
    [
        (45_370, 40, 3, Fraction("45.37")),  # typed in triệu where tỷ are asked for
        (45_370_000_000, 40_000, 6, Fraction(45_370)),
        (45_370_000_000, 40, 9, Fraction("45.37")),
        (45, 40_000, -3, Fraction(45_000)),
        (80_000, 40, 3, Fraction(80)),
    ],
)
def test_a_mistaken_unit_is_asked_about_and_is_no_jump_too(value, last, power, instead):
    assert ask(one(value), last=one(last)) == (
        FigureQuestion(Unlikely.UNIT_SLIP, {"power": power, "instead": instead}),
    )


def test_what_is_off_by_no_power_of_ten_is_a_jump():
    assert odd(one(80_001), last=one(40)) == [Unlikely.JUMP]
    assert odd(one(400), last=one(40)) == [Unlikely.JUMP]
    assert odd(one(45_000), last=one(40), year_before=one(8_000)) == [Unlikely.JUMP]
    assert odd(one(45_000), last=one(40), year_before=one(20_000)) == []


def test_for_shares_other_powers_are_handed_in():
    shares = Thresholds(Fraction(3), Fraction(2), slips=(2,))

    (question,) = ask(one("0.85"), shares, last=one(83))

    assert question.data == {"power": -2, "instead": Fraction(85)}


def test_below_zero_is_asked_about_where_nothing_was():
    assert odd(one(-5), last=one(5)) == [Unlikely.NEGATIVE]
    assert odd(one(-5)) == [Unlikely.NEGATIVE]
    assert odd(one(-5), last=one(-4)) == []
    assert odd(one(-5), last=one(5), earlier=(one(3), one(-1))) == []
    assert ask(one(-5))[0].data == {"value": D(-5)}


def test_more_than_the_whole_is_asked_about():
    assert ask(one(25, 23)) == (
        FigureQuestion(Unlikely.ABOVE_WHOLE, {"value": D(25), "over": D(23)}),
    )
    assert ask(one(23, 23)) == ()
    assert ask(one(0, 0)) == ()
    assert odd(one(1, 0)) == [Unlikely.ABOVE_WHOLE]
    assert ask(one(25, 23), may_exceed_whole=True) == ()


def test_pairs_are_compared_by_their_shares():
    assert ask(one(90, 100), last=one(9, 10)) == ()
    assert odd(one(90, 100), last=one(2, 10)) == [Unlikely.JUMP]
    assert ask(one(0, 0), last=one(9, 10)) == ()


def test_what_is_counted_since_new_year_does_not_fall():
    assert ask(one(90), since_new_year=one(100)) == (
        FigureQuestion(Unlikely.FELL, {"value": D(90), "before": D(100)}),
    )
    assert ask(one(100), since_new_year=one(100)) == ()


def test_the_same_figure_again_is_asked_about_but_for_zero():
    assert ask(one(12), last=one("12.0")) == (FigureQuestion(Unlikely.UNCHANGED, {"value": D(12)}),)
    assert ask(one(0), last=one(0)) == ()
    assert ask(one(12, 20), last=one(12, 21)) == ()
    assert odd(one(12, 20), last=one(12, 20)) == [Unlikely.UNCHANGED]


def test_the_units_below_add_up():
    parts = [one(3), one(4), one(5)]

    assert ask(one(12), parts=parts) == ()
    assert ask(one(13), parts=parts) == (
        FigureQuestion(
            Unlikely.PARTS_DIFFER,
            {"value": D(13), "total": Fraction(12), "missing": 0, "is_over": 0},
        ),
    )


def test_what_is_rounded_may_miss_its_parts_by_the_share_handed_in():
    within = Thresholds(Fraction(3), Fraction(2), parts_within=Fraction(1, 100))

    assert ask(one(100), within, parts=[one("99")]) == ()
    assert odd(one(100), within, parts=[one("98.9")]) == [Unlikely.PARTS_DIFFER]


def test_with_units_missing_only_too_much_is_odd():
    assert ask(one(13), parts=[one(3), None, one(5)]) == ()
    assert ask(one(7), parts=[one(3), None, one(5)]) == (
        FigureQuestion(
            Unlikely.PARTS_EXCEED,
            {"value": D(7), "total": Fraction(8), "missing": 1, "is_over": 0},
        ),
    )
    assert ask(one(7), parts=[one(9), None, one(-1)]) == ()  # the missing one may be below zero too
    assert ask(one(7), parts=[None, None]) == ()


def test_numerators_and_denominators_add_up_each():
    parts = [one(3, 5), one(4, 6)]

    assert ask(one(7, 11), parts=parts) == ()
    found = ask(one(7, 12), parts=parts)
    assert [(question.odd, question.data["is_over"]) for question in found] == [
        (Unlikely.PARTS_DIFFER, 1)
    ]


def test_several_questions_are_asked_at_once():
    found = odd(one(-500), last=one(12), since_new_year=one(12), parts=[one(1)])

    assert found == [Unlikely.NEGATIVE, Unlikely.FELL, Unlikely.PARTS_DIFFER]


@pytest.mark.parametrize(
    "wrong",
    [{"jump": Fraction(1, 2)}, {"slip_within": Fraction(0)}, {"parts_within": Fraction(-1)}],
)
def test_thresholds_that_ask_nothing_sensible_are_refused(wrong):
    with pytest.raises(ValueError, match="no thresholds"):
        Thresholds(**{"jump": Fraction(3), "slip_within": Fraction(2), **wrong})


AMOUNTS = st.decimals(min_value=1, max_value=10**6, places=2)


@settings(deadline=None)
@given(AMOUNTS, st.integers(34, 300).filter(lambda hundredths: hundredths != 100))
def test_within_the_factor_nothing_is_asked(last, hundredths):
    assert ask(Entered(last * hundredths / 100), last=Entered(last)) == ()


@settings(deadline=None)
@given(AMOUNTS, st.sampled_from([3, 6, 9]), st.integers(50, 200), st.booleans())
def test_every_slip_is_found_and_set_right(last, power, hundredths, is_up):
    meant = last * hundredths / 100
    power = power if is_up else -power

    found = ask(Entered(meant.scaleb(power)), last=Entered(last))

    assert found == (
        FigureQuestion(Unlikely.UNIT_SLIP, {"power": power, "instead": Fraction(meant)}),
    )


@settings(deadline=None)
@given(st.lists(AMOUNTS, min_size=1, max_size=8))
def test_a_sum_is_never_asked_about(parts):
    whole = Entered(sum(parts, D(0)))

    assert ask(whole, parts=[Entered(part) for part in parts]) == ()
    assert ask(whole, parts=[None, *map(Entered, parts)]) == ()


NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=3)
NEAR = st.sampled_from([D(n).scaleb(power) for n in range(-3, 4) for power in range(-3, 10)])
FIGURES = st.builds(Entered, NUMBERS | NEAR, st.none() | NUMBERS | NEAR)
MAYBE = st.none() | FIGURES


@settings(deadline=None)
@given(FIGURES, MAYBE, MAYBE, st.booleans(), st.integers(1, 2000), st.integers(1, 2000))
def test_what_is_usual_raises_no_question(entered, last, year_before, is_grown, jump, within):
    past = Past(last=last, year_before=year_before, since_new_year=last if is_grown else None)
    much = Thresholds(jump=Fraction(jump), slip_within=Fraction(within))

    if is_usual(entered, past=past, thresholds=much):
        assert questions(entered, past=past, thresholds=much) == ()


@pytest.mark.parametrize("value", ["4", "10.5", "25"])
def test_a_figure_within_the_factor_is_usual(value):
    assert is_usual(one(value), past=Past(last=one(10)), thresholds=USUAL)


@pytest.mark.parametrize("value", ["-1", "0", "3", "10", "31", "10000"])
def test_a_figure_beyond_the_factor_or_copied_is_not(value):
    assert not is_usual(one(value), past=Past(last=one(10)), thresholds=USUAL)
