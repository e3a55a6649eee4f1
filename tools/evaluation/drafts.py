"""Label files: from what a person wrote to spans in the text of the document.

A draft is written for speed: one JSON object a line with the quoted words and the fields that the
text states (`docs/labelling.md`, section 1). Placing a draft finds the quotes in the text and
says in words what cannot be placed.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from . import schema

_OWN_KEYS = frozenset({"kind", "quote", "to", "nth", "optional", "also"})
_SPACE = re.compile(r"\s+")
Span = tuple[int, int]
Places = tuple[int, ...] | Literal["all"] | None


@dataclass(frozen=True, slots=True)
class Mark:
    """One fact with its place, as a person marked it or as reading found it.

    ``fields`` holds only what is stated. ``also`` holds other values that are equally right.
    """

    kind: str
    start: int
    end: int
    text: str
    fields: Mapping[str, Any]
    optional: bool = False
    also: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def ident(self) -> str:
        """Return a name that is the same in every run: kind, place, and what tells it apart."""
        told = {name: self.fields[name] for name in sorted(self.fields) if name in _TELLING}
        return f"{self.kind}@{self.start}-{self.end} " + json.dumps(told, ensure_ascii=False)

    def values(self, name: str) -> list[Any]:
        """Return every value of a field that counts as right."""
        return [self.fields.get(name), *self.also.get(name, ())]


_TELLING = frozenset({"number", "iso", "source", "target", "relation", *schema.QUANTITIES})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a draft, before its quote is looked for."""

    line: int
    kind: str
    quote: str
    to: str | None
    nth: Places
    fields: Mapping[str, Any]
    optional: bool
    also: Mapping[str, Sequence[Any]]
    sound: bool


