"""How long a plan as offices send it takes from file to findings: twenty pages, 140 rows.

The same plan is written as Word, PDF and Excel, opened and read with all kinds of facts on. The
baseline is the bare library of each format fetching every cell or every page's text, without
joining, understanding or finding anything. Run as ``python -m bench.documents``.
"""

import io
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

import docx
import pypdfium2
import python_calamine
import typst
import xlsxwriter
from docx.document import Document as Word

from lotrinh.reading import Paper, Task, read_paper
from lotrinh.reading.readers import open_document, open_safely

ROWS = 140
_PAGES = 13  # of prose, before the appendix
_ROUNDS = 3
_GOAL_SECONDS = 10
_HEAD = (
    "ỦY BAN NHÂN DÂN",
    "TỈNH LAM KHÊ",
    "Số: 412/KH-UBND",
    "KẾ HOẠCH",
    "Thực hiện Nghị quyết số 57-NQ/TW trên địa bàn tỉnh giai đoạn 2025 - 2030",
)
_COLUMNS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm")
_PROSE = (
    "{n}. Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Nội vụ rà soát các quy định về chuyển "
    "đổi số, báo cáo Ủy ban nhân dân tỉnh trước ngày {d}/6/2025. Các đơn vị tiếp tục tuyên truyền "
    "sâu rộng trong cán bộ và nhân dân. Phấn đấu đến năm 2030, tỷ lệ hồ sơ trực tuyến đạt {n}%."
)


def _rows() -> list[tuple[str, ...]]:
    return [
        (
            str(n),
            f"Xây dựng, trình ban hành đề án số {n} về phát triển dữ liệu dùng chung của ngành",
            "Sở Tài chính" if n % 3 else "Sở Văn hóa, Thể thao và Du lịch; Sở Nội vụ",
            "Các sở, ban, ngành liên quan",
            ("Quý II/2025", "12/2025", "2025 - 2026", "Hằng năm")[n % 4],
            "Quyết định của Ủy ban nhân dân tỉnh",
        )
        for n in range(1, ROWS + 1)
    ]


def _prose() -> list[str]:
    return [_PROSE.format(n=n, d=n % 28 + 1) for n in range(1, _PAGES * 7)]


def make_word() -> bytes:
    """Return the plan as a Word file."""
    document: Word = docx.Document()
    for line in (*_HEAD, *_prose(), "PHỤ LỤC"):
        document.add_paragraph(line)
    table = document.add_table(ROWS + 1, len(_COLUMNS))
    for cells, row in zip(table.rows, (_COLUMNS, *_rows()), strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def make_pdf() -> bytes:
    """Return the plan as a PDF with a ruled table that runs over its last pages."""
    lines = [f"#par[{_escaped(line)}]" for line in (*_HEAD, *_prose())]
    header = ", ".join(f"[{_escaped(name)}]" for name in _COLUMNS)
    cells = ", ".join(f"[{_escaped(cell)}]" for row in _rows() for cell in row)
    table = (
        "#table(columns: (2.4em, 1fr, 6em, 6em, 5em, 6em), stroke: 0.5pt, "
        f"table.header({header}), {cells})"
    )
    source = "\n\n".join(
        ('#set page(paper: "a4")', "#set text(size: 13pt)", *lines, "PHỤ LỤC", table)
    )
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made


def make_workbook() -> bytes:
    """Return the appendix as an Excel file."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Phụ lục")
        for number, row in enumerate((_COLUMNS, *_rows())):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "#[]*_$@<>`" else sign for sign in text)


def _bare_word(data: bytes) -> None:
    document = docx.Document(io.BytesIO(data))
    for paragraph in document.paragraphs:
        _ = paragraph.text
    for table in document.tables:
        for row in table.rows:
            _ = [cell.text for cell in row.cells]


def _bare_pdf(data: bytes) -> None:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            page.get_textpage().get_text_bounded()


def _bare_workbook(data: bytes) -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds for one format, and how many rows came out whole."""

    name: str
    opened: float
    safely: float
    read: float
    bare: float
    rows: int


def _seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def _whole_rows(paper: Paper) -> int:
    expected = {(row[1], row[5]) for row in _rows()}
    tasks = (fact for fact in read_paper(paper).facts if isinstance(fact, Task) and fact.columns)
    return len(
        {(" ".join(task.text.split()), task.deliverable) for task in tasks if task.lead} & expected
    )


def measure(name: str, data: bytes, bare: Callable[[bytes], None]) -> Figure:
    """Measure one format."""
    paper = open_document(data, name)
    return Figure(
        name,
        _seconds(lambda: open_document(data, name)),
        _seconds(lambda: open_safely(data, name)),
        _seconds(lambda: read_paper(paper)),
        _seconds(lambda: bare(data)),
        _whole_rows(paper),
    )


def main() -> None:
    """Measure and print."""
    figures = [
        measure("plan.docx", make_word(), _bare_word),
        measure("plan.pdf", make_pdf(), _bare_pdf),
        measure("plan.xlsx", make_workbook(), _bare_workbook),
    ]
    print(f"{'file':12}{'open s':>9}{'child s':>9}{'read s':>9}{'bare s':>9}{'rows':>10}")
    for figure in figures:
        print(
            f"{figure.name:12}{figure.opened:9.2f}{figure.safely:9.2f}{figure.read:9.2f}"
            f"{figure.bare:9.2f}{figure.rows:6}/{ROWS}"
        )
    summary = {
        "name": "documents",
        "compared": ["lotrinh.reading", "python-docx, pypdfium2 and calamine alone"],
        "figures": {
            figure.name: {
                "seconds": round(figure.safely + figure.read, 3),
                "goal": _GOAL_SECONDS,
                "rows": figure.rows,
            }
            for figure in figures
        },
        "ratios": {
            figure.name: round((figure.opened + figure.read) / figure.bare, 2) for figure in figures
        },
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
