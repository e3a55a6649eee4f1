"""The words of a review's own making: heads of its tables, its kind, how duties stand."""

from collections.abc import Mapping
from enum import StrEnum

Word = tuple[str, str]
"""The same words in Vietnamese and in English."""


class Say(StrEnum):
    """What a review says of itself."""

    REPORT = "report"
    TARGETS = "targets"
    TASKS = "tasks"
    ORDINAL = "ordinal"
    TARGET = "target"
    LEAD = "lead"
    PLANNED = "planned"
    ACTUAL = "actual"
    OF_PLAN = "of_plan"
    YEAR_BEFORE = "year_before"
    OUTCOME = "outcome"
    TASK = "task"
    DEADLINE = "deadline"
    STANDING = "standing"
    NOT_TOLD = "not_told"
    NO_LEAD = "no_lead"
    NO_DEADLINE = "no_deadline"
    HIDDEN = "hidden"
    UNKNOWN = "unknown"
    ANSWERED = "answered"


_WORDS: Mapping[Say, Word] = {
    Say.REPORT: ("BÁO CÁO", "REPORT"),
    Say.TARGETS: ("Kết quả thực hiện chỉ tiêu", "Targets and what was reached"),
    Say.TASKS: ("Kết quả thực hiện nhiệm vụ", "Tasks and how they stand"),
    Say.ORDINAL: ("TT", "No."),
    Say.TARGET: ("Chỉ tiêu", "Target"),
    Say.LEAD: ("Đơn vị chủ trì", "Lead unit"),
    Say.PLANNED: ("Kế hoạch", "Plan"),
    Say.ACTUAL: ("Thực hiện", "Actual"),
    Say.OF_PLAN: ("So với kế hoạch", "Against plan"),
    Say.YEAR_BEFORE: ("Cùng kỳ năm trước", "Same period last year"),
    Say.OUTCOME: ("Đánh giá", "Outcome"),
    Say.TASK: ("Nhiệm vụ", "Task"),
    Say.DEADLINE: ("Thời hạn", "Deadline"),
    Say.STANDING: ("Tình trạng", "Standing"),
    Say.NOT_TOLD: ("chưa có số liệu", "no figure yet"),
    Say.NO_LEAD: ("chưa giao", "not assigned"),
    Say.NO_DEADLINE: ("không có thời hạn", "no deadline"),
    Say.HIDDEN: ("[không thuộc quyền xem]", "[not yours to see]"),
    Say.UNKNOWN: ("[{mark}: không có trong danh mục]", "[{mark}: not in the list]"),
    Say.ANSWERED: (
        "{name}: {answered}/{owed} đơn vị đã có số liệu.",
        "{name}: {answered} of {owed} units have told a figure.",
    ),
}
_CLASSES: Mapping[str, Word] = {
    "done_on_time": ("hoàn thành đúng hạn", "done on time"),
    "done_late": ("hoàn thành quá hạn", "done late"),
    "open_in_term": ("đang thực hiện, trong hạn", "in progress, in term"),
    "open_overdue": ("đang thực hiện, quá hạn", "in progress, overdue"),
    "done_without_deadline": ("hoàn thành, không có thời hạn", "done, no deadline"),
    "open_without_deadline": ("đang thực hiện, không có thời hạn", "in progress, no deadline"),
    "refused": ("không nhận, ngoài tổng số", "refused, not in the total"),
    "cancelled": ("đã hủy, ngoài tổng số", "cancelled, not in the total"),
}


def said(what: Say, *, language: str) -> str:
    """Return these words in the language of the review."""
    return _WORDS[what][1 if language == "en" else 0]


def class_words(code: str, *, language: str) -> str:
    """Return how a duty stands, by the code of its class.

    >>> class_words("done_late", language="vi")
    'hoàn thành quá hạn'
    """
    return _CLASSES[code][1 if language == "en" else 0]
