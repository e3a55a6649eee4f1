"""Numbers of documents, however they are written, and the one way in which they are printed.

Two systems number differently: the Party writes `45-NQ/TW`, the State `59/2019/NĐ-CP` and
`176/KH-UBND`, and ordinary texts mix the two, lose diacritics and insert spaces. A full number
is recognised by its kind and suffix. A short form ("Resolution 98 of the National Assembly")
counts only with a sign of being a number or with its issuer, and is completed either from a full
form in the same text, if there is exactly one, or from what its issuer's suffix makes certain.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lotrinh.reading.grammar import Phrases, lexicon
from lotrinh.reading.text import Source, fold, read_source

_DOCUMENTS = lexicon("documents")
_S = r"[ \n]{0,2}"
_SEP = rf"{_S}[-/]{_S}"
_SIGN = rf"[-/](?:{_S}[-/])?"  # doubled around a part that was left empty: "97-/CTr/TU"

TYPE_WORDS: Phrases[str] = Phrases(
    (word, kind["code"]) for kind in _DOCUMENTS["type"] for word in (*kind["vi"], *kind["en"])
)
_CODES: dict[str, str] = {}
for _kind in _DOCUMENTS["type"]:
    for _symbol in _kind["symbols"]:
        _CODES.setdefault(_symbol, _kind["code"])
TYPE_NAMES: dict[str, str] = {
    kind["code"]: " / ".join((*kind["vi"][:1], *kind["en"][:1])) for kind in _DOCUMENTS["type"]
}
"""What a type is called in either language, by its code."""
TYPE_CODES: frozenset[str] = frozenset(kind["code"] for kind in _DOCUMENTS["type"])
_SHORT_KINDS = frozenset(kind["code"] for kind in _DOCUMENTS["type"] if kind.get("short"))
_SYSTEMS = {
    fold(suffix): (system, suffix)
    for system in ("either", "state", "party")
    for suffix in _DOCUMENTS["suffixes"][system]
}
ISSUERS: Phrases[tuple[str, str]] = Phrases(
    (word, (issuer["name"], issuer["suffix"]))
    for issuer in _DOCUMENTS["issuer"]
    for word in (*issuer["vi"], *issuer["en"])
)
_ISSUER_OF_SUFFIX = {"CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "CTN": "Chủ tịch nước"}

_SYMBOLS = "|".join(sorted(_CODES, key=len, reverse=True))
_KNOWN = "|".join(sorted(_SYSTEMS, key=len, reverse=True))
_SUFFIX = r"t\.[uw](?![a-z])|[a-z][a-z0-9&]{0,14}(?:[-/][a-z][a-z0-9&]{0,12}){0,3}"
_FULL = re.compile(
    rf"(?P<seq>\d{{1,5}}[a-z]?)(?:{_SEP}(?P<year>(?:19|20)\d\d))?{_S}(?P<first>{_SIGN}){_S}"
    rf"(?P<type>{_SYMBOLS})(?:{_S}(?P<second>{_SIGN}){_S}(?P<suffix>{_SUFFIX})"
    rf"|(?P<glued>{_KNOWN}))(?![a-z0-9@])"
)
_SPACED = re.compile(
    rf"(?P<seq>\d{{1,5}}[a-z]?)(?P<year>) ?(?P<first>)(?P<type>{_SYMBOLS})"
    rf"{_S}(?P<second>[/]){_S}(?P<suffix>{_SUFFIX})(?P<glued>)(?![a-z0-9@])"
)
_ASSEMBLY = re.compile(
    rf"(?P<seq>\d{{1,5}}[a-z]?){_SEP}(?P<year>(?:19|20)\d\d){_SEP}(?:(?:nq|l|pl){_S}-{_S})?"
    r"(?P<suffix>(?:ubtv)?qh\d{1,2})(?![a-z0-9])"
)
_LETTER = re.compile(
    r"(?P<seq>\d{1,5}) ?/ ?(?P<suffix>[a-z]{2,12}(?: ?- ?[a-z0-9&]{1,12}){0,3})(?![\w/])"
)
_NUMBERED_BODIES = ("bql", "qk", "kv")  # boards and regions have numbers of their own
_TORN = re.compile(r"\d{1,3} (?=\d{1,4} ?[-/] ?[a-z])")  # a space within the digits
_YEARED = re.compile(r"(?P<seq>\d{1,4}[a-z]?)/(?P<year>(?:19|20)\d\d)(?![\w/]|[.,-]\d)")
_MARK = re.compile(r"(?<![a-z])(?:so\s+so|so\s+hieu|so|nos?|numbers?)\s*[.:]{0,2}\s*$")
_BARE = re.compile(r"\d{1,4}[a-z]?(?![a-z0-9%]|[.,/-]\d|\s?%|\s?[-/]\s?[a-z]{1,6}[-/])")
_NEXT_IN_LIST = re.compile(
    r"\s*(?:,|;|va|and|&|,\s*and)\s*(?:(?:so|nos?\.?|number)\s*)?(?=(\d{1,4}[a-z]?)(?![\w%]|[.,]\d))"
)
_ISSUER_LINK = re.compile(r"\s*,?\s*(?:of|by|from|cua|do)\s+(?:the\s+)?")
_MAY_FOLLOW = re.compile(
    r"\s*(?:$|[^\sa-z\d]|(?:ngay|cua|ve|nam|va|duoc|da|la|co|do|thi|tai|nay|on|of|dated|and|by|is|was"
    r"|for|in|will|to|has|cung|ma|khi|de|den|nham|trong|theo|dang|se|ra|toi|with|as|from|or)\b)"
)
_BARE_KINDS = frozenset({"NQ", "KL", "CT", "NĐ", "QyĐ", "ĐA"})
_YEARED_KINDS = frozenset({"NĐ", "NQ", "QĐ", "TT"})
_NOT_DOCUMENTS: Phrases[bool] = Phrases.of(_DOCUMENTS["marks"]["not_documents"], True)


@dataclass(slots=True)
class Reference:
    """A citation while it is being read. ``own_start`` is where its digits begin."""

    start: int
    end: int
    own_start: int
    seq: str
    type: str | None
    suffix: str | None
    year: str | None
    number: str
    rule: str
    issuer: str | None = None
    date: str | None = None
    tentative: bool = False  # a short form that counts only if the text has its full number
    unsure: bool = False  # "TƯ" may stand for the Central Committee or, misspelt, for a city's


def canonical_number(written: str) -> str | None:
    """Return the printed form of one full number, or None where the text is not just a number.

    >>> canonical_number("06/Ctr-TU"), canonical_number("47-KH/DU"), canonical_number("102-KH-UBND")
    ('06-CTr/TU', '47-KH/ĐU', '102/KH-UBND')
    """
    source = read_source(written.strip())
    for found in _full_at(source, 0, marked=True):
        if found.end == len(source.composed):
            return found.number
    return None


def find_citations(source: Source, numerals: Sequence[tuple[int, int]]) -> list[Reference]:
    """Return every numbered document in reading order; ``numerals`` are all runs of digits."""
    found: list[Reference] = []
    done = 0
    for start, end in numerals:
        if start < done or end - start > 5:
            continue
        for reference in _references_at(source, start):
            found.append(reference)
            done = max(done, reference.end)
    return found


def _references_at(source: Source, place: int) -> Iterator[Reference]:
    """Yield the full number that begins with these digits, else the short form or list of them."""
    folded = source.folded
    mark = _mark_before(source, place)
    if mark is None and _inside_a_word(folded, place):
        return
    kind_end = mark if mark is not None else place
    kind = TYPE_WORDS.before(source, kind_end)
    opening = kind[0] if kind else kind_end
    full = _torn_at(source, place) if mark is not None else None
    full = full or next(_full_at(source, place, marked=bool(kind) or mark is not None), None)
    if full is not None and kind is None and not _stands_alone(source, full, kind_end):
        return
    if full is not None:
        full.start = opening
        full.type = _settled_type(full.type, kind[1] if kind else None)
        yield full
    elif kind is not None:
        yield from _short_forms(source, place, kind, mark is not None)


def _torn_at(source: Source, place: int) -> Reference | None:
    """Return the full number behind "số" whose digits a space has torn apart ("1 50/KH-UBND")."""
    torn = _TORN.match(source.folded, place)
    full = next(_full_at(source, torn.end(), marked=False), None) if torn else None
    if full is None:
        return None
    head = source.folded[place : full.own_start].strip()
    full.number, full.seq = head + full.number, head + full.seq
    full.start = full.own_start = place
    return full


def _stands_alone(source: Source, full: Reference, opening: int) -> bool:
    """Tell a letter's number without any word for its kind from the number of a room or a form."""
    if full.rule != "citation.letter":
        return True
    if _NOT_DOCUMENTS.before(source, opening) is not None:
        return False
    if "-" in (full.suffix or "") or fold(full.suffix or "") in _SYSTEMS:
        return True
    return not source.folded[source.folded.rfind("\n", 0, opening) + 1 : opening].strip(" |*")


