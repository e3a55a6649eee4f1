"""Every comparator judges exact numbers, from both sides of the promise and on it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.comparing import (
    Attainment,
    NotJudged,
    Outcome,
    Ruling,
    Yardstick,
    judge,
    ruled,
    together,
)
from lotrinh.rules.tally import Share
from lotrinh.rules.target_count import Score, score
from lotrinh.rules.target_terms import Comparator, Direction, Reckoning

D = Decimal
EXCEEDED, MET, MISSED, NOT_JUDGED = Attainment
HIGHER, LOWER = Direction
AT_LEAST, AT_MOST, EXACTLY = Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.EXACTLY


def at_end(yardstick, actual):
    number = D(actual) if isinstance(actual, str) else actual
    return judge(yardstick, number, has_ended=True)


def on(comparator, planned, **more):
    return Yardstick(comparator, D(planned), **more)


def between(low, high, direction=None):
    return on(Comparator.RANGE, low, high=D(high), direction=direction)


@pytest.mark.parametrize(
    ("yardstick", "actual", "attainment"),
    [
        (on(AT_LEAST, "75"), "74.999", MISSED),
        (on(AT_LEAST, "75"), "75", MET),
        (on(AT_LEAST, "75"), "75.001", EXCEEDED),
        (on(AT_LEAST, "0"), "0", MET),
        (on(AT_MOST, "3"), "3.1", MISSED),
        (on(AT_MOST, "3"), "3.0", MET),
        (on(AT_MOST, "3"), "2.9", EXCEEDED),
        (on(Comparator.ABOVE, "7"), "7", MISSED),
        (on(Comparator.ABOVE, "7"), "7.01", MET),
        (on(Comparator.ABOVE, "7"), "70", MET),  # no level is named that could be passed
        (on(Comparator.BELOW, "3"), "3", MISSED),
        (on(Comparator.BELOW, "3"), "5", MISSED),
        (on(Comparator.BELOW, "3"), "2.99", MET),
        (on(EXACTLY, "20", direction=HIGHER), "21", EXCEEDED),
        (on(EXACTLY, "20", direction=HIGHER), "19", MISSED),
        (on(EXACTLY, "20", direction=LOWER), "19", EXCEEDED),
        (on(EXACTLY, "20", direction=LOWER), "21", MISSED),
        (on(EXACTLY, "20"), "20.0", MET),
        (on(EXACTLY, "20"), "21", MISSED),
        (on(EXACTLY, "20"), "19", MISSED),
        (between("6.5", "7"), "6.5", MET),
        (between("6.5", "7"), "7", MET),
        (between("6.5", "7"), "7.1", MISSED),
        (between("6.5", "7", HIGHER), "7.1", EXCEEDED),
        (between("6.5", "7", HIGHER), "6.4", MISSED),
        (between("6.5", "7", LOWER), "6.4", EXCEEDED),
        (on(Comparator.ABOUT, "40", tolerance=D(2)), "38", MET),
        (on(Comparator.ABOUT, "40", tolerance=D(2)), "42", MET),
        (on(Comparator.ABOUT, "40", tolerance=D(2)), "42.1", MISSED),
        (on(Comparator.ABOUT, "40", tolerance=D(2), direction=HIGHER), "42.1", EXCEEDED),
        (on(Comparator.ABOUT, "40", tolerance=D(2), direction=HIGHER), "37.9", MISSED),
        (on(Comparator.ABOUT, "40", tolerance=D(0)), "40", MET),
        (on(Comparator.ABOUT, "40", tolerance=D(0)), "40.1", MISSED),
        (Yardstick(Comparator.KEEP, base=D(18)), "18", MET),
        (Yardstick(Comparator.KEEP, base=D(18)), "19", EXCEEDED),
        (Yardstick(Comparator.KEEP, base=D(18)), "17", MISSED),
        (Yardstick(Comparator.KEEP, base=D(18), direction=LOWER), "17", EXCEEDED),
    ],
)
def test_a_level_is_compared_exactly(yardstick, actual, attainment):
    assert at_end(yardstick, actual) == Outcome(attainment)


def by(reckoning, comparator, planned, base="0", **more):
    return on(comparator, planned, reckoning=reckoning, base=D(base), **more)


@pytest.mark.parametrize(
    ("yardstick", "actual", "attainment"),
    [
        (by(Reckoning.RANK, AT_MOST, "50"), "51", MISSED),
        (by(Reckoning.RANK, AT_MOST, "50"), "50", MET),
        (by(Reckoning.RANK, EXACTLY, "3"), "2", EXCEEDED),
        (by(Reckoning.OF_BASE, AT_LEAST, "120.5", "400000"), "482000", MET),
        (by(Reckoning.OF_BASE, AT_LEAST, "120.5", "400000"), "481999", MISSED),
        (by(Reckoning.FOLD, EXACTLY, "30", "1.5", direction=HIGHER), "45", MET),
        (by(Reckoning.FOLD, EXACTLY, "30", "1.5", direction=HIGHER), "45.37", EXCEEDED),
        (by(Reckoning.FOLD, EXACTLY, "30", "1.5", direction=HIGHER), "44.99", MISSED),
        (by(Reckoning.CHANGE, AT_LEAST, "10", "200"), "220", MET),
        (by(Reckoning.CHANGE, AT_LEAST, "10", "200"), "219.9", MISSED),
        (by(Reckoning.CHANGE, AT_MOST, "-5", "200"), "190", MET),
        (by(Reckoning.CHANGE, AT_MOST, "-5", "200"), "180", EXCEEDED),
        (by(Reckoning.CHANGE, AT_MOST, "-5", "200"), "191", MISSED),
        (by(Reckoning.CHANGE, AT_MOST, "-150", "200"), "0", MET),
        (by(Reckoning.POINTS, AT_LEAST, "2.93", "83.57"), "86.50", MET),
        (by(Reckoning.POINTS, AT_LEAST, "2.93", "83.57"), "86.49", MISSED),
        (by(Reckoning.POINTS, AT_MOST, "-1", "0.5"), "-0.5", MET),
        (by(Reckoning.YEARLY, AT_LEAST, "10", "100", years=1), "110", MET),
        (by(Reckoning.YEARLY, AT_LEAST, "10", "100", years=2), "121", MET),
        (by(Reckoning.YEARLY, AT_LEAST, "10", "100", years=2), "120", MISSED),  # twice 10 is not it
        (by(Reckoning.YEARLY, AT_LEAST, "7.5", "100", years=5), "143.562932617187", MISSED),
        (by(Reckoning.YEARLY, AT_LEAST, "7.5", "100", years=5), "143.5629326171875", MET),
    ],
)
def test_what_is_promised_from_a_base_leads_to_a_level(yardstick, actual, attainment):
    assert at_end(yardstick, actual) == Outcome(attainment)


@pytest.mark.parametrize(
    ("yardstick", "actual", "because"),
    [
        (on(AT_LEAST, "75"), None, NotJudged.NO_ACTUAL),
        (Yardstick(AT_LEAST), "75", NotJudged.NO_PLAN),
        (Yardstick(Comparator.KEEP), "75", NotJudged.NO_BASE),
        (on(AT_LEAST, "10", reckoning=Reckoning.CHANGE), "75", NotJudged.NO_BASE),
        (by(Reckoning.CHANGE, AT_LEAST, "10", "0"), "75", NotJudged.BASE_NOT_ABOVE_NOUGHT),
        (by(Reckoning.FOLD, AT_LEAST, "2", "-1"), "75", NotJudged.BASE_NOT_ABOVE_NOUGHT),
        (by(Reckoning.OF_BASE, AT_LEAST, "2", "0"), "0", NotJudged.BASE_NOT_ABOVE_NOUGHT),
        (by(Reckoning.YEARLY, AT_LEAST, "10", "100"), "75", NotJudged.NO_YEARS),
        (on(Comparator.ABOUT, "40"), "40", NotJudged.NO_TOLERANCE),
        (by(Reckoning.RANK, AT_MOST, "50"), "0", NotJudged.NOT_A_RANK),
        (by(Reckoning.RANK, AT_MOST, "50"), "2.5", NotJudged.NOT_A_RANK),
        (Yardstick(Comparator.JUDGED), "75", NotJudged.WORDS_AWAITED),
    ],
)
def test_what_cannot_be_judged_says_why_and_is_not_missed(yardstick, actual, because):
    assert at_end(yardstick, actual) == Outcome(NOT_JUDGED, because=because)


def test_a_share_is_judged_before_it_is_rounded():
    share = Fraction(100 * 7496, 10000)  # prints as 75.0

    assert at_end(on(AT_LEAST, "75"), share).attainment is MISSED
    assert at_end(on(AT_LEAST, "75"), Fraction(75)).attainment is MET


@pytest.mark.parametrize(
    ("yardstick", "actual", "settled"),
    [
        (on(AT_LEAST, "36"), "45.37", EXCEEDED),
        (on(AT_LEAST, "36"), "36", MET),
        (on(AT_LEAST, "36"), "20", None),
        (on(AT_MOST, "36"), "20", None),
        (on(AT_MOST, "36"), "36", None),
        (on(AT_MOST, "36"), "40", MISSED),
        (on(Comparator.ABOVE, "36"), "40", MET),
        (on(Comparator.ABOVE, "36"), "36", None),
        (on(Comparator.BELOW, "36"), "36", MISSED),
        (on(Comparator.BELOW, "36"), "35", None),
        (on(EXACTLY, "36"), "36", None),
        (on(EXACTLY, "36"), "37", MISSED),
        (on(EXACTLY, "36", direction=HIGHER), "36", MET),
        (on(EXACTLY, "36", direction=LOWER), "20", None),
        (between("6", "7"), "6.5", None),
        (between("6", "7", HIGHER), "6.5", MET),
        (between("6", "7"), "7.1", MISSED),
        (Yardstick(Comparator.KEEP, base=D(18)), "19", EXCEEDED),
    ],
)
def test_while_time_runs_only_what_can_only_grow_is_judged_where_that_settles_it(
    yardstick, actual, settled
):
    running = Outcome(NOT_JUDGED, because=NotJudged.TIME_RUNS)

    cumulative = judge(yardstick, D(actual), has_ended=False, is_cumulative=True)

    assert cumulative == (Outcome(settled) if settled else running)
    assert judge(yardstick, D(actual), has_ended=False) == running


def test_an_estimate_is_judged_for_the_whole_time_and_only_expected():
    yardstick = on(AT_LEAST, "75", soft=True)

    expected = judge(yardstick, D(80), has_ended=False, is_estimated=True)
    unknown = judge(yardstick, None, has_ended=False, is_estimated=True)

    assert expected == Outcome(EXCEEDED, is_estimated=True, soft=True)
    assert unknown == Outcome(NOT_JUDGED, because=NotJudged.NO_ACTUAL, soft=True)


def test_words_judge_what_no_number_can_and_the_agency_is_named():
    advanced = Yardstick(Comparator.JUDGED)

    assert ruled(advanced, Ruling("Sở Nội vụ", MET)) == Outcome(MET)
    assert ruled(advanced, None) == Outcome(NOT_JUDGED, because=NotJudged.WORDS_AWAITED)
    with pytest.raises(ValueError, match="names its agency"):
        Ruling(" ", MET)
    with pytest.raises(ValueError, match="judged by a number"):
        ruled(on(AT_LEAST, "1"), None)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"comparator": Comparator.RANGE, "planned": D(7)}, "two ends"),
        ({"comparator": Comparator.RANGE, "planned": D(7), "high": D(7)}, "two ends"),
        ({"comparator": Comparator.ABOUT, "tolerance": D(-1)}, "tolerance"),
        ({"comparator": AT_LEAST, "years": 0}, "a year at least"),
    ],
)
def test_a_yardstick_that_cannot_be_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        Yardstick(**wrong)


UNKNOWN = Outcome(NOT_JUDGED, because=NotJudged.NO_ACTUAL)


def expected(attainment):
    return Outcome(attainment, is_estimated=True)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([Outcome(MET), Outcome(EXCEEDED)], Outcome(MET)),
        ([Outcome(EXCEEDED), expected(EXCEEDED)], expected(EXCEEDED)),
        ([Outcome(MET), expected(EXCEEDED)], expected(MET)),
        ([Outcome(MISSED), UNKNOWN], Outcome(MISSED)),
        ([Outcome(MISSED), expected(MISSED)], Outcome(MISSED)),
        ([Outcome(MET), expected(MISSED)], expected(MISSED)),
        ([expected(MET), UNKNOWN], UNKNOWN),
        ([Outcome(MET, soft=True), Outcome(MET)], Outcome(MET)),
        ([Outcome(MET, soft=True)], Outcome(MET, soft=True)),
    ],
)
def test_a_promise_of_two_parts_holds_where_both_do(parts, whole):
    assert together(parts) == whole
    assert together(parts[::-1]) == whole


def test_a_promise_of_no_part_is_refused():
    with pytest.raises(ValueError, match="has a part"):
        together([])


def test_twenty_of_twenty_four_are_expected_and_six_of_them_above():
    outcomes = [
        *[Outcome(EXCEEDED)] * 4,
        *[expected(EXCEEDED)] * 2,
        *[Outcome(MET)] * 5,
        *[expected(MET)] * 9,
        Outcome(MISSED),
        expected(MISSED),
        *[UNKNOWN] * 2,
    ]

    count = score(outcomes)

    assert count == Score(6, 14, 2, 2, estimated=11, estimated_missed=1)
    assert (count.total, count.judged, count.reached) == (24, 22, 20)
    assert count.expected == Share(20, 24)
    assert count.above == Share(6, 20)
    assert count.established == Share(9, 24)
    assert count.established_of_judged == Share(9, 10)
    assert score(outcomes[:7]) + score(outcomes[7:]) == count
    assert Score().expected.percent() is None


_numbers = st.decimals(min_value=-1000, max_value=1000, places=3)


@given(_numbers, _numbers, st.sampled_from([AT_LEAST, AT_MOST]))
def test_a_better_number_never_makes_a_worse_outcome(planned, actual, comparator):
    better = actual + (1 if comparator is AT_LEAST else -1)
    order = [MISSED, MET, EXCEEDED]

    one, two = (at_end(Yardstick(comparator, planned), value) for value in (actual, better))

    assert order.index(one.attainment) <= order.index(two.attainment)
