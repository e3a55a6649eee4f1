"""Are two texts one document? Told from their facts, so that translations compare too.

Numbers of documents, dates, quantities and names stay the same when a text is translated or
copied; words do not. Two texts are compared by the weight of the facts they share. An event
with another day, other sites or other people is a veto: one directive is disseminated in many
places by reports that otherwise look alike. Where two texts are the same, the facts in which
they differ are what a reader must see: a translation may have put a unit into another city.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from lotrinh.reading.facts import (
    Citation,
    DateFact,
    Event,
    PersonMention,
    Plain,
    Reading,
    Result,
    Target,
    plain,
)
from lotrinh.reading.grammar import lexicon
from lotrinh.reading.quantities import UNIT_CODES
from lotrinh.reading.text import fold
from lotrinh.rules.originality import overlap

Verdict = Literal["same", "part", "different", "unsure"]
Key = tuple[str, ...]

_SAME = 0.55
_REVIEW = 0.25
_LEAST_SHARED = 6
_PART = 0.9
_EXCERPT = 0.6  # an excerpt is shorter than this share of the whole
_COPY = 0.7  # of all runs of words: two prints of one text
_ENOUGH_RUNS = 20  # of the shorter text; fewer are a phrase that anybody may use
_WITHIN = 0.9  # of the shorter one's runs: it is cut out of the longer one
_WEIGHTS = {
    "citation": 4.0,
    "issued": 6.0,
    "ratio": 3.0,
    "date": 2.5,
    "person": 2.5,
    "quantity": 2.0,
    "dated": 1.0,
    "period": 1.0,
    "year": 0.7,
    "numeral": 1.0,
}
_MOST_LINES = 3_000  # beyond this, lines are not compared one by one
_ABOUT = 40  # characters by which a line is named
_COMMON_VALUES = frozenset({"100", "1", "2", "3", "5", "9", "10"})
_COMMON_WEIGHT = 0.6
_PLACES: dict[str, str] = lexicon("organisations")["places"]
_PLACE = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, _PLACES), key=len, reverse=True)) + r")(?!\w)"
)
_OWN_CITY = re.compile(r"(?<!\w)(?:tp|thanh pho|the city|city)(?!\w)")


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact on which two versions of a document disagree.

    ``about`` names what both speak of; ``a`` and ``b`` are what each says, None where it is
    silent.
    """

    kind: str
    about: str
    a: str | None
    b: str | None

    def record(self) -> dict[str, Plain]:
        """Return the difference as JSON holds it."""
        return {"kind": self.kind, "about": self.about, "a": self.a, "b": self.b}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on two texts; ``score`` is the shared weight of all facts, from 0 to 1."""

    verdict: Verdict
    score: float
    shared: int
    differences: tuple[Difference, ...]

    def record(self) -> dict[str, Plain]:
        """Return the comparison in the shape that `lotrinh compare --json` prints."""
        return {
            "verdict": self.verdict,
            "score": round(self.score, 3),
            "shared": self.shared,
            "differences": [difference.record() for difference in self.differences],
        }


def compare(a: Reading, b: Reading) -> Comparison:
    """Judge whether two texts are one document, one a part of the other, or different."""
    facts_a, facts_b = set(_keys(a)), set(_keys(b))
    shared = facts_a & facts_b
    common, total = _weight(shared), _weight(facts_a | facts_b)
    score = common / total if total else 0.0
    smaller = min(_weight(facts_a), _weight(facts_b))
    contained = common / smaller if smaller else 0.0
    verdict = _verdict(a, b, _Shared(frozenset(shared), score, contained))
    if a.text.split() == b.text.split():
        verdict, score = "same", 1.0
    differences = tuple(_of_heads(a, b))
    if verdict != "different":
        differences += tuple(_differences(a, b, facts_a, facts_b))
    return Comparison(verdict, score, len(shared), differences)


def fact_keys(reading: Reading) -> frozenset[Key]:
    """Return the facts of a text without its language: equal keys are one fact in two texts."""
    return frozenset(_keys(reading))


@dataclass(frozen=True, slots=True)
class _Shared:
    """What two texts share: keys, their share of all weight, and of the lesser text's weight."""

    keys: frozenset[Key]
    score: float
    contained: float

    @property
    def enough(self) -> bool:
        """So many facts, one of them such that two documents seldom share it."""
        anchored = any(key[0] in {"citation", "event"} for key in self.keys)
        return anchored and len(self.keys) >= _LEAST_SHARED