def _mark_before(source: Source, place: int) -> int | None:
    """Return where "số" or "No." begins, if it stands before these digits."""
    if source.folded[place - 1 : place] not in {" ", ".", ":", "o", "\n", "s", "r"}:
        return None
    low = max(0, place - 12)
    match = _MARK.search(source.folded[low:place])
    if match is None:
        return None
    start = low + match.start()
    written = source.composed[start : start + 2].lower()
    return start if written in {"số", "so", "no", "nu"} else None


def _inside_a_word(folded: str, place: int) -> bool:
    """Tell whether the digits continue a word, an address or another numeral."""
    before = folded[place - 1 : place]
    if not before:
        return False
    if before in ".,":
        return folded[place - 2 : place - 1].isdigit()
    return before.isalnum() or before in "/-_@=&#"


def _settled_type(code: str | None, word: str | None) -> str | None:
    """Let the word in front decide where one symbol stands for two kinds (QĐ, ĐA, TT)."""
    if code is None or (code, word) in {("QĐ", "QyĐ"), ("ĐA", "DA")}:
        return word
    return code


def _full_at(source: Source, place: int, *, marked: bool) -> Iterator[Reference]:
    """Yield the full number that begins at ``place``, if there is one."""
    folded, composed = source.folded, source.composed
    match = _ASSEMBLY.match(folded, place)
    if match:
        suffix = match["suffix"].upper()
        number = f"{match['seq']}/{match['year']}/{suffix}"
        yield _reference(place, match.end(), match, (None, suffix, number), "citation.full")
        return
    match = _FULL.match(folded, place) or (_SPACED.match(folded, place) if marked else None)
    if match and composed[match.start("type")].isupper():
        yield from _symbol_reference(source, place, match)
        return
    match = _LETTER.match(folded, place) if marked else None
    if match and _is_symbol(composed[match.start("suffix") : match.end()]):
        suffix = _suffix(_joined(source, match.start("suffix"), match.end()))[1]
        number = f"{match['seq']}/{suffix}"
        yield _reference(place, match.end(), match, ("CV", suffix, number), "citation.letter")


