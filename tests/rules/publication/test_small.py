"""Counts of few persons cannot be read from a table, nor worked out from what is left of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.publication.content import Part, Promise, Step
from lotrinh.rules.publication.guarding import guarded
from lotrinh.rules.publication.small import Counted, counted, levels_shown, share_shown, shown

COUNTS = st.lists(st.integers(0, 12).map(Decimal), max_size=8)
SOME = UUID(int=1)


def numbers(*values):
    return [None if value is None else Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("rows", "seen", "total"),
    [
        ([], [], True),
        ([7, 0, None], [True, True, True], True),
        ([3, 40, 9], [False, True, False], True),  # 3 alone would be 52 - 49
        ([1, 1, 60], [False, False, False], True),  # 1 and 1 would be 62 - 60
        ([2, 4, 60], [False, False, True], True),
        ([1, 4, 60], [False, False, False], True),  # 5 of two: each from one to four
        ([1, 1, 1, 1, 1, 60], [False] * 6, True),  # 65 - 60 of five could be one each alone
        ([3, 0], [False, True], False),  # nobody else to hide among
        ([3, None], [False, True], False),
    ],
)
def test_the_rows_that_are_held_back(rows, seen, total):
    held = numbers(*rows)
    whole = sum((row for row in held if row), Decimal(0))

    found = shown(held, whole)

    assert list(found.rows) == seen
    assert found.total is (total and not 0 < whole < 5)


@given(COUNTS)
def test_each_hidden_row_may_be_anything_from_one_to_five_for_all_that_the_sum_tells(rows):
    found = shown(rows, sum(rows))

    hidden = [row for row, is_seen in zip(rows, found.rows, strict=True) if not is_seen]
    seen = [row for row, is_seen in zip(rows, found.rows, strict=True) if is_seen]
    assert not [row for row in seen if 0 < row < 5]
    if hidden and found.total:
        left = sum(rows) - sum(seen)  # what everybody can work out
        others = len(hidden) - 1  # each of them has somebody, or it would be shown
        assert others >= 1
        assert left - others >= 5


@given(COUNTS)
def test_no_two_levels_that_are_shown_differ_by_few(steps):
    levels = [sum(steps[: place + 1]) for place in range(len(steps))]
    seen = [level for level, is_seen in zip(levels, levels_shown(levels), strict=True) if is_seen]

    assert not [b - a for a, b in zip([Decimal(0), *seen], seen, strict=False) if 0 < b - a < 5]


@pytest.mark.parametrize(
    ("numerator", "denominator", "is_shown"),
    [(10, 40, True), (3, 40, False), (38, 40, False), (40, 40, True), (0, 40, True)],
)
def test_a_share_is_shown_where_neither_part_of_the_whole_is_small(
    numerator, denominator, is_shown
):
    assert share_shown(Decimal(numerator), Decimal(denominator)) is is_shown


def promise(actual, *, parts=(), steps=(), unit="người"):
    day = date(2024, 7, 31)
    words = dict.fromkeys(
        ("agency_vi", "agency_en", "definition", "divided_by", "data_source", "clause", "passage"),
        "",
    )
    return Promise(
        uid=SOME,
        title="Số cán bộ được bồi dưỡng",
        language="vi",
        comparator=">=",
        planned=Decimal(100),
        high=None,
        unit_of_measure=unit,
        decimals=0,
        due=None,
        is_soft=False,
        verdict="on_the_way",
        attainment="not_judged",
        because="time_runs",
        basis="self_reported",
        is_estimated=False,
        is_added_up=True,
        actual=None if actual is None else Decimal(actual),
        numerator=None,
        denominator=None,
        period_vi="tháng 7/2024",
        period_en="July 2024",
        period_last=day,
        is_held_back=False,
        steps=tuple(
            Step("", "", date(2024, place, 28) if place < 7 else day, "self_reported", level)
            for place, level in enumerate(numbers(*steps), 8 - len(steps))
        ),
        parts=tuple(Part(SOME, "", "", level) for level in numbers(*parts)),
        **words,
    )


def test_a_small_sum_takes_its_rows_and_its_last_step_with_it():
    found = guarded(promise(3, parts=(3, 0), steps=(0, 3)), Counted.PERSONS)

    assert (found.actual, found.is_held_back) == (None, True)
    assert [part.level for part in found.parts] == [None, None]
    assert [step.level for step in found.steps] == [Decimal(0), None]


def test_a_step_of_two_persons_hides_the_newest_figure_that_would_tell_it():
    found = guarded(promise(9, steps=(7, 9)), Counted.PERSONS)

    assert (found.actual, found.is_held_back) == (None, True)
    assert [step.level for step in found.steps] == [Decimal(7), None]


def test_who_told_nothing_is_not_said_to_be_held_back():
    sum_of_few = guarded(promise(3, parts=(3, None)), Counted.PERSONS)
    share = guarded(
        replace(
            promise(70, parts=(3, None), unit="%"),
            parts=(
                Part(SOME, "", "", None, True),
                Part(SOME, "", "", Decimal(80)),
                Part(SOME, "", "", None),
            ),
        ),
        Counted.SHARE_OF_PERSONS,
    )

    assert [part.is_held_back for part in sum_of_few.parts] == [True, False]
    assert [part.is_held_back for part in share.parts] == [True, True, False]


def test_a_large_sum_stays_and_hides_two_of_its_rows():
    found = guarded(promise(52, parts=(3, 40, 9)), Counted.PERSONS)

    assert (found.actual, found.is_held_back) == (Decimal(52), False)
    assert [part.level for part in found.parts] == [None, Decimal(40), None]


def test_what_counts_no_persons_is_as_it_was():
    said = promise(3, parts=(3,), steps=(3,), unit="hộ")

    assert guarded(said, counted("hộ")) == said
    assert guarded(replace(said, actual=None), Counted.THINGS) == replace(said, actual=None)


@pytest.mark.parametrize(
    ("unit", "said", "is_share", "counts"),
    [
        ("người", None, False, Counted.PERSONS),
        ("người", False, False, Counted.THINGS),
        ("suất quà", None, False, Counted.THINGS),
        ("suất quà", True, False, Counted.PERSONS),
        ("%", True, False, Counted.SHARE_OF_PERSONS),
        ("hộ", True, True, Counted.SHARE_OF_PERSONS),
    ],
)
def test_what_is_said_of_a_measure_goes_before_the_words_of_its_unit(unit, said, is_share, counts):
    assert counted(unit, said=said, is_share=is_share) is counts


def test_four_thousand_persons_told_in_thousands_are_not_few():
    told = promise(4, parts=(1, 3), unit="nghìn người")

    assert guarded(told, counted(told.unit_of_measure)) == told
