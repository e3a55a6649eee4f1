"""Files that carry one line at a certain place: seen or unseen, in every format that is read.

A carrier takes a line and the words of a plan around it and returns the bytes of a file.
"""

import ctypes
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import cycle

import pypdfium2
import pypdfium2.raw as raw
import xlsxwriter
from docx import Document
from docx.oxml import parse_xml
from docx.shared import Pt

from tests.gate.compound import old_workbook
from tests.reading.readers.samples import pdf, saved, with_part

Carrier = Callable[[str, list[str]], bytes]


@dataclass(frozen=True)
class Place:
    """Where a line stands, in which kind of file."""

    name: str
    ending: str
    carry: Carrier


PLACES: list[Place] = []
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def place(ending: str) -> Callable[[Carrier], Carrier]:
    def keep(carry: Carrier) -> Carrier:
        PLACES.append(Place(carry.__name__, ending, carry))
        return carry

    return keep


# --- text


@place("txt")
def line_of_a_text(line: str, body: list[str]) -> bytes:
    return "\n".join([body[0], line, *body[1:]]).encode()


@place("txt")
def column_of_a_text(line: str, body: list[str]) -> bytes:
    return "\r\n".join([f"{body[0]}\t{line}", *body[1:]]).encode("utf-16")


@place("md")
def cell_of_a_text_table(line: str, body: list[str]) -> bytes:
    table = ["| TT | Nội dung |", "|---|---|", f"| 1 | {line} |", "| 2 | Trồng cây |"]
    return "\n".join([*body, "", *table]).encode()


# --- web pages


def _page(body: list[str], *, head: str = "", around: str = "") -> bytes:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in body)
    return f"<html><head>{head}</head><body>{around}{paragraphs}</body></html>".encode()


@place("html")
def paragraph_of_a_page(line: str, body: list[str]) -> bytes:
    return _page(body, around=f"<div><b>{escape(line)}</b></div>")


@place("html")
def cell_of_a_page(line: str, body: list[str]) -> bytes:
    row = f"<tr><td>{escape(body[0])}</td><td>{escape(line)}</td></tr>"
    return _page(body, around=f"<table>{row}<tr><td>1</td><td>2</td></tr></table>")


@place("html")
def hidden_in_a_page(line: str, body: list[str]) -> bytes:
    return _page(body, around=f'<p style="display:none">{escape(line)}</p>')


@place("html")
def printed_by_a_style(line: str, body: list[str]) -> bytes:
    return _page(body, head=f'<style>body::before {{ content: "{line}"; }}</style>')


@place("html")
def escaped_in_a_style(line: str, body: list[str]) -> bytes:
    spelt = "".join(f"\\{ord(letter):06x} " for letter in line)
    return _page(body, around=f"<p style=\"--mark: '{spelt}'\">x</p>")


@place("html")
def written_by_a_script(line: str, body: list[str]) -> bytes:
    spelt = "".join(f"\\u{ord(letter):04x}" for letter in line if ord(letter) < 0x10000)
    return _page(body, head=f'<script>document.write("{spelt}")</script>')


@place("html")
def remark_in_a_page(line: str, body: list[str]) -> bytes:
    return _page(body, around=f"<!-- <p>{escape(line)}</p> -->")


@place("html")
def name_of_a_picture(line: str, body: list[str]) -> bytes:
    return _page(body, around=f'<img src="x.png" alt="{escape(line)}">')


# --- Word


def _word(body: list[str], first: str = "") -> "Document":
    document = Document()
    for line in body:
        document.add_paragraph(line)
    if first:
        document.element.body.insert(0, parse_xml(f"<w:p {_SPACES}>{first}</w:p>"))
    return document


def _run(line: str, form: str = "") -> str:
    return f'<w:r>{form}<w:t xml:space="preserve">{escape(line)}</w:t></w:r>'


@place("docx")
def paragraph_of_word(line: str, body: list[str]) -> bytes:
    return saved(_word([body[0], line, *body[1:]]))


@place("docx")
def runs_of_word(line: str, body: list[str]) -> bytes:
    document = _word(body)
    paragraph = document.add_paragraph()
    for letter in line:
        paragraph.add_run(letter).font.size = Pt(13)
    return saved(document)


