"""Two texts of one document beside each other: where both say the same, and where they do not.

The facts of each text stand in its order. Facts that both state in that order are landmarks; what
stands between the same two landmarks in both and is of one kind is one statement that differs
(41.7 in one, 42 in the other). So a slip of a translation is shown with both its passages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lotrinh.reading.facts import (
    Citation,
    DateFact,
    Event,
    Fact,
    PersonMention,
    Plain,
    Reading,
    Result,
    Target,
    plain,
)
from lotrinh.reading.same_document import Comparison, unit_code
from lotrinh.reading.text import fold

MOST_DIFFERENCES = 80
_SAID_BY_ONE_ONLY = ("citation", "issued", "quantity", "ratio", "number", "date", "person", "event")
_NUMERAL = re.compile(r"(?:(?<=VND)|(?<=USD)|(?<![\w.,/-]))\d+(?:[.,]\d+)*(?![\w/-])")
_SAYS_LITTLE = 3  # digits: smaller whole numbers stand in every text


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact where it stands: its kind, what is said in one form for every language, its span."""

    kind: str
    said: str
    start: int
    end: int

    def record(self) -> dict[str, Plain]:
        """Return the statement as JSON holds it."""
        return {"said": self.said, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Differing:
    """A statement on which the texts do not agree; None where one of them is silent."""

    kind: str
    a: Statement | None
    b: Statement | None

    def record(self) -> dict[str, Plain]:
        """Return the difference as JSON holds it."""
        return {
            "kind": self.kind,
            "a": self.a.record() if self.a else None,
            "b": self.b.record() if self.b else None,
        }


@dataclass(frozen=True, slots=True)
class Beside:
    """What two texts share, each as (start, end) in one and in the other, and where they differ."""

    shared: tuple[tuple[int, int, int, int], ...]
    differing: tuple[Differing, ...]


def lay_beside(a: Reading, b: Reading, comparison: Comparison) -> Beside:
    """Return the landmarks of two texts and the statements on which they disagree."""
    mine, theirs = _statements(a), _statements(b)
    keys_a, keys_b = ([(one.kind, one.said) for one in side] for side in (mine, theirs))
    matcher = SequenceMatcher(None, keys_a, keys_b, autojunk=False)
    shared: list[tuple[int, int, int, int]] = []
    differing = [*_of_heads(a, b, comparison), *_of_places(a, b, comparison)]
    elsewhere_a, elsewhere_b = set(keys_a), set(keys_b)
    for kind, low, high, there, upto in matcher.get_opcodes():
        if kind == "equal":
            pairs = zip(mine[low:high], theirs[there:upto], strict=True)
            shared += [(one.start, one.end, other.start, other.end) for one, other in pairs]
            continue
        only_a = [one for one in mine[low:high] if (one.kind, one.said) not in elsewhere_b]
        only_b = [one for one in theirs[there:upto] if (one.kind, one.said) not in elsewhere_a]
        differing += _paired(only_a, only_b)
    return Beside(tuple(shared), tuple(differing[:MOST_DIFFERENCES]))


def _paired(only_a: Sequence[Statement], only_b: Sequence[Statement]) -> Iterator[Differing]:
    """Pair what stands at one place and is of one kind; what is left over stands alone."""
    left = list(only_b)
    for one in only_a:
        other = next((each for each in left if each.kind == one.kind), None)
        if other is not None:
            left.remove(other)
        if other is not None or one.kind in _SAID_BY_ONE_ONLY:
            yield Differing(one.kind, one, other)
    yield from (Differing(each.kind, None, each) for each in left)


def _statements(reading: Reading) -> list[Statement]:
    """Return what a text states, in its order, each statement with its place."""
    found = [each for fact in reading.facts for each in _of_fact(fact)]
    found += _numbers(reading)
    return sorted(found, key=lambda each: (each.start, each.end, each.kind))


def _of_fact(fact: Fact) -> Iterator[Statement]:
    for kind, said in _said_by(fact):
        yield Statement(kind, said, fact.start, fact.end)


def _said_by(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield what a fact says, by kind, in one form for every language."""
    match fact:
        case Citation(number=str(number)):
            yield "citation", number
            if fact.date:
                yield "issued", f"{number}, {fact.date}"
        case DateFact(role=role) if role != "issued":
            yield "date", fact.iso
        case Target():
            yield "quantity", _amount(fact.value, fact.unit)
        case Result():
            yield from _of_result(fact)
        case PersonMention():
            yield "person", " ".join(fold(fact.name).split())
        case Event():
            counted = (fact.sites, fact.participants)
            yield from (("event", str(plain(value))) for value in counted if value is not None)
        case _:
            pass


def _of_result(fact: Result) -> Iterator[tuple[str, str]]:
    if fact.done is not None:
        yield "ratio", f"{plain(fact.done)}/{plain(fact.total)}"
    if fact.value is not None:
        yield "quantity", _amount(fact.value, fact.unit)
    for value in (fact.percent_of_plan, fact.growth_percent, fact.multiplier):
        if value is not None:
            yield "quantity", _amount(value, None)


def _amount(value: object, unit: str | None) -> str:
    number = plain(value)
    said = " – ".join(map(str, number)) if isinstance(number, list) else str(number)
    return f"{said} {unit_code(unit)}".rstrip()


def _numbers(reading: Reading) -> Iterator[Statement]:
    """Yield the numbers that belong to no other statement, by their digits alone."""
    taken = sorted((fact.start, fact.end) for fact in reading.facts if _takes_numbers(fact))
    place = 0
    for match in _NUMERAL.finditer(reading.text):
        while place < len(taken) and taken[place][1] <= match.start():
            place += 1
        if place < len(taken) and taken[place][0] <= match.start():
            continue
        digits = re.sub(r"\D", "", match.group())
        if len(digits) >= _SAYS_LITTLE or len(digits) < len(match.group()):
            yield Statement("number", digits, *match.span())


def _takes_numbers(fact: Fact) -> bool:
    return isinstance(fact, Citation | DateFact | Target | Result)


def _of_heads(a: Reading, b: Reading, comparison: Comparison) -> Iterator[Differing]:
    """Yield what the heads state differently, each where its own text first says so."""
    for difference in comparison.differences:
        if difference.kind in {"header.number", "header.issued"}:
            one = _in_head(a, difference.kind, difference.a)
            other = _in_head(b, difference.kind, difference.b)
            yield Differing(difference.kind, one, other)


def _in_head(reading: Reading, kind: str, said: str | None) -> Statement | None:
    if said is None:
        return None
    for fact in reading.facts:
        is_number = isinstance(fact, Citation) and fact.number == said
        is_day = isinstance(fact, DateFact) and fact.iso == said
        if is_number if kind == "header.number" else is_day:
            return Statement(kind, said, fact.start, fact.end)
    return Statement(kind, said, 0, 0)


def _of_places(a: Reading, b: Reading, comparison: Comparison) -> Iterator[Differing]:
    """Yield people whose post the two texts put in different places."""
    for difference in comparison.differences:
        if difference.kind == "unit.place":
            yield Differing(
                "unit.place",
                _of_person(a, difference.about, difference.a),
                _of_person(b, difference.about, difference.b),
            )


def _of_person(reading: Reading, name: str, role: str | None) -> Statement | None:
    for fact in reading.facts:
        is_named = isinstance(fact, PersonMention) and fold(fact.name) == fold(name)
        if is_named and isinstance(fact, PersonMention) and fact.role == role:
            return Statement("unit.place", f"{fact.name}, {role}", fact.start, fact.end)
    return None
