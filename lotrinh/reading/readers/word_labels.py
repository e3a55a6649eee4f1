"""The labels that Word writes itself in front of paragraphs: "1.", "1.2.", "a)", "IV.", "-".

They are not in the text of the file. A list has levels, each with a format and a pattern such as
"%1.%2."; a paragraph names its list and level, or its style does. Counting goes on through the
document, and a deeper level begins anew after a shallower one.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from lotrinh.reading.readers.word_parts import W, is_on, number, value

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACE = re.compile(r"%([1-9])")
_BULLETS = {"\uf02b": "+", "\uf0a7": "•", "\uf0b7": "•", "\uf0d8": "•", "\uf0fc": "•", "o": "•"}
_DEEPEST_STYLE = 20  # styles based on styles; a loop among them ends here


@dataclass(slots=True)
class _Level:
    """One level of a list."""

    form: str
    pattern: str
    start: int
    style: str | None
    restart: int | None
    decimal: bool
    suffix: str


@dataclass(slots=True)
class _List:
    """A numbering that paragraphs refer to, with the levels it changes for itself."""

    family: str  # lists of one family count on from each other
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Labels:
    """Counts through one document. Ask once for every paragraph, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        for style in () if styles is None else styles.iter(W + "style"):
            name = style.get(W + "styleId", "")
            self._styles[name] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true"}:
                self._default = name
        self._lists = {} if numbering is None else self._read_lists(numbering)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, paragraph: etree._Element) -> str:
        """Return the label of this paragraph with the space behind it; "" where it has none."""
        numbered, depth = self._place(paragraph)
        found = self._lists.get(numbered)
        if found is None or depth not in found.levels:
            return ""
        counts = self._count(numbered, found, depth)
        level = found.levels[depth]
        if level.form == "bullet":
            label = _BULLETS.get(level.pattern, level.pattern if level.pattern.strip() else "-")
            label = "•" if "\ue000" <= label <= "\uf8ff" else label
        else:
            label = _PLACE.sub(lambda at: self._printed(found, counts, level, at), level.pattern)
        if not label:
            return ""
        return label if level.suffix == "nothing" and label.endswith(" ") else label + " "

    def style_of(self, paragraph: etree._Element) -> list[etree._Element]:
        """Return the style of a paragraph and those it is based on, the nearest first."""
        name = value(paragraph, "pPr/pStyle") or self._default
        return self._chain(name)

    def _chain(self, name: str | None) -> list[etree._Element]:
        found: list[etree._Element] = []
        while name in self._styles and len(found) < _DEEPEST_STYLE:
            found.append(self._styles[name])
            name = value(found[-1], "basedOn")
        return found

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        numbered = value(paragraph, "pPr/numPr/numId")
        depth = number(paragraph, "pPr/numPr/ilvl", -1)
        if numbered is not None:
            return numbered, max(depth, 0)
        for style in self.style_of(paragraph):
            numbered = value(style, "pPr/numPr/numId")
            if numbered is None:
                continue
            if depth < 0:
                depth = self._depth_of(numbered, style)
            return numbered, depth
        return "0", 0

    def _depth_of(self, numbered: str, style: etree._Element) -> int:
        """A style says its level by its own words, or the list says which level is its own."""
        name = style.get(W + "styleId", "")
        found = self._lists.get(numbered)
        for depth, level in found.levels.items() if found else ():
            if level.style == name:
                return depth
        return number(style, "pPr/numPr/ilvl", 0)

    def _count(self, numbered: str, found: _List, depth: int) -> dict[int, int]:
        counts = self._counts.setdefault(found.family, {})
        for level in range(depth):
            counts.setdefault(level, self._start(found, level))
        if depth in found.starts and (numbered, depth) not in self._begun:
            counts[depth] = found.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = self._start(found, depth)
        self._begun.add((numbered, depth))
        for deeper in [level for level in counts if level > depth]:
            rule = found.levels[deeper].restart if deeper in found.levels else None
            if rule is None or (rule > 0 and depth < rule):
                del counts[deeper]
        return counts

    def _start(self, found: _List, depth: int) -> int:
        level = found.levels.get(depth)
        return found.starts.get(depth, level.start if level else 1)

    def _printed(
        self, found: _List, counts: dict[int, int], level: _Level, place: re.Match[str]
    ) -> str:
        depth = int(place.group(1)) - 1
        form = found.levels[depth].form if depth in found.levels else "decimal"
        return printed(counts.get(depth, 1), "decimal" if level.decimal else form)

    def _read_lists(self, numbering: etree._Element) -> dict[str, _List]:
        families = {
            item.get(W + "abstractNumId", ""): item for item in numbering.iter(W + "abstractNum")
        }
        pointers = {
            item.get(W + "numId", ""): value(item, "abstractNumId") or ""
            for item in numbering.iter(W + "num")
        }
        lists: dict[str, _List] = {}
        for item in numbering.iter(W + "num"):
            family = self._family(value(item, "abstractNumId") or "", families, pointers)
            source = families.get(family)
            found = _List(family, {} if source is None else _levels(source))
            for change in item.iter(W + "lvlOverride"):
                depth = _depth(change)
                found.levels |= _levels(change)
                if value(change, "startOverride") is not None:
                    found.starts[depth] = number(change, "startOverride", 1)
            lists[item.get(W + "numId", "")] = found
        lists.pop("0", None)
        return lists

    def _family(
        self, family: str, families: dict[str, etree._Element], pointers: dict[str, str]
    ) -> str:
        """A list may be only a pointer to the list of a style."""
        linked = value(families.get(family), "numStyleLink")
        for style in self._chain(linked) if linked else ():
            numbered = value(style, "pPr/numPr/numId")
            if numbered is not None:
                return pointers.get(numbered, family)
        return family


def _levels(holder: etree._Element) -> dict[int, _Level]:
    return {
        _depth(item): _Level(
            form=value(item, "numFmt") or "decimal",
            pattern=value(item, "lvlText") or "",
            start=number(item, "start", 1),
            style=value(item, "pStyle"),
            restart=number(item, "lvlRestart", -1) if value(item, "lvlRestart") else None,
            decimal=is_on(item, "isLgl"),
            suffix=value(item, "suff") or "tab",
        )
        for item in holder.iter(W + "lvl")
    }


def _depth(item: etree._Element) -> int:
    said = item.get(W + "ilvl", "0")
    return int(said) if said.isdecimal() else 0


def printed(count: int, form: str) -> str:
    """Return a count as a list prints it in one of Word's number formats."""
    if form in {"upperRoman", "lowerRoman"}:
        roman = _roman(count)
        return roman.upper() if form == "upperRoman" else roman
    if form in {"upperLetter", "lowerLetter"}:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""
        return letters.upper() if form == "upperLetter" else letters
    if form == "decimalZero":
        return f"{count:02d}"
    return "" if form in {"none", "bullet"} else str(count)


def _roman(count: int) -> str:
    pieces: list[str] = []
    for size, letters in _ROMAN if 0 < count < 4000 else ():
        pieces.append(letters * (count // size))
        count %= size
    return "".join(pieces) or str(count)
