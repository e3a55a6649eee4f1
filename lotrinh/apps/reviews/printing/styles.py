"""The styles of official texts in Word: what an office changes when it wants another look.

What a text holds is written in these styles and in nothing else, so that a change of one style in
Word changes every text printed from that template.
"""

from dataclasses import dataclass, replace

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING as SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from lotrinh.rules.official.layouts import Layout

FONT = "Times New Roman"  # named by the rules; Word has it
SINGLE = 0


@dataclass(frozen=True, slots=True)
class Look:
    """How the paragraphs of one style look; lengths in millimetres, the rest in points."""

    size: int
    align: ALIGN = ALIGN.LEFT
    is_bold: bool = False
    is_italic: bool = False
    is_underlined: bool = False
    first_line: int = 0
    left: int = 0
    before: int = 0
    after: int = 0
    line: int = SINGLE
    keeps_next: bool = False
    begins_page: bool = False
    outline: int | None = None


def looks(layout: Layout) -> dict[str, Look]:
    """Return how each style looks under a layout, by the name that Word shows."""
    sizes = layout.sizes
    emphatic = layout.recipients_style == "bold-italic"
    return {
        "LT Title": Look(sizes.title, ALIGN.CENTER, is_bold=True),
        "LT Motto": Look(sizes.motto or sizes.title, ALIGN.CENTER, is_bold=True),
        "LT Superior": Look(sizes.superior, ALIGN.CENTER),
        "LT Issuer": Look(sizes.issuer, ALIGN.CENTER, is_bold=True),
        "LT Number": Look(sizes.number, ALIGN.CENTER),
        "LT Letter about": Look(sizes.letter_about, ALIGN.CENTER, is_italic=layout.has_star),
        "LT Place": Look(sizes.place, ALIGN.CENTER, is_italic=True),
        "LT Kind": Look(sizes.kind, ALIGN.CENTER, is_bold=True, before=14, keeps_next=True),
        "LT About": Look(sizes.about, ALIGN.CENTER, is_bold=True, keeps_next=True),
        "LT Addressed": Look(sizes.body, ALIGN.CENTER, before=6, after=6),
        "LT Addressed list": Look(sizes.body, left=30),
        **_body_looks(layout),
        "LT Recipients head": Look(
            sizes.recipients_head,
            is_bold=emphatic,
            is_italic=emphatic,
            is_underlined=not emphatic,
        ),
        "LT Recipient": Look(sizes.recipients),
        "LT Capacity": Look(sizes.signature, ALIGN.CENTER, is_bold=True),
        "LT Post": Look(sizes.signature, ALIGN.CENTER, is_bold=layout.is_post_bold),
        "LT Name": Look(sizes.signature, ALIGN.CENTER, is_bold=True, before=80),
        "LT Legend": Look(10, is_italic=True, before=8),
        "LT Appendix title": Look(sizes.kind, ALIGN.CENTER, is_bold=True, begins_page=True),
        "LT Appendix line": Look(sizes.body, ALIGN.CENTER, is_italic=True, after=8),
        "LT Header": Look(sizes.page_number),
        "LT Seal": Look(7),
    }


def _body_looks(layout: Layout) -> dict[str, Look]:
    size = layout.sizes.body
    body = Look(
        size,
        ALIGN.JUSTIFY,
        first_line=layout.first_line,
        line=layout.line,
        after=layout.after,
    )
    headings = {
        f"LT Heading {one}": replace(
            body,
            align=ALIGN.LEFT,
            before=6 if one == 1 else 0,
            is_bold=one < 4,
            is_italic=one > 2,
            keeps_next=True,
            outline=one - 1,
        )
        for one in range(1, 7)
    }
    cell = size - 2
    return {
        **headings,
        "LT Body": body,
        "LT Caption": Look(
            size - 1, ALIGN.CENTER, is_bold=True, before=6, after=4, keeps_next=True
        ),
        "LT Table head": Look(cell, ALIGN.CENTER, is_bold=True),
        "LT Cell": Look(cell),
        "LT Figure": Look(cell, ALIGN.RIGHT),
        "LT Note": Look(cell - 1, is_italic=True, before=3, after=6),
    }


def style_id(name: str) -> str:
    """Return the name by which a file refers to a style.

    >>> style_id("LT Heading 1")
    'LTHeading1'
    """
    return name.replace(" ", "")


def add_styles(document: Document, layout: Layout) -> None:
    """Give a document the styles that it lacks; those that it has stay as its office made them."""
    base = document.styles["Normal"]
    assert isinstance(base, ParagraphStyle)  # noqa: S101  # every document has it
    known = {style.style_id for style in document.styles}
    for name, look in looks(layout).items():
        if style_id(name) in known:
            continue
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = base
        _dress(style, look)


def _dress(style: ParagraphStyle, look: Look) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for place in ("w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(place), FONT)
    style.font.size = Pt(look.size)
    style.font.bold, style.font.italic = look.is_bold, look.is_italic
    style.font.underline = look.is_underlined
    form = style.paragraph_format
    form.alignment = look.align
    form.first_line_indent = Mm(look.first_line) if look.first_line else None
    form.left_indent = Mm(look.left) if look.left else None
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing_rule = SPACING.EXACTLY if look.line else SPACING.SINGLE
    if look.line:
        form.line_spacing = Pt(look.line)
    form.keep_with_next, form.page_break_before = look.keeps_next, look.begins_page
    form.widow_control = True
    if look.outline is not None:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(look.outline))
        style.element.get_or_add_pPr().append(level)
