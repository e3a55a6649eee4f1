"""Is a plan its unit's own work, or another plan with the names changed?

The sentences of a text are compared with those of its parent and of its siblings. Left out of
the count is what every plan has to say: titles, legal grounds, the section of purposes and
requirements, and sentences of the document that it carries out. Beside the words stand the
facts: a plan without a deadline, a unit or a number of its own is formal, however it is worded.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lotrinh.reading.facts import (
    DateFact,
    PersonMention,
    Plain,
    Reading,
    Result,
    Target,
    Task,
    UnitMention,
    plain,
)
from lotrinh.reading.grammar import lexicon
from lotrinh.reading.layout.clauses import find_clauses, find_sentences, join_broken_lines
from lotrinh.reading.layout.sections import find_settings
from lotrinh.reading.text import Source, fold, read_source
from lotrinh.rules.originality import Originality, Passage, judge, passage

_FRAME = frozenset(fold(words) for words in lexicon("frame")["sections"])


@dataclass(frozen=True, slots=True)
class NearCopy:
    """What a text took from others, and what it states that none of them does.

    The spans in ``originality`` count code points of the texts as given, end exclusive.
    """

    originality: Originality
    own_deadlines: tuple[str, ...]
    own_bodies: tuple[str, ...]
    own_numbers: tuple[str, ...]

    def record(self) -> dict[str, Plain]:
        """Return the comparison as JSON holds it."""
        found = self.originality
        copied: list[Plain] = [
            {
                "start": stretch.start,
                "end": stretch.end,
                "source": stretch.source,
                "source_start": stretch.source_start,
                "source_end": stretch.source_end,
                "share": round(stretch.share, 3),
            }
            for stretch in found.copied
        ]
        return {
            "own": found.own,
            "counted": found.counted,
            "framed": found.framed,
            "containment": [round(share, 3) for share in found.containment],
            "copied": copied,
            "own_deadlines": list(self.own_deadlines),
            "own_bodies": list(self.own_bodies),
            "own_numbers": list(self.own_numbers),
        }


def find_copied(
    text: Reading, others: Sequence[Reading], carried_out: Sequence[Reading] = ()
) -> NearCopy:
    """Compare a text with its parent and siblings; ``carried_out`` is what it may repeat."""
    sources = [passages_of(other) for other in others]
    frame = [sentence for reading in carried_out for sentence in passages_of(reading)]
    known = [*others, *carried_out]
    return NearCopy(
        judge(passages_of(text), sources, frame),
        _own(text, known, deadlines_of),
        _own(text, known, bodies_of),
        _own(text, known, numbers_of),
    )


def passages_of(reading: Reading) -> list[Passage]:
    """Return the sentences that say something of their own, names masked, with raw offsets.

    Titles, preambles and the section of purposes and requirements say nothing of their own.
    """
    source = join_broken_lines(read_source(reading.text), reading.tables)
    clauses = find_clauses(source)
    settings = find_settings(source, clauses)
    framing = {
        place
        for place, clause in enumerate(clauses)
        if clause.kind == "heading" and _words(source, clause.start, clause.end) in _FRAME
    }
    masked = _masked(source, reading)
    found: list[Passage] = []
    first = 0
    for sentence in find_sentences(source, clauses):
        clause = clauses[sentence.clause]
        if clause.kind in {"heading", "preamble"}:
            continue
        if framing.intersection(settings[sentence.clause].above):
            continue
        while first < len(masked) and masked[first][1] <= sentence.start:
            first += 1
        inside = []
        for start, end in masked[first:]:
            if start >= sentence.end:
                break
            inside.append((start, end))
        said = passage(source.folded, sentence.start, sentence.end, inside)
        found.append(
            Passage(source.raw_offset(said.start), source.raw_offset(said.end), said.syllables)
        )
    return found


def syllables_at(reading: Reading, spans: Iterable[tuple[int, int]]) -> list[tuple[str, ...]]:
    """Return what stands at some places of a text, names and numbers masked; ends exclusive."""
    source = join_broken_lines(read_source(reading.text), reading.tables)
    masked = _masked(source, reading)
    found = []
    for first, last in spans:
        start, end = source.composed_offset(first), source.composed_offset(last)
        inside = [span for span in masked if start <= span[0] and span[1] <= end]
        found.append(passage(source.folded, start, end, inside).syllables)
    return found


def _words(source: Source, start: int, end: int) -> str:
    """Return a heading without its label, case, diacritics and stops."""
    words = source.folded[start:end].strip(" .:*")
    label, _, rest = words.partition(" ")
    bare = label.rstrip(".)-/")
    numbered = bare.isdigit() or set(bare) <= set("ivx") or label.endswith((".", ")", "-"))
    return (rest if rest and numbered else words).strip(" .:-")


def _masked(source: Source, reading: Reading) -> list[tuple[int, int]]:
    return sorted(
        (source.composed_offset(fact.start), source.composed_offset(fact.end))
        for fact in reading.facts
        if isinstance(fact, UnitMention | PersonMention)
    )


def _own(
    text: Reading, others: Sequence[Reading], keys: Callable[[Reading], Iterator[str]]
) -> tuple[str, ...]:
    """Return what a text states that none of the others does, in its order, each once."""
    known = {fold(key) for other in others for key in keys(other)}
    found: dict[str, str] = {}
    for key in keys(text):
        if fold(key) not in known:
            found.setdefault(fold(key), key)
    return tuple(found.values())


def deadlines_of(reading: Reading) -> Iterator[str]:
    """Yield the deadlines that a text names, as often as it does."""
    for fact in reading.facts:
        if isinstance(fact, Task | Target) and fact.due:
            yield fact.due
        elif isinstance(fact, DateFact) and fact.role == "deadline":
            yield fact.iso


def bodies_of(reading: Reading) -> Iterator[str]:
    """Yield the units and persons that a text names."""
    for fact in reading.facts:
        if isinstance(fact, UnitMention | PersonMention):
            yield " ".join(fact.name.split())


def numbers_of(reading: Reading) -> Iterator[str]:
    """Yield the levels and results that a text states, each with its unit of measure."""
    for fact in reading.facts:
        if isinstance(fact, Target) or (isinstance(fact, Result) and fact.value is not None):
            yield f"{plain(fact.value)} {fact.unit or ''}".strip()
