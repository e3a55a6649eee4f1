"""Which clause of a document asks every unit for a programme of its own."""

import re

from lotrinh.rules.names import search_key

_ASKS = re.compile(
    r"\b(?:xay dung|ban hanh|cu the hoa|lap|draw up|draws up|issue|issues|adopt|adopts)\b"
    r".{0,120}?\b(?:chuong trinh|ke hoach|programmes?|plans?)\b"
)
_EVERYBODY = re.compile(
    r"\b(?:cap uy|dang uy|cac (?:quan|huyen|co quan|don vi|so|dia phuong|cap)"
    r"|(?:each|every|all) (?:unit|agency|district|department|party)\w*)\b"
)


def asks_for_programme(text: str) -> bool:
    """Say whether a clause asks several units to make programmes or plans of their own.

    >>> asks_for_programme("Các cấp ủy xây dựng kế hoạch thực hiện Chương trình này.")
    True
    >>> asks_for_programme("Giao Sở Nội vụ xây dựng kế hoạch đào tạo cán bộ.")
    False
    """
    plain = search_key(text)
    return bool(_ASKS.search(plain) and _EVERYBODY.search(plain))
