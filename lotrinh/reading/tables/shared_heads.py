"""Names that share one head: "Các Sở: Nội vụ, Tài chính" names two bodies, each a Sở.

The head is written once and holds for what follows, as long as that is nothing but what a body
is for ("Tài chính", "NN&PTNT"); a name with a head of its own ends the list.
"""

import re
from collections.abc import Iterator, Sequence

from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.tables.headings import TABLES
from lotrinh.reading.text import fold

_ORGANISATIONS = lexicon("organisations")
_HEADS = "|".join(_ORGANISATIONS["listed_heads_vi"])
_LISTING = re.compile(
    rf"(?P<every>các\s+)?(?P<head>{_HEADS})(?P<sign>\s*:)?\s+(?=[^\W\d_])", re.IGNORECASE
)
_FIELD = re.compile(
    any_of([re.escape(fold(field)) for field in _ORGANISATIONS["fields_vi"]])
    + "|"
    + any_of(TABLES["names"]["fields"] + TABLES["names"]["short_fields"])
)
_AND = re.compile(r"\s+và\s+", re.IGNORECASE)


def with_shared_heads(names: Sequence[str]) -> Iterator[str]:
    """Yield the names, each with the head that one before it names for all of a list."""
    head: str | None = None
    for name in names:
        listing = _LISTING.match(name)
        field = name[listing.end() :] if listing else name
        several = listing is not None and bool(listing["every"] or listing["sign"])
        if listing is not None and field[0].isupper() and not several:
            head = listing["head"]
            yield name
        elif several and listing is not None and all(_is_field(part) for part in _parts(field)):
            head = listing["head"].capitalize()
            yield from (f"{head} {part}" for part in _parts(field))
        elif head is not None and all(_is_field(part) for part in _parts(name)):
            yield from (f"{head} {part}" for part in _parts(name))
        else:
            head = None
            yield name


def _parts(name: str) -> list[str]:
    return [name] if _is_field(name) else _AND.split(name)


def _is_field(name: str) -> bool:
    return name[:1].isupper() and _FIELD.fullmatch(fold(name)) is not None
