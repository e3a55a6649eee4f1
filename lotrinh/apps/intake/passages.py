"""What the words of a passage say, told from the facts that one reading found in the whole text.

When a person adds, splits or merges proposals nothing is read anew: the units, days and values that
lie inside the words chosen are already known, each with its span.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lotrinh.apps.intake.models import Candidate

Facts = Sequence[Mapping[str, Any]]
Fields = dict[str, Any]

_EDGES = " \t\r\n\u00a0,;:.-–+•"
"""Signs at the edges of a passage that belong to no commitment."""


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the blanks and signs at its edges; empty where no more is left.

    >>> trimmed("a; - b c;", 1, 9)
    (5, 8)
    """
    words = text[start:end]
    first = start + len(words) - len(words.lstrip(_EDGES))
    last = end - (len(words) - len(words.rstrip(_EDGES)))
    return (first, last) if first < last else (first, first)


def spoken_of(kind: str, facts: Facts, start: int, end: int) -> Fields:
    """Return the fields of a commitment that the words ``[start, end)`` themselves say."""
    inside = [fact for fact in facts if start <= fact["start"] and fact["end"] <= end]
    due = next((day["iso"] for day in _deadlines(inside)), None)
    if kind == Candidate.Kind.TASK:
        units = list(dict.fromkeys(fact["name"] for fact in inside if fact["kind"] == "unit"))
        return {
            "lead": units[:1],
            "coordinate": units[1:],
            "due": due,
            "recurrence": None,
            "deliverable": None,
            "columns": None,
        }
    value = next((fact for fact in inside if fact["kind"] == "target"), {})
    return {
        "metric": value.get("metric"),
        "comparator": value.get("comparator"),
        "value": value.get("value"),
        "unit": value.get("unit"),
        "due": due or value.get("due"),
        "columns": None,
    }


def part_of(candidate: Candidate, facts: Facts, text: str, start: int, end: int) -> Fields:
    """Return the fields of one part of a commitment that is split.

    What the part does not say itself it has from the whole: who leads, by when, how often. What
    the whole measures or hands over belongs to the part in whose words it stands.
    """
    whole: Fields = candidate.fields
    own = spoken_of(candidate.kind, facts, start, end)
    words = plain_words(text[start:end])
    kept = {name: whole.get(name) for name in ("due", "recurrence", "columns") if not own.get(name)}
    if candidate.kind == Candidate.Kind.TASK:
        if not own["lead"]:
            kept |= {"lead": whole.get("lead"), "coordinate": whole.get("coordinate")}
        handed_over = whole.get("deliverable")
        if handed_over and plain_words(handed_over) in words:
            kept["deliverable"] = handed_over
    elif own["value"] is None and whole.get("metric") and plain_words(whole["metric"]) in words:
        kept |= {name: whole.get(name) for name in ("metric", "comparator", "value", "unit")}
    return own | kept


def whole_of(candidates: Sequence[Candidate]) -> Fields:
    """Return the fields of a commitment that is merged, the first that says something first."""
    first = candidates[0]
    said = [row.fields for row in candidates]
    if first.kind == Candidate.Kind.TARGET:
        best = next((each for each in said if each.get("value") is not None), said[0])
        return {**best, "due": _first(said, "due")}
    leads = list(_first(said, "lead") or ())
    others = [name for each in said for name in (each.get("lead") or [])]
    others += [name for each in said for name in (each.get("coordinate") or [])]
    handed_over = [each["deliverable"] for each in said if each.get("deliverable")]
    columns = {name: cell for each in said for name, cell in (each.get("columns") or {}).items()}
    return {
        "lead": leads,
        "coordinate": [name for name in dict.fromkeys(others) if name not in leads],
        "due": _first(said, "due"),
        "recurrence": _first(said, "recurrence"),
        "deliverable": "; ".join(dict.fromkeys(handed_over)) or None,
        "columns": columns or None,
    }


def deadlines_in(facts: Facts, start: int, end: int) -> tuple[str, ...]:
    """Return the different deadlines that stand in a passage, in their order."""
    inside = (fact for fact in facts if start <= fact["start"] and fact["end"] <= end)
    return tuple(dict.fromkeys(day["iso"] for day in _deadlines(inside)))


def words_at(text: str, words: str, first: int, last: int) -> tuple[int, int] | None:
    """Return where these words stand between two places, or None.

    However they are spaced: a browser gives back the words of a selection on lines of its own.
    """
    wanted = words.split()
    if not wanted:
        return None
    place = first
    while (start := text.find(wanted[0], place, last)) >= 0:
        end = _after(text, wanted, start, last)
        if end is not None:
            return start, end
        place = start + 1
    return None


def _after(text: str, wanted: Sequence[str], start: int, last: int) -> int | None:
    place = start
    for word in wanted:
        while place < last and text[place].isspace():
            place += 1
        if not text.startswith(word, place):
            return None
        place += len(word)
    return place if place <= last else None


def _deadlines(facts: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    return (fact for fact in facts if fact["kind"] == "date" and fact["role"] == "deadline")


def _first(said: Iterable[Fields], name: str) -> Any:
    return next((each[name] for each in said if each.get(name)), None)


def plain_words(words: str) -> str:
    """Return words on one line and without capitals, to be compared.

    >>> plain_words("Sở  Y tế")
    'sở y tế'
    """
    return " ".join(words.split()).casefold()
