"""The Word template of a layout: a file that an office opens, changes and gives back.

Lines that a text may lack stand between ``{%p if ... %}`` and ``{%p endif %}``, which vanish when
a text is printed. Each system has tags of its own for its title, so that a template of the one
cannot print a text of the other.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import _Footer, _Header
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from lotrinh.apps.reviews.printing.packing import packed
from lotrinh.apps.reviews.printing.styles import FONT, add_styles
from lotrinh.rules.official.layouts import Layout, layout_for, layouts

PAGE = (210, 297)
ISSUER_RULE = 22
ABOUT_RULE = 40


def office_template(system: str, day: date, language: str = "vi") -> bytes:
    """Return the template of the layout in force on a day, as a Word file with its tags.

    Raises LayoutUnknown (``rules.official.layouts``).
    """
    return template_of(layout_for(system, day).code, language)


@cache
def template_of(code: str, language: str) -> bytes:
    """Return the template of the layout with this code; the same code gives the same bytes."""
    layout = next(one for one in layouts() if one.code == code)
    document = Document()
    add_styles(document, layout)
    _set_up(document, layout)
    _page_heading(document, layout, language)
    _what_it_is(document, layout)
    _line(document, "{{p addressed }}", "LT Addressed")
    _line(document, "{{p body }}", "LT Body")
    _ending(document)
    _optional(document, "legend", [("{{ legend }}", "LT Legend")])
    _line(document, "{{p appendix }}", "LT Body")
    written = io.BytesIO()
    document.save(written)
    return packed(written.getvalue())


def _set_up(document: DocumentType, layout: Layout) -> None:
    """Set page, edges, letters, and what stands above and below each page."""
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", ""
    properties.created = properties.modified = datetime.combine(layout.since, time())
    for paragraph in list(document.paragraphs):
        paragraph._p.getparent().remove(paragraph._p)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(layout.sizes.body)
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    margins = layout.margins
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance, section.footer_distance = Mm(8), Mm(6)
    section.different_first_page_header_footer = True
    width = Mm(PAGE[0] - margins.left - margins.right)
    _header(section.header, width, layout, has_number=True)
    _header(section.first_page_header, width, layout, has_number=False)
    _footer(section.footer, width)
    _footer(section.first_page_footer, width)


def _header(header: _Header, width: Length, layout: Layout, *, has_number: bool) -> None:
    """Put the page number in the middle, from page 2, and the word for a draft on the right."""
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.style = "LT Header"
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Length(width // 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run("\t")
    if has_number:
        size = layout.sizes.page_number * 2
        paragraph._p.append(
            parse_xml(
                f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:rPr><w:sz w:val="{size}"/>'
                "</w:rPr><w:t>2</w:t></w:r></w:fldSimple>"
            )
        )
    paragraph.add_run("\t")
    paragraph.add_run("{{ draft }}").bold = True


def _footer(footer: _Footer, width: Length) -> None:
    """Put the code and the lines of the seal at the foot, where a text has them."""
    footer.is_linked_to_previous = False
    footer.paragraphs[0].text = "{%p if seal %}"
    table = footer.add_table(1, 2, width)
    left, right = _columns(table, (Mm(15), Length(width - Mm(15))))
    left.paragraphs[0].add_run("{{ code }}")
    _fill(right, [("{{p seal }}", "LT Seal")])
    footer.add_paragraph("{%p endif %}")
    footer.add_paragraph("", style="LT Seal")


def _page_heading(document: DocumentType, layout: Layout, language: str) -> None:
    """Put who issues the text on the left, and the title of its system on the right."""
    words = layout.words(language)
    title = words.title_rule + 8 if layout.has_star else 98
    width = PAGE[0] - layout.margins.left - layout.margins.right
    left, right = _columns(_plain_table(document, 2), (Mm(width - title), Mm(title)))
    under = [("*", "LT Number")] if layout.has_star else []
    _fill(
        left,
        [
            ("{%p if superior %}", "LT Superior"),
            ("{{ superior }}", "LT Superior"),
            ("{%p endif %}", "LT Superior"),
            ("{{ issuer }}", "LT Issuer"),
            *under,
        ],
    )
    if not layout.has_star:
        _rule(left, width - title, ISSUER_RULE)
    _fill(
        left,
        [
            ("{{ number }}", "LT Number"),
            ("{%p if letter_about %}", "LT Letter about"),
            ("{{ letter_about }}", "LT Letter about"),
            ("{%p endif %}", "LT Letter about"),
        ],
    )
    tags = ["{{ party }}"] if layout.system == "party" else ["{{ nation }}", "{{ motto }}"]
    _fill(right, list(zip(tags, ("LT Title", "LT Motto"), strict=False)))
    _rule(right, title, words.title_rule)
    _fill(right, [("{{ place }}", "LT Place")])


def _what_it_is(document: DocumentType, layout: Layout) -> None:
    """Name the kind of the text and what it is about; a letter names neither here."""
    _line(document, "{%p if kind %}", "LT Kind")
    _line(document, "{{ kind }}", "LT Kind")
    _line(document, "{{ about }}", "LT About")
    if layout.about_rule == "dashes":
        _line(document, "-----", "LT About")
    else:
        width = PAGE[0] - layout.margins.left - layout.margins.right
        _ruled(document.add_paragraph(), width, ABOUT_RULE)
    _line(document, "{%p endif %}", "LT Kind")


def _ending(document: DocumentType) -> None:
    """Put those who receive the text on the left, and who signs it on the right."""
    table = _plain_table(document, 2)
    width = document.sections[0].page_width or Mm(PAGE[0])
    edges = (document.sections[0].left_margin or 0) + (document.sections[0].right_margin or 0)
    half = Length((width - edges) // 2)
    left, right = _columns(table, (half, half))
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    _fill(
        left,
        [
            ("{%p if recipients %}", "LT Recipient"),
            ("{{ recipients_head }}", "LT Recipients head"),
            ("{%p endif %}", "LT Recipient"),
            ("{{p recipients }}", "LT Recipient"),
        ],
    )
    _fill(
        right,
        [("{{p capacity }}", "LT Capacity"), ("{{ post }}", "LT Post"), ("{{ name }}", "LT Name")],
    )


def _optional(document: DocumentType, tag: str, lines: Sequence[tuple[str, str]]) -> None:
    _line(document, f"{{%p if {tag} %}}", lines[0][1])
    for words, style in lines:
        _line(document, words, style)
    _line(document, "{%p endif %}", lines[0][1])


def _line(document: DocumentType, words: str, style: str) -> None:
    document.add_paragraph(words, style=style)


def _plain_table(document: DocumentType, columns: int) -> Table:
    table: Table = document.add_table(1, columns)
    return table


def _columns(table: Table, widths: Sequence[Length]) -> tuple[_Cell, ...]:
    """Give a table without lines the widths of its columns; return its cells."""
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = width
    return tuple(table.rows[0].cells)


def _fill(cell: _Cell, lines: Sequence[tuple[str, str]]) -> None:
    """Add lines to a cell, the first of them into the paragraph that every cell begins with."""
    for words, style in lines:
        first = cell.paragraphs[0]
        is_fresh = len(cell.paragraphs) == 1 and not first.text
        paragraph = first if is_fresh else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(words)


def _rule(cell: _Cell, width: int, length: int) -> None:
    _ruled(cell.add_paragraph(), width, length)


def _ruled(paragraph: Paragraph, width: int, length: int) -> None:
    """Draw a line in the middle: the upper edge of an empty paragraph, as offices draw it."""
    paragraph._p.get_or_add_pPr().append(  # before the rest: Word wants them in this order
        parse_xml(
            f"<w:pBdr {nsdecls('w')}>"
            '<w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        )
    )
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((width - length) / 2)
    form.space_before, form.space_after = Pt(3), Pt(0)
    form.line_spacing = Pt(5)
