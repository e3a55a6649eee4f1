"""Days, months, quarters, years: as written, and the last day that is still in time."""

import pytest

from lotrinh.reading import DateFact, read_text


def dates(text: str) -> list[DateFact]:
    return [fact for fact in read_text(text).facts if isinstance(fact, DateFact)]


@pytest.mark.parametrize(
    ("text", "iso", "last_day", "role"),
    [
        ("trước ngày 15/6/2025", "2025-06-15", "2025-06-14", "deadline"),
        ("chậm nhất ngày 15/6/2025", "2025-06-15", "2025-06-15", "deadline"),
        ("đến hết ngày 24/5/2025", "2025-05-24", "2025-05-24", "deadline"),
        ("hoàn thành trong tháng 6/2025", "2025-06", "2025-06-30", "deadline"),
        ("Tháng 10/2025", "2025-10", "2025-10-31", "period"),
        ("trong Quý I năm 2025", "2025-Q1", "2025-03-31", "period"),
        ("trước quý 2/2025", "2025-Q2", "2025-03-31", "deadline"),
        ("đến hết năm 2025", "2025", "2025-12-31", "deadline"),
        ("đến năm 2030", "2030", "2030-12-31", "deadline"),
        ("tầm nhìn đến năm 2045", "2045", "2045-12-31", "period"),
        ("từ nay đến năm 2030", "2030", "2030-12-31", "period"),
        ("giai đoạn 2021-2025", "2021/2025", "2025-12-31", "period"),
        ("by 2030, with a clear plan", "2030", "2030-12-31", "deadline"),
        ("before May 15, 2025", "2025-05-15", "2025-05-14", "deadline"),
        ("no later than 15 May 2025", "2025-05-15", "2025-05-15", "deadline"),
        ("in the first 7 months of 2023", "2023-01/2023-07", "2023-07-31", "period"),
        ("the last 5 months of 2023", "2023-08/2023-12", "2023-12-31", "period"),
        ("6 tháng cuối năm 2024", "2024-07/2024-12", "2024-12-31", "period"),
        ("the third quarter of 2024", "2024-Q3", "2024-09-30", "period"),
        ("ngày 14 tháng5 năm 2011", "2011-05-14", "2011-05-14", "event"),
        ("Động26/01/2025", "2025-01-26", "2025-01-26", "event"),
        ("ngày22 tháng 7 năm 2010", "2010-07-22", "2010-07-22", "event"),
    ],
)
def test_one_date(text: str, iso: str, last_day: str, role: str) -> None:
    (date,) = dates(text)
    assert (date.iso, date.last_day, date.role) == (iso, last_day, role)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Chiều 9/5, thành phố họp", "XXXX-05-09"),
        ("ngày 21-4", "XXXX-04-21"),
        ("On the morning of August 14, the committee met", "XXXX-08-14"),
        ("xong trước 30/8", "XXXX-08-30"),
    ],
)
def test_a_year_that_is_not_written_stays_unknown(text: str, iso: str) -> None:
    (date,) = dates(text)
    assert (date.iso, date.last_day, date.precision) == (iso, None, "day")


@pytest.mark.parametrize(
    "text",
    ["09/09 tasks", "20/24 chỉ tiêu", "ngày 31/2/2024", "13/2025", "quý 5/2025", "2025 người dự"],
)
def test_what_is_no_date(text: str) -> None:
    assert [date for date in dates(text) if date.precision != "year"] == []


def test_the_day_behind_a_number_is_its_day_of_issue() -> None:
    (date,) = dates("Nghị quyết số 23-NQ/TU ngày 16/11/2023 của Thành ủy")
    assert (date.text, date.role) == ("ngày 16/11/2023", "issued")
