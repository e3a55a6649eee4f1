"""What a total says beside its value, and what it refuses to say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from lotrinh.rules.figures import Basis, Figure, weakest
from lotrinh.rules.lineage import Handover, Lineage
from lotrinh.rules.rolling import rolled
from lotrinh.rules.succession import Edge
from lotrinh.rules.tally import Share
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import LeftOut, Measured, NoTotal

CITY, ONE, TWO, THREE, OTHER = range(5)
TREE = {CITY: None, ONE: CITY, TWO: CITY}
MERGED_TREE = {CITY: None, THREE: CITY}
JANUARY, APRIL, JULY, OCTOBER = (date(2025, month, 1) for month in (1, 4, 7, 10))
NEXT = date(2026, 1, 1)
MERGER = Lineage([Handover(JULY, Edge(ONE, THREE)), Handover(JULY, Edge(TWO, THREE))])


def told(unit, value=None, since=JANUARY, until=NEXT, basis=Basis.VERIFIED, **more):
    return Figure(unit, since, until, basis, None if value is None else Decimal(value), **more)


def share(unit, numerator, denominator):
    pair = [None if one is None else Decimal(one) for one in (numerator, denominator)]
    return told(unit, numerator=pair[0], denominator=pair[1])


def added(figures, rollup=Rollup.SUM, *, tree=TREE, lineage=None, on=NEXT, **more):
    kept = {name: more.pop(name) for name in ("places", "per", "of_moment") if name in more}
    return rolled(
        figures,
        measured=Measured(rollup, **kept),
        parents=tree,
        lineage=lineage or Lineage(),
        on=on,
        **more,
    )


def test_figures_of_different_days_are_added_and_longer_ones_stand_for_what_they_cover():
    first, half = told(ONE, 5, until=APRIL), told(ONE, 9, until=JULY)
    third, year = told(ONE, 7, since=JULY, until=OCTOBER), told(ONE, 30)

    assert added([first, third])[CITY].exact == 12
    assert added([first, half, third])[CITY].exact == 16
    assert added([first, half, third, year])[CITY].exact == 30


def test_days_told_twice_in_part_count_once_and_are_named():
    early = told(ONE, 5, until=JULY)
    late = told(ONE, 9, since=APRIL, until=OCTOBER)

    total = added([early, late])[CITY]

    assert (total.exact, total.left_out) == (9, {(ONE, LeftOut.OVERLAP)})


def test_bases_are_never_mixed_in_silence():
    figures = [told(ONE, 50), told(TWO, 30, basis=Basis.ESTIMATED)]

    done = added(figures, owed={ONE, TWO})[CITY]
    every = added(figures, bases=(Basis.VERIFIED, Basis.ESTIMATED), owed={ONE, TWO})[CITY]

    assert (done.exact, done.bases, done.missing) == (50, {Basis.VERIFIED: 1}, {TWO})
    assert (every.exact, every.is_mixed, every.weakest) == (80, True, Basis.ESTIMATED)
    assert not done.is_mixed
    assert weakest([]) is None


def test_plans_are_added_by_themselves():
    figures = [told(ONE, 50, basis=Basis.PLANNED), told(TWO, 30)]

    assert added(figures, bases=(Basis.PLANNED,))[CITY].exact == 50
    with pytest.raises(ValueError, match="never mixed"):
        added(figures, bases=(Basis.VERIFIED, Basis.PLANNED))


def test_two_figures_for_one_key_are_refused():
    with pytest.raises(ValueError, match="two figures"):
        added([told(ONE, 50), told(ONE, 60)])


@pytest.mark.parametrize(
    ("figures", "rollup", "unsaid", "left_out"),
    [
        ([], Rollup.SUM, NoTotal.NOBODY_ANSWERED, set()),
        ([told(ONE)], Rollup.SUM, NoTotal.NOBODY_ANSWERED, set()),
        ([share(ONE, 1, 2)], Rollup.SUM, NoTotal.NONE_COUNTS, {(ONE, LeftOut.NO_VALUE)}),
        ([told(ONE, 60)], Rollup.WEIGHTED, NoTotal.NONE_COUNTS, {(ONE, LeftOut.NO_WEIGHT)}),
        (
            [share(ONE, 0, None)],
            Rollup.RATIO_OF_SUMS,
            NoTotal.NONE_COUNTS,
            {(ONE, LeftOut.NO_DENOMINATOR)},
        ),
        (
            [share(ONE, None, 5)],
            Rollup.RATIO_OF_SUMS,
            NoTotal.NONE_COUNTS,
            {(ONE, LeftOut.NO_VALUE)},
        ),
        ([share(ONE, 0, 0)], Rollup.RATIO_OF_SUMS, NoTotal.NOTHING_TO_DIVIDE_BY, set()),
        (
            [told(ONE, 60, weight=Decimal(0))],
            Rollup.WEIGHTED,
            NoTotal.NOTHING_TO_DIVIDE_BY,
            set(),
        ),
        ([told(ONE, 60), told(TWO, 60)], Rollup.NONE, NoTotal.DOES_NOT_ADD, set()),
        ([told(ONE, 60), told(TWO, 61)], Rollup.LAST, NoTotal.SEVERAL, set()),
    ],
)
def test_a_total_that_cannot_be_said_says_why(figures, rollup, unsaid, left_out):
    total = added(figures, rollup)[CITY]

    assert (total.exact, total.value(1), total.unsaid) == (None, None, unsaid)
    assert total.left_out == left_out


def test_highest_lowest_and_last_pick_one_figure():
    figures = [told(ONE, 7, until=JULY), told(ONE, 3, since=JULY), told(TWO, 9, until=OCTOBER)]

    assert added(figures, Rollup.MAX)[CITY].exact == 9
    assert added(figures, Rollup.MIN)[CITY].exact == 3
    assert added(figures, Rollup.LAST)[CITY].exact == 3
    assert added([*figures, told(CITY, 5, until=APRIL)], Rollup.LAST)[CITY].exact == 5
    assert added(figures, Rollup.NONE)[ONE].exact == 3
    assert added([told(ONE, 60), told(TWO, 60)], Rollup.LAST)[CITY].exact == 60


def test_a_unit_with_units_below_adds_its_own():
    assert added([told(CITY, 1), told(ONE, 2)])[CITY].exact == 3


def test_a_share_is_given_per_hundred_or_per_ten_thousand_and_rounded_only_when_said():
    figures = [share(ONE, 1, 3), share(TWO, 0, 3)]

    percent = added(figures, Rollup.RATIO_OF_SUMS, per=100)[CITY]
    rate = added(figures, Rollup.RATIO_OF_SUMS, per=10_000)[CITY]

    assert (percent.exact, percent.value(1)) == (Fraction(50, 3), Decimal("16.7"))
    assert (percent.numerator, percent.denominator) == (1, 6)
    assert rate.value(0) == 1667


def test_who_is_missing_is_named_at_the_unit_and_above_it():
    result = added([told(ONE, 5), told(OTHER, 1)], owed={ONE, TWO})

    assert result[CITY].missing == result[TWO].missing == {TWO}
    assert result[ONE].missing == set()
    assert result[CITY].answered_of_owed == Share(1, 2)
    assert (result.nowhere.exact, result.nowhere.answered) == (1, {OTHER})


def test_who_was_left_out_is_not_missing():
    total = added([told(ONE, 5)], Rollup.WEIGHTED, owed={ONE, TWO})[CITY]

    assert total.missing == {TWO}
    assert total.answered_of_owed == Share(0, 2)


def test_a_merged_unit_counts_where_it_went_and_is_missed_there():
    result = added(
        [told(ONE, 100, until=JULY), told(THREE, 40, since=JULY)],
        tree=MERGED_TREE,
        lineage=MERGER,
        owed={ONE, TWO, THREE},
    )

    assert (result[THREE].exact, result[THREE].missing) == (140, {TWO})
    assert result[THREE].answered_of_owed == Share(2, 3)


def test_a_figure_with_predecessors_stands_for_theirs_and_for_those_who_said_nothing():
    whole_year = told(THREE, 260, with_predecessors=True)
    asked = {"tree": MERGED_TREE, "lineage": MERGER, "owed": {ONE, TWO, THREE}}

    result = added([told(ONE, 100, until=JULY), whole_year], **asked)
    own = added([told(ONE, 100, until=JULY), replace(whole_year, with_predecessors=False)], **asked)

    assert (result[THREE].exact, result[THREE].missing) == (260, set())
    assert (own[THREE].exact, own[THREE].missing) == (360, {TWO})


def test_of_a_moment_the_newest_counts_and_a_merged_unit_is_counted_with_its_heir():
    stock = [told(ONE, 80, until=APRIL), told(ONE, 90, until=JULY), told(TWO, 50, until=JULY)]
    asked = {"tree": MERGED_TREE, "lineage": MERGER, "of_moment": True}

    assert added(stock, of_moment=True, on=APRIL)[CITY].exact == 140
    assert added(stock, **asked)[THREE].exact == 140
    assert added([*stock, told(THREE, 144, until=OCTOBER)], **asked)[THREE].exact == 144


def test_a_part_of_a_rate_keeps_the_rate_and_shares_the_weight():
    split = Lineage(
        Handover(JULY, Edge(OTHER, heir, whole=False, share=Decimal(of)))
        for heir, of in ((ONE, "0.6"), (TWO, "0.4"))
    )
    figure = told(OTHER, "88.5", until=JULY, weight=Decimal(101))

    result = added([figure], Rollup.WEIGHTED, lineage=split)

    assert (result[ONE].exact, result[ONE].denominator) == (Fraction(177, 2), 60)
    assert (result[TWO].denominator, result[CITY].denominator) == (40, 101)
    assert result[CITY].undivided == (Decimal("88.5"), Decimal(1))


def test_what_may_belong_to_others_lies_above_the_known_one_and_at_the_top_at_last():
    handover = Handover(JULY, Edge(OTHER, ONE, whole=False, share=Decimal("0.5")))
    figures = [told(OTHER, 10, until=JULY)]

    below = added(figures, lineage=Lineage([handover]))
    alone = added(figures, lineage=Lineage([handover]), tree={ONE: None})

    assert (below[ONE].exact, below[CITY].exact, below[CITY].undivided[0]) == (5, 10, 5)
    assert (alone[ONE].exact, alone[ONE].undivided[0]) == (10, 5)


def test_figures_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="at least a day"):
        told(ONE, 5, since=JULY, until=JULY)
    with pytest.raises(ValueError, match="not below nought"):
        told(ONE, 5, weight=Decimal(-1))
    with pytest.raises(ValueError, match="below itself"):
        added([told(ONE, 5)], tree={ONE: TWO, TWO: ONE})