def _verdict(a: Reading, b: Reading, shared: _Shared) -> Verdict:
    doubt = _contradiction(a, b)
    if "veto" in {doubt, _other_head(a, b)}:
        return "different"
    doubt = doubt or _other_head(a, b)
    words = _by_words(a, b)
    if words is None:
        words = _by_facts(a, b, shared)
    return "unsure" if doubt == "doubt" and words in {"same", "part"} else words


def _by_words(a: Reading, b: Reading) -> Verdict | None:
    """Tell a copy or a cutting by the words themselves; None where they do not decide."""
    words = overlap(fold(a.text), fold(b.text))
    if words.least < _ENOUGH_RUNS:
        return None
    if words.of_both >= _COPY:
        return "same"
    return "part" if words.of_shorter >= _WITHIN and _much_shorter(a, b) else None


def _by_facts(a: Reading, b: Reading, shared: _Shared) -> Verdict:
    if shared.contained >= _PART and shared.enough and _much_shorter(a, b):
        return "part"
    own = a.header.number
    if own is not None and own == b.header.number and shared.score >= _REVIEW:
        return "same"
    if shared.score >= _SAME and shared.enough:
        return "same"
    if shared.score >= _REVIEW and len(shared.keys) >= _LEAST_SHARED // 2:
        return "unsure"
    return "different"


def _much_shorter(a: Reading, b: Reading) -> bool:
    lengths = sorted((len(a.text), len(b.text)))
    return lengths[0] < _EXCERPT * lengths[1]


def _other_head(a: Reading, b: Reading) -> Literal["veto", "doubt"] | None:
    """Tell two documents by what their own heads say: number, year and issuer.

    Another day of the same year is what a slip of translation makes; the names of issuers can be
    compared only in one language.
    """
    one, other = a.header, b.header
    if one.number and other.number and one.number != other.number:
        return "veto"
    if one.language == other.language and one.issuer and other.issuer:
        names = {_bare(one.issuer), _bare(other.issuer)}
        if len(names) > 1 and not any(all(name in longer for name in names) for longer in names):
            return "veto"
    if one.issued and other.issued and one.issued != other.issued:
        years = {one.issued[:4], other.issued[:4]}
        return "veto" if len(years) > 1 and "XXXX" not in years else "doubt"
    return None


def _bare(name: str) -> str:
    return " ".join(fold(name).split())


def _contradiction(a: Reading, b: Reading) -> Literal["veto", "doubt"] | None:
    """Tell whether two texts speak of another event: by its day, its sites, its people.

    The pair of events that agrees best decides. One slip among facts that agree is what a
    translation makes; more contradictions than agreements are another event.
    """
    best: tuple[int, int] | None = None
    for one in _events(a):
        for other in _events(b):
            known = [
                mine == theirs
                for mine, theirs in zip(one, other, strict=True)
                if mine is not None and theirs is not None
            ]
            agree, against = sum(known), len(known) - sum(known)
            if known and (best is None or (agree, -against) > (best[0], -best[1])):
                best = agree, against
    if best is None or not best[1]:
        return None
    if best[1] < best[0]:
        return None
    return "veto" if best[1] > best[0] else "doubt"


def _events(reading: Reading) -> list[tuple[str | None, str | None, str | None]]:
    """Return day and month, sites and participants of the events that state any of them."""
    found = [
        (
            _month_and_day(fact.date),
            None if fact.sites is None else str(fact.sites),
            None if fact.participants is None else str(fact.participants),
        )
        for fact in reading.facts
        if isinstance(fact, Event)
    ]
    return [event for event in found if any(event)]


