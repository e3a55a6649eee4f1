"""Forecasts in words: one sentence that says the pace, what is needed, how sure it is and by what.

A chance is printed in steps of five hundredths, and never as nought or as certain: so few trials
bear nothing finer. What is forecast is always called a forecast.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lotrinh.rules.comparing import Attainment
from lotrinh.rules.forecasting.forecast import Forecast, NoForecast
from lotrinh.rules.forecasting.record import Record
from lotrinh.rules.formats import number

Word = tuple[str, str]
"""The same words in Vietnamese and in English."""

_STEP = 5
_SCORE = 2  # decimals of a Brier score
_MONTH = 30
_BECAUSE: Mapping[NoForecast, Word] = {
    NoForecast.NO_SETTING: (
        "chưa quy định cách dự báo cho ngày này",
        "how to forecast is not set for this day",
    ),
    NoForecast.NO_DUE: ("chỉ tiêu chưa có thời hạn", "the target has no due day"),
    NoForecast.TIME_OVER: ("chỉ tiêu đã hết thời hạn", "the time of the target is over"),
    NoForecast.BY_WORDS: (
        "chỉ tiêu do cơ quan đánh giá kết luận, không tính bằng số",
        "the target is judged by an agency and not by a number",
    ),
    NoForecast.RANK: (
        "thứ hạng còn tùy thuộc kết quả của nơi khác",
        "a rank depends on what others reach",
    ),
    NoForecast.NO_PLAN: (
        "chưa đủ mức giao hoặc số gốc để so",
        "the planned value or its base is not set",
    ),
    NoForecast.NO_SIDE: (
        "chưa xác định tăng hay giảm là tốt",
        "which way is better is not set",
    ),
    NoForecast.DOES_NOT_ADD: (
        "chỉ tiêu chưa có cách cộng hoặc không cộng được",
        "the measure does not add up",
    ),
    NoForecast.NOTHING_TOLD: ("chưa có số thực hiện", "there is no figure yet"),
    NoForecast.NO_RHYTHM: (
        "số liệu không theo kỳ đều đặn",
        "the figures do not come in regular periods",
    ),
    NoForecast.TOO_FEW: (
        "mới có số của {points} kỳ, cần ít nhất {least} kỳ",
        "figures of {points} periods are known, and at least {least} are needed",
    ),
}
_NONE: Word = ("Không dự báo, vì {because}.", "No forecast, because {because}.")
_SETTLED: Mapping[bool, Word] = {
    True: (
        "Số đã báo cáo đã đủ mức giao nên chỉ tiêu chắc chắn đạt; nếu giữ nhịp này, dự báo đến "
        "{until} là {value}{between}.",
        "What was reported meets the target for good; at this pace {value} is forecast by "
        "{until}{between}.",
    ),
    False: (
        "Số đã báo cáo đã vượt mức tối đa nên chỉ tiêu chắc chắn không đạt; nếu giữ nhịp này, dự "
        "báo đến {until} là {value}{between}.",
        "What was reported is past the limit for good; at this pace {value} is forecast by "
        "{until}{between}.",
    ),
}
_PACE: Mapping[tuple[bool, bool], Word] = {
    (True, False): (
        "Theo nhịp của {used} {periods} gần nhất, mỗi {period} thêm khoảng {pace}{needed}",
        "By the pace of the last {used} {periods}, each {period} adds about {pace}{needed}",
    ),
    (True, True): (
        "Theo cùng kỳ các năm trước và nhịp của {used} {periods} gần nhất, mỗi {period} còn lại "
        "thêm khoảng {pace}{needed}",
        "By the same periods of years before and the pace of the last {used} {periods}, each "
        "{period} to come adds about {pace}{needed}",
    ),
    (False, False): (
        "Theo nhịp của {used} {periods} gần nhất, mỗi {period} {way} khoảng {pace}{needed}",
        "By the pace of the last {used} {periods}, each {period} goes {way} by about "
        "{pace}{needed}",
    ),
    (False, True): (
        "Theo cùng kỳ các năm trước và nhịp của {used} {periods} gần nhất, mỗi {period} {way} "
        "khoảng {pace}{needed}",
        "By the same periods of years before and the pace of the last {used} {periods}, each "
        "{period} goes {way} by about {pace}{needed}",
    ),
}
_NEEDED: Mapping[tuple[bool, bool], Word] = {
    (True, True): (", cần {amount} mới đạt", ", where {amount} is needed"),
    (True, False): (", tối đa được {amount}", ", where {amount} at most is allowed"),
    (False, True): (", cần thay đổi {amount} mới đạt", ", where a change of {amount} is needed"),
    (False, False): (
        ", được thay đổi tối đa {amount}",
        ", where a change of {amount} at most is allowed",
    ),
}
_LEADS: Word = (
    "; dự báo đến {until} là {value}{between}{chance}.",
    "; {value} is forecast by {until}{between}{chance}.",
)
_BETWEEN: Word = (" (từ {low} đến {high})", " (between {low} and {high})")
_CHANCE: Word = (
    "; khả năng đạt {chance}, theo {trials} lần thử lại ở cùng khoảng cách trên số liệu đã qua",
    "; the chance of meeting the target is {chance}, by {trials} trials on the past at the same "
    "distance",
)
_UNTRIED: Word = (
    "; mới thử lại được {trials} lần nên chưa nói được khả năng đạt và khoảng dao động",
    "; with {trials} trials on the past nothing can be said of its chance and its range",
)
_WAYS: Mapping[bool, Word] = {True: ("tăng", "up"), False: ("giảm", "down")}
_PERIODS: Mapping[int, tuple[Word, Word]] = {
    1: (("tháng", "month"), ("tháng", "months")),
    3: (("quý", "quarter"), ("quý", "quarters")),
    6: (("sáu tháng", "half-year"), ("kỳ sáu tháng", "half-years")),
    12: (("năm", "year"), ("năm", "years")),
}
_OTHER: tuple[Word, Word] = (("kỳ", "period"), ("kỳ", "periods"))
_RECORD: Word = (
    "Trong {forecasts} lần dự báo trước hạn {ahead} của các chỉ tiêu cùng loại đã hết hạn, {right} "
    "lần nghiêng đúng phía; điểm Brier {brier} so với {base} của quy tắc luôn nói tỷ lệ đạt chung "
    "({met}/{forecasts})",
    "Of {forecasts} forecasts made {ahead} ahead for targets of this kind whose time is over, "
    "{right} leaned to the right side; their Brier score is {brier}, against {base} of the rule "
    "that always says the share that was met ({met}/{forecasts})",
)
_BEATS: Mapping[bool, Word] = {
    True: (": dự báo tốt hơn quy tắc đó.", ": the forecast does better than that rule."),
    False: (
        ": dự báo không tốt hơn quy tắc đó, nên chỉ để tham khảo.",
        ": the forecast does no better than that rule; do not rely on it.",
    ),
}
_LEAD: Word = (
    " Với nửa số chỉ tiêu, dự báo đã đúng và giữ nguyên từ ít nhất {lead} ngày trước hạn.",
    " For half of the targets the verdict was right and stayed so from at least {lead} days before "
    "the due day.",
)
_NO_RECORD: Word = (
    "Chưa có đủ chỉ tiêu cùng loại đã hết hạn để đối chiếu: mới dự báo lại được {forecasts}, cần "
    "ít nhất {least}.",
    "Not enough targets of this kind are over to hold forecasts against: {forecasts} could be "
    "forecast again, and at least {least} are needed.",
)


@dataclass(frozen=True, slots=True)
class Printed:
    """How the page prints levels, changes of a level, and days."""

    level: Callable[[Fraction], str]
    change: Callable[[Fraction], str]
    day: Callable[[date], str]


def no_forecast_words(found: Forecast, *, language: str) -> str:
    """Return why nothing is forecast, as a sentence; empty where something is.

    >>> no_forecast_words(Forecast(NoForecast.NO_DUE), language="en")
    'No forecast, because the target has no due day.'
    """
    if found.because is None:
        return ""
    place = _place(language)
    said = _BECAUSE[found.because][place].format(points=found.points, least=found.least)
    return _NONE[place].format(because=said)


def forecast_words(found: Forecast, printed: Printed, *, is_upward: bool, language: str) -> str:
    """Return the one sentence that explains a forecast, or why there is none.

    ``is_upward``: more is better, or neither way is.
    """
    if found.because is not None or found.value is None or found.until is None:
        return no_forecast_words(found, language=language)
    place = _place(language)
    said = {"until": printed.day(found.until), "value": printed.level(found.value)}
    said["between"] = ""
    if found.low is not None and found.high is not None:
        said["between"] = _BETWEEN[place].format(
            low=printed.level(found.low), high=printed.level(found.high)
        )
    if found.settled is not None:
        return _SETTLED[found.settled is not Attainment.MISSED][place].format(**said)
    begins = _pace_words(found, printed, is_upward=is_upward, place=place)
    return begins + _LEADS[place].format(**said, chance=_chance_words(found, language))


def chance_text(probability: Fraction, *, language: str) -> str:
    """Return a probability as a page prints it.

    >>> chance_text(Fraction(43, 44), language="vi"), chance_text(Fraction(2, 9), language="en")
    ('trên 95%', 'about 20%')
    """
    in_steps = round(probability * 100 / _STEP) * _STEP
    if in_steps <= 0:
        return ("dưới 5%", "below 5%")[_place(language)]
    if in_steps >= 100:
        return ("trên 95%", "above 95%")[_place(language)]
    return ("khoảng {n}%", "about {n}%")[_place(language)].format(n=in_steps)


def record_words(record: Record, *, least: int, language: str) -> str:
    """Return how forecasts did so far, and whether they beat the rule that looks at no course."""
    place = _place(language)
    if record.brier is None or record.base is None or record.forecasts < least:
        return _NO_RECORD[place].format(forecasts=record.forecasts, least=least)
    said = _RECORD[place].format(
        forecasts=record.forecasts,
        right=record.right,
        met=record.met,
        ahead=_ahead(record.ahead, place),
        brier=number(record.brier, language=language, places=_SCORE, fixed=True),
        base=number(record.base, language=language, places=_SCORE, fixed=True),
    )
    lead = "" if record.lead is None else _LEAD[place].format(lead=record.lead)
    return said + _BEATS[bool(record.beats)][place] + lead


def _pace_words(found: Forecast, printed: Printed, *, is_upward: bool, place: int) -> str:
    pace = found.pace or Fraction(0)
    one, many = _PERIODS.get(found.every, _OTHER)
    shown = printed.level if found.is_flow else printed.change
    needed = ""
    if found.needed is not None:
        words = _NEEDED[found.is_flow, is_upward][place]
        needed = words.format(amount=shown(found.needed))
    return _PACE[found.is_flow, found.is_seasonal][place].format(
        used=found.used,
        period=one[place],
        periods=many[place],
        way=_WAYS[pace >= 0][place],
        pace=shown(pace if found.is_flow else abs(pace)),
        needed=needed,
    )


def _chance_words(found: Forecast, language: str) -> str:
    place = _place(language)
    if found.probability is None:
        return _UNTRIED[place].format(trials=found.trials)
    chance = chance_text(found.probability, language=language)
    return _CHANCE[place].format(chance=chance, trials=found.trials)


def _ahead(days: int, place: int) -> str:
    """Return how long before the due day, in months where it is two of them and more."""
    months = round(days / _MONTH)
    if months < 2:
        return (f"{days} ngày", f"{days} days")[place]
    return (f"{months} tháng", f"{months} months")[place]


def _place(language: str) -> int:
    return 1 if language.startswith("en") else 0
