"""How well a reading agrees with what a person marked: found, missed, and false, kind by kind.

A marked passage is found when a fact of its kind covers most of it and says the same value;
its fields are then compared one by one. A passage marked optional counts neither way.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lotrinh.reading import Fact, Reading, fold, read_text

TEXTS = Path(__file__).parent / "texts"
PASSAGES = ("target", "result", "task")
_NUMBERS = ("value", "done", "total", "percent_of_plan", "growth_percent", "multiplier")


@dataclass
class Tally:
    """Counts of one kind. ``fields`` holds the right ones, ``asked`` how many were marked."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    fields: int = 0
    asked: int = 0
    wrong_fields: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Take in the counts of another text."""
        self.right += other.right
        self.missed += other.missed
        self.false += other.false
        self.fields += other.fields
        self.asked += other.asked
        self.wrong_fields += other.wrong_fields

    @property
    def precision(self) -> float:
        """The share of what was found that was marked."""
        found = self.right + len(self.false)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of what was marked that was found."""
        marked = self.right + len(self.missed)
        return self.right / marked if marked else 1.0


def marked_texts() -> list[str]:
    """Return the names of all marked texts."""
    return sorted(path.stem for path in TEXTS.glob("*.toml"))


def score(name: str) -> dict[str, Tally]:
    """Return the counts of every kind for one marked text."""
    marks = tomllib.loads((TEXTS / f"{name}.toml").read_text())
    reading = read_text((TEXTS / f"{name}.txt").read_text())
    tallies = {kind: _passages(reading, kind, marks.get(kind, [])) for kind in PASSAGES}
    tallies["citation"] = _listed(
        marks["citations"], [f["number"] for f in _facts(reading, "citation") if f["number"]]
    )
    tallies["date"] = _listed(marks["dates"], [f["iso"] for f in _facts(reading, "date")])
    tallies["person"] = _listed(marks["people"], [f["name"] for f in _facts(reading, "person")])
    tallies["header"] = _header(reading, marks["header"])
    return tallies


def _facts(reading: Reading, kind: str) -> Iterator[dict[str, Any]]:
    return (fact.fields() for fact in reading.facts if fact.kind == kind)


def _listed(marked: list[str], found: list[str]) -> Tally:
    wanted, got = Counter(marked), Counter(found)
    return Tally(
        (wanted & got).total(), list((wanted - got).elements()), list((got - wanted).elements())
    )


def _header(reading: Reading, marks: Mapping[str, Any]) -> Tally:
    tally = Tally()
    for key, value in marks.items():
        found = getattr(reading.header, key)
        if fold(str(found)) == fold(str(value)):
            tally.right += 1
        else:
            tally.missed.append(f"{key}: {value}")
            tally.false.append(f"{key}: {found}")
    return tally


def _passages(reading: Reading, kind: str, marks: list[dict[str, Any]]) -> Tally:
    tally = Tally()
    left = [fact for fact in reading.facts if fact.kind == kind]
    for mark in marks:
        start = reading.text.index(mark["quote"])
        fact = _best(left, start, start + len(mark["quote"]), mark)
        if fact is None:
            if not mark.get("optional"):
                tally.missed.append(mark["quote"])
            continue
        left.remove(fact)
        if not mark.get("optional"):
            tally.right += 1
            _compare_fields(tally, fact, mark)
    tally.false = [fact.text for fact in left]
    return tally


def _best(facts: list[Fact], start: int, end: int, mark: Mapping[str, Any]) -> Fact | None:
    """Return the fact that shares the most with a marked passage, at least half of either."""
    best, most = None, 0.0
    for fact in facts:
        shared = min(end, fact.end) - max(start, fact.start)
        share = shared / min(end - start, fact.end - fact.start) if shared > 0 else 0.0
        if share > 0.5 and _same_number(fact, mark) and shared > most:
            best, most = fact, shared
    return best


def _same_number(fact: Fact, mark: Mapping[str, Any]) -> bool:
    asked = next((key for key in _NUMBERS if key in mark), None)
    return asked is None or fact.fields()[asked] == mark[asked]


def _compare_fields(tally: Tally, fact: Fact, mark: Mapping[str, Any]) -> None:
    fields = fact.fields()
    for key, value in mark.items():
        if key in {"quote", "optional"}:
            continue
        tally.asked += 1
        if fields[key] == value:
            tally.fields += 1
        else:
            tally.wrong_fields.append(f"{mark['quote'][:60]} | {key}: {fields[key]} != {value}")
