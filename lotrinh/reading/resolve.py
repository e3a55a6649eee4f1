"""What binds the mentions of one text together.

A date and a body right behind a number belong to it; "This directive, issued on ..." gives its
date to the last directive named. Two numbers in one sentence are related by the last relation
word between them. What a directing document is based on, or carries out, is related to the
document itself.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lotrinh.reading.agencies import Body
from lotrinh.reading.citations import TYPE_WORDS, Reference
from lotrinh.reading.dates import When
from lotrinh.reading.facts import Clause, Header, Relation
from lotrinh.reading.grammar import Phrases, lexicon, rules
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.order import Ordered
from lotrinh.reading.text import Source

RELATIONS: Phrases[str] = Phrases(
    (word, entry["code"])
    for entry in lexicon("documents")["relation"]
    for word in (*entry["vi"], *entry["en"])
)
RELATION_CODES: tuple[str, ...] = tuple(e["code"] for e in lexicon("documents")["relation"])
_DATE_LINK = re.compile(
    r"(?:\s*(?:cua|of(?: the)?|by(?: the)?|do)\s+[^.;:\d\"]{2,80}?)?\s*[,(]?\s*"
    r"(?:was\s+)?(?:issued\s+)?"
    r"(?:dated|ngay|on|of|ky ngay|ban hanh ngay|issued on)?\s*$"
)
_ISSUED_NEAR = re.compile(r"(?:issued|promulgated|ban hanh|dated)\s*(?:on|ngay)?\s*$")
_BODY_LINK = re.compile(r"\s*[,)]?\s*(?:cua|of|by|do|from)\s+(?:the\s+)?$")
_THIS = re.compile(
    r"(?<!\w)this (directive|resolution|decision|plan|programme|program|conclusion|regulation)\b"
)
_THIS_ONE = re.compile(r"[^,;.\d]{0,40}?\b(?:nay|this \w+)\s")
_WORD = re.compile(r"[a-z]+")
_OTHER_SUBJECT = re.compile(r"\s*,?\s*(?:and|va)\s+\S+\s+\S+")
_REACH = 90


def attach_dates(source: Source, references: Sequence[Reference], dates: Sequence[When]) -> None:
    """Give each number the date behind it; such dates are days of issue."""
    ordered = Ordered(references)
    for when in dates:
        if when.precision != "day":
            if when.precision == "year":
                _attach_year(source, ordered, when)
            continue
        owner = ordered.last_before(when.start)
        if owner is None or owner.end > when.start:
            continue
        gap = source.folded[owner.end : when.start]
        if len(gap) <= _REACH and _DATE_LINK.fullmatch(gap):
            owner.date = owner.date or when.iso
            when.role = "issued"
        elif _ISSUED_NEAR.search(source.folded[max(0, when.start - 24) : when.start]):
            _attach_by_anaphor(source, references, when)


def _attach_year(source: Source, references: Ordered[Reference], when: When) -> None:
    """Complete "Nghị định 30 năm 2020", whose year is a part of its number."""
    owner = references.last_before(when.start)
    if owner is None or owner.rule != "citation.short" or owner.type != "NĐ":
        return
    if source.folded[owner.end : when.start].strip() in {"", "/"} and owner.number == owner.seq:
        owner.number, owner.suffix = f"{owner.seq}/{when.iso}/NĐ-CP", "CP"


def _attach_by_anaphor(source: Source, references: Sequence[Reference], when: When) -> None:
    low = max(0, when.start - 60)
    match = _THIS.search(source.folded[low : when.start])
    if match is None:
        return
    word = TYPE_WORDS.at(source, low + match.start(1))
    for reference in reversed(references):
        if word and reference.start < when.start and reference.type == word[1]:
            reference.date = reference.date or when.iso
            when.role = "issued"
            return


def attach_issuers(source: Source, references: Sequence[Reference], bodies: Sequence[Body]) -> None:
    """Give each number the body that the text names as its issuer."""
    ordered = Ordered(bodies)
    for reference in references:
        for body in ordered.within(reference.end, reference.end + _REACH):
            gap = source.folded[reference.end : body.start]
            if _BODY_LINK.fullmatch(gap) or _dated_link(gap):
                reference.issuer = " ".join(source.composed[body.start : body.end].split())
            break


_DATED = re.compile(
    r"\s*[,(]?\s*(?:dated|ngay|on|of)?\s*[\w\s/.-]{0,24},?(?:\s*\d{4})?,?\)?\s*(?:cua|of|by|do)\s+(?:the\s+)?"
)


def _dated_link(gap: str) -> bool:
    return any(letter.isdigit() for letter in gap) and _DATED.fullmatch(gap) is not None


def find_relations(
    source: Source,
    header: Header,
    clauses: Sequence[Clause],
    sentences: Sequence[Sentence],
    references: Sequence[Reference],
) -> Iterator[Relation]:
    """Yield relations between numbers of one sentence, and of the document to what it rests on."""
    ordered = Ordered(references)
    for sentence in sentences:
        inside = ordered.within(sentence.start, sentence.end)
        if not inside:
            continue
        own = header.number
        kind = clauses[sentence.clause].kind
        itself = _THIS_ONE.match(source.folded, sentence.start)
        if own and (itself or kind in {"preamble", "heading", "paragraph"}):
            yield from _of_document(source, own, sentence, kind == "preamble", inside)
        yield from _between(source, sentence, inside)


def _between(source: Source, sentence: Sentence, inside: Sequence[Reference]) -> Iterator[Relation]:
    subject: Reference | None = None
    code = ""
    for first, second in pairwise(inside):
        found = _last_relation(source, first.end, second.start)
        if found is None:
            if subject is not None and _listed(source.folded[first.end : second.start]):
                yield _relation(source, subject, second, code, "relation.list")
            else:
                subject = None
            continue
        place, code = found
        if _bridged(source, place, first.end) or first.number == second.number:
            subject = None
            continue
        subject = first
        yield _relation(source, first, second, code, "relation.between")


def _relation(
    source: Source, first: Reference, second: Reference, code: str, name: str
) -> Relation:
    rule = rules()[name]
    return Relation(
        start=first.start,
        end=second.end,
        text=source.composed[first.start : second.end],
        rule=rule.id,
        confidence=rule.confidence,
        source=first.number,
        target=second.number,
        relation=code,
    )


def _listed(gap: str) -> bool:
    return re.fullmatch(r"[\s,;]*(?:va|and|&)?\s*", gap) is not None


def _last_relation(source: Source, start: int, end: int) -> tuple[int, str] | None:
    """Return the last relation word of a gap, unless the gap is too long or ends a thought."""
    if end - start > 260 or ";" in source.folded[start:end]:
        return None
    last: tuple[int, str] | None = None
    done = start
    for word in _WORD.finditer(source.folded, start, end):
        if word.start() < done or word.group() not in RELATIONS.first_words:
            continue
        found = RELATIONS.at(source, word.start())
        if found is not None and found[0] <= end:
            last, done = (word.start(), found[1]), found[0]
    return last


def _bridged(source: Source, place: int, floor: int) -> bool:
    """Tell whether another document, without a number, stands between: the relation is its own."""
    if _OTHER_SUBJECT.match(source.folded, floor, place):
        return True
    for word in _WORD.finditer(source.folded, floor, place):
        if word.group() in TYPE_WORDS.first_words and (
            source.composed[word.start()].isupper() or place - word.end() < 14
        ):
            found = TYPE_WORDS.at(source, word.start())
            if found is not None and found[0] <= place:
                return True
    return False


def _of_document(
    source: Source, own: str, sentence: Sentence, preamble: bool, inside: Sequence[Reference]
) -> Iterator[Relation]:
    """Relate the document itself to what its preamble, title or opening names."""
    first = inside[0]
    found = _last_relation(source, sentence.start, first.start)
    if found is None and not preamble:
        return
    code = found[1] if found else "based_on"
    early = found is not None and found[0] - sentence.start < 40
    if _THIS_ONE.match(source.folded, sentence.start):
        early = found is not None
    if not preamble and not early:
        return
    rule = rules()["relation.of_document"]
    previous = sentence.start
    for reference in inside:
        gap = source.folded[previous : reference.start]
        if reference is not first and not (preamble or _listed(gap)):
            break
        previous = reference.end
        if reference.number == own:
            continue
        yield Relation(
            start=reference.start,
            end=reference.end,
            text=source.composed[reference.start : reference.end],
            rule=rule.id,
            confidence=rule.confidence,
            source=own,
            target=reference.number,
            relation="based_on" if preamble else code,
        )
