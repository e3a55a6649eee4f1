"""The figures that two articles on one city print: what they say, and which plans they imply.

2023, first seven months: 15 of 20 tasks; 2 million visitors; 45.37 billion VND, 126 % of the year's
plan, 30-fold. 2024: 20 of 24 targets expected, 6 above; 492,309 billion VND, 120.5 % of the
estimate, +19.6 %. The articles do not print the plans: they follow within what rounding leaves.
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from lotrinh.rules.comparing import Attainment, Yardstick, judge
from lotrinh.rules.exact import rounded
from lotrinh.rules.figure_words import Base, done_words, told
from lotrinh.rules.formats import money, scaled
from lotrinh.rules.implied import NothingImplied, agrees, implied_base
from lotrinh.rules.outcome_words import score_words
from lotrinh.rules.period_codes import from_code
from lotrinh.rules.period_words import period_name
from lotrinh.rules.progress import Way, growth, percent_of, times
from lotrinh.rules.target_count import score
from lotrinh.rules.target_terms import Comparator

SERVICES = Decimal(45_370_000_000)
REVENUE = Decimal(492_309 * 10**9)


def in_millions(value: Fraction) -> str:
    return str(rounded(value / 10**6, 0))


@pytest.mark.parametrize(
    ("actual", "way", "said", "low", "exact", "high"),
    [
        (SERVICES, Way.PERCENT_OF, "126", "35866", "36008", "36151"),
        (SERVICES, Way.TIMES, "30", "1488", "1512", "1538"),
        (REVENUE, Way.PERCENT_OF, "120.5", "408385732", "408555187", "408724782"),
        (REVENUE, Way.GROWTH, "19.6", "411457585", "411629599", "411801757"),
    ],
)
def test_printed_shares_imply_their_bases(actual, way, said, low, exact, high):
    found = implied_base(actual, way, Decimal(said))

    assert [in_millions(end) for end in (found.low, found.exact, found.high)] == [low, exact, high]


def test_the_first_seven_months_of_2023():
    plan = Decimal(36_000_000_000)  # within what 126 % implies, and round
    last_year = Decimal(1_512_000_000)
    of_plan, fold = percent_of(SERVICES, plan), times(SERVICES, last_year)

    assert agrees(of_plan, Decimal(126)) and agrees(fold, Decimal(30))
    assert not agrees(of_plan, Decimal(127)) and not agrees(of_plan, Decimal("126.1"))
    shares = [(of_plan, Base.YEAR_PLAN), (fold, Base.SAME_PERIOD)]
    period = from_code("2023-01-01_2023-07-31")
    assert period_name(period, language="vi") == "7 tháng đầu năm 2023"
    assert told("Thu phí", money(SERVICES, language="vi"), shares, language="vi", places=0) == (
        "Thu phí đạt 45,37 tỷ đồng, bằng 126% kế hoạch năm, gấp 30 lần cùng kỳ năm trước."
    )
    assert told("Fees", money(SERVICES, language="en"), shares, language="en", places=0) == (
        "Fees: 45.37 billion VND, 126% of the year's plan, 30 times the same period last year."
    )
    assert done_words(15, 20, thing="nhiệm vụ", language="vi") == (
        "15/20 nhiệm vụ đã hoàn thành, bằng 75%"
    )
    assert done_words(15, 20, thing="tasks", language="en") == "15 of 20 tasks done, 75%"
    assert scaled(2_000_000, language="vi") + " lượt khách" == "2 triệu lượt khách"


def test_a_plan_for_the_year_that_is_passed_in_july_is_exceeded_already():
    planned = Yardstick(Comparator.AT_LEAST, Decimal(36_000_000_000))

    found = judge(planned, SERVICES, has_ended=False, is_cumulative=True)

    assert found.attainment is Attainment.EXCEEDED
    assert not found.is_estimated


def test_the_year_2024():
    estimate, year_before = Decimal(408_555 * 10**9), Decimal(411_630 * 10**9)
    of_plan, grown = percent_of(REVENUE, estimate), growth(REVENUE, year_before)

    assert agrees(of_plan, Decimal("120.5")) and agrees(grown, Decimal("19.6"))
    shares = [(of_plan, Base.BUDGET), (grown, Base.SAME_PERIOD)]
    shown = money(REVENUE, language="vi")
    assert told("Thu ngân sách", shown, shares, language="vi", is_estimated=True) == (
        "Thu ngân sách ước đạt 492.309 tỷ đồng, bằng 120,5% dự toán, "
        "tăng 19,6% so với cùng kỳ năm trước."
    )
    shown = money(REVENUE, language="en")
    assert told("Budget revenue", shown, shares, language="en", is_estimated=True) == (
        "Budget revenue: an estimated 492,309 billion VND, 120.5% of the budget estimate, "
        "up 19.6% on the same period last year."
    )


def test_twenty_of_twenty_four_targets_expected_and_six_above():
    planned = Yardstick(Comparator.AT_LEAST, Decimal(100))
    expected = [Decimal(value) for value in [101] * 6 + [100] * 14 + [99] * 4]

    found = score(judge(planned, value, has_ended=False, is_estimated=True) for value in expected)

    assert (found.reached, found.total, found.exceeded) == (20, 24, 6)
    assert score_words(found, language="vi").startswith(
        "20/24 chỉ tiêu dự kiến đạt, trong đó 6 vượt"
    )
    assert score_words(found, language="en").startswith(
        "20 of 24 targets expected to be met, 6 of them exceeded"
    )


@pytest.mark.parametrize(
    ("actual", "way", "said"),
    [
        (Decimal(0), Way.TIMES, "30"),
        (Decimal(5), Way.PERCENT_OF, "0"),
        (Decimal(5), Way.GROWTH, "-100"),
        (Decimal(5), Way.POINTS, "2.93"),
    ],
)
def test_some_comparisons_imply_nothing(actual, way, said):
    with pytest.raises(NothingImplied):
        implied_base(actual, way, Decimal(said))


def test_what_cannot_be_said_agrees_with_nothing():
    assert not agrees(percent_of(Decimal(5), Decimal(0)), Decimal(0))
