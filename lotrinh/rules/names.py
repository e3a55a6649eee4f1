"""One key for the many spellings of one name of a unit."""

import re
import unicodedata

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_PAIR = re.compile(rf"(?<![q])(o)(a|e)([{_TONES}])(?!\w)|(?<![q])(u)(y)([{_TONES}])(?!\w)")
_SPACE = re.compile(r"\s*[-–—]\s*|\s*,\s*|\s+")


def name_key(name: str) -> str:
    """Return the same key for spellings that differ in case, spaces, dashes or tone placement.

    >>> name_key("Thành uỷ  Hà Nội") == name_key("Thành ủy Hà Nội")
    True
    >>> name_key("Sở Lao động - Thương binh") == name_key("Sở Lao động, Thương binh")
    True
    >>> name_key("Sở Y tế") == name_key("Sở Ý tế")
    False
    """
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFC", name).casefold())
    moved = _PAIR.sub(_tone_on_first, parts)
    return unicodedata.normalize("NFC", _SPACE.sub(" ", moved).strip())


def _tone_on_first(found: re.Match[str]) -> str:
    first, second, tone = (part for part in found.groups() if part)
    return f"{first}{tone}{second}"


def search_key(name: str) -> str:
    """Return the name as it is typed in a hurry: no case, no marks, đ as d, single spaces.

    >>> search_key("Phường  Đồng Nhân") == search_key("phuong dong nhan")
    True
    >>> search_key("Thành uỷ") == search_key("Thanh uy")
    True
    """
    bare = unicodedata.normalize("NFD", name.casefold()).replace("đ", "d")
    letters = "".join(mark for mark in bare if not unicodedata.combining(mark))
    return _SPACE.sub(" ", letters).strip()
