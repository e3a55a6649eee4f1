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


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Tính đến 30/10/2025, đã bàn giao 11,7 km mặt bằng.", "period"),
        ("Đến ngày 10/5/2021 đã bàn giao 14,2 km.", "period"),
        ("By June 14, 2024 there were 92 markets in the province.", "period"),
        ("As of September 30, 2025, the province had disbursed half of it.", "period"),
        ("Di dời các hộ, hoàn thành trước 17h00 hôm nay (16/10).", "deadline"),
        ("Thời hạn: 30/10/2023.", "deadline"),
        ("Hoàn thiện hồ sơ, gửi Sở Tài chính thẩm định trong quý III năm 2022.", "deadline"),
        ("Kết quả đạt được trong quý III năm 2022 tăng so với cùng kỳ.", "period"),
        ("The unit shall submit the scheme on one product in 2017.", "deadline"),
        ("Lễ kỷ niệm 50 năm (30.4.1975 - 30.4.2025).", "period"),
    ],
)
def test_what_a_date_is_for(text: str, role: str) -> None:
    found = [fact for fact in read_text(text).facts if isinstance(fact, DateFact)]
    assert [fact.role for fact in found] == [role]


def test_days_joined_by_a_word_are_two() -> None:
    text = "Lễ hội diễn ra từ ngày 24 đến 26/02/2023."
    found = [fact for fact in read_text(text).facts if isinstance(fact, DateFact)]
    assert [(fact.iso, fact.role) for fact in found] == [
        ("2023-02-24", "event"),
        ("2023-02-26", "event"),
    ]


def test_the_day_above_a_report_is_the_one_on_which_it_appeared() -> None:
    text = "Thời sự 25-03-2024\n" + "Chiều 25.3, hội nghị tiếp tục diễn ra tại thành phố. " * 6
    found = [fact for fact in read_text(text).facts if isinstance(fact, DateFact)]
    assert (found[0].iso, found[0].role) == ("2024-03-25", "issued")
