"""What is said to somebody whose cell is asked about or refused: the reason, and the cure."""

from collections.abc import Mapping
from decimal import Decimal

from lotrinh.rules.amounts_typed import NoFigure
from lotrinh.rules.figures_typed import Read, TypedQuestion, TypedRefusal
from lotrinh.rules.formats import spoken

Word = tuple[str, str]
"""The same words in Vietnamese and in English."""

_REFUSALS: Mapping[NoFigure, Word] = {
    NoFigure.NO_NUMBER: (
        "không đọc được thành số; ghi ví dụ 1.270,5 hoặc 45,37 tỷ",
        "this is no number; write for example 1,270.5 or 45.37 billion",
    ),
    NoFigure.WRONG_GROUPS: (
        "dấu chấm, dấu phẩy không ngăn đúng nhóm ba chữ số; ghi lại, ví dụ 1.270.000",
        "dots and commas do not part groups of three digits; write it again, such as 1,270,000",
    ),
    NoFigure.LEADING_ZEROS: (
        "số có chữ số 0 ở đầu giống một mã; nếu là số liệu thì bỏ các số 0 ở đầu",
        "a number that begins with zeros looks like a code; leave them out if it is a figure",
    ),
    NoFigure.BOUND: (
        "đây là một mức (trên, dưới, ít nhất), không phải số đạt được; ghi số đạt được",
        "this is a bound, not a result; write what was reached",
    ),
    NoFigure.ABOUT: (
        "số áng chừng không cộng được; ghi một số, và chọn loại số ước nếu chưa chính thức",
        "what is said roughly cannot be added up; write one number, and mark it as an estimate",
    ),
    NoFigure.ESTIMATE: (
        "chỉ ghi số; là số ước thì chọn ở loại số liệu",
        "write the number alone; that it is an estimate is said by the kind of the figure",
    ),
    NoFigure.RANGE: (
        "đây là một khoảng; ghi một số",
        "this is a range; write one number",
    ),
    NoFigure.DAY: (
        "đây là một ngày; ghi một số",
        "this is a day; write a number",
    ),
    NoFigure.FRACTION: (
        "ô này nhận một số, không nhận tử số và mẫu số; ghi một số",
        "this cell takes one number, no numerator and denominator; write one number",
    ),
    NoFigure.NO_DENOMINATOR: (
        "ô này cần cả tử số và mẫu số; ghi ví dụ 18/23",
        "this cell needs a numerator and a denominator; write for example 18/23",
    ),
    NoFigure.PERCENT: (
        "chỉ tiêu này không tính bằng phần trăm; ghi số tuyệt đối",
        "this is not counted in percent; write the number itself",
    ),
    NoFigure.OTHER_UNIT: (
        "“{typed}” không phải đơn vị tính của ô này; ghi theo đơn vị của ô",
        "“{typed}” is not the unit of this cell; write it in the unit of the cell",
    ),
    NoFigure.NOT_WHOLE: (
        "ô này chỉ nhận số nguyên",
        "this cell takes whole numbers only",
    ),
    NoFigure.FORMULA: (
        "đây là công thức; ghi kết quả của công thức",
        "this is a formula; write what it comes to",
    ),
    NoFigure.FAILED_FORMULA: (
        "công thức trong bảng tính bị lỗi; sửa ở bảng tính rồi dán lại",
        "a formula failed in the sheet; put it right there and paste again",
    ),
    NoFigure.ROUNDED_BY_SHEET: (
        "bảng tính đã làm tròn số này; đổi định dạng ô thành số rồi dán lại",
        "the sheet has rounded this; give its cell the format of a number and paste again",
    ),
    NoFigure.TOO_LONG: (
        "dài quá {most} ký tự hoặc chữ số",
        "longer than {most} signs or digits",
    ),
    NoFigure.TOO_FINE: (
        "có quá {most} chữ số thập phân",
        "more than {most} decimals",
    ),
}
_DOUBTFUL = 3
"""So many decimals may be thousands too."""
_ONE: Word = ("có phải là {first} không?", "is this {first}?")
_TWO: Word = ("là {first} hay {second}?", "is this {first} or {second}?")


def refusal_words(refused: TypedRefusal, *, language: str) -> str:
    """Return why a cell is refused and what to do, to be put behind the name of the cell.

    >>> from lotrinh.rules.amounts_typed import NoFigure
    >>> refusal_words(TypedRefusal("5 USD", NoFigure.OTHER_UNIT, {"typed": "usd"}), language="en")
    '“usd” is not the unit of this cell; write it in the unit of the cell'
    """
    return _REFUSALS[refused.why][_place(language)].format_map(dict(refused.data))


def question_words(asked: TypedQuestion, *, language: str) -> str:
    """Return what an officer is asked about a cell: each reading so that it has no other.

    >>> from decimal import Decimal
    >>> question_words(
    ...     TypedQuestion("1,270", (Read(Decimal("1.27")), Read(Decimal(1270)))), language="vi")
    'là 1 phẩy 27 hay 1 nghìn 270?'
    """
    said = [reading_words(read, language=language) for read in asked.readings]
    if len(said) == 1:
        return _ONE[_place(language)].format(first=said[0])
    *others, last = said
    return _TWO[_place(language)].format(first=", ".join(others), second=last)


def reading_words(read: Read, *, language: str) -> str:
    """Return one reading, for the button that chooses it."""
    value = spoken(read.value, language=language)
    return value if read.over is None else f"{value} / {spoken(read.over, language=language)}"


def reading_text(read: Read, *, language: str) -> str:
    """Return one reading as it is typed so that it has no other in that language.

    >>> from decimal import Decimal
    >>> reading_text(Read(Decimal("1.27")), language="vi"), reading_text(Read(Decimal("68.457")),
    ...     language="en")
    ('1,27', '68.4570')
    """
    value = _plain(read.value, language)
    return value if read.over is None else f"{value}/{_plain(read.over, language)}"


def _plain(value: Decimal, language: str) -> str:
    """Return digits without thousands; three decimals are written as four, which are none."""
    whole, _, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0")
    if not decimals:
        return whole
    point = "." if language.startswith("en") else ","
    return f"{whole}{point}{decimals.ljust(4, '0') if len(decimals) == _DOUBTFUL else decimals}"


def _place(language: str) -> int:
    return 1 if language.startswith("en") else 0
