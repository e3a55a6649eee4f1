"""The numbered pieces of a text and the sentences inside them.

A document is a sequence of lines, most of them paragraphs, many with a label ("Điều 2.", "a)",
"Firstly"). A line that an editor broke off in mid-sentence is joined to the next one. What is
no instruction by its form (titles, preambles, recipients, page furniture) is marked here, once,
so that no later rule has to ask.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lotrinh.reading.facts import Clause, ClauseKind
from lotrinh.reading.grammar import lexicon
from lotrinh.reading.paper import Table
from lotrinh.reading.text import Source

_STRUCTURE = lexicon("structure")
_LINE = re.compile(r"[^\n]+")
_ORDINALS = "|".join(
    sorted((word.replace(" ", r"\s+") for word in _STRUCTURE["ordinals"]), key=len, reverse=True)
)

# Labels from the widest to the narrowest piece; the level grows downward.
_LABELS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (1, r"(?:phan|chuong|part|chapter)\s+(?:thu\s+)?(?:[ivxlc]+|\d+|nhat|hai|ba|tu)\b[.:]?"),
        (1, r"(?:phu luc|appendix|annex)(?:\s+(?:so\s+)?[ivx\d]+)?\b[.:]?"),
        (2, r"(?:muc|tieu muc|section)\s+(?:[ivxlc]+|\d+)\b[.:]?"),
        (2, r"[ivx]{1,5}\s?[.)/-](?!\w)"),
        (3, r"(?:dieu|article)\s+\d+[a-z]?\s?[.:]"),
        (5, r"\d{1,2}(?:\.\d{1,2}){1,3}[.)-]?(?=\s)"),
        (4, r"\d{1,2}\s?(?:\.(?!\d)|\)|/(?!\d)|-(?=\s+(?:[^\W\d]|\d+(?:[.,]\d+)?\s?%)))"),
        (4, r"\(\d{1,2}\)"),
        (6, r"\((?:[ivx]{1,4}|[a-z])\)(?=\s)"),
        (6, r"(?:[a-z]|dd)\s?(?:\)|/(?=\s))"),
        (4, rf"(?:{_ORDINALS})\s?(?=[,:.])"),
        (7, r"[-+*\u2022\u25cf\u25aa\uf0b7](?:[ ]+(?=\S)|(?=[^\s\d-]))"),
    )
)
_SECTION_LETTER = re.compile(r"[a-h]\s?[.-]\s(?=\S)")
_FINAL = re.compile(r"[.;:!?\u2026,]\s*[)\"'\]]*\s*$")
_HEADING_LENGTH = 130
_SENTENCE_END = re.compile(  # a run of stops is tried from its first alone: leaders are long
    r"(?<![.!?\u2026])[.!?\u2026]+[\"')\]]*\s+(?=[\"'(\[\-+]*\s?(\w))|;\s*\n\s*"
)
_DASHED = 7  # the level of a list with dashes
_NEVER_HEADING = 6  # items from this level down are often written without a final stop
_WORD_BEFORE = re.compile(r"([^\W_]+)$")
_DOCUMENT_NUMBER = re.compile(r"\d{1,2}\s?[-/]\s*[a-z]{1,8}\s?[-/]")  # "45- NQ/TW" is no label


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the place of its clause in the list of clauses."""

    start: int
    end: int
    clause: int


def join_broken_lines(source: Source, tables: Sequence[Table] = ()) -> Source:
    """Return the source whose folded twin has a space where a line was broken in mid-sentence.

    The line break behind a cell of a table parts it from the next one and always stays.
    """
    ends = {cell.end for table in tables for cell in table.cells}
    folded, composed = source.folded, source.composed
    breaks = [
        match.start("end")
        for match in _BROKEN_LINE.finditer(folded)
        if composed[match.end()].islower()
        and match.start("end") not in ends
        and not _labelled(folded, match.end())
        and not _is_in_capitals(composed, match.start())
    ]
    for match in _BROKEN_DATE.finditer(folded):
        if match.start("end") not in ends and not _is_in_capitals(composed, match.start("end")):
            breaks.append(match.start("end"))
    if not breaks:
        return source
    letters = list(folded)
    for place in breaks:
        letters[place] = " "
    return replace(source, folded="".join(letters))


_BROKEN_LINE = re.compile(r"(?<=[^\s.;:!?])[ ]{0,2}(?P<end>\n)[ ]*(?=[a-z])")
_BROKEN_DATE = re.compile(  # "... trước ngày" at the end of a line, "30/9/2024" on the next one
    r"(?<!\w)(?:ngay|thang|quy|nam|truoc|den|sau|tu|trong|vao|het|by|before|from|until)"
    r"[ ]{0,2}(?P<end>\n)[ ]*(?=\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[/.-]\d{4}|\d{4}(?!\w)"
    r"|\d{1,2} thang \d|[ivx]{1,4}(?:/|\snam\s)\d{4})"
)


def _is_in_capitals(composed: str, end: int) -> bool:
    """Tell whether the line that ends at ``end`` is in capitals: then a title follows it."""
    return composed[composed.rfind("\n", 0, end) + 1 : end].isupper()


def _labelled(folded: str, place: int) -> bool:
    return any(pattern.match(folded, place) for _, pattern in _LABELS)


