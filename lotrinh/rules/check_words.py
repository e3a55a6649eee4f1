"""What is asked about a figure that is unlike the others, in whole sentences with its numbers."""

from collections.abc import Mapping
from fractions import Fraction

from lotrinh.rules.figure_checks import FigureQuestion, Told, Unlikely
from lotrinh.rules.formats import number

Word = tuple[str, str]
"""The same words in Vietnamese and in English."""

_PLACES = 2

_QUESTIONS: Mapping[Unlikely, Word] = {
    Unlikely.NEGATIVE: (
        "Số liệu âm ({value}), trong khi chưa kỳ nào âm: có đúng không?",
        "{value} is below zero, and no figure was before: is that right?",
    ),
    Unlikely.ABOVE_WHOLE: (
        "Tử số {value} lớn hơn mẫu số {over}: có đúng không?",
        "The numerator {value} is more than the denominator {over}: is that right?",
    ),
    Unlikely.FELL: (
        "Số lũy kế {value} nhỏ hơn số đã báo cáo trong năm là {before}: vì sao giảm?",
        "Counted since the year began, {value} is less than the {before} reported: why has it "
        "fallen?",
    ),
    Unlikely.UNCHANGED: (
        "Bằng đúng số kỳ trước ({value}): có phải số mới không?",
        "Exactly the figure of the last period ({value}): is it a new one?",
    ),
    Unlikely.PARTS_DIFFER: (
        "{Of} là {value}, các đơn vị cấp dưới cộng lại là {total}: vì sao khác nhau?",
        "{Of} is {value}, and the units below add up to {total}: why do they differ?",
    ),
    Unlikely.PARTS_EXCEED: (
        "{Of} là {value}, các đơn vị cấp dưới đã báo cáo cộng lại là {total}, còn {missing} đơn vị "
        "chưa báo cáo: vì sao đã vượt?",
        "{Of} is {value}, and the units below that have reported add up to {total}, with {missing} "
        "still missing: why is it exceeded already?",
    ),
}
_SLIPS: tuple[Word, Word] = (
    (
        "Gấp khoảng {power} lần các kỳ khác: có nhầm đơn vị tính không? Nếu nhầm, số đúng là "
        "{instead}.",
        "About {power} times the other periods: is the unit mistaken? If so, it should be "
        "{instead}.",
    ),
    (
        "Chỉ bằng khoảng 1/{power} các kỳ khác: có nhầm đơn vị tính không? Nếu nhầm, số đúng là "
        "{instead}.",
        "About 1/{power} of the other periods: is the unit mistaken? If so, it should be "
        "{instead}.",
    ),
)
_JUMPS: tuple[Word, Word] = (
    (
        "Gấp {ratio} lần kỳ gần nhất để so (quá {threshold} lần thì hỏi): vì sao tăng?",
        "{ratio} times the nearest figure to compare with (asked from {threshold} times on): why "
        "has it risen?",
    ),
    (
        "Chỉ bằng {ratio} lần kỳ gần nhất để so (dưới 1/{threshold} thì hỏi): vì sao giảm?",
        "Only {ratio} times the nearest figure to compare with (asked below 1/{threshold}): why "
        "has it fallen?",
    ),
)
_OF: tuple[Word, Word] = (("Số liệu", "The figure"), ("Mẫu số", "The denominator"))


def figure_question_words(question: FigureQuestion, *, language: str) -> str:
    """Return the question that is put to the officer.

    >>> from decimal import Decimal
    >>> figure_question_words(
    ...     FigureQuestion(Unlikely.UNCHANGED, {"value": Decimal(1270)}), language="vi")
    'Bằng đúng số kỳ trước (1.270): có phải số mới không?'
    """
    place, data = (1 if language.startswith("en") else 0), dict(question.data)
    if question.odd is Unlikely.UNIT_SLIP:
        power = int(data["power"])
        data["power"] = 10 ** abs(power)
        pattern = _SLIPS[power < 0][place]
    elif question.odd is Unlikely.JUMP:
        pattern = _JUMPS[data["ratio"] < 1][place]
    else:
        pattern = _QUESTIONS[question.odd][place]
    said = {name: _told(value, language) for name, value in data.items()}
    return pattern.format(**said, Of=_OF[bool(data.get("is_over"))][place])


def _told(value: Told, language: str) -> str:
    """Return a number; what has no end in decimals, or is a ratio, with two of them."""
    return number(value, language=language, places=_PLACES if isinstance(value, Fraction) else None)
