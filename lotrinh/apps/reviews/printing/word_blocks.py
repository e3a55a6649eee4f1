"""Headings, paragraphs and tables of an official text as the XML of Word.

Everything looks as its style says (``styles``). Words are written as entities wherever a sign could
mean something to XML or to the tags of a template.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from lotrinh.apps.reviews.printing.plain import (
    LONG_CELL,
    WHOLE,
    column_weights,
    letter_size,
    link_of,
    printable,
)
from lotrinh.apps.reviews.printing.styles import style_id
from lotrinh.rules.official.form import shown
from lotrinh.rules.official.text import Block, Heading, Paragraph, Run, Table

_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\"'{}%#_"}

_NUMBERS = re.compile(f"({WHOLE})")
_NO_BREAK = Markup('</w:t><w:noBreakHyphen/><w:t xml:space="preserve">')

LinkTo = Callable[[str], str]  # the name by which the file refers to an address


def entities(words: str) -> Markup:
    """Return words as data that neither XML nor a template can take for its own.

    >>> entities("{{ 7*7 }} <b>")
    Markup('&#123;&#123; 7*7 &#125;&#125; &#60;b&#62;')

    The hyphen in the number of a document is one at which no line breaks.
    """
    pieces = (_whole(piece) for piece in _NUMBERS.split(printable(words)))
    return Markup("").join(pieces)


def _whole(piece: str) -> Markup:
    said = Markup(piece.translate(_ENTITIES))  # noqa: S704  # every sign is an entity
    return said.replace("-", _NO_BREAK) if _NUMBERS.fullmatch(piece) else said


def lines(words: Iterable[str], style: str) -> Markup:
    """Return each line as a paragraph of one style; one empty paragraph where there are none."""
    return Markup("").join(
        _paragraph(_words(entities(line)), style) for line in (list(words) or [""])
    )


class BlockWriter:
    """Writes blocks for one file: in its language, at its width, with links that it holds."""

    def __init__(self, *, language: str, width: int, body: int, link_to: LinkTo) -> None:
        """``width`` is that between the edges, in twentieths of a point; ``body`` in points."""
        self.language, self.width, self.body, self.link_to = language, width, body, link_to

    def blocks(self, blocks: Sequence[Block], *, keeps_end: bool = False) -> Markup:
        """Return blocks one after another; the last stays beside what follows it if asked."""
        end = len(blocks) - 1
        return Markup("").join(
            self._block(block, stays=keeps_end and place == end)
            for place, block in enumerate(blocks)
        )

    def _block(self, block: Block, *, stays: bool) -> Markup:
        if isinstance(block, Heading):
            words = " ".join(filter(None, (block.mark, block.text)))
            level = min(max(block.level, 1), 6)
            return _paragraph(_words(entities(words)), f"LT Heading {level}")
        if isinstance(block, Paragraph):
            return _paragraph(self._runs(block.runs), "LT Body", stays=stays)
        return self._table(block)

    def _runs(self, runs: Iterable[Run], size: int = 0) -> Markup:
        return Markup("").join(self._run(run, size) for run in runs)

    def _run(self, run: Run, size: int) -> Markup:
        words = entities(shown(run, self.language))
        marks = (
            "<w:b/>" if run.is_bold or run.is_missing else "",
            "<w:i/>" if run.is_italic else "",
            f'<w:sz w:val="{size * 2}"/>' if size else "",
            '<w:u w:val="dotted"/>' if run.is_changed else "",
            '<w:shd w:val="clear" w:color="auto" w:fill="E1E1E1"/>' if run.is_missing else "",
        )
        written = _words(words, "".join(marks))
        address = link_of(run)
        if not address:
            return written
        reference = self.link_to(address)
        return Markup('<w:hyperlink r:id="{}" w:history="1">{}</w:hyperlink>').format(
            reference, written
        )

    def _table(self, table: Table) -> Markup:
        weights = column_weights(table)
        widths = [self.width * weight // sum(weights) for weight in weights]
        size = letter_size(table, self.body)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = Markup("").join(
            _cell(_paragraph(_words(entities(words), _size(size)), "LT Table head"), width)
            for words, width in zip(table.head, widths, strict=True)
        )
        rows = Markup("").join(self._row(table, row, widths, size) for row in table.rows)
        caption = [table.caption] if table.caption else []
        # A paragraph stands after each table: two tables that touch become one in Word.
        return (
            Markup("").join(_paragraph(_words(entities(one)), "LT Caption") for one in caption)
            + _xml(_TABLE.format(grid=grid))
            + Markup("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{}</w:tr>").format(head)
            + rows
            + Markup("</w:tbl>")
            + lines(table.notes, "LT Note")
        )

    def _row(
        self, table: Table, row: Sequence[Paragraph], widths: Sequence[int], size: int
    ) -> Markup:
        is_long = any(sum(len(run.text) for run in cell.runs) > LONG_CELL for cell in row)
        cells = Markup("").join(
            _cell(
                _paragraph(self._runs(cell.runs, size), "LT Figure" if numeric else "LT Cell"),
                width,
            )
            for cell, numeric, width in zip(row, table.numeric, widths, strict=True)
        )
        whole = _xml("" if is_long else "<w:trPr><w:cantSplit/></w:trPr>")
        return Markup("<w:tr>{}{}</w:tr>").format(whole, cells)


_TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
    '<w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "<w:tblGrid>{grid}</w:tblGrid>"
)


def _xml(own: str) -> Markup:
    """Return XML that is ours alone: no word of a text goes through here."""
    return Markup(own)  # noqa: S704


def _size(size: int) -> str:
    return f'<w:sz w:val="{size * 2}"/>'


def _cell(content: Markup, width: int) -> Markup:
    return Markup('<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr>{}</w:tc>').format(
        width, content
    )


def _words(words: Markup, marks: str = "") -> Markup:
    dress = _xml(f"<w:rPr>{marks}</w:rPr>" if marks else "")
    return Markup('<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>').format(dress, words)


def _paragraph(content: Markup, style: str, *, stays: bool = False) -> Markup:
    keeps = _xml("<w:keepNext/>" if stays else "")
    return Markup('<w:p><w:pPr><w:pStyle w:val="{}"/>{}</w:pPr>{}</w:p>').format(
        style_id(style), keeps, content
    )
