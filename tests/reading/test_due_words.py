"""Every way of writing a deadline of the reference table, from the words to the last day."""

from datetime import date

import pytest

from lotrinh.reading import read_text
from lotrinh.reading.due_words import stated_by
from lotrinh.rules.due_days import Counting, FromEvent, Precision, Stated, due_of
from lotrinh.rules.working_days import WorkingDays

ISSUED = date(2025, 2, 10)
ARRIVED = date(2025, 2, 14)
P = Precision


def told(words: str, recurrence: str = "") -> Stated:
    """Read a sentence that is all about its deadline."""
    text = f"Ủy ban nhân dân thành phố hoàn thành đề án {words}."
    day = next((fact for fact in read_text(text).facts if fact.kind == "date"), None)
    if day is None:
        return stated_by(text, recurrence=recurrence)
    return stated_by(text, lead_in=text[: day.start], iso=day.iso, recurrence=recurrence)


@pytest.mark.parametrize(
    ("words", "day", "precision"),
    [
        ("vào ngày 15/6/2025", date(2025, 6, 15), P.DAY),
        ("trước ngày 15/6/2025", date(2025, 6, 14), P.DAY),
        ("đến hết ngày 24/5/2025", date(2025, 5, 24), P.DAY),
        ("trước 20h00 ngày 25 tháng 5 năm 2025", date(2025, 5, 24), P.DAY),
        ("trong tháng 6/2025", date(2025, 6, 30), P.MONTH),
        ("trong tháng 01 năm 2025", date(2025, 1, 31), P.MONTH),
        ("trong tháng 6", date(2025, 6, 30), P.MONTH),
        ("trong Quý II/2025", date(2025, 6, 30), P.QUARTER),
        ("trong quý 2", date(2025, 6, 30), P.QUARTER),
        ("trước quý 2/2025", date(2025, 3, 31), P.QUARTER),
        ("trong năm 2025", date(2025, 12, 31), P.YEAR),
        ("đến hết năm 2025", date(2025, 12, 31), P.YEAR),
        ("trong giai đoạn 2025-2026", date(2026, 12, 31), P.RANGE),
        ("trước ngày 15/6", date(2025, 6, 14), P.DAY),
        ("trong năm 2025 và những năm tiếp theo", date(2025, 12, 31), P.OPEN_RANGE),
        ("chậm nhất 05 ngày làm việc kể từ ngày nhận được văn bản", date(2025, 2, 21), P.RELATIVE),
        ("chậm nhất 10 ngày kể từ ngày nhận được văn bản", date(2025, 2, 24), P.RELATIVE),
        ("chậm nhất 05 ngày làm việc", date(2025, 2, 21), P.RELATIVE),
        ("trong thời hạn 05 (năm) ngày làm việc kể từ ngày ký", date(2025, 2, 21), P.RELATIVE),
        ("ngay sau khi có hướng dẫn", None, P.NONE),
        ("theo tiến độ chung", None, P.NONE),
        ("", None, P.NONE),
    ],
)
def test_from_the_words_to_the_last_day(words: str, day: date | None, precision: P) -> None:
    found = due_of(
        told(words),
        issued_on=ISSUED,
        counts_from=ARRIVED,
        counting=Counting(),
        calendar=WorkingDays(),
    )

    assert (found.day, found.precision) == (day, precision)


@pytest.mark.parametrize(
    ("words", "read", "recurrence"),
    [
        ("thường xuyên", "continuous", "continuous"),
        ("hằng năm", "yearly", "yearly"),
        ("hằng quý", "quarterly", "quarterly"),
        ("6 tháng/lần", "half-yearly", "half-yearly"),
        ("3 tháng/lần", "", "quarterly"),
        ("định kỳ 03 tháng một lần", "", "quarterly"),
        ("trước ngày 20 hằng tháng", "monthly", "monthly:19"),
        ("ngày 20 hằng tháng", "monthly", "monthly:20"),
        ("trước ngày 25 hàng tháng", "monthly", "monthly:24"),
        ("chậm nhất ngày 25 hàng tháng", "monthly", "monthly:25"),
        ("trước ngày 01 hằng tháng", "monthly", "monthly:1"),
        ("ngày 40 hằng tháng", "monthly", "monthly"),
        ("hằng tháng", "monthly", "monthly"),
        ("trước ngày 30/11 hằng năm", "yearly", "yearly:11-29"),
        ("ngày 30/11 hằng năm", "yearly", "yearly:11-30"),
    ],
)
def test_how_often_and_by_which_day(words: str, read: str, recurrence: str) -> None:
    assert stated_by(f"Sở Y tế báo cáo {words}.", recurrence=read).recurrence == recurrence


def test_before_is_heard_only_right_in_front_of_the_time() -> None:
    words = "Trước mắt tập trung hoàn thành đề án trong năm 2025"

    assert not stated_by(words, lead_in=words[: words.index("2025")], iso="2025").is_before


@pytest.mark.parametrize(
    ("words", "event"),
    [
        ("05 ngày làm việc kể từ ngày nhận được văn bản", FromEvent.RECEIVED),
        ("05 ngày làm việc kể từ khi nhận được văn bản", FromEvent.RECEIVED),
        ("10 ngày kể từ ngày ký", FromEvent.ISSUED),
        ("10 ngày, kể từ ngày ban hành Kế hoạch này", FromEvent.ISSUED),
        ("10 ngày kể từ ngày kết thúc đợt kiểm tra", FromEvent.OTHER),
        ("không quá 10 ngày làm việc", FromEvent.OTHER),
        ("within 5 working days", FromEvent.OTHER),
        ("5 working days from receipt of this letter", FromEvent.RECEIVED),
    ],
)
def test_from_which_event_days_are_counted(words: str, event: FromEvent) -> None:
    assert stated_by(f"Sở Y tế báo cáo chậm nhất {words}.").event is event