def find_clauses(source: Source) -> tuple[Clause, ...]:
    """Return the pieces of the text in order: they hold every character that is not blank."""
    clauses: list[Clause] = []
    depth = 0
    closing = addressed = False
    folded = source.folded
    for match in _LINE.finditer(folded):
        line = match.group()
        if line.isspace():
            continue
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        label, level = _label(source, start, end)
        body = start + len(label) if label else start
        closing = (closing and level in {0, 7}) or _begins(folded, start, "closing")
        addressed = (addressed and level == _DASHED) or _begins(folded, start, "addressees")
        kind = "boilerplate" if closing or addressed else _kind(source, start, body, end, level)
        if level:
            depth = level
        elif kind == "heading":
            level = depth = 2
        else:
            level = depth + 1
        name = source.composed[start : start + len(label)].strip() if label else None
        clauses.append(Clause(start, end, name, level, kind))
    return tuple(clauses)


def _label(source: Source, start: int, end: int) -> tuple[str, int]:
    """Return the label with which a line opens and its level; an empty label has level 0."""
    folded = source.folded
    if not folded[start].isalnum() or folded[start].isdigit() or _MAY_LABEL.match(folded, start):
        for level, pattern in _LABELS:
            match = pattern.match(folded, start, end)
            if match and not (level == 4 and _DOCUMENT_NUMBER.match(folded, start)):
                return match.group().rstrip(), level
        match = _SECTION_LETTER.match(folded, start, end)
        if match and source.composed[start].isupper():
            return match.group().rstrip(), 1
    return "", 0


_MAY_LABEL = re.compile(
    rf"[a-z]{{1,2}}\s?[)./-]|[ivx]{{1,5}}\s?[.)/-]"
    rf"|(?:phan|chuong|part|chapter|phu luc|appendix|annex|muc|tieu muc|section|dieu|article)\b"
    rf"|(?:{_ORDINALS})\b"
)


def _begins(folded: str, start: int, group: str) -> bool:
    return folded.startswith(tuple(_STRUCTURE[group]), start)


def _kind(source: Source, start: int, body: int, end: int, level: int) -> ClauseKind:
    """Tell what a line is by its form alone."""
    folded = source.folded
    line = folded[start:end]
    if _is_furniture(line):
        return "boilerplate"
    text_at = body
    while text_at < end and folded[text_at] in " -":
        text_at += 1
    if folded.startswith(tuple(_STRUCTURE["preamble"]), text_at):
        return "preamble" if level in {0, 7} and _ends_preamble(line) else _plain_kind(level)
    if _is_heading(source, start, body, end, level):
        return "heading"
    return _plain_kind(level)


def _ends_preamble(line: str) -> bool:
    """A preamble ends in ";", ":" or "," or is short; a longer sentence also says something."""
    return line.rstrip()[-1:] in {";", ":", ","} or len(line) < 320


def _plain_kind(level: int) -> ClauseKind:
    return "item" if level else "paragraph"


def _is_furniture(line: str) -> bool:
    bare = line.strip()
    return (
        not any(letter.isalnum() for letter in bare)
        or bare.startswith(tuple(_STRUCTURE["boilerplate"]))
        or bare.startswith(tuple(_STRUCTURE["national"]))
        or bare.startswith(tuple(_STRUCTURE["party"]))
        or (len(bare) < 200 and any(mark in bare for mark in _STRUCTURE["captions"]))
    )


def _is_heading(source: Source, start: int, body: int, end: int, level: int) -> bool:
    """A short line of its own without a final stop; or one in capitals throughout."""
    written = source.composed[body:end].strip()
    if not written or end - start > _HEADING_LENGTH:
        return len(written) < 300 and written.isupper()
    if written.isupper() and len(written) > 3:
        return True
    if level >= _NEVER_HEADING or _FINAL.search(written):
        return False
    return source.composed[body:end].lstrip(" -*\"'“(")[:1].isupper() or bool(level)


def find_sentences(source: Source, clauses: tuple[Clause, ...]) -> tuple[Sentence, ...]:
    """Return the sentences of every clause that carries meaning, without their labels."""
    sentences: list[Sentence] = []
    folded, composed = source.folded, source.composed
    for place, clause in enumerate(clauses):
        if clause.kind in {"boilerplate", "cell"}:
            continue
        start = clause.start + len(clause.label or "")
        for match in _SENTENCE_END.finditer(folded, start, clause.end):
            if _ends_here(composed, folded, match, start):
                sentences.append(Sentence(start, match.start() + 1, place))
                start = match.end()
        if start < clause.end:
            sentences.append(Sentence(start, clause.end, place))
    return tuple(_trimmed(folded, sentence) for sentence in sentences)


def _ends_here(composed: str, folded: str, match: re.Match[str], start: int) -> bool:
    """A dot ends a sentence unless it belongs to an abbreviation or the next word is lower case."""
    opening = match.group(1)
    if opening is None:
        return True
    first = composed[match.start(1)]
    if not (first.isupper() or first.isdigit()):
        return False
    if folded[match.start()] != "." or match.group().startswith(".."):
        return True
    word = _WORD_BEFORE.search(folded, max(start, match.start() - 12), match.start())
    if word is None:
        return True
    before = word.group()
    return before not in _SHORTENED and not (len(before) == 1 and before.isalpha())


_SHORTENED = frozenset(_STRUCTURE["abbreviations"]["words"])


def _trimmed(folded: str, sentence: Sentence) -> Sentence:
    start, end = sentence.start, sentence.end
    while start < end and folded[start] in ' \n,:-"':
        start += 1
    while end > start and folded[end - 1] in " \n":
        end -= 1
    return Sentence(start, end, sentence.clause)
