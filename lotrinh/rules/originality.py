"""How much of a plan is its own, and where the rest was taken from.

Two texts are compared by their runs of four syllables. Numbers and the names of units are masked
before, because a copied plan changes just these. A sentence is *own* when less than half of its
runs stand together in any one sentence elsewhere; what a plan has to repeat (the words of the
document that it carries out, its fixed frame) is left out of the count. The verdict is a signal
with both passages side by side, never a finding about a unit.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

RUN = 4  # syllables
LEAST = 8  # a sentence with fewer syllables says too little to be anybody's
COPIED = 0.5  # from this share of its runs on, a sentence is somebody else's
QUOTED = 0.8  # from this share on, it repeats the document that has to be carried out
MASK = "#"

_SYLLABLE = re.compile(r"#|\d+(?:[.,/-]\d+)*|[^\W\d_]+")
_OTHER = Mapping[tuple[str, ...], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with its place in its text (end exclusive) and its masked syllables."""

    start: int
    end: int
    syllables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """A stretch of one text and the stretch of another that it repeats.

    ``source`` counts the other texts from 0; ``share`` is the part of its runs, from 0 to 1,
    that stand there.
    """

    start: int
    end: int
    source: int
    source_start: int
    source_end: int
    share: float


@dataclass(frozen=True, slots=True)
class Originality:
    """``own`` of ``counted`` sentences are the text's own; ``copied`` shows the others.

    ``framed`` sentences repeat what had to be repeated and are not counted. ``containment`` is,
    for every other text, the share of the counted runs that stand in it.
    """

    own: int
    counted: int
    framed: int
    containment: tuple[float, ...]
    copied: tuple[Copied, ...]


def passage(folded: str, start: int, end: int, masked: Iterable[tuple[int, int]]) -> Passage:
    """Return one sentence of a text without case and diacritics, its ``masked`` spans hidden."""
    pieces: list[str] = []
    done = start
    for first, last in sorted(masked):
        if first >= done and last <= end:
            pieces += (folded[done:first], MASK)
            done = last
    pieces.append(folded[done:end])
    syllables = (
        MASK if match.group()[0].isdigit() else match.group()
        for match in _SYLLABLE.finditer(" ".join(pieces))
    )
    return Passage(start, end, tuple(syllables))


def judge(
    text: Sequence[Passage],
    others: Sequence[Sequence[Passage]],
    frame: Sequence[Passage] = (),
) -> Originality:
    """Return how many sentences of a text are its own against the others, and which are not.

    ``frame`` is what the text has to repeat. Sentences shorter than ``LEAST`` are passed over.
    """
    required = _index(frame)
    indexes = [_index(other) for other in others]
    counted: list[tuple[Passage, list[tuple[str, ...]]]] = []
    framed = 0
    for sentence in text:
        runs = _runs(sentence)
        if len(sentence.syllables) < LEAST:
            continue
        if sum(run in required for run in runs) >= QUOTED * len(runs):
            framed += 1
        else:
            counted.append((sentence, runs))
    copied: list[Copied] = []
    own = 0
    for sentence, runs in counted:
        best = _best(sentence, runs, others, indexes)
        if best is None or best.share < COPIED:
            own += 1
        else:
            copied.append(best)
    total = sum(len(runs) for _, runs in counted)
    containment = tuple(
        sum(run in index for _, runs in counted for run in runs) / total if total else 0.0
        for index in indexes
    )
    return Originality(own, len(counted), framed, containment, tuple(joined(copied)))


@dataclass(frozen=True, slots=True)
class Overlap:
    """The runs that two whole texts share, as shares from 0 to 1; ``least`` counts the fewer."""

    of_both: float
    of_shorter: float
    least: int


def overlap(one: str, other: str) -> Overlap:
    """Compare two texts without case and diacritics by their runs, numbers unmasked."""
    a, b = (_all_runs(_SYLLABLE.findall(text)) for text in (one, other))
    shared, least = len(a & b), min(len(a), len(b))
    return Overlap(shared / len(a | b) if least else 0.0, shared / least if least else 0.0, least)


def _all_runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[place:] for place in range(RUN)), strict=False))


def _runs(sentence: Passage) -> list[tuple[str, ...]]:
    words = sentence.syllables
    return [words[place : place + RUN] for place in range(len(words) - RUN + 1)]


def _index(text: Sequence[Passage]) -> _OTHER:
    """Return in which sentences of a text each run stands."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, sentence in enumerate(text):
        for run in _runs(sentence):
            found[run].append(place)
    return found


def _best(
    sentence: Passage,
    runs: Sequence[tuple[str, ...]],
    others: Sequence[Sequence[Passage]],
    indexes: Sequence[_OTHER],
) -> Copied | None:
    """Return the one sentence elsewhere that holds the most of these runs."""
    best: Copied | None = None
    for source, index in enumerate(indexes):
        counts: dict[int, int] = defaultdict(int)
        for run in runs:
            for place in dict.fromkeys(index.get(run, ())):
                counts[place] += 1
        for place, count in counts.items():
            share = count / len(runs)
            if best is None or share > best.share:
                there = others[source][place]
                best = Copied(sentence.start, sentence.end, source, there.start, there.end, share)
    return best


def joined(copied: Sequence[Copied]) -> Iterator[Copied]:
    """Yield the copied stretches, neighbours joined where their sources are neighbours too."""
    current: Copied | None = None
    for found in copied:
        if current is not None and _follows(current, found):
            current = Copied(
                current.start,
                found.end,
                found.source,
                current.source_start,
                found.source_end,
                min(current.share, found.share),
            )
            continue
        if current is not None:
            yield current
        current = found
    if current is not None:
        yield current


_GAP = 40  # characters: a label or a line end may stand between two sentences


def _follows(one: Copied, other: Copied) -> bool:
    return (
        one.source == other.source
        and 0 <= other.start - one.end <= _GAP
        and 0 <= other.source_start - one.source_end <= _GAP
    )
