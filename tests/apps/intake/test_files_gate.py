"""No file passes the gate with a mark of secrecy in it, wherever in the file the mark stands."""

import ctypes
import io
from collections.abc import Callable

import pypdfium2
import pypdfium2.raw as raw
import pytest
import xlsxwriter
from docx import Document
from docx.oxml import parse_xml
from PIL import Image

from lotrinh.apps.intake.text import SecretMarked, opened
from lotrinh.rules.secrecy import Secrecy
from tests.reading.readers.samples import pdf, saved, with_part

_ORDER = "Giao Sở Y tế chủ trì xây dựng đề án trước ngày 30/6/2025."
_SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_BOX = "<w:txbxContent><w:p><w:r><w:t>TỐI MẬT</w:t></w:r></w:p></w:txbxContent>"


def marked(data: bytes, name: str) -> Secrecy | None:
    """Return the mark for which the file is turned away; None if it passes."""
    try:
        opened(data, name)
    except SecretMarked as refusal:
        return refusal.mark
    return None


def word(content: str) -> bytes:
    document = Document()
    document.add_paragraph(_ORDER)
    body = document.element.body
    body.insert(0, parse_xml(f"<w:p {_SPACES}>{content}</w:p>"))
    return saved(document)


@pytest.mark.parametrize(
    "content",
    [
        '<w:r><w:pict><v:shape><v:textpath string="TỐI MẬT"/></v:shape></w:pict></w:r>',
        "<w:r><w:drawing><a:p><a:r><a:t>TỐI </a:t></a:r><a:r><a:t>MẬT</a:t></a:r></a:p>"
        "</w:drawing></w:r>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>TỐI MẬT</w:t></w:r>",
        "<w:del><w:r><w:delText>TỐI MẬT</w:delText></w:r></w:del>",
        "<w:r><w:rPr><w:smallCaps/></w:rPr><w:t>Tối mật</w:t></w:r>",
        '<w:pPr><w:pStyle w:val="Stamp"/></w:pPr><w:r><w:t>Tối mật</w:t></w:r>',
        '<w:r><mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback><w:pict><v:textbox>'
        f"{_BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        "<w:r><w:t>TỐI</w:t></w:r><w:r><w:t> M</w:t></w:r><w:r><w:t>ẬT</w:t></w:r>",
    ],
    ids=["watermark", "art", "hidden", "deleted", "small", "style", "fallback", "split"],
)
def test_marks_in_word_files(content: str) -> None:
    styles = (
        f'<w:styles {_SPACES}><w:style w:type="paragraph" w:styleId="Capitals"><w:rPr><w:caps/>'
        '</w:rPr></w:style><w:style w:type="paragraph" w:styleId="Stamp">'
        '<w:basedOn w:val="Capitals"/></w:style></w:styles>'
    )
    data = with_part(word(content), "word/styles.xml", styles.encode())
    assert marked(data, "a.docx") is Secrecy.SECRET


def test_a_mark_in_a_comment_of_a_word_file() -> None:
    document = Document()
    paragraph = document.add_paragraph(_ORDER)
    document.add_comment(paragraph.runs, text="TUYỆT MẬT", author="An")
    assert marked(saved(document), "a.docx") is Secrecy.TOP_SECRET


def test_words_that_are_no_mark_pass() -> None:
    assert marked(word("<w:r><w:t>Tối mật</w:t></w:r>"), "a.docx") is None
    title = '<w:r><w:pict><v:shape><v:textpath string="MẬT ĐỘ DÂN SỐ"/></v:shape></w:pict></w:r>'
    assert marked(word(title), "a.docx") is None


