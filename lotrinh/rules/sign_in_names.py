"""Which sign-in name is proposed to somebody: the full name as it is typed without marks."""

import re
from collections.abc import Container

from lotrinh.rules.names import search_key

MOST = 60
_OTHER = re.compile(r"[^a-z0-9]+")


def sign_in_name(full_name: str, *, taken: Container[str] = ()) -> str:
    """Return a name in small letters without marks, numbered where it is taken; never empty.

    >>> sign_in_name("Đỗ Thị Ánh")
    'do-thi-anh'
    >>> sign_in_name("Đỗ Thị Ánh", taken={"do-thi-anh", "do-thi-anh-2"})
    'do-thi-anh-3'
    """
    plain = _OTHER.sub("-", search_key(full_name))[:MOST].strip("-") or "can-bo"
    proposed, number = plain, 1
    while proposed in taken:
        number += 1
        proposed = f"{plain}-{number}"
    return proposed
