"""What one plan says, kept so that many can be held against each other without reading them again.

Its sentences with names and numbers masked, what it states by name and number, and how clear its
tasks are: which of the six clarities each has. What the plan itself orders is ordered by whoever
issues it, so the issuer is the authority of its tasks.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lotrinh.reading.facts import Citation, PersonMention, Plain, Reading, Target, Task, plain
from lotrinh.reading.near_copy import deadlines_of, numbers_of, passages_of, syllables_at
from lotrinh.reading.text import fold
from lotrinh.rules.clarities import Clarity, Terms, missing_clarities
from lotrinh.rules.originality import Passage
from lotrinh.rules.pinpoints import pinpoint_before
from lotrinh.rules.programmes import Said
from lotrinh.rules.programmes.covering import Level


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan says. ``said`` are its sentences; spans count code points, ends exclusive.

    ``cited`` holds by document number and place of the sentence which clause of it is named.
    """

    said: tuple[Said, ...]
    cited: tuple[tuple[str, int, str], ...]
    deadlines: tuple[str, ...]
    numbers: tuple[str, ...]
    people: tuple[str, ...]
    tasks: int
    clear: int
    missing: Mapping[Clarity, int] = field(default_factory=dict)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The sentences as they are held against those of other plans."""
        return tuple(Passage(one.start, one.end, one.syllables) for one in self.said)

    def clauses(self, number: str) -> tuple[Said, ...]:
        """Return the sentences with the clauses of this document that they name."""
        named: dict[int, set[str]] = {}
        for document, place, address in self.cited:
            if document == number:
                named.setdefault(place, set()).add(address)
        return tuple(
            Said(one.start, one.end, one.syllables, one.levels, frozenset(named.get(place, ())))
            for place, one in enumerate(self.said)
        )

    def record(self) -> dict[str, Plain]:
        """Return the plan as JSON holds it."""
        said: list[Plain] = []
        for one in self.said:
            levels: list[Plain] = [list(level) for level in sorted(one.levels)]
            said.append([one.start, one.end, " ".join(one.syllables), levels])
        return {
            "said": said,
            "cited": [list(one) for one in self.cited],
            "deadlines": list(self.deadlines),
            "numbers": list(self.numbers),
            "people": list(self.people),
            "tasks": self.tasks,
            "clear": self.clear,
            "missing": {str(one): count for one, count in self.missing.items()},
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Plan":
        """Return the plan that a record holds."""
        return cls(
            tuple(
                Said(start, end, tuple(words.split()), frozenset(map(_level, levels)))
                for start, end, words, levels in record["said"]
            ),
            tuple((number, place, address) for number, place, address in record["cited"]),
            tuple(record["deadlines"]),
            tuple(record["numbers"]),
            tuple(record["people"]),
            record["tasks"],
            record["clear"],
            {Clarity(code): count for code, count in record["missing"].items()},
        )


def plan_of(reading: Reading) -> Plan:
    """Return what a text that was read says as a plan."""
    passages = passages_of(reading)
    levels = levels_at(reading, [(one.start, one.end) for one in passages])
    missing = [missing_clarities(terms) for terms in _terms(reading)]
    return Plan(
        tuple(
            Said(one.start, one.end, one.syllables, found)
            for one, found in zip(passages, levels, strict=True)
        ),
        tuple(_cited(reading, passages)),
        _once(deadlines_of(reading)),
        _once(numbers_of(reading)),
        _once(fact.name for fact in reading.facts if isinstance(fact, PersonMention)),
        len(missing),
        sum(not one for one in missing),
        Counter(code for one in missing for code in one),
    )


def levels_at(reading: Reading, spans: Sequence[tuple[int, int]]) -> list[frozenset[Level]]:
    """Return which levels are set at some places of a text."""
    targets = [fact for fact in reading.facts if isinstance(fact, Target)]
    return [
        frozenset(
            (str(plain(fact.value)), fact.unit or "")
            for fact in targets
            if fact.start < end and start < fact.end
        )
        for start, end in spans
    ]


def own_among(stated: Iterable[str], others: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return what is stated here and by none of the others, in its order.

    >>> own_among(["2024-09-30", "2024-12-31"], [["2024-12-31"]])
    ('2024-09-30',)
    """
    known = {fold(one) for other in others for one in other}
    return tuple(one for one in stated if fold(one) not in known)


def _once(stated: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for one in stated:
        found.setdefault(fold(one), " ".join(one.split()))
    return tuple(found.values())


def _terms(reading: Reading) -> Iterable[Terms]:
    issuer = reading.header.issuer or reading.header.number or ""
    people = [(fact.start, fact.end) for fact in reading.facts if isinstance(fact, PersonMention)]
    for task in reading.facts:
        if isinstance(task, Task):
            yield Terms(
                lead=bool(task.lead),
                person=any(start < task.end and task.start < end for start, end in people),
                work=task.text,
                due=None,
                recurrence=task.due or task.recurrence or "",
                responsibility=", ".join(task.lead),
                deliverable=task.deliverable or "",
                authority=issuer,
            )


def _cited(reading: Reading, passages: Sequence[Passage]) -> Iterable[tuple[str, int, str]]:
    for fact in reading.facts:
        if not isinstance(fact, Citation) or not fact.number:
            continue
        place = next(
            (n for n, one in enumerate(passages) if one.start <= fact.start < one.end), None
        )
        if place is None:
            continue
        address = pinpoint_before(reading.text[passages[place].start : fact.start])
        if address:
            yield fact.number, place, address


def _level(pair: Sequence[str]) -> Level:
    value, unit = pair
    return value, unit


__all__ = ["Plan", "levels_at", "own_among", "plan_of", "syllables_at"]
