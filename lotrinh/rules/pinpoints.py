"""Addresses of pieces of a text: "Điều 5, khoản 2, điểm a", and the same as a link carries it.

People write such an address from the outside in or from the inside out, in two languages; it is
one address. The narrow pieces only mean something inside the wide ones, so the address of a piece
names all that enclose it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lotrinh.rules.names import search_key

_ROMAN = r"[ivxlc]+"
_WORDS = {
    "phu-luc": ("Phụ lục", "Appendix"),
    "phan": ("Phần", "Part"),
    "chuong": ("Chương", "Chapter"),
    "muc": ("mục", "section"),
    "dieu": ("Điều", "Article"),
    "khoan": ("khoản", "clause"),
    "diem": ("điểm", "point"),
}
_ORDER = tuple(_WORDS)
_AROUND_ARTICLES = frozenset({"phan", "chuong", "muc"})
_TYPED = (
    ("phu-luc", re.compile(rf"\b(?:phu luc|appendix|annex)\s+(?:so\s+)?({_ROMAN}|\d+)\b")),
    ("phan", re.compile(rf"\b(?:phan|part)\s+(?:thu\s+)?({_ROMAN}|\d+|nhat|hai|ba|tu)\b")),
    ("chuong", re.compile(rf"\b(?:chuong|chapter)\s+({_ROMAN}|\d+)\b")),
    ("muc", re.compile(rf"\b(?:tieu muc|muc|section)\s+({_ROMAN}|\d+)\b")),
    ("dieu", re.compile(r"\b(?:dieu|article)\s+(\d+[a-z]?)\b")),
    ("khoan", re.compile(r"\b(?:khoan|clause|paragraph)\s+(\d+(?:\.\d+)*)\b")),
    ("diem", re.compile(r"\b(?:diem|point)\s+([a-z]{1,2})\b")),
)
_BARE = (
    ("muc", re.compile(rf"({_ROMAN})\s?[.)/-]?")),
    ("khoan", re.compile(r"\(?(\d+(?:\.\d+)*)\s?[.)/-]*")),
    ("diem", re.compile(r"\(?([a-z]{1,2})\s?[.)/-]")),
)


PART = "mot-phan"
"""The address of a part that a text does not name: "a number of articles of"."""

_BEFORE = re.compile(
    r"((?:(?:phu luc|phan|chuong|muc|dieu|khoan|diem|appendix|chapter|section|article|clause|point)"
    r"\s+[\w.]+[,;]?\s+(?:va\s+|and\s+)?)+)(?:(?:cua|tai|thuoc|of|in)\s+(?:the\s+)?)?$"
)
_SOME = re.compile(
    r"\b(?:mot (?:so )?(?:phan|dieu|khoan|noi dung|quy dinh)(?: \w+){0,6}"
    r"|(?:some|several|a number of) (?:articles|provisions|parts)(?: \w+){0,4})"
    r"\s+(?:cua|tai|of)\s+(?:the\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause of a text: its printed label, empty where it has none, and its level."""

    label: str
    level: int


def slug_of(typed: str) -> str:
    """Return the address that somebody typed as a link carries it; empty where it is none.

    >>> slug_of("Điều 5, khoản 2, điểm a") == slug_of("điểm a khoản 2 Điều 5")
    True
    >>> slug_of("Điều 5, khoản 2, điểm a"), slug_of("điểm đ khoản 1"), slug_of("cả văn bản")
    ('dieu-5.khoan-2.diem-a', 'khoan-1.diem-dd', '')
    """
    plain = search_key(re.sub(r"\b[đĐ]\b", "dd", typed))
    found = {kind: match[1] for kind, pattern in _TYPED if (match := pattern.search(plain))}
    return ".".join(f"{kind}-{found[kind]}" for kind in _ORDER if kind in found)


def pinpoint_before(text: str) -> str:
    """Return the address with which a text ends, as it stands before the document it belongs to.

    >>> pinpoint_before("Bãi bỏ Điều 5, khoản 2 của "), pinpoint_before("sửa đổi một số điều của ")
    ('dieu-5.khoan-2', 'mot-phan')
    >>> pinpoint_before("Căn cứ Điều 5 và theo đề nghị của Sở, bãi bỏ ")
    ''
    """
    plain = search_key(re.sub(r"\b[đĐ]\b", "dd", text[-200:])) + " "
    if (found := _BEFORE.search(plain)) and (slug := slug_of(found[1])):
        return slug
    return PART if _SOME.search(plain) else ""


def words_of(slug: str, language: str = "vi") -> str:
    """Return an address in words.

    >>> words_of("dieu-5.khoan-2.diem-dd"), words_of("muc-ii.khoan-1", "en")
    ('Điều 5, khoản 2, điểm đ', 'section II, clause 1')
    """
    place = 0 if language == "vi" else 1
    if slug == PART:
        return ("một phần", "a part")[place]
    parts = []
    for part in slug.split("."):
        kind, _, value = part.rpartition("-")
        if kind not in _WORDS:
            continue
        if kind in {"phu-luc", "phan", "chuong", "muc"}:
            value = value.upper()
        parts.append(f"{_WORDS[kind][place]} {'đ' if value == 'dd' else value}")
    return ", ".join(parts)


def addresses(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return the address of every piece as a link carries it; empty where it has no label.

    Where two pieces would have one address, the later ones get none: an address means one piece.

    >>> addresses([Piece("Điều 5.", 3), Piece("2.", 4), Piece("a)", 6), Piece("", 7)])
    ('dieu-5', 'dieu-5.khoan-2', 'dieu-5.khoan-2.diem-a', '')
    """
    around: list[tuple[int, str]] = []
    given: set[str] = set()
    found = []
    for piece in pieces:
        own = _own(piece)
        if not own:
            found.append("")
            continue
        around = [(level, part) for level, part in around if level < piece.level]
        around.append((piece.level, own))
        slug = ".".join(_settled(part for _level, part in around))
        found.append("" if slug in given else slug)
        given.add(slug)
    return tuple(found)


def _settled(parts: Iterable[str]) -> tuple[str, ...]:
    """Return the parts that an address needs: of two of one kind the later, 1.2 and not 1 as well.

    Articles are numbered through a whole text, so what stands around an article is left out.
    """
    by_kind: dict[str, str] = {}
    for part in parts:
        by_kind[part.rpartition("-")[0]] = part
    if "dieu" in by_kind:
        by_kind = {kind: part for kind, part in by_kind.items() if kind not in _AROUND_ARTICLES}
    return tuple(by_kind[kind] for kind in _ORDER if kind in by_kind)


def _own(piece: Piece) -> str:
    """Return the part of an address that a label stands for; empty where it stands for none."""
    if not piece.label:
        return ""
    plain = search_key(re.sub(r"^[đĐ]\b", "dd", piece.label.strip()))
    for kind, pattern in _TYPED:
        if found := pattern.match(plain):
            return f"{kind}-{found[1]}"
    for kind, pattern in _BARE:
        if kind == "muc" and piece.level > 2:
            continue  # "i)" among points is a letter
        if found := pattern.fullmatch(plain):
            return f"{kind}-{found[1]}"
    return ""