def _month_and_day(iso: str | None) -> str | None:
    return iso[5:10] if iso and re.fullmatch(r"(?:\d{4}|XXXX)-\d\d-\d\d", iso) else None


def _weight(keys: set[Key]) -> float:
    return sum(
        _COMMON_WEIGHT
        if key[0] == "quantity" and key[2] in _COMMON_VALUES
        else _WEIGHTS.get(key[0], 4.0)
        for key in keys
    )


def _keys(reading: Reading) -> Iterator[Key]:
    """Yield the language-free keys of a text's facts, each fact once however often it occurs."""
    for fact in reading.facts:
        match fact:
            case Citation(number=str(number)):
                yield "citation", number
                if fact.date:
                    yield "issued", number, fact.date
            case DateFact():
                yield from _date_key(fact)
            case Target():
                yield "quantity", unit_code(fact.unit), str(plain(fact.value)), fact.comparator
            case Result():
                yield from _result_keys(fact)
            case PersonMention():
                yield "person", " ".join(fold(fact.name).split())
            case _:
                pass
    for event in _events(reading):
        yield "event", *(said or "" for said in event)
    yield from _numerals(reading)


def unit_code(unit: str | None) -> str:
    """Return a unit by its code; a thing that is counted has another name in every language."""
    return unit if unit in UNIT_CODES else ""