@dataclass
class Draft:
    """The entries of a draft with what is wrong with it, each as (line, reason)."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def parse(content: str) -> Draft:
    """Return a draft with every line that could be understood."""
    draft = Draft()
    for line, written in enumerate(content.splitlines(), 1):
        if not written.strip() or written.lstrip().startswith("#"):
            continue
        try:
            said = json.loads(written)
        except json.JSONDecodeError as error:
            draft.problems.append((line, f"no JSON object: {error.msg} at column {error.colno}"))
            continue
        entry, wrong = _entry(line, said)
        draft.problems += [(line, reason) for reason in wrong]
        if entry is not None:
            draft.entries.append(entry)
    return draft


def _entry(line: int, said: object) -> tuple[Entry | None, list[str]]:
    if not isinstance(said, dict):
        return None, ["must be one JSON object"]
    kind, quote, to = said.get("kind"), said.get("quote"), said.get("to")
    if kind not in schema.FIELDS:
        return None, [f'"kind" must be one of {", ".join(schema.FIELDS)}, not {kind!r}']
    if not isinstance(quote, str) or not quote.strip():
        return None, ['"quote" is missing']
    wrong = []
    if to is not None and (not isinstance(to, str) or not to.strip()):
        wrong.append('"to" must be words')
        to = None
    nth, reason = _nth(said.get("nth"))
    optional, also = said.get("optional", False), said.get("also", {})
    if reason:
        wrong.append(reason)
    if not isinstance(optional, bool):
        wrong.append('"optional" is true or left out')
    if not isinstance(also, dict):
        wrong.append('"also" must be an object: {"due": ["2025-06-15"]}')
        also = {}
    fields = {name: value for name, value in said.items() if name not in _OWN_KEYS}
    wrong += schema.problems(kind, fields, also)
    sound = not wrong
    return Entry(line, kind, quote, to, nth, fields, bool(optional), also, sound), wrong


def _nth(value: object) -> tuple[Places, str | None]:
    if value is None:
        return None, None
    if value == "all":
        return "all", None
    places = value if isinstance(value, list) else [value]
    if places and all(type(place) is int and place > 0 for place in places):
        return tuple(places), None
    return None, '"nth" must be 1, 2, ..., a list like [1, 3], or "all"'


@dataclass
class Placement:
    """The marks of a draft in the order of the text, and what is wrong, each as (line, reason).

    ``lost`` names the kind of each label that has no place, those apart that may be read or not.
    """

    marks: list[Mark] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)

    def add(self, entry: Entry, spans: Sequence[Span], text: str, reason: str | None) -> None:
        """Take in what was found for an entry; an entry with wrong fields gives no mark."""
        if entry.sound:
            self.marks += [_mark(entry, span, text) for span in spans]
        if reason:
            self.problems.append((entry.line, reason))
            if not entry.optional:
                self.lost[entry.kind] += len(entry.nth) if isinstance(entry.nth, tuple) else 1


def place(draft: Draft, text: str) -> Placement:
    """Find the quotes of a draft in the text; ``"all"`` comes last and takes what is left."""
    placed = Placement()
    everywhere = [entry for entry in draft.entries if entry.nth == "all"]
    for entry in draft.entries:
        if entry.nth != "all":
            spans, reason = _chosen(entry.nth, entry, text)
            placed.add(entry, spans, text, reason)
    for entry in sorted(everywhere, key=lambda entry: -len(entry.quote)):
        spans = list(_spans(entry, text))
        free = [span for span in spans if not _taken(entry.kind, span, placed.marks)]
        why = "stands only inside other labels" if spans else "is nowhere in the text"
        reason = None if free else f"the quote {entry.quote!r} {why}"
        placed.add(entry, free, text, reason)
    placed.problems += _twice(placed.marks)
    placed.problems.sort()
    placed.marks.sort(key=lambda mark: (mark.start, mark.end, mark.kind))
    return placed


def _chosen(nth: tuple[int, ...] | None, entry: Entry, text: str) -> tuple[list[Span], str | None]:
    spans = list(_spans(entry, text))
    if not spans:
        return [], f"not in the text: {_missing(entry, text)!r}"
    if nth is None:
        if len(spans) > 1:
            reason = f"stands {len(spans)} times in the text: say which with nth"
            return [], f"the quote {entry.quote!r} {reason}"
        return spans, None
    beyond = [number for number in nth if number > len(spans)]
    if beyond:
        return [], f"the quote {entry.quote!r} stands only {len(spans)} times, not {max(beyond)}"
    return [spans[number - 1] for number in nth], None


def _missing(entry: Entry, text: str) -> str:
    """Return the words at which the quote leaves the text, to show where to look."""
    if entry.to is not None and any(_occurrences(entry.quote, text)):
        return entry.to
    words = entry.quote.split()
    for count in range(len(words) - 1, 0, -1):
        if _pattern(" ".join(words[:count])).search(text):
            return f"{' '.join(words[max(0, count - 3) : count])} >>> {words[count]} ..."
    return entry.quote


def _spans(entry: Entry, text: str) -> Iterator[Span]:
    for start, end in _occurrences(entry.quote, text):
        if entry.to is None:
            yield start, end
        elif found := _pattern(entry.to).search(text, end):
            yield start, found.end()


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in words.split()))


def _occurrences(words: str, text: str) -> list[Span]:
    """Return where words stand as whole words; where they never do, all places."""
    spans = [found.span() for found in _pattern(words).finditer(text)]
    whole = [span for span in spans if _cut(text, span[0]) and _cut(text, span[1])]
    return whole or spans


def _cut(text: str, place: int) -> bool:
    return not (0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum())


def _taken(kind: str, span: Span, marks: Iterable[Mark]) -> bool:
    start, end = span
    return any(
        mark.start <= start and end <= mark.end and mark.kind in {kind, "citation"}
        for mark in marks
    )


def _twice(marks: Sequence[Mark]) -> list[tuple[int, str]]:
    seen: set[str] = set()
    wrong = []
    for mark in marks:
        ident = mark.ident()
        if ident in seen:
            wrong.append((0, f"labelled twice: {mark.kind} {mark.text!r}"))
        seen.add(ident)
    return wrong


def _mark(entry: Entry, span: Span, text: str) -> Mark:
    start, end = span
    return Mark(
        entry.kind,
        start,
        end,
        text[start:end],
        _stated(entry.kind, entry.fields, text[start:end]),
        entry.optional,
        entry.also,
    )


def _stated(kind: str, fields: Mapping[str, Any], quoted: str) -> dict[str, Any]:
    """Return the fields with what follows from them: the name of a span, the last day of a date."""
    stated = dict(fields)
    if kind in {"unit", "person", "event"}:
        stated.setdefault("name", _SPACE.sub(" ", quoted))
    if kind == "date" and isinstance(stated.get("iso"), str):
        natural = schema.last_day(stated["iso"])
        if natural is not None:
            stated.setdefault("last_day", natural)
    return stated


def entry_of(mark: Mark, text: str) -> dict[str, Any]:
    """Return a mark as a line of a draft, with ``nth`` where the words stand more than once."""
    line: dict[str, Any] = {"kind": mark.kind, "quote": _SPACE.sub(" ", mark.text)}
    places = _occurrences(mark.text, text)
    if len(places) > 1 and (mark.start, mark.end) in places:
        line["nth"] = places.index((mark.start, mark.end)) + 1
    stated = dict(mark.fields)
    if mark.kind == "date" and stated.get("last_day") == schema.last_day(stated["iso"]):
        stated.pop("last_day", None)
    if stated.get("name") == line["quote"]:
        stated.pop("name")
    line |= stated
    if mark.optional:
        line["optional"] = True
    if mark.also:
        line["also"] = dict(mark.also)
    return line


def record(mark: Mark) -> dict[str, Any]:
    """Return a mark as stand-off label: offsets, the words, the fields."""
    line = {"kind": mark.kind, "start": mark.start, "end": mark.end, "text": mark.text}
    line |= mark.fields
    if mark.optional:
        line["optional"] = True
    return line | ({"also": dict(mark.also)} if mark.also else {})
