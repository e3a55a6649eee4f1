"""Reports print arithmetic in whole sentences that say no more than is true."""

from decimal import Decimal
from fractions import Fraction

import pytest

from lotrinh.rules.figure_words import (
    BASES,
    Base,
    compared,
    done_words,
    told,
)
from lotrinh.rules.progress import (
    Comparison,
    Unsaid,
    Way,
    a_year,
    growth,
    percent_of,
    points,
    times,
)

D = Decimal


@pytest.mark.parametrize(
    ("comparison", "base", "vi", "en"),
    [
        (
            Comparison(Way.PERCENT_OF, Fraction(241, 2)),
            Base.BUDGET,
            "bằng 120,5% dự toán",
            "120.5% of the budget estimate",
        ),
        (
            growth(D(1196), D(1000)),
            Base.SAME_PERIOD,
            "tăng 19,6% so với cùng kỳ năm trước",
            "up 19.6% on the same period last year",
        ),
        (
            growth(D(968), D(1000)),
            Base.PREVIOUS_PERIOD,
            "giảm 3,2% so với kỳ trước",
            "down 3.2% on the previous period",
        ),
        (
            growth(D(5), D(5)),
            Base.PREVIOUS_YEAR,
            "không đổi so với năm trước",
            "unchanged from the previous year",
        ),
        (
            times(D(60), D(2)),
            Base.SAME_PERIOD,
            "gấp 30 lần cùng kỳ năm trước",
            "30 times the same period last year",
        ),
        (times(D(2), D(5)), Base.BASELINE, "bằng 40% số gốc", "40% of the baseline"),
        (
            points(D("86.50"), D("83.57")),
            Base.PREVIOUS_YEAR,
            "tăng 2,93 điểm % so với năm trước",
            "up 2.93 percentage points on the previous year",
        ),
        (
            points(D(4), D(5)),
            Base.TERM_START,
            "giảm 1 điểm % so với đầu nhiệm kỳ",
            "down 1 percentage point on the beginning of the term",
        ),
        (
            a_year(D("146.41"), D(100), years=4),
            Base.TERM_START,
            "tăng bình quân 10%/năm trong 4 năm so với đầu nhiệm kỳ",
            "up 10% a year on average over 4 years from the beginning of the term",
        ),
        (
            a_year(D(90), D(100), years=1),
            Base.BASELINE,
            "giảm bình quân 10%/năm trong 1 năm so với số gốc",
            "down 10% a year on average over 1 year from the baseline",
        ),
        (percent_of(D(0), D(5)), Base.PLAN, "bằng 0% kế hoạch", "0% of the plan"),
        (percent_of(D(5), D(5)), Base.PLAN, "bằng 100% kế hoạch", "100% of the plan"),
    ],
)
def test_comparisons_in_words(comparison, base, vi, en):
    assert compared(comparison, base, language="vi", places=2) == vi
    assert compared(comparison, base, language="en", places=2) == en


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        (percent_of(D("99.96"), D(100)), "bằng 99,96% kế hoạch"),
        (percent_of(D("100.0004"), D(100)), "bằng 100,0004% kế hoạch"),
        (percent_of(D("0.04"), D(100)), "bằng 0,04% kế hoạch"),
        (growth(D("100.02"), D(100)), "tăng 0,02% so với kế hoạch"),
        (growth(D("99.98"), D(100)), "giảm 0,02% so với kế hoạch"),
        (times(D("1.04"), D(1)), "gấp 1,04 lần kế hoạch"),
        (times(D("2.96"), D(1)), "gấp 3 lần kế hoạch"),
        (points(D("0.001"), D(0)), "tăng 0,001 điểm % so với kế hoạch"),
    ],
)
def test_rounding_never_makes_equal_what_is_not(comparison, expected):
    assert compared(comparison, Base.PLAN, language="vi") == expected


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("unsaid", Unsaid)
def test_what_cannot_be_said_is_told_with_its_reason(unsaid, language):
    said = compared(Comparison(Way.GROWTH, unsaid=unsaid), Base.BUDGET, language=language)

    assert BASES[Base.BUDGET][language == "en"] in said
    assert not any(sign.isdigit() for sign in said.replace("bằng 0", "").replace("is 0", "")
                   .replace("below 0", ""))  # fmt: skip


def test_a_share_of_nothing_in_words():
    found = percent_of(D(5), D(0))

    assert compared(found, Base.PLAN, language="vi") == (
        "không tính được tỷ lệ so với kế hoạch vì số để so bằng 0"
    )
    assert compared(found, Base.PLAN, language="en") == "no ratio to the plan, which is 0"


def test_a_missing_figure_is_told_as_missing():
    assert told("Thu ngân sách", None, language="vi") == "Thu ngân sách: chưa có số liệu."


def test_nothing_to_do_is_no_share():
    assert done_words(0, 0, thing="nhiệm vụ", language="vi") == "không có nhiệm vụ nào"
    assert done_words(0, 0, thing="tasks", language="en") == "no tasks"
    assert done_words(1999, 2000, thing="tasks", language="en") == "1999 of 2000 tasks done, 99.95%"
