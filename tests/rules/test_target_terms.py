"""A target tells what it still lacks, in the order in which an officer asks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.reading import facts as reading
from lotrinh.rules.target_terms import Comparator, Rollup, TargetGap, TargetTerms, gaps

WHOLE = TargetTerms(
    lead=True,
    value=Decimal(3),
    due=date(2030, 12, 31),
    baseline=Decimal("3.4"),
    rollup=Rollup.RATIO_OF_SUMS,
)


def test_a_whole_target_lacks_nothing():
    assert gaps(WHOLE) == ()


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"lead": False}, (TargetGap.LEAD,)),
        ({"value": None}, (TargetGap.VALUE,)),
        ({"due": None}, (TargetGap.DUE,)),
        ({"baseline": None}, (TargetGap.BASELINE,)),
        ({"rollup": None}, (TargetGap.ROLLUP,)),
        ({"rollup": None, "lead": False}, (TargetGap.LEAD, TargetGap.ROLLUP)),
    ],
)
def test_each_gap_has_its_name(change, missing):
    assert gaps(replace(WHOLE, **change)) == missing


def test_nought_is_a_value_and_a_baseline():
    assert gaps(replace(WHOLE, value=Decimal(0), baseline=Decimal(0))) == ()


@given(
    st.builds(
        TargetTerms,
        lead=st.booleans(),
        value=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
        due=st.none() | st.dates(),
        baseline=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
        rollup=st.none() | st.sampled_from(Rollup),
    )
)
def test_gaps_and_what_is_said_make_the_whole(terms):
    said = 5 - len(gaps(terms))

    assert said == sum(
        [
            terms.lead,
            terms.value is not None,
            terms.due is not None,
            terms.baseline is not None,
            terms.rollup is not None,
        ]
    )


@pytest.mark.parametrize("comparator", Comparator)
def test_what_is_kept_or_judged_by_words_needs_no_planned_value(comparator):
    missing = gaps(replace(WHOLE, value=None, comparator=comparator))

    needs_none = comparator in {Comparator.KEEP, Comparator.JUDGED}
    assert missing == (() if needs_none else (TargetGap.VALUE,))


def test_comparators_are_those_that_reading_finds_and_three_that_a_person_chooses():
    found = set(get_args(reading.Comparator))

    assert {sign.value for sign in Comparator} - found == {"~", "keep", "words"}
    assert found <= {sign.value for sign in Comparator}
