"""A whole is given in parts that make it again, to the last decimal."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.allocation import (
    Pasted,
    Row,
    after_changes,
    as_given,
    equal,
    pasted,
    proportional,
)
from lotrinh.rules.lineage import Handover, Lineage
from lotrinh.rules.rates import RateAllotment, counted, levelled
from lotrinh.rules.succession import Edge

D = Decimal
JULY, OCTOBER, NEXT = date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)


def parts(allotment):
    return {unit: str(part) for unit, part in allotment.parts.items()}


def based(*bases):
    return {place: None if base is None else D(base) for place, base in enumerate(bases, start=1)}


@pytest.mark.parametrize(
    ("whole", "places", "expected", "remainder"),
    [
        ("12", 0, ["4", "4", "4"], "0"),
        ("11", 0, ["4", "4", "3"], "0"),
        ("2", 0, ["1", "1", "0"], "0"),
        ("0", 0, ["0", "0", "0"], "0"),
        ("-11", 0, ["-4", "-4", "-3"], "0"),
        ("10", 2, ["3.34", "3.33", "3.33"], "0.00"),
        ("10.5", 0, ["4", "3", "3"], "0.5"),
        ("492309000000001", 0, ["164103000000001", "164103000000000", "164103000000000"], "0"),
        ("1e29", 2, None, "0.00"),
    ],
)
def test_equal_parts_differ_by_a_step_at_most(whole, places, expected, remainder):
    allotment = equal(D(whole), [7, 8, 9], places=places)

    if expected is None:
        expected = ["33333333333333333333333333333.34", *["33333333333333333333333333333.33"] * 2]
    assert list(parts(allotment).values()) == expected
    assert str(allotment.remainder) == remainder


@pytest.mark.parametrize(
    ("bases", "expected", "without"),
    [
        (("600", "401"), {1: "60", 2: "40"}, ()),
        (("1", "1", "1"), {1: "34", 2: "33", 3: "33"}, ()),
        (("2", "0", "1"), {1: "67", 2: "0", 3: "33"}, ()),
        (("2", None, "1"), {1: "67", 3: "33"}, (2,)),
        (("0.5", "1.5"), {1: "25", 2: "75"}, ()),
        (("1e3", "3e3"), {1: "25", 2: "75"}, ()),
        (("0", "0"), {}, (1, 2)),
        ((None, None), {}, (1, 2)),
        ((), {}, ()),
    ],
)
def test_parts_follow_their_bases_and_nobody_gets_a_guess(bases, expected, without):
    allotment = proportional(D(100), based(*bases), places=0)

    assert parts(allotment) == expected
    assert allotment.without == without
    assert allotment.remainder == (0 if expected else 100)


def test_the_given_order_decides_between_equal_remainders():
    assert parts(proportional(D(1), {5: D(2), 3: D(2)}, places=0)) == {5: "1", 3: "0"}
    assert parts(proportional(D(1), {3: D(2), 5: D(2)}, places=0)) == {3: "1", 5: "0"}


def test_a_base_below_nought_is_refused():
    with pytest.raises(ValueError, match="below nought"):
        proportional(D(1), {1: D(-1)}, places=0)


def test_what_was_typed_or_had_before_may_differ_from_the_whole():
    allotment = as_given(D(100), {1: D(60), 2: D("45.5"), 3: None})

    assert (allotment.given, allotment.remainder) == (D("105.5"), D("-5.5"))
    assert allotment.without == (3,)


KNOWN = {"phường cửa nam": 1, "cn": 1, "phường hoàn kiếm": 2, "phường láng": 3, "xã xa": 9}


def test_pasted_rows_find_their_units_and_the_others_are_shown():
    rows = [
        Row("Phường  Cửa Nam ", D(60)),
        Row("Phường Hoàn Kiếm", None),
        Row("Phường Ma", D(7)),
        Row("Xã Xa", D(8)),
    ]

    read = pasted(D(100), rows, known=KNOWN, units=[1, 2, 3])

    assert parts(read.allotment) == {1: "60"}
    assert (read.unknown, read.repeated) == (("Phường Ma", "Xã Xa"), ())
    assert (read.empty, read.absent) == ((2,), (3,))
    assert (read.allotment.without, read.allotment.remainder) == ((2, 3), 40)
    assert not read.is_clean


def test_a_unit_that_is_named_twice_gets_nothing_from_either_row():
    rows = [Row("CN", D(60)), Row("Phường Cửa Nam", D(61)), Row("phường láng", D(1))]

    read = pasted(D(100), rows, known=KNOWN, units=[1, 3])

    assert parts(read.allotment) == {3: "1"}
    assert read.repeated == ("CN", "Phường Cửa Nam")
    assert (read.empty, read.absent) == ((), ())


def test_rows_that_all_find_their_unit_are_clean():
    read = pasted(D(1), [Row("CN", D(1))], known=KNOWN, units=[1])

    assert read == Pasted(as_given(D(1), {1: D(1)}))
    assert read.is_clean


_bases = st.dictionaries(
    st.integers(1, 40),
    st.none() | st.decimals(min_value=0, max_value=10**6, places=3),
    max_size=12,
)
_wholes = st.decimals(min_value=-(10**15), max_value=10**15, places=3)


@given(_wholes, _bases, st.integers(0, 4))
def test_parts_and_remainder_are_the_whole_and_each_part_is_within_a_step(whole, bases, places):
    allotment = proportional(whole, bases, places=places)

    assert allotment.given + allotment.remainder == whole
    assert {*allotment.parts, *allotment.without} == set(bases)
    if not allotment.parts:
        return
    step = Fraction(1, 10**places)
    assert abs(Fraction(allotment.remainder)) < step
    total = sum(Fraction(bases[unit]) for unit in allotment.parts)
    for unit, part in allotment.parts.items():
        quota = Fraction(allotment.given) * Fraction(bases[unit]) / total
        assert abs(Fraction(part) - quota) < step
        assert -part.as_tuple().exponent == places


@given(_wholes.map(abs), _bases, st.integers(0, 2))
def test_a_larger_base_never_gets_less(whole, bases, places):
    given_parts = proportional(whole, bases, places=places).parts

    ordered = sorted(given_parts, key=lambda unit: bases[unit])
    for less, more in pairwise(ordered):
        if bases[less] < bases[more]:
            assert given_parts[less] <= given_parts[more]


@given(_wholes, _bases, st.randoms(use_true_random=False))
def test_another_order_changes_only_who_of_equals_gets_the_step(whole, bases, chance):
    units = list(bases)
    chance.shuffle(units)

    one = proportional(whole, bases, places=0)
    other = proportional(whole, {unit: bases[unit] for unit in units}, places=0)

    assert sorted(one.parts.values()) == sorted(other.parts.values())
    for unit, part in one.parts.items():
        assert abs(part - other.parts[unit]) <= 1
    if _remainders_differ(whole, bases):
        assert one.parts == other.parts


def _remainders_differ(whole, bases):
    known = [Fraction(base) for base in bases.values() if base is not None]
    if not sum(known):
        return True
    count = abs(Fraction(whole)) // 1
    lost = [count * base / sum(known) % 1 for base in known]
    return len(set(lost)) == len(lost)


def split(*shares):
    return [
        Handover(JULY, Edge(1, heir, whole=False, share=None if share is None else D(share)))
        for heir, share in zip((4, 5), shares, strict=True)
    ]


def test_parts_follow_units_that_merge():
    lineage = Lineage([Handover(JULY, Edge(1, 4)), Handover(JULY, Edge(2, 4))])
    plan = as_given(D(100), {1: D(30), 2: D(25), 3: D(40)})

    after = after_changes(plan, lineage, places=0, decided_on=date(2025, 1, 10), on=NEXT)

    assert parts(after) == {4: "55", 3: "40"}
    assert (after.remainder, after.undivided) == (5, ())


def test_what_a_split_leaves_over_is_told_and_the_whole_stays():
    plan = as_given(D(200), {1: D(101), 2: D(90)})

    after = after_changes(
        plan, Lineage(split("0.6", "0.4")), places=0, decided_on=date(2025, 1, 10), on=NEXT
    )

    assert parts(after) == {4: "60", 5: "40", 2: "90"}
    assert (after.among_several, after.remainder, after.whole) == (1, 9, 200)
    assert after.undivided[0].holders == {4, 5}


def test_without_shares_nothing_is_guessed():
    plan = as_given(D(101), {1: D(101)})

    after = after_changes(
        plan, Lineage(split(None, None)), places=0, decided_on=date(2025, 1, 10), on=NEXT
    )

    assert (after.parts, after.among_several, after.remainder) == ({}, 101, 0)


def test_what_changed_before_the_decision_is_in_the_parts_already():
    given_away = Handover(JULY, Edge(1, 4, answers=False, whole=False, share=D("0.5")), ends=False)
    plan = as_given(D(100), {1: D(50), 4: D(50)})

    same = after_changes(plan, Lineage([given_away]), places=0, decided_on=JULY, on=NEXT)
    moved = after_changes(
        plan, Lineage([given_away]), places=0, decided_on=date(2025, 6, 30), on=NEXT
    )

    assert parts(same) == {1: "50", 4: "50"}
    assert parts(moved) == {1: "25", 4: "75"}


def test_a_second_change_goes_on_from_the_first():
    merged = [Handover(OCTOBER, Edge(heir, 6)) for heir in (4, 5)]
    lineage = Lineage([*split("0.6", "0.4"), *merged])
    plan = as_given(D(101), {1: D(101)})

    first = after_changes(plan, lineage, places=0, decided_on=date(2025, 1, 10), on=JULY)
    second = after_changes(first, lineage, places=0, decided_on=JULY, on=OCTOBER)

    assert parts(second) == {6: "101"}
    assert second == after_changes(
        plan, lineage, places=0, decided_on=date(2025, 1, 10), on=OCTOBER
    )


HOUSEHOLDS = {1: D(600), 2: D(300), 3: D(100), 4: None}


def test_rates_come_to_their_weighted_mean_and_the_difference_is_said():
    allotment = RateAllotment(D(88), {1: D(90), 2: D(85), 3: D(80), 4: D(99), 5: None}, HOUSEHOLDS)

    assert (allotment.numerator, allotment.denominator) == (87500, 1000)
    assert (allotment.mean, allotment.difference) == (Fraction(175, 2), Fraction(1, 2))
    assert allotment.without == (4, 5)
    assert RateAllotment(D(88), {}, {}).difference is None


def test_open_rates_are_levelled_so_that_the_mean_is_the_whole():
    allotment = levelled(D(88), {1: D(90), 2: None, 3: None, 4: None}, HOUSEHOLDS, places=1)

    assert allotment.rates == {1: D(90), 2: D("85.0"), 3: D("85.0"), 4: None}
    assert (allotment.mean, allotment.difference, allotment.without) == (88, 0, (4,))


def test_rounding_a_rate_costs_what_the_difference_says():
    allotment = levelled(D(88), {1: D(91), 2: None, 3: None}, HOUSEHOLDS, places=0)

    assert allotment.rates == {1: D(91), 2: D(84), 3: D(84)}
    assert allotment.difference == Fraction(-1, 5)


def test_where_all_rates_are_fixed_or_weigh_nothing_none_is_changed():
    fixed = {1: D(91), 2: D(80)}

    assert levelled(D(88), fixed, HOUSEHOLDS, places=0).rates == fixed
    assert levelled(D(88), {1: None}, {1: D(0)}, places=0).rates == {1: None}
    with pytest.raises(ValueError, match="below nought"):
        levelled(D(88), {1: None}, {1: D(-1)}, places=0)


def test_a_rate_of_the_whole_becomes_numbers_of_units():
    allotment = counted(D(88), {1: D(600), 2: D(401), 3: None})

    assert parts(allotment) == {1: "527", 2: "353"}
    assert (allotment.whole, allotment.remainder) == (D("880.88"), D("0.88"))
    assert allotment.without == (3,)
