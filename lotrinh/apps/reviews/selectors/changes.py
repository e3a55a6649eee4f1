"""What differs between two editions, number by number and part by part."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lotrinh.apps.reviews.models import Edition, Review
from lotrinh.apps.reviews.selectors.live import Live
from lotrinh.rules.official.text import Heading, OfficialText, Paragraph

Json = Mapping[str, Any]


def changes_between(before: Edition, numbers: Json, words: OfficialText) -> list[dict[str, Any]]:
    """Return what a review says otherwise than an edition did: numbers first, then parts.

    A number is one that is said of the same thing: ``n`` is its place in the new list. A part whose
    own words differ is named by its heading; numbers in it are not words of its own.
    """
    was = json.loads(before.numbers)
    return [*_numbers(was, numbers), *_parts(json.loads(before.words), words)]


def moved_since(review: Review, live: Mapping[int, Live]) -> frozenset[int]:
    """Return the places of numbers that differ from the last edition; none before the first."""
    last = review.editions.order_by("-ordinal").first()
    if last is None:
        return frozenset()
    held = {_what(one): one["text"] for one in json.loads(last.numbers)["numbers"]}
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


def _parts(was: Json, now: OfficialText) -> Iterator[dict[str, Any]]:
    before, after = dict(_own_words_kept(was["body"])), dict(_own_words(now))
    for heading in [*after, *(one for one in before if one not in after)]:
        if before.get(heading) != after.get(heading):
            yield {"part": heading}
    for name in ("about", "issuer", "superior", "symbol", "number", "place"):
        if was[name] != getattr(now, name):
            yield {"part": name, "before": was[name], "after": getattr(now, name)}


def _own_words(text: OfficialText) -> Iterator[tuple[str, str]]:
    """Yield each heading with the words below it, in which a number is its place in the list."""
    heading, said = "", ""
    for block in text.body:
        if isinstance(block, Heading):
            yield heading, said
            heading, said = f"{block.mark} {block.text}", ""
        elif isinstance(block, Paragraph):
            said += "".join(
                run.text if run.number is None else f"[#{run.number}]" for run in block.runs
            )
            said += "\n"
    yield heading, said


def _own_words_kept(body: list[Json]) -> Iterator[tuple[str, str]]:
    """Yield the same of a text as an edition keeps it."""
    heading, said = "", ""
    for block in body:
        if "level" in block:
            yield heading, said
            heading, said = f"{block['mark']} {block['text']}", ""
        elif "runs" in block:
            said += "".join(
                run["text"] if run["number"] is None else f"[#{run['number']}]"
                for run in block["runs"]
            )
            said += "\n"
    yield heading, said