@place("docx")
def cell_of_word(line: str, body: list[str]) -> bytes:
    document = _word(body)
    cells = document.add_table(2, 2).rows[0].cells
    cells[0].text, cells[1].text = body[0], line
    return saved(document)


@place("docx")
def header_of_word(line: str, body: list[str]) -> bytes:
    document = _word(body)
    document.sections[0].header.paragraphs[0].text = line
    return saved(document)


@place("docx")
def footer_of_word(line: str, body: list[str]) -> bytes:
    document = _word(body)
    document.sections[0].footer.paragraphs[0].text = line
    return saved(document)


@place("docx")
def text_box_of_word(line: str, body: list[str]) -> bytes:
    box = f"<w:txbxContent><w:p>{_run(line)}</w:p></w:txbxContent>"
    return saved(
        _word(body, f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>")
    )


@place("docx")
def comment_of_word(line: str, body: list[str]) -> bytes:
    document = _word(body)
    document.add_comment(document.paragraphs[0].runs, text=line, author="An")
    return saved(document)


@place("docx")
def deleted_in_word(line: str, body: list[str]) -> bytes:
    gone = f'<w:r><w:delText xml:space="preserve">{escape(line)}</w:delText></w:r>'
    return saved(_word(body, f'<w:del w:id="9" w:author="An">{gone}</w:del>'))


@place("docx")
def title_of_word(line: str, body: list[str]) -> bytes:
    document = _word(body)
    document.core_properties.title = line
    return saved(document)


@place("docx")
def other_page_in_word(line: str, body: list[str]) -> bytes:
    """A web page that Word shows as its own (altChunk)."""
    return with_part(saved(_word(body)), "word/afchunk.htm", _page([line]))


@place("docx")
def other_text_in_word(line: str, body: list[str]) -> bytes:
    spelt = "".join(
        letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in line.replace("\t", " ")
    )
    rtf = rf"{{\rtf1\ansi\pard {spelt}\par Trong cay\par}}"
    return with_part(saved(_word(body)), "word/afchunk.rtf", rtf.encode())


@place("docx")
def other_word_in_word(line: str, body: list[str]) -> bytes:
    return with_part(saved(_word(body)), "word/embeddings/a.docx", saved(_word([line])))


@place("docx")
def workbook_in_word(line: str, body: list[str]) -> bytes:
    inner = cell_of_a_sheet(line, body)
    return with_part(saved(_word(body)), "word/embeddings/b.xlsx", inner)


@place("docx")
def old_workbook_in_word(line: str, body: list[str]) -> bytes:
    inner = old_workbook([["1", line]])
    return with_part(saved(_word(body)), "word/embeddings/oleObject1.bin", inner)


@place("docx")
def drawing_in_word(line: str, body: list[str]) -> bytes:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{escape(line)}</text></svg>'
    return with_part(saved(_word(body)), "word/media/stamp.svg", drawing.encode())


# --- Excel


def _sheet(body: list[str], add: Callable[..., object]) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet("Nhiệm vụ")
    sheet.write_row("A1", ["TT", "Nhiệm vụ"])
    for row, line in enumerate(body):
        sheet.write_row(row + 1, 0, [row + 1, line])
    add(book, sheet)
    book.close()
    return held.getvalue()


@place("xlsx")
def cell_of_a_sheet(line: str, body: list[str]) -> bytes:
    return _sheet(body, lambda book, sheet: sheet.write_string("D2", line))


@place("xlsx")
def header_of_a_sheet(line: str, body: list[str]) -> bytes:
    coded = f'&L&"Arial,Bold"&14{line.replace("&", "&&")}&RTrang &P'
    return _sheet(body, lambda book, sheet: sheet.set_header(coded))


@place("xlsx")
def comment_of_a_sheet(line: str, body: list[str]) -> bytes:
    return _sheet(body, lambda book, sheet: sheet.write_comment("A1", line))


@place("xlsx")
def text_box_of_a_sheet(line: str, body: list[str]) -> bytes:
    return _sheet(body, lambda book, sheet: sheet.insert_textbox(9, 3, line))


@place("xlsx")
def hidden_sheet(line: str, body: list[str]) -> bytes:
    def add(book: xlsxwriter.Workbook, _: object) -> None:
        other = book.add_worksheet("Nháp")
        other.write_string("C3", line)
        other.hide()

    return _sheet(body, add)


@place("xlsx")
def form_of_a_number(line: str, body: list[str]) -> bytes:
    def add(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        quoted = line.replace('"', "”")
        sheet.write_number("D4", 1, book.add_format({"num_format": f'"{quoted}"'}))

    return _sheet(body, add)


@place("xlsx")
def hint_of_a_cell(line: str, body: list[str]) -> bytes:
    hint = {"validate": "any", "input_title": "Lưu ý", "input_message": line}
    return _sheet(body, lambda book, sheet: sheet.data_validation("A1", hint))


@place("xls")
def cell_of_an_old_sheet(line: str, body: list[str]) -> bytes:
    return old_workbook([["TT", "Nhiệm vụ"], *(["1", words] for words in body), ["2", line]])


@place("xls")
def header_of_an_old_sheet(line: str, body: list[str]) -> bytes:
    return old_workbook([["1", words] for words in body], header=f"&C{line}")


@place("xls")
def comment_of_an_old_sheet(line: str, body: list[str]) -> bytes:
    return old_workbook([["1", words] for words in body], comment=line)


@place("ods")
def annotation_of_an_open_sheet(line: str, body: list[str]) -> bytes:
    cells = "".join(
        '<table:table-row><table:table-cell office:value-type="string">'
        f"<text:p>{escape(words)}</text:p></table:table-cell>"
        "</table:table-row>"
        for words in body
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    remark = f"<office:annotation><text:p>{escape(line)}</text:p></office:annotation>"
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="A">{cells}<table:table-row><table:table-cell>{remark}'
        "<text:p>1</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return held.getvalue()


# --- PDF: pages are made at once, because starting the program that lays them out takes long


def _typed(line: str) -> str:
    return f"#{_quoted(line)}"


def _quoted(line: str) -> str:
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'


PAGES: dict[str, Callable[[str, list[str]], str]] = {
    "line_of_a_pdf": lambda line, body: f"{_typed(line)}\n\n" + _paragraphs(body),
    "column_of_a_pdf": lambda line, body: (
        f"#grid(columns: (1fr, 1fr), gutter: 1cm, {_quoted(body[0])}, {_quoted(line)})\n\n"
        + _paragraphs(body[1:])
    ),
    "cell_of_a_pdf": lambda line, body: (
        f"#table(columns: 2, [1], {_quoted(line)}, [2], [Trồng cây])\n\n" + _paragraphs(body)
    ),
    "stamp_of_a_pdf": lambda line, body: (
        f"#place(center + horizon, rotate(-35deg, {_quoted(line)}))\n" + _paragraphs(body)
    ),
}


def _paragraphs(body: list[str]) -> str:
    return "\n\n".join(_typed(line) for line in body) + "\n"


def pages(wanted: list[tuple[str, str, list[str]]]) -> list[bytes]:
    """Return one PDF for each (kind of page, line, body)."""
    source = "#pagebreak()\n".join(PAGES[kind](line, body) for kind, line, body in wanted)
    whole = pypdfium2.PdfDocument(pdf(source))
    if len(whole) != len(wanted):
        raise ValueError("a page ran over")
    found = []
    for number in range(len(wanted)):
        single = pypdfium2.PdfDocument.new()
        single.import_pages(whole, [number])
        held = io.BytesIO()
        single.save(held)
        found.append(held.getvalue())
    return found


@cache
def _plain_pdf(body: tuple[str, ...]) -> bytes:
    return pdf(_paragraphs(list(body)))


@place("pdf")
def annotation_of_a_pdf(line: str, body: list[str]) -> bytes:
    document = pypdfium2.PdfDocument(_plain_pdf(tuple(body)))
    page = document[0]
    annotation = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_STAMP)
    words = ctypes.create_string_buffer(line.encode("utf-16-le") + b"\0\0")
    shorts = ctypes.cast(words, ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFAnnot_SetStringValue(annotation, b"Contents", shorts)
    raw.FPDFPage_CloseAnnot(annotation)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@place("pdf")
def file_in_a_pdf(line: str, body: list[str]) -> bytes:
    document = pypdfium2.PdfDocument(_plain_pdf(tuple(body)))
    inner = cycle([paragraph_of_word, cell_of_a_sheet, paragraph_of_a_page])
    carry = next(one for one, _ in zip(inner, range(len(line) % 3 + 1), strict=False))
    document.new_attachment("kem-theo").set_data(carry(line, body))
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()
