"""The reviews that two articles tell of: every printed figure comes out of the ledger."""

import json

import pytest

from lotrinh.apps.reviews import selectors
from lotrinh.rules.reviewing.numbers import recounted
from tests.factories import TODAY
from tests.reviewing import freeze
from tests.reviewing_seeds import seven_months, year_2024

SEVEN = {
    "vi": [
        "15/20 nhiệm vụ đã hoàn thành, bằng 75%",
        "2.000.000 lượt",
        "45,37 tỷ đồng",
        "bằng 126% kế hoạch năm",
        "gấp 30 lần cùng kỳ năm trước",
    ],
    "en": [
        "15 of 20 tasks done, 75%",
        "2,000,000 visits",
        "45.37 billion VND",
        "126% of the year's plan",
        "30 times the same period last year",
    ],
}
YEAR = {
    "vi": [
        "20/24 chỉ tiêu dự kiến đạt, trong đó 6 vượt",
        "ước 492.309 tỷ đồng",
        "bằng 120,5% kế hoạch năm",
        "tăng 19,6% so với cùng kỳ năm trước",
    ],
    "en": [
        "20 of 24 targets expected to be met, 6 of them exceeded",
        "an estimated 492,309 billion VND",
        "120.5% of the year's plan",
        "up 19.6% on the same period last year",
    ],
}


def texts(review, user):
    found = selectors.live_numbers(selectors.held_by(review, seen_by=user.pk, on=TODAY))
    return [one.text for one in found.values()]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_seven_months_of_2023(cast, language):
    review = seven_months(cast, language=language)

    said = texts(review, cast.chi)

    assert [one for one in SEVEN[language] if one not in said] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_year_2024(cast, language):
    review = year_2024(cast, language=language)

    said = texts(review, cast.chi)

    missing = [one for one in YEAR[language] if not any(text.startswith(one) for text in said)]
    assert missing == []


@pytest.mark.parametrize("build", [seven_months, year_2024])
def test_an_edition_of_them_makes_every_number_again(cast, build):
    edition = freeze(build(cast, system="party"), user=cast.thach)

    assert recounted(json.loads(edition.numbers)) == ()
    assert selectors.recount_edition(edition).holds
