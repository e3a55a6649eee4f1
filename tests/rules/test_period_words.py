"""A period is called what officials call it, in both languages."""

import pytest

from lotrinh.rules.period_codes import from_code
from lotrinh.rules.period_words import period_name


@pytest.mark.parametrize(
    ("code", "vi", "en"),
    [
        ("202407", "tháng 7/2024", "July 2024"),
        ("2024Q3", "quý III năm 2024", "quarter III of 2024"),
        ("2024Q1", "quý I năm 2024", "quarter I of 2024"),
        (
            "2024-02-01_2024-04-30",
            "từ tháng 2/2024 đến tháng 4/2024",
            "February 2024 to April 2024",
        ),
        ("2024-01-01_2024-06-30", "6 tháng đầu năm 2024", "the first 6 months of 2024"),
        ("2024-07-01_2024-12-31", "6 tháng cuối năm 2024", "the last 6 months of 2024"),
        ("2023-01-01_2023-07-31", "7 tháng đầu năm 2023", "the first 7 months of 2023"),
        ("2023-08-01_2023-12-31", "5 tháng cuối năm 2023", "the last 5 months of 2023"),
        ("2024-01-01_2024-09-30", "9 tháng đầu năm 2024", "the first 9 months of 2024"),
        ("2024", "năm 2024", "2024"),
        ("2021-01-01_2025-12-31", "giai đoạn 2021-2025", "2021–2025"),
        ("2021-01-01_2023-06-30", "từ tháng 1/2021 đến tháng 6/2023", "January 2021 to June 2023"),
        ("2023-07-01_2024-06-30", "từ tháng 7/2023 đến tháng 6/2024", "July 2023 to June 2024"),
        (
            "2023-12-15_2024-06-14",
            "từ ngày 15/12/2023 đến ngày 14/6/2024",
            "15 Dec 2023 to 14 Jun 2024",
        ),
        ("2024-03-10_2024-03-10", "ngày 10/3/2024", "10 Mar 2024"),
    ],
)
def test_the_name_of_a_period(code, vi, en):
    period = from_code(code)

    assert period_name(period, language="vi") == vi
    assert period_name(period, language="en") == en
