"""What one numbered document does to another.

Two numbers in one sentence are related by the last relation word between them, if it stands
close to the second. What a directing document is based on, carries out, repeals or amends is
related to the document itself, also where a lead-in says it for a list. Each relation is told
once, where it stands first.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lotrinh.reading.citations import TYPE_WORDS, Reference
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
_CHANGES = frozenset({"amends", "supplements", "replaces", "repeals", "corrects"})
_THIS_ONE = re.compile(r"[^,;.\d]{0,40}?\b(?:nay|this \w+)\s")
_WORD = re.compile(r"[a-z]+")
_OTHER_SUBJECT = re.compile(r"\s*,?\s*(?:and|va)\s+\S+\s+\S+")
_DATED = (
    r"(?:,?\s*\(?(?:ngay|dated|of)?\s*(?:\d{1,2}(?:\s?[/.-]\s?\d{1,2}\s?[/.-]\s?|\s+thang\s+\d{1,2}\s+nam\s+)"
    r"|[a-z]{3,9}\.? \d{1,2}, |\d{1,2} [a-z]{3,9} )\d{4}\)?)?"
)
_LISTED = re.compile(
    rf"{_DATED}(?:,?\s*(?:cua|of(?: the)?|by(?: the)?)\s[^,;.:\d]{{2,60}}?)?{_DATED}"
    r"[\s,;]*(?:va|and|&)?\s*(?:cac\s+|the\s+)?"
)
_NEAR = re.compile(r"[^;:.\"]{0,46}")  # between a relation word and its document
_NEAR_CHANGED = re.compile(r"[^;:\"]{0,110}")  # pinpoints: "khoản 1 Điều 2, điểm a Điều 5 của"
_BY_ORDER = re.compile(r"(?:theo|according to|in accordance with|under)\s[^,;:.]{0,12}")
_LOOKS_BACK = re.compile(r"(?:qua|sau|trong|ket qua|after|over|tinh hinh)\s")
_REPORTS = re.compile(  # the title of a report: "Kết quả thực hiện Kế hoạch số ..."
    r"(?:bao cao\s+)?(?:ve\s+)?(?:(?:viec|danh gia)\s+)?"
    r"(?:(?:tinh hinh|ket qua|cong tac)(?:\s+(?:va\s+)?(?:tinh hinh|ket qua))?\s+)?"
    r"(?:(?:trien khai|to chuc)[,\s]+)?(?:thuc hien|trien khai)\s"
    r"|(?:report\s+on\s+)?(?:the\s+)?(?:results?\s+of\s+|progress\s+of\s+)?(?:the\s+)?"
    r"(?:implementation\s+of|implementing)\s"
)
_REPORT_TYPE = "BC"
_AIM = re.compile(r"(?:to|de|nham|in order to)\s")
_NEXT_PART = 6  # characters: a part of a preamble opens with what it says
_GAP = 260
_EARLY = 40
_FIRST = 3  # characters


def find_relations(
    source: Source,
    header: Header,
    clauses: Sequence[Clause],
    sentences: Sequence[Sentence],
    references: Sequence[Reference],
) -> Iterator[Relation]:
    """Yield each relation once: between numbers of one sentence, and of the document itself.

    A short form that nothing in the text completes is no number that could be related.
    """
    told: set[tuple[str, str, str]] = set()
    for relation in _all(source, header, clauses, sentences, Ordered(references)):
        triple = (relation.source, relation.target, relation.relation)
        known = not (relation.source.isdigit() or relation.target.isdigit())
        if known and triple not in told:
            told.add(triple)
            yield relation


def _all(
    source: Source,
    header: Header,
    clauses: Sequence[Clause],
    sentences: Sequence[Sentence],
    references: Ordered[Reference],
) -> Iterator[Relation]:
    own = header.number
    led: str | None = None  # what a lead-in says of the documents listed below it
    for sentence in sentences:
        inside = references.within(sentence.start, sentence.end)
        clause = clauses[sentence.clause]
        if not inside:
            led = _leads(source, sentence, clause) if clause.kind != "boilerplate" else led
            continue
        if own and led and clause.label and inside[0].start - sentence.start < _EARLY:
            yield _of_own(source, own, inside[0], led)
        elif own and _is_reported(source, header, sentence, clause, inside[0]):
            yield _of_own(source, own, inside[0], "reports_on")
            continue
        elif own:
            yield from _of_document(source, own, sentence, clause, inside)
        yield from _between(source, sentence, inside)


def _is_reported(
    source: Source, header: Header, sentence: Sentence, clause: Clause, first: Reference
) -> bool:
    """Tell whether a report says in its title that it reports on the first number in it."""
    if header.type != _REPORT_TYPE or clause.kind != "heading" or first.number == header.number:
        return False
    found = _REPORTS.match(source.folded, sentence.start, first.start)
    return found is not None and first.start - found.end() < _EARLY


def _leads(source: Source, sentence: Sentence, clause: Clause) -> str | None:
    """Return the change that a lead-in announces ("Bãi bỏ các Quyết định sau đây:")."""
    if source.folded[clause.end - 1] != ":" and clause.kind != "heading":
        return None
    found = _first_relation(source, sentence.start, sentence.end)
    return found[1] if found and found[1] in _CHANGES else None


def _between(source: Source, sentence: Sentence, inside: Sequence[Reference]) -> Iterator[Relation]:
    subject: Reference | None = None
    code = ""
    for first, second in pairwise(inside):
        found = _last_relation(source, first.end, second.start)
        if found is None:
            if subject is not None and _listed(source, first.end, second.start):
                yield _relation(source, subject, second, code, "relation.list")
            else:
                subject = None
            continue
        place, code, end = found
        near = _NEAR_CHANGED if code in _CHANGES else _NEAR
        if (
            near.fullmatch(source.folded, end, second.start) is None
            or first.number == second.number
        ):
            subject = None
            continue
        if _bridged(source, place, first.end):
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


def _listed(source: Source, start: int, end: int) -> bool:
    return end - start < 130 and _LISTED.fullmatch(source.folded, start, end) is not None


def _relations(source: Source, start: int, end: int) -> Iterator[tuple[int, str, int]]:
    done = start
    for word in _WORD.finditer(source.folded, start, end):
        if word.start() < done or word.group() not in RELATIONS.first_words:
            continue
        found = RELATIONS.at(source, word.start())
        if found is not None and found[0] <= end:
            done = found[0]
            yield word.start(), found[1], done


def _first_relation(source: Source, start: int, end: int) -> tuple[int, str, int] | None:
    return next(_relations(source, start, end), None)


def _last_relation(source: Source, start: int, end: int) -> tuple[int, str, int] | None:
    """Return the last relation word of a gap, unless the gap is too long or ends a thought."""
    if end - start > _GAP or ";" in source.folded[start:end]:
        return None
    return next(reversed(list(_relations(source, start, end))), None)


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
    source: Source, own: str, sentence: Sentence, clause: Clause, inside: Sequence[Reference]
) -> Iterator[Relation]:
    """Relate the document itself to what its preamble, title, opening or articles name."""
    code = _own_relation(source, sentence, clause, inside[0])
    if code is None:
        return
    opening = _first_relation(source, sentence.start, inside[0].start)
    preamble = clause.kind == "preamble" or (
        source.folded[sentence.end - 1] == ":"
        and opening is not None
        and _opens(source, sentence, opening[0])
    )
    previous = sentence.start
    for reference in inside:
        if reference is not inside[0] and not (
            preamble or _listed(source, previous, reference.start)
        ):
            break
        if preamble and reference is not inside[0]:
            again = _own_again(source, previous, reference.start, code)
            if again is None:
                break
            code = again
        previous = reference.end
        if reference.number != own:
            yield _of_own(source, own, reference, code)


def _opens(source: Source, sentence: Sentence, place: int) -> bool:
    """Tell whether a word opens its sentence, or a line that was joined to the one before."""
    return place - sentence.start < _FIRST or source.composed[place].isupper()


def _own_again(source: Source, start: int, end: int, code: str) -> str | None:
    """Return what is said of the next number of a preamble; None where another one is meant."""
    part = source.folded.rfind(";", start, end)
    found = _last_relation(source, part + 1 if part >= 0 else start, end)
    if found is None or found[1] == code:
        return code
    return found[1] if part >= 0 and found[0] - part < _NEXT_PART else None


def _own_relation(
    source: Source, sentence: Sentence, clause: Clause, first: Reference
) -> str | None:
    """Return what the document does to the first number of a sentence, if it says so."""
    opening = _first_relation(source, sentence.start, first.start)
    if clause.kind == "preamble":
        return opening[1] if opening and opening[0] - sentence.start < _EARLY else "based_on"
    if _BY_ORDER.fullmatch(source.folded, sentence.start, first.start):
        return "based_on"
    found = _last_relation(source, sentence.start, first.start)
    if found is None or _LOOKS_BACK.match(source.folded, sentence.start, found[0]):
        return None
    if _THIS_ONE.match(source.folded, sentence.start):
        return found[1]
    near = _NEAR_CHANGED if found[1] in _CHANGES | {"based_on"} else _NEAR
    if near.fullmatch(source.folded, found[2], first.start) is None:
        return None
    if clause.kind in {"heading", "paragraph"}:
        aims = _AIM.match(source.folded, sentence.start) is not None
        early = found[0] - sentence.start < _EARLY * (1 + aims)
        return found[1] if early or _opens(source, sentence, found[0]) else None
    opens = found[0] - sentence.start < _FIRST
    return found[1] if opens and found[1] in _CHANGES else None


def _of_own(source: Source, own: str, reference: Reference, code: str) -> Relation:
    rule = rules()["relation.of_document"]
    return Relation(
        start=reference.start,
        end=reference.end,
        text=source.composed[reference.start : reference.end],
        rule=rule.id,
        confidence=rule.confidence,
        source=own,
        target=reference.number,
        relation=code,
    )
