"""Lines that an installation has added to the lexicon: words, and the list that they join.

The grammar compiles its words when it is loaded, so lines belong to a process. They come to it by
the environment, and ``reading.elsewhere`` starts such processes. A process without them reads by
the files alone.
"""

import json
import os
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

VARIABLE = "LOTRINH_LEXICON_LINES"
"""The variable of the environment that holds the lines of a process, as ``written`` writes them."""
Line = tuple[str, str]
"""The list of a lexicon file ("verbs.imperative.vi") and the words that join it."""
COMPARATOR = "measures.comparator"
SIGNS = ("<", "<=", ">=", ">")
PLACES = frozenset(
    {f"verbs.{group}.{language}" for group in ("imperative", "never") for language in ("vi", "en")}
    | {f"{COMPARATOR}.{sign}.{language}" for sign in SIGNS for language in ("vi", "en")}
)
"""The lists that lines may join."""


def written(lines: Iterable[Line]) -> str:
    """Return lines in the one form in which they are handed on, the same for any order.

    >>> written([("verbs.never.vi", "b"), ("verbs.never.vi", "a")])
    '[["verbs.never.vi", "a"], ["verbs.never.vi", "b"]]'
    """
    return json.dumps(sorted(set(lines)), ensure_ascii=False)


@cache
def lines_here() -> tuple[Line, ...]:
    """Return the lines of this process, in order; ValueError where a place is none."""
    given = json.loads(os.environ.get(VARIABLE) or "[]")
    lines = tuple((str(place), str(words)) for place, words in given)
    unknown = sorted({place for place, _ in lines} - PLACES)
    if unknown:
        raise ValueError(f"{VARIABLE}: no such list of the lexicon: {', '.join(unknown)}")
    return lines


def with_lines(name: str, content: Mapping[str, Any], lines: Iterable[Line]) -> Mapping[str, Any]:
    """Return the content of a lexicon file with those of the lines that belong to it."""
    for place, words in lines:
        if place.partition(".")[0] == name:
            joined = _list_at(content, place)
            if words not in joined:
                joined.append(words)
    return content


def _list_at(content: Mapping[str, Any], place: str) -> list[str]:
    _file, group, *rest = place.split(".")
    if place.startswith(COMPARATOR):
        sign, language = rest
        (entry,) = (entry for entry in content[group] if entry["sign"] == sign)
        found: list[str] = entry[language]
        return found
    found = content[group][rest[0]]
    return found