def _symbol_reference(source: Source, place: int, match: re.Match[str]) -> Iterator[Reference]:
    composed = source.composed
    group = "suffix" if match["suffix"] else "glued"
    start, end = match.span(group)
    if not composed[start].isupper():
        return
    written = _without_note(_upper_part(_joined(source, start, end)))
    system, suffix = _suffix(written)
    code = _CODES[match["type"]]
    if system == "either":
        system = "party" if "/" in (match["second"] or "") and "-" in match["first"] else "state"
    if match["year"]:
        system = "state"
    year = f"{match['year']}/" if match["year"] else ""
    symbol = code if code != "QyĐ" else ("QyĐ" if match["type"] == "qyd" else "QĐi")
    number = (
        f"{match['seq']}-{symbol}/{suffix}"
        if system == "party"
        else f"{match['seq']}/{year}{symbol}-{suffix}"
    )
    dashed = match["year"] and source.folded[match.end("seq") : match.start("year")].strip() == "-"
    if dashed and (code, suffix) == ("NQ", "CP"):  # so the Government numbers its "19-2016/NQ-CP"
        number = f"{match['seq']}-{match['year']}/NQ-CP"
    end = start + len(written)
    reference = _reference(place, end, match, (code, suffix, number), "citation.full")
    reference.unsure = written.lower() == "tư"
    yield reference


