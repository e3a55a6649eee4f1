"""What differs between two editions, number by number and part by part."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from lotrinh.apps.reviews.models import Edition
from lotrinh.apps.reviews.selectors.live import Live
from lotrinh.rules.official.text import OfficialText

Json = Mapping[str, Any]
_AROUND = (
    *("about", "issuer", "superior", "symbol", "number", "place", "day"),
    *("addressed_to", "signature", "recipients"),
)

_FIELDS = {"n", "source", "aspect", "name", "text", "exact", "is_missing"}
_CHANGED = {"name", "before", "after"}
"""What each number, and each change, has at least."""


def changes_between(before: Edition, numbers: Json, words: OfficialText) -> list[dict[str, Any]]:
    """Return what a review says otherwise than an edition did: numbers first, then parts.

    A number is one that is said of the same thing: ``n`` is its place in the new list. A part or a
    table whose own words differ is named by its heading; numbers in it are not words of its own.
    """
    was = json.loads(before.numbers)
    return [*_numbers(was, numbers), *_parts(json.loads(before.words), plain(words))]


def plain(text: OfficialText) -> dict[str, Any]:
    """Return a text as JSON keeps it; blocks say what they are by the names of their fields."""
    kept: dict[str, Any] = json.loads(json.dumps(asdict(text), default=str))
    return kept


def frozen_numbers(edition: Edition) -> tuple[Json, ...]:
    """Return the numbers of an edition; none where somebody has made them unreadable.

    That it is no longer what was frozen is found by ``recount_edition``; its page still opens.
    """
    try:
        found = tuple(json.loads(edition.numbers)["numbers"])
        return found if all(one.keys() >= _FIELDS for one in found) else ()
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()


def listed_changes(edition: Edition) -> tuple[Json, ...]:
    """Return what an edition says otherwise than the one before it, readable or none."""
    try:
        found = tuple(json.loads(edition.changes))
        return found if all("part" in one or one.keys() >= _CHANGED for one in found) else ()
    except (ValueError, TypeError, AttributeError):
        return ()


def moved_since(last: Edition | None, live: Mapping[int, Live]) -> frozenset[int]:
    """Return the places of numbers that differ from an edition; none where there is none."""
    if last is None:
        return frozenset()
    held = {_what(one): one["text"] for one in frozen_numbers(last)}
    return frozenset(
        number for number, one in live.items() if held.get(_what_live(one)) != one.text
    )


def _what_live(one: Live) -> tuple[str, str, str | None]:
    target = one.quote.target
    return one.quote.source, one.quote.aspect, str(target.uid) if target else None


def _numbers(was: Json, now: Json) -> Iterator[dict[str, Any]]:
    held = {_what(one): one for one in was["numbers"]}
    for one in now["numbers"]:
        old = held.pop(_what(one), None)
        if old is None or (old["text"], old["exact"]) != (one["text"], one["exact"]):
            yield {
                "n": one["n"],
                "name": one["name"],
                "before": old["text"] if old else None,
                "after": one["text"],
            }
    for old in held.values():
        yield {"name": old["name"], "before": old["text"], "after": None}


def _what(one: Json) -> tuple[str, str, str | None]:
    return one["source"], one["aspect"], one.get("target")


def _parts(was: Json, now: Json) -> Iterator[dict[str, Any]]:
    """Yield the parts of the body, the tables and what stands around that differ."""
    before, after = dict(_own_words(was)), dict(_own_words(now))
    for heading in [*after, *(one for one in before if one not in after)]:
        if before.get(heading) != after.get(heading):
            yield {"part": heading}
    for name in _AROUND:
        if was[name] != now[name]:
            yield {"part": name, "before": _shown(was[name]), "after": _shown(now[name])}


def _own_words(text: Json) -> Iterator[tuple[str, str]]:
    """Yield each heading and table with its words; a number in them is its place in the list."""
    heading, said = "", ""
    for block in [*text["body"], *text["appendix"]]:
        if "level" in block:
            yield heading, said
            heading, said = f"{block['mark']} {block['text']}", ""
        elif "caption" in block:
            cells = [_words(cell) for row in block["rows"] for cell in row]
            yield block["caption"], json.dumps([block["head"], cells, block["notes"]])
        else:
            said += _words(block) + "\n"
    yield heading, said


def _words(paragraph: Json) -> str:
    return "".join(
        run["text"] if run["number"] is None else f"[#{run['number']}]" for run in paragraph["runs"]
    )


def _shown(said: Any) -> str:
    if isinstance(said, dict):
        said = [*said["capacity"], said["post"], said["name"]]
    return "; ".join(one for one in said if one) if isinstance(said, list) else str(said or "")
