"""Prints an official text as a Word file, over the template of its layout or an office's own."""

import io
from copy import deepcopy
from datetime import UTC, datetime, time
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError
from markupsafe import Markup

from lotrinh.apps.reviews.printing.codes import code_png
from lotrinh.apps.reviews.printing.office import (
    TemplateFaulty,
    TemplateFlaw,
    check,
    opened,
    workshop,
)
from lotrinh.apps.reviews.printing.packing import packed
from lotrinh.apps.reviews.printing.plain import is_wide, printable
from lotrinh.apps.reviews.printing.styles import add_styles, style_id
from lotrinh.apps.reviews.printing.template import template_of
from lotrinh.apps.reviews.printing.word_blocks import BlockWriter, entities, lines
from lotrinh.rules.official.form import Form, form_of
from lotrinh.rules.official.text import OfficialText


def docx(text: OfficialText, template: bytes | None = None) -> bytes:
    """Return a text as a Word file; the same text over the same template gives the same bytes.

    Raises TemplateFaulty for a template that cannot print it, and whatever keeps a text from having
    a form (``rules.official.form``).
    """
    form = form_of(text)
    document = opened(
        template_of(form.layout.code, form.language) if template is None else template
    )
    check(document, form.layout.system)
    add_styles(document.get_docx(), form.layout)
    try:
        document.render(_words(document, form), workshop())
    except TemplateError as refused:
        raise TemplateFaulty(TemplateFlaw.BROKEN, str(refused.message)) from refused
    made: Document = document.docx  # get_docx() would begin anew
    if form.appendix and is_wide(form.appendix):
        _lay_appendix_down(made)
    _name(made, text, form)
    written = io.BytesIO()
    document.save(written)
    return packed(written.getvalue())


def _words(document: DocxTemplate, form: Form) -> dict[str, Any]:
    """Return what each tag stands for: words as data, blocks as the XML of Word."""
    titles = [entities(line) for line in form.words.title]
    own = (
        {"party": titles[0]} if form.layout.has_star else {"nation": titles[0], "motto": titles[-1]}
    )
    plain = {
        name: entities(getattr(form, name))
        for name in (
            "superior",
            "issuer",
            "number",
            "place",
            "kind",
            "about",
            "letter_about",
            "draft",
            "legend",
        )
    }
    signature = form.signature
    return {
        **own,
        **plain,
        "addressed": _addressed(form),
        "body": _writer(document, form).blocks(form.body, keeps_end=True),
        "recipients_head": entities(form.words.recipients),
        "recipients": lines(form.recipients, "LT Recipient"),
        "capacity": lines(signature.capacity, "LT Capacity"),
        "post": entities(signature.post),
        "name": entities(signature.name),
        "appendix": _appendix(document, form),
        "seal": lines(form.seal, "LT Seal") if form.seal else "",
        "code": _code(document, form.address) if form.address else "",
    }


def _writer(document: DocxTemplate, form: Form) -> BlockWriter:
    section = document.get_docx().sections[-1]
    edges = (section.left_margin or 0) + (section.right_margin or 0)
    wide = form.appendix and is_wide(form.appendix)
    page = (section.page_height if wide else section.page_width) or 0
    return BlockWriter(
        language=form.language,
        width=int((page - edges) / Mm(1) * 1440 / 25.4),
        body=form.layout.sizes.body,
        link_to=document.build_url_id,
    )


def _addressed(form: Form) -> Markup:
    if len(form.addressed) < 2:
        return lines(form.addressed, "LT Addressed") if form.addressed else Markup("")
    return lines(form.addressed, "LT Addressed list")


def _appendix(document: DocxTemplate, form: Form) -> Markup:
    if not form.appendix:
        return Markup("")
    return (
        lines([form.appendix_title], "LT Appendix title")
        + lines([form.appendix_line], "LT Appendix line")
        + _writer(document, form).blocks(form.appendix)
    )


def _code(document: DocxTemplate, address: str) -> InlineImage:
    return InlineImage(document, io.BytesIO(code_png(address)), width=Mm(12), height=Mm(12))


def _lay_appendix_down(document: Document) -> None:
    """Put the appendix on pages that lie on their side: a section of its own, the edges turned."""
    title = style_id("LT Appendix title")
    first = next(
        one
        for one in document.element.body.iter(qn("w:p"))
        if one.pPr is not None and one.pPr.pStyle is not None and one.pPr.pStyle.val == title
    )
    upright = deepcopy(document.sections[-1]._sectPr)
    paragraph = OxmlElement("w:p")
    paragraph.get_or_add_pPr().append(upright)
    first.addprevious(paragraph)
    section = document.sections[-1]
    section.page_width, section.page_height = section.page_height, section.page_width
    section._sectPr.get_or_add_pgSz().set(qn("w:orient"), "landscape")
    section.different_first_page_header_footer = False


def _name(document: Document, text: OfficialText, form: Form) -> None:
    """Say in the file's own properties what it is; never when or on which machine it was made."""
    properties = document.core_properties
    properties.title = printable(" ".join(filter(None, (form.kind, text.about))))[:255]
    properties.author = printable(form.issuer)[:255]
    properties.language = form.language
    properties.last_modified_by, properties.revision = "", 1
    properties.created = properties.modified = datetime.combine(
        text.day or text.layout_day, time(), UTC
    )
