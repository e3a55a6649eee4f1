"""The words of what is published that both languages need outside of a page: in files and feeds."""

from collections.abc import Mapping

from lotrinh.rules.publication.verdicts import Verdict

Word = tuple[str, str]
"""The same words in Vietnamese and in English."""

VERDICTS: Mapping[str, Word] = {
    Verdict.KEPT: ("đã đạt", "kept"),
    Verdict.ON_THE_WAY: ("đang thực hiện", "on the way"),
    Verdict.MISSED: ("không đạt", "missed"),
    Verdict.NOT_KNOWN: ("chưa có kết quả", "not yet known"),
}
BASES: Mapping[str, Word] = {
    "verified": ("đã kiểm tra", "verified by another office"),
    "self_reported": ("đơn vị tự báo cáo", "self-reported"),
    "estimated": ("ước tính", "estimated"),
    "": ("chưa báo cáo", "not reported"),
}


def in_language(word: Word, language: str) -> str:
    """Return a word in ``vi`` or ``en``."""
    return word[1 if language == "en" else 0]
