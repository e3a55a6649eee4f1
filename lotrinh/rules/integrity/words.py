"""What is asked of a unit, in whole sentences with the numbers that made the question.

Each sentence says what was seen and how unusual it is, and ends by asking. None of them says that
anybody did wrong.
"""

from collections.abc import Mapping
from decimal import Decimal

from lotrinh.rules.formats import number
from lotrinh.rules.integrity.facts import IntegrityRule

Word = tuple[str, str]
"""The same words in Vietnamese and in English."""

_BY_CHANCE: Word = (
    " Ngẫu nhiên thì chưa đến một lần trong {one_in} lần.",
    " By chance that happens less than once in {one_in} times.",
)
_ASKED: Mapping[IntegrityRule, Word] = {
    IntegrityRule.ROUND_NUMBERS: (
        "{round} trong {figures} số liệu tận cùng là 0 hoặc 5, thông thường khoảng {expected}. Các "
        "số này được đếm hay ước lượng?",
        "{round} of {figures} figures end in 0 or 5, usually about {expected} do. Were they "
        "counted "
        "or estimated?",
    ),
    IntegrityRule.LAST_DIGITS: (
        "Chữ số tận cùng {digit} có ở {times} trong {figures} số liệu. Các số này được lấy từ "
        "nguồn "
        "nào?",
        "The last digit {digit} ends {times} of {figures} figures. From which source were they "
        "taken?",
    ),
    IntegrityRule.OVER_TARGET: (
        "{over} trong {figures} số liệu chỉ vượt kế hoạch chưa đến {near}%, trong khi {below} số "
        "liệu thấp hơn kế hoạch chưa đến mức đó; thông thường khoảng {expected}. Vì sao?",
        "{over} of {figures} figures exceed their plan by less than {near}%, and {below} miss it "
        "by "
        "less than that; usually about {expected} do. Why?",
    ),
    IntegrityRule.CLONED_ROWS: (
        "{alike} trong {lines} số liệu bằng đúng số liệu của một đơn vị khác trong cùng kỳ. Số "
        "liệu "
        "được lập như thế nào?",
        "{alike} of {lines} figures are exactly those of another unit for the same period. How "
        "were "
        "they drawn up?",
    ),
    IntegrityRule.REPEATED_ROWS: (
        "{alike} trong {lines} số liệu bằng đúng số liệu kỳ trước của đơn vị, thông thường khoảng "
        "{expected}. Có phải số mới không?",
        "{alike} of {lines} figures are exactly those of the unit's last period, usually about "
        "{expected} are. Are they new ones?",
    ),
    IntegrityRule.JUMPS: (
        "{jumps} số liệu khác hẳn các kỳ trước của đơn vị, đã tính đến mùa vụ và mức chung; số xa "
        "nhất gấp {ratio} lần mức dự kiến, cách {spreads} lần độ lệch thường có. Điều gì đã xảy "
        "ra?",
        "{jumps} of the figures leave the unit's own history, with season and common movement "
        "taken "
        "out; the farthest is {ratio} times what was expected, {spreads} times the usual spread "
        "away. What happened?",
    ),
    IntegrityRule.REUSED_FILES: (
        "{files} tệp minh chứng của kỳ này còn dùng cho việc khác: {units} đơn vị khác, {periods} "
        "kỳ, {lines} dòng số liệu của đơn vị. Tệp chứng minh cho số liệu nào?",
        "{files} of the files of this period also support something else: {units} other units, "
        "{periods} periods, {lines} lines of the unit. Which figure does each of them prove?",
    ),
    IntegrityRule.PARTS_DIFFER: (
        "{lines} số liệu của kỳ này không bằng tổng các kỳ ngắn hơn của chính đơn vị; chỗ lệch "
        "nhiều "
        "nhất báo {value}, cộng lại được {total}. Số nào đúng?",
        "{lines} of the figures are not the sum of the unit's own shorter periods; where they "
        "differ most {value} was told, and the parts make {total}. Which one is right?",
    ),
    IntegrityRule.ALWAYS_WHOLE: (
        "Cả {shares} tỷ lệ đều đúng 100%, các đơn vị khác thường đạt ở khoảng {expected}. Mẫu số "
        "được xác định như thế nào?",
        "All {shares} shares are exactly 100%, of others about {expected} usually are. How was the "
        "denominator found?",
    ),
    IntegrityRule.LAST_HOUR: (
        "Cả {reports} báo cáo đều gửi trong {minutes} phút cuối của ngày hết hạn, thông thường "
        "khoảng {expected}. Báo cáo có kịp được soát lại trước khi gửi không?",
        "All {reports} reports were handed in during the last {minutes} minutes of their last day, "
        "usually about {expected} are. Was there time to look at them before?",
    ),
}
_TWO_FIGURES: Word = (
    "{round} trong {figures} số liệu lớn chỉ có hai chữ số đầu khác 0, thông thường khoảng "
    "{expected}. Các số này được đếm hay ước lượng?",
    "{round} of {figures} large figures have nothing but noughts after two digits, usually about "
    "{expected} do. Were they counted or estimated?",
)
_RULES: Mapping[IntegrityRule, Word] = {
    IntegrityRule.ROUND_NUMBERS: (
        "Số đếm được thì cứ năm số có một số tận cùng 0 hoặc 5. Nếu các đơn vị đều làm tròn một "
        "chỉ "
        "tiêu thì lấy mức chung đó để so.",
        "Of what is counted every fifth figure ends in 0 or 5. Where all units round a measure, "
        "that is what one is held against.",
    ),
    IntegrityRule.LAST_DIGITS: (
        "Số đếm được thì các chữ số tận cùng xuất hiện gần như nhau. Mức của tất cả các đơn vị "
        "được "
        "lấy để so.",
        "Of what is counted every last digit is about as frequent. What all units tell is what one "
        "is held against.",
    ),
    IntegrityRule.OVER_TARGET: (
        "Đơn vị lập kế hoạch sát thì số liệu nằm gần kế hoạch ở cả hai phía, không dồn về phía "
        "vượt.",
        "Whoever plans well comes close to the plan on both sides, and not just over it.",
    ),
    IntegrityRule.CLONED_ROWS: (
        "Hai đơn vị có thể trùng một vài số; trùng từ dòng này sang dòng khác thì cần hỏi. Số 0, "
        "số "
        "nhỏ và số mà nhiều đơn vị cùng báo không được tính.",
        "Two units may tell the same figure; that they agree in line after line is asked about. "
        "Noughts, small counts and figures that many units tell do not count.",
    ),
    IntegrityRule.REPEATED_ROWS: (
        "Có chỉ tiêu ít thay đổi; tỷ lệ đơn vị báo lại đúng số cũ của từng chỉ tiêu được lấy để "
        "so.",
        "Some measures hardly move; how many units tell the same again of each is what one is held "
        "against.",
    ),
    IntegrityRule.JUMPS: (
        "Số liệu được so với các kỳ trước của chính đơn vị, sau khi bỏ phần tăng giảm chung của "
        "mọi "
        "đơn vị trong kỳ, hoặc phần mùa vụ theo cùng kỳ năm trước khi có ít đơn vị.",
        "A figure is held against the unit's own periods before, less what all units moved in that "
        "period, or less the same period of the year before where there are few units.",
    ),
    IntegrityRule.REUSED_FILES: (
        "Tệp được nhận ra theo nội dung. Tệp mà nhiều đơn vị cùng gửi, như văn bản chung, và tệp "
        "minh chứng cho cả báo cáo không được tính.",
        "A file is known by its bytes. What many units hand in, such as a common decision, and "
        "what "
        "supports a report as a whole do not count.",
    ),
    IntegrityRule.PARTS_DIFFER: (
        "Chỉ so khi mọi kỳ ngắn hơn đều đã có số liệu, nên số còn thiếu không bị coi là 0.",
        "They are compared only where every shorter period was told of, so that nothing missing is "
        "taken for nought.",
    ),
    IntegrityRule.ALWAYS_WHOLE: (
        "Chỉ tiêu mà đơn vị nào cũng đạt 100% thì không nói lên điều gì và được tính theo mức "
        "chung "
        "đó.",
        "A measure that everybody fulfils says nothing about one of them, and is counted by that.",
    ),
    IntegrityRule.LAST_HOUR: (
        "So với thời điểm gửi báo cáo của các đơn vị khác trong cùng chế độ báo cáo.",
        "It is held against when other units of the same regime hand in.",
    ),
}


def question_words(
    rule: IntegrityRule, numbers: Mapping[str, Decimal | int], *, language: str
) -> str:
    """Return what is asked of the unit.

    >>> question_words(IntegrityRule.LAST_HOUR,
    ...     {"reports": 8, "minutes": 60, "expected": Decimal("0.4"), "one_in": 1000},
    ...     language="en")[-61:]
    'before? By chance that happens less than once in 1,000 times.'
    """
    place = int(language.startswith("en"))
    pattern = _TWO_FIGURES if numbers.get("two") else _ASKED[rule]
    said = {name: number(Decimal(value), language=language) for name, value in numbers.items()}
    chance = _BY_CHANCE[place] if "one_in" in said else ""
    return (pattern[place] + chance).format(**said)


def rule_words(rule: IntegrityRule, *, language: str) -> str:
    """Return in a sentence or two how the rule looks, and what it leaves alone."""
    return _RULES[rule][int(language.startswith("en"))]