def _reference(
    place: int,
    end: int,
    match: re.Match[str],
    identity: tuple[str | None, str, str],
    rule: str,
) -> Reference:
    code, suffix, number = identity
    year = match["year"] if "year" in match.re.groupindex else None
    issuer = _ISSUER_OF_SUFFIX.get(suffix)
    if suffix.startswith("QH"):
        issuer = "Quốc hội"
    elif suffix.startswith("UBTVQH"):
        issuer = "Ủy ban Thường vụ Quốc hội"
    return Reference(
        place, end, place, match["seq"], code, suffix, year or None, number, rule, issuer
    )


def _joined(source: Source, start: int, end: int) -> str:
    """Return what is written without its spaces and with one kind of dash."""
    letters = zip(source.composed[start:end], source.folded[start:end], strict=True)
    return "".join("-" if twin == "-" else letter for letter, twin in letters if twin != " ")


def _is_symbol(written: str) -> bool:
    """Tell letters of a number, nearly all capitals ("TTg-CN", "CTrPH-SNV"), from a word."""
    letters = [letter for letter in written if letter.isalpha()]
    small = sum(1 for letter in letters if letter.islower())
    return letters[0].isupper() and small * 3 <= len(letters) and small <= written.count("-") + 1


def _upper_part(written: str) -> str:
    """Return the suffix without what a dash without spaces has glued to it ("TW-về")."""
    parts = re.split(r"([-/])", written)
    kept = parts[0]
    for joint, part in zip(parts[1::2], parts[2::2], strict=True):
        if not part[:1].isupper():
            break
        kept += joint + part
    return kept


def _without_note(written: str) -> str:
    """Return the suffix without the digit of a footnote that stands right behind it ("TW1")."""
    bare = written.rstrip("0123456789")
    noted = bare != written and fold(written) not in _SYSTEMS and fold(bare) in _SYSTEMS
    noted = noted and not fold(bare).endswith(_NUMBERED_BODIES)
    return bare if noted else written


def _suffix(written: str) -> tuple[str, str]:
    """Return the system and the printed form of a suffix."""
    if fold(written) in {"t.u", "t.w", "tw"} or (fold(written) == "tu" and "ư" in written.lower()):
        return "party", "TW"
    parts = [
        ("party", "TW") if part.lower() == "tư" else _SYSTEMS.get(fold(part), ("either", part))
        for part in re.split(r"[-/]", written)
    ]
    return parts[0][0], "-".join(part for _, part in parts)


def _short_forms(
    source: Source, place: int, kind: tuple[int, str], marked: bool
) -> Iterator[Reference]:
    """Yield the numbers of "Resolution 98 of the National Assembly" or "No. 18, No. 19-NQ/TW"."""
    folded = source.folded
    yeared = _yeared_form(source, place, kind, marked)
    if yeared is not None:
        yield yeared
        return
    spans, model = _listed(source, place, marked)
    if not spans:
        return
    tentative = False
    if model is not None and (model.type == kind[1] or kind[1] == "QyĐ"):
        rule, issuer = "citation.list", None
    else:
        model = None
        rule, issuer = "citation.short", _issuer_after(source, spans[-1][1])
        accepted = _accepts_short(source, place, kind, marked, issuer)
        if not accepted and not _may_be_short(source, place, kind):
            return
        tentative = not accepted
        spans = spans if marked or issuer else spans[:1]
    for index, (start, end) in enumerate(spans):
        number = folded[start:end]
        suffix = model.suffix if model else (issuer[1] if issuer else None)
        yield Reference(
            kind[0] if index == 0 else start,
            end,
            start,
            number,
            kind[1],
            suffix,
            None,
            composed_number(number, kind[1], suffix),
            rule,
            issuer[0] if issuer else None,
            tentative=tentative,
        )


