"""The sentences in which a conference is told of: "được tổ chức trực tiếp và trực tuyến tới 618
điểm cầu với 29.340 đại biểu"."""

from datetime import date

from lotrinh.rules.conferences.attendance import Counting, Present
from lotrinh.rules.formats import number


def attended_words(found: Present, *, day: date, language: str) -> str:
    """Return who took part, as a report says it; what is unknown is said to be.

    >>> found = Present(sites=618, joined=618, silent=0, present=29340, summoned=30000)
    >>> attended_words(found, day=date(2024, 5, 9), language="vi")
    'Ngày 9/5/2024, hội nghị kết nối 618/618 điểm cầu, với 29.340/30.000 đại biểu tham dự.'
    """
    sites = f"{_n(found.joined, language)}/{_n(found.sites, language)}"
    people = _n(found.present, language)
    if found.summoned is not None:
        people = f"{people}/{_n(found.summoned, language)}"
    if language == "en":
        said = f"On {day.day} {day:%B} {day.year} the conference reached {sites} sites, with "
        said += f"{people} delegates present."
        missing = f" {_n(found.silent, language)} sites have not told who is there."
    else:
        said = f"Ngày {day.day}/{day.month}/{day.year}, hội nghị kết nối {sites} điểm cầu, với "
        said += f"{people} đại biểu tham dự."
        missing = f" {_n(found.silent, language)} điểm cầu chưa báo số người dự."
    return said + missing if found.silent else said


def counted_words(counting: Counting, *, language: str) -> str:
    """Return how people were counted, which every count has to say.

    >>> counted_words(Counting.HEADCOUNT, language="en")
    'counted by the heads of the sites'
    """
    words = {
        Counting.HEADCOUNT: ("do phụ trách điểm cầu đếm", "counted by the heads of the sites"),
        Counting.PERSON: ("điểm danh từng người", "each person checked in once"),
    }
    return words[counting][language == "en"]


def authority_words(title: str, *, day: date, language: str) -> str:
    """Return where something was concluded, as the authority of the duty that came of it.

    >>> authority_words("Hội nghị quán triệt", day=date(2024, 5, 9), language="vi")
    'Kết luận tại “Hội nghị quán triệt”, ngày 9/5/2024'
    """
    if language == "en":
        return f"Conclusion of “{title}”, {day.day} {day:%B} {day.year}"[:500]
    return f"Kết luận tại “{title}”, ngày {day.day}/{day.month}/{day.year}"[:500]


def _n(value: int, language: str) -> str:
    return number(value, language=language)