def _hidden(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    other = book.add_worksheet("B")
    other.write_formula("A1", '="TUYỆT"&" MẬT"', None, "TUYỆT MẬT")
    other.hide()


@pytest.mark.parametrize(
    "add",
    [
        _hidden,
        lambda book, sheet: sheet.set_header('&L&"Arial,Bold"&14TUYỆT MẬT&RTrang &P'),
        lambda book, sheet: sheet.set_footer("&CTUYỆT MẬT"),
        lambda book, sheet: sheet.write_comment("A1", "TUYỆT MẬT"),
        lambda book, sheet: sheet.insert_textbox(5, 5, "TUYỆT MẬT"),
        lambda book, sheet: book.add_worksheet("TUYỆT MẬT"),
    ],
    ids=["hidden", "header", "footer", "comment", "box", "name"],
)
def test_marks_in_workbooks(
    add: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None],
) -> None:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet("A")
    sheet.write_row("A1", ["TT", "Nhiệm vụ", "Chủ trì"])
    sheet.write_row("A2", [1, "Xây dựng đề án", "Sở Y tế"])
    add(book, sheet)
    book.close()
    assert marked(held.getvalue(), "a.xlsx") is Secrecy.TOP_SECRET


@pytest.mark.parametrize(
    "content",
    [
        "<footer>TỐI MẬT</footer>",
        "<aside><b>TỐI</b> <i>MẬT</i></aside>",
        "<nav>TỐI MẬT</nav>",
        "<button>TỐI MẬT</button>",
        '<input value="TỐI MẬT">',
        '<p style="display:none">TỐI MẬT</p>',
        '<img alt="TỐI MẬT">',
        "<form><p>TỐI MẬT</p></form>",
        "<title>TỐI MẬT</title>",
        '<p style="text-transform: uppercase">Tối mật</p>',
    ],
)
def test_marks_in_web_pages(content: str) -> None:
    assert marked(f"<html><body>{content}<p>{_ORDER}</p></body></html>".encode(), "a.html") is (
        Secrecy.SECRET
    )


def test_a_mark_outside_of_the_main_part_of_a_web_page() -> None:
    links = "".join(f'<a href="#">Tin tức số {place} của cổng</a> ' for place in range(40))
    article = f"<p>{_ORDER}</p>" * 12
    page = (
        f'<html><body><div class="nav">{links}</div><div class="banner"><p>MẬT</p></div>'
        f'<div class="content"><h1>Kế hoạch</h1>{article}</div></body></html>'
    )
    assert marked(page.encode(), "a.html") is Secrecy.CONFIDENTIAL


def test_marks_that_are_drawn_aslant_on_a_page() -> None:
    for angle in (90, -45):
        stamp = f"#place(center + horizon, rotate({angle}deg)[TUYỆT MẬT])\n"
        assert marked(pdf(stamp + f"{_ORDER}\n\n" * 10), "a.pdf") is Secrecy.TOP_SECRET


def _with_picture(document: pypdfium2.PdfDocument) -> pypdfium2.PdfDocument:
    """Lay a picture over the first page, which bears few words, as a scanner does."""
    page = document[0]
    wide, high = page.get_size()
    picture = pypdfium2.PdfImage.new(document)
    picture.set_bitmap(pypdfium2.PdfBitmap.from_pil(Image.new("RGB", (300, 400), (240, 240, 240))))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(wide, high))
    page.insert_obj(picture)
    page.gen_content()
    return document


def test_a_mark_on_a_page_that_is_a_picture() -> None:
    source = f"#grid(columns: 2, gutter: 3cm, [UBND XÃ], [MẬT])\n#pagebreak()\n{_ORDER}"
    document = _with_picture(pypdfium2.PdfDocument(pdf(source)))
    held = io.BytesIO()
    document.save(held)
    assert marked(held.getvalue(), "a.pdf") is Secrecy.CONFIDENTIAL


def test_a_mark_in_an_annotation_of_a_page() -> None:
    document = pypdfium2.PdfDocument(pdf(_ORDER))
    page = document[0]
    annotation = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_STAMP)
    words = ctypes.create_string_buffer("TỐI MẬT".encode("utf-16-le") + b"\0\0")
    shorts = ctypes.cast(words, ctypes.POINTER(raw.FPDF_WCHAR))
    assert raw.FPDFAnnot_SetStringValue(annotation, b"Contents", shorts)
    raw.FPDFPage_CloseAnnot(annotation)
    held = io.BytesIO()
    document.save(held)
    assert marked(held.getvalue(), "a.pdf") is Secrecy.SECRET