def _listed(
    source: Source, place: int, marked: bool
) -> tuple[list[tuple[int, int]], Reference | None]:
    """Return the bare numbers of a list and the full one that ends it, if any does."""
    folded = source.folded
    first = _BARE.match(folded, place)
    if first is None:
        return [], None
    spans = [first.span()]
    following = _NEXT_IN_LIST.match(folded, first.end())
    while following:
        at = following.end()
        model = next(_full_at(source, at, marked=False), None)
        if model is not None:
            return spans, model
        bare = _BARE.match(folded, at)
        if bare is None or not (marked or _lists_on(source, at)):
            break
        spans.append(bare.span())
        following = _NEXT_IN_LIST.match(folded, bare.end())
    return spans, None


def _yeared_form(
    source: Source, place: int, kind: tuple[int, str], marked: bool
) -> Reference | None:
    """Return "Nghị định 30/2020", whose year tells it from a month."""
    match = _YEARED.match(source.folded, place)
    start, code = kind
    if match is None or code not in _YEARED_KINDS or not source.composed[start].isupper():
        return None
    if not marked and int(re.sub(r"\D", "", match["seq"])) <= 12 and code != "NĐ":
        return None
    number = f"{match['seq']}/{match['year']}" + ("/NĐ-CP" if code == "NĐ" else "")
    found = Reference(
        start, match.end(), place, match["seq"], code, None, match["year"], number, "citation.short"
    )
    if code == "NĐ":
        found.suffix, found.issuer = "CP", _ISSUER_OF_SUFFIX["CP"]
        return found
    issuer = _issuer_after(source, match.end())
    if issuer is not None:
        found.issuer, found.suffix = issuer
    return found


_LIST_END = re.compile(
    r"(?:\d{1,4}(?:\s*,\s*|\s+(?:va|and)\s+)){0,8}\d{1,4}(?P<full>\s?[-/]\s?[a-z])?"
)


def _lists_on(source: Source, place: int) -> bool:
    """Tell whether bare numbers end in a full one ("18, 19 and 20-NQ/TW") or with an issuer."""
    listed = _LIST_END.match(source.folded, place)
    if listed is None:
        return False
    return listed["full"] is not None or _issuer_after(source, listed.end()) is not None


def _issuer_after(source: Source, place: int) -> tuple[str, str] | None:
    link = _ISSUER_LINK.match(source.folded, place)
    if link is None:
        return None
    found = ISSUERS.at(source, link.end())
    return found[1] if found else None


def _accepts_short(
    source: Source,
    place: int,
    kind: tuple[int, str],
    marked: bool,
    issuer: tuple[str, str] | None,
) -> bool:
    """A bare number is a document if it says so, names its issuer, or is a well-known usage."""
    start, code = kind
    capital = source.composed[start].isupper()
    if issuer is not None:
        return capital or marked
    if marked:
        return code in _SHORT_KINDS and capital and _is_document_word(source, start, place)
    digits = re.match(r"\d+", source.folded[place:])
    return (
        capital
        and code in _BARE_KINDS
        and digits is not None
        and len(digits.group()) in {2, 3}
        and _MAY_FOLLOW.match(source.folded, place + digits.end()) is not None
        and _is_document_word(source, start, place)
    )


def _may_be_short(source: Source, place: int, kind: tuple[int, str]) -> bool:
    """Tell "Hướng dẫn 09", which counts where the text names the whole number."""
    digits = re.match(r"\d+", source.folded[place : place + 6])
    return (
        source.composed[kind[0]].isupper()
        and digits is not None
        and len(digits.group()) in {2, 3, 4}
        and _MAY_FOLLOW.match(source.folded, place + digits.end()) is not None
    )


def _is_document_word(source: Source, start: int, place: int) -> bool:
    """ "Project No. 5" may be a railway: in English the word alone does not make a document."""
    return not source.folded.startswith(("project", "scheme", "report", "document"), start, place)


def composed_number(seq: str, code: str, suffix: str | None) -> str:
    """Return the full number where kind and suffix alone make it certain, else the bare one."""
    if suffix in {"TW", "TU", "ĐU"}:
        return f"{seq}-{'QĐ' if code == 'QyĐ' else code}/{suffix}"
    if suffix in {"UBND", "HĐND", "TTg"} or (suffix, code) == ("CP", "NQ"):
        return f"{seq}/{code}-{suffix}"
    return seq
