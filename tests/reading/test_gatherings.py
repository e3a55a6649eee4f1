"""Gatherings as the press and notices tell of them: by a name, an act, a day beside a name."""

import pytest

from lotrinh.reading import Fact, read_text


def events(text: str) -> list[Fact]:
    return [fact for fact in read_text(text).facts if fact.kind == "event"]


@pytest.mark.parametrize(
    ("text", "name", "date"),
    [
        (
            "Ngày 20/9, đồng chí Trần Bá Lộc, Chủ tịch UBND tỉnh đi kiểm tra tiến độ các dự án kè.",
            "kiểm tra tiến độ các dự án kè",
            "XXXX-09-20",
        ),
        (
            "Chiều 10/10, Tổ công tác số 2 họp nghe báo cáo tiến độ rà soát đất đai.",
            "họp nghe báo cáo tiến độ rà soát đất đai",
            "XXXX-10-10",
        ),
        (
            "On the morning of November 27, the Secretary worked with the Lam Khe Party Committee.",
            "worked with the Lam Khe Party Committee",
            "XXXX-11-27",
        ),
        (
            "Ngày 12-9, UBND tỉnh họp phiên thường kỳ tháng 9.",
            "họp phiên thường kỳ tháng 9",
            "XXXX-09-12",
        ),
        (
            "Rain is forecast for the day of the Ho Sen temple festival (February 13).",
            "Ho Sen temple festival",
            "XXXX-02-13",
        ),
        (
            "Sáng nay 4-7, tại hội trường đã diễn ra Kỳ họp thứ 6, HĐND tỉnh khóa IX.",
            "Kỳ họp thứ 6, HĐND tỉnh khóa IX",
            "XXXX-07-04",
        ),
        (
            "Nhân kỷ niệm 50 năm thành lập (30.4.1975 - 30.4.2025), sáng 22.4, Ban Tuyên giáo "
            "Tỉnh ủy tổ chức gặp mặt cán bộ hưu trí.",
            "gặp mặt cán bộ hưu trí",
            "XXXX-04-22",
        ),
    ],
)
def test_a_gathering_has_its_words_and_its_day(text: str, name: str, date: str) -> None:
    (event,) = events(text)
    assert event.fields()["name"] == name
    assert event.fields()["date"] == date


@pytest.mark.parametrize(
    "text",
    [
        "On September 17, interdisciplinary inspection team No. 2 listed the schools.",
        "Ngày 5/3, Đoàn kiểm tra của tỉnh đã ban hành thông báo.",
        "Chiều 29/5, UBND tỉnh thảo luận các nội dung trình tại kỳ họp thường lệ giữa năm 2023.",
        "Công tác kiểm tra được tăng cường từ ngày 5/3.",
    ],
)
def test_what_only_speaks_of_a_gathering_is_none(text: str) -> None:
    assert events(text) == []


def test_who_came_is_told_in_the_next_sentence() -> None:
    text = (
        "Sáng 16/4, Tỉnh ủy tổ chức Hội nghị toàn quốc quán triệt nghị quyết. Hội nghị được "
        "kết nối tới 21.000 điểm cầu với hơn 1,5 triệu đại biểu tham dự."
    )
    (event,) = events(text)
    fields = event.fields()
    assert (fields["sites"], fields["participants"]) == (21_000, 1_500_000)


def test_a_count_of_delegates_is_not_of_those_they_stand_for() -> None:
    text = (
        "The 17th Congress of the city opened on October 12, with the participation of 497 "
        "official delegates representing over 450,000 Party members."
    )
    (event,) = events(text)
    assert event.fields()["participants"] == 497


def test_a_session_that_passed_a_resolution_stands_in_its_head() -> None:
    text = (
        "HỘI ĐỒNG NHÂN DÂN TỈNH LAM KHÊ\nKHÓA XIV, KỲ HỌP THỨ MƯỜI BẢY\nNghị quyết này đã được "
        "Hội đồng nhân dân tỉnh Lam Khê Khóa XIV, "
        "Kỳ họp thứ Mười bảy thông qua ngày 09 tháng 12 năm 2020."
    )
    (event,) = events(text)
    assert event.text == "KỲ HỌP THỨ MƯỜI BẢY"
    assert event.fields()["date"] == "2020-12-09"