_NUMERAL = re.compile(r"(?:(?<=VND)|(?<=USD)|(?<![\w.,/-]))\d+(?:[.,]\d+)*(?![\w/-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SAYS_LITTLE = 3  # digits: smaller whole numbers stand in every text


def _numerals(reading: Reading) -> Iterator[Key]:
    """Yield the digits of every number that is no date and no document's number.

    The signs between them change with the language; the digits do not.
    """
    taken = iter(sorted((f.start, f.end) for f in reading.facts if f.kind in {"citation", "date"}))
    start, end = next(taken, (len(reading.text), 0))
    for match in _NUMERAL.finditer(reading.text):
        while end <= match.start() and start < len(reading.text):
            start, end = next(taken, (len(reading.text), 0))
        written = match.group()
        digits = written.replace(".", "").replace(",", "")
        if start <= match.start() < end or _YEAR.fullmatch(written):
            continue
        if len(digits) >= _SAYS_LITTLE or len(digits) < len(written):
            yield "numeral", digits


def _date_key(fact: DateFact) -> Iterator[Key]:
    if fact.role == "issued":
        return
    if fact.precision == "day":
        yield "date", fact.iso[5:]
        if not fact.iso.startswith("XXXX"):
            yield "dated", fact.iso
    elif fact.precision == "year":
        yield "year", fact.iso
    else:
        yield "period", fact.iso


def _result_keys(fact: Result) -> Iterator[Key]:
    if fact.done is not None:
        yield "ratio", str(plain(fact.done)), str(plain(fact.total))
    for name in ("value", "percent_of_plan", "growth_percent", "multiplier"):
        value = getattr(fact, name)
        if value is not None:
            yield (
                "quantity",
                name if name != "value" else unit_code(fact.unit),
                str(plain(value)),
                "=",
            )


def _differences(
    a: Reading, b: Reading, facts_a: set[Key], facts_b: set[Key]
) -> Iterator[Difference]:
    yield from _posts_elsewhere(a, b)
    yield from _dates_of_issue(a, b)
    yield from _titles(a, b)
    yield from _wordings(a, b)
    for kind in ("citation", "event", "ratio", "quantity", "date", "person"):
        for side, (mine, others) in enumerate(((facts_a, facts_b), (facts_b, facts_a))):
            for key in sorted(mine - others):
                if key[0] == kind:
                    said = " ".join(part for part in key[1:] if part)
                    yield Difference(
                        f"{kind}.one_side", said, *((said, None) if side == 0 else (None, said))
                    )


def _of_heads(a: Reading, b: Reading) -> Iterator[Difference]:
    """Yield what the two heads state differently."""
    for name in ("number", "issued", "issuer"):
        one, other = getattr(a.header, name), getattr(b.header, name)
        same_language = a.header.language == b.header.language
        if one and other and one != other and (name != "issuer" or same_language):
            yield Difference(f"header.{name}", name, one, other)


def _wordings(a: Reading, b: Reading) -> Iterator[Difference]:
    """Yield the lines in which two prints in one language differ, those that match left out."""
    if a.header.language != b.header.language:
        return
    mine, theirs = (
        [" ".join(line.split()) for line in text.text.splitlines() if line.strip()]
        for text in (a, b)
    )
    if max(len(mine), len(theirs)) > _MOST_LINES:
        return
    found = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    for kind, low, high, there, upto in found:
        if kind != "replace":
            continue
        for one, other in zip(mine[low:high], theirs[there:upto], strict=False):
            if fold(one) != fold(other):
                yield Difference("words", one[:_ABOUT], one, other)


def _posts_elsewhere(a: Reading, b: Reading) -> Iterator[Difference]:
    """Yield people whose post the two texts put in different places."""
    home_a, home_b = _home(a), _home(b)
    posts_b = {fold(f.name): f for f in b.facts if isinstance(f, PersonMention) and f.role}
    seen: set[str] = set()
    for fact in a.facts:
        if not isinstance(fact, PersonMention) or not fact.role:
            continue
        name = fold(fact.name)
        other = posts_b.get(name)
        if other is None or other.role is None or name in seen:
            continue
        place_a, place_b = _place(fact.role, home_a), _place(other.role, home_b)
        if place_a and place_b and place_a != place_b:
            seen.add(name)
            yield Difference("unit.place", fact.name, fact.role, other.role)


def _home(reading: Reading) -> str | None:
    """Return the place that a text names most often: what "the city" means in it."""
    counts: dict[str, int] = {}
    for match in _PLACE.finditer(fold(reading.text)):
        place = _PLACES[match.group()]
        counts[place] = counts.get(place, 0) + 1
    return max(counts, key=lambda place: counts[place], default=None)


def _place(role: str, home: str | None) -> str | None:
    """Return the place of a post: the one it names, or home where it says "the city"."""
    folded = fold(role)
    named = _PLACE.search(folded)
    if named:
        return _PLACES[named.group()]
    return home if _OWN_CITY.search(folded) else None


def _dates_of_issue(a: Reading, b: Reading) -> Iterator[Difference]:
    dates_a, dates_b = _issue_dates(a), _issue_dates(b)
    for number in sorted(dates_a.keys() & dates_b.keys()):
        if dates_a[number] != dates_b[number]:
            yield Difference("citation.date", number, dates_a[number], dates_b[number])


def _issue_dates(reading: Reading) -> dict[str, str]:
    found: dict[str, str] = {}
    for fact in reading.facts:
        if isinstance(fact, Citation) and fact.number and fact.date:
            found.setdefault(fact.number, fact.date)
    return found


_TITLE = re.compile(
    r"[\s,]*(?:(?:dated|ngày) [^\"\u201c]{0,40})?[^\"\u201c.;\d]{0,60}?"
    r"[\"\u201c]([^\"\u201d]{10,300})[\"\u201d]"
)


def _titles(a: Reading, b: Reading) -> Iterator[Difference]:
    """Yield documents to which one of the texts gives two titles."""
    for side, reading in enumerate((a, b)):
        titles: dict[str, str] = {}
        for fact in reading.facts:
            if not isinstance(fact, Citation) or fact.number is None:
                continue
            match = _TITLE.match(reading.text, fact.end)
            if match is None:
                continue
            title = " ".join(match[1].split()).rstrip(".,")
            first = titles.setdefault(fact.number, title)
            if fold(first) != fold(title):
                about = f"{fact.number} ({'ab'[side]})"
                yield Difference("citation.title", about, first, title)
