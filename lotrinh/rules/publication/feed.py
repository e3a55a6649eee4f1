"""The publications as an Atom feed (RFC 4287): one entry for each, the newest first.

What somebody typed may hold letters that no XML 1.0 document can (section 2.2), not even escaped: a
sign of replacement stands in their place, so that one of them does not take the feed from all.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from lotrinh.rules.publication.content import Heading

_NO_LETTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_PLACE = "\N{REPLACEMENT CHARACTER}"


def atom_of(
    headings: Sequence[Heading], words: Sequence[str], *, title: str, address: str, since: datetime
) -> str:
    """Return the feed; ``words`` name each publication, ``since`` is told while there is none.

    Entries are known by the address and their number, which stay.
    """
    updated = max((one.published_at for one in headings), default=since)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{escape(address)}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{updated.isoformat()}</updated>",
        f"<author><name>{escape(title)}</name></author>",
        f'<link rel="self" href={quoteattr(address + "feed.atom")}/>',
        f"<link href={quoteattr(address)}/>",
    ]
    for heading, told in zip(headings, words, strict=True):
        lines += [
            "<entry>",
            f"<id>{escape(f'{address}#{heading.number}')}</id>",
            f"<title>{escape(told)}</title>",
            f"<updated>{heading.published_at.isoformat()}</updated>",
            f"<link href={quoteattr(address)}/>",
            f"<summary>{escape(heading.decision)}</summary>",
            "</entry>",
        ]
    return _NO_LETTER.sub(_IN_PLACE, "\n".join([*lines, "</feed>", ""]))
