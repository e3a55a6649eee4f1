"""What became of targets, in words: one by one, why one is not judged yet, and how many of them.

What rests on an estimate is only expected; how many were reached is printed with how many there
are, and with what became of the others.
"""

from collections.abc import Mapping

from lotrinh.rules.comparing import Attainment, NotJudged, Outcome
from lotrinh.rules.target_count import Score

Word = tuple[str, str]
"""The same words in Vietnamese and in English."""

_OUTCOMES: Mapping[tuple[Attainment, bool], Word] = {
    (Attainment.EXCEEDED, False): ("vượt", "exceeded"),
    (Attainment.MET, False): ("đạt", "met"),
    (Attainment.MISSED, False): ("không đạt", "missed"),
    (Attainment.EXCEEDED, True): ("ước vượt", "expected to be exceeded"),
    (Attainment.MET, True): ("ước đạt", "expected to be met"),
    (Attainment.MISSED, True): ("ước không đạt", "expected to be missed"),
}
_ABOVE: Word = ("vượt", "above plan")
_NOT_JUDGED: Word = ("chưa đánh giá", "not yet judged")
_BECAUSE: Mapping[NotJudged, Word] = {
    NotJudged.NO_ACTUAL: ("chưa có số thực hiện", "there is no figure yet"),
    NotJudged.NO_PLAN: ("chưa có mức giao", "no planned value is set"),
    NotJudged.NO_BASE: ("chưa có số gốc để so", "there is no base to compare with"),
    NotJudged.BASE_NOT_ABOVE_NOUGHT: (
        "số gốc để so không lớn hơn 0",
        "the base to compare with is not above 0",
    ),
    NotJudged.NO_TOLERANCE: (
        "chưa quy định mức chênh lệch được chấp nhận",
        "how near is near enough is not set",
    ),
    NotJudged.NO_YEARS: ("chưa rõ số năm", "the number of years is not known"),
    NotJudged.NOT_A_RANK: ("thứ hạng phải là số nguyên từ 1", "a rank is a whole number from 1"),
    NotJudged.TIME_RUNS: ("chưa hết kỳ", "its time is not over"),
    NotJudged.WORDS_AWAITED: (
        "chờ kết luận của cơ quan đánh giá",
        "the ruling of the agency that judges it is awaited",
    ),
}


def outcome_word(outcome: Outcome, *, language: str) -> str:
    """Return what became of a target.

    >>> outcome_word(Outcome(Attainment.MET, is_estimated=True), language="vi")
    'ước đạt'
    """
    key = (outcome.attainment, outcome.is_estimated)
    return _OUTCOMES.get(key, _NOT_JUDGED)[_place(language)]


def because_words(because: NotJudged, *, language: str) -> str:
    """Return why a target is not judged yet, to be put behind that it is not.

    >>> because_words(NotJudged.TIME_RUNS, language="en")
    'its time is not over'
    """
    return _BECAUSE[because][_place(language)]


def score_words(found: Score, *, language: str) -> str:
    """Return how many targets were reached of how many, and what became of the others.

    >>> expected = Score(exceeded=6, met=14, missed=4, estimated=20, estimated_missed=3)
    >>> score_words(expected, language="vi")
    '20/24 chỉ tiêu dự kiến đạt, trong đó 6 vượt; 1 không đạt; 3 ước không đạt'
    """
    in_english = _place(language) == 1
    if not found.total:
        return "no targets" if in_english else "không có chỉ tiêu nào"
    reached = _reached_en(found) if in_english else _reached_vi(found)
    return "; ".join([reached, *_rest(found, language)])


def rest_words(found: Score, *, language: str) -> str:
    """Return what a short table prints beside "20/24": those above plan and those not reached.

    >>> expected = Score(exceeded=6, met=14, missed=4, estimated=20, estimated_missed=3)
    >>> rest_words(expected, language="en")
    '6 above plan; 1 missed; 3 expected to be missed'
    """
    above = f"{found.exceeded} {_ABOVE[_place(language)]}" if found.exceeded else ""
    return "; ".join(words for words in (above, *_rest(found, language)) if words)


def _rest(found: Score, language: str) -> list[str]:
    rest = (
        (found.missed - found.estimated_missed, Outcome(Attainment.MISSED)),
        (found.estimated_missed, Outcome(Attainment.MISSED, is_estimated=True)),
        (found.not_judged, Outcome(Attainment.NOT_JUDGED)),
    )
    return [f"{count} {outcome_word(what, language=language)}" for count, what in rest if count]


def _reached_vi(found: Score) -> str:
    expected = "dự kiến đạt" if found.estimated else "đạt"
    above = f", trong đó {found.exceeded} vượt" if found.exceeded else ""
    return f"{found.reached}/{found.total} chỉ tiêu {expected}{above}"


def _reached_en(found: Score) -> str:
    noun = "target" if found.total == 1 else "targets"
    expected = "expected to be met" if found.estimated else "met"
    above = f", {found.exceeded} of them exceeded" if found.exceeded else ""
    return f"{found.reached} of {found.total} {noun} {expected}{above}"


def _place(language: str) -> int:
    return 1 if language.startswith("en") else 0
