"""What the units of measure are called that reading knows by one code in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

Word = tuple[str, str]
"""The same words in Vietnamese and in English."""

MEASURE_WORDS: Mapping[str, Word] = MappingProxyType(
    {
        "percentage point": ("điểm phần trăm", "percentage points"),
        "VND": ("đồng", "dong"),
        "person": ("người", "people"),
        "household": ("hộ", "households"),
        "task": ("nhiệm vụ", "tasks"),
        "target": ("chỉ tiêu", "targets"),
        "site": ("điểm cầu", "sites"),
        "document": ("văn bản", "documents"),
        "project": ("dự án", "projects"),
        "commune": ("xã, phường", "communes"),
        "district": ("quận, huyện", "districts"),
        "unit": ("đơn vị", "units"),
        "enterprise": ("doanh nghiệp", "enterprises"),
        "school": ("trường", "schools"),
        "hectare": ("ha", "hectares"),
        "tonne": ("tấn", "tonnes"),
        "day": ("ngày", "days"),
        "hour": ("giờ", "hours"),
        "year": ("năm", "years"),
        "month": ("tháng", "months"),
        "point": ("điểm", "points"),
        "case": ("vụ việc", "cases"),
        "time": ("lần", "times"),
        "visit": ("lượt", "visits"),
        "house": ("nhà", "houses"),
        "service": ("dịch vụ công", "public services"),
        "model": ("mô hình", "models"),
        "rank": ("bậc", "ranks"),
        "party organisation": ("tổ chức đảng", "Party organisations"),
        "village": ("thôn, tổ dân phố", "villages"),
    }
)
"""By code. A unit of measure that an office has written itself is its own word."""


def measure_word(code: str, *, language: str) -> str:
    """Return a unit of measure as it stands behind a number.

    >>> measure_word("household", language="vi")
    'hộ'
    """
    said = MEASURE_WORDS.get(code)
    return code if said is None else said[0 if language == "vi" else 1]


def spoken_as(code: str) -> frozenset[str]:
    """Return all words by which a unit of measure may be typed, in small letters."""
    return frozenset(word.casefold() for word in (code, *MEASURE_WORDS.get(code, ())) if word)
