"""PDF files: paragraphs, columns and tables that run over pages."""

import ctypes
import io
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as raw
import pytest

from tests.reading.readers.samples import lines, pdf, read, refused, rows, seen

_LETTERHEAD = """
#grid(columns: (2fr, 3fr), align: center, gutter: 4pt,
  [ỦY BAN NHÂN DÂN], [CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM],
  [XÃ LAM KHÊ], [Độc lập - Tự do - Hạnh phúc],
  [Số: 12/KH-UBND], [Lam Khê, ngày 3 tháng 2 năm 2025])
#v(1cm)
#align(center)[KẾ HOẠCH]
"""


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not() -> None:
    long = "Thực hiện Kế hoạch số 176/KH-UBND của Ủy ban nhân dân huyện Phố Cây về trồng cây, " * 3
    paper = read(pdf(f"{long}\n\n1. Giao Phòng Kinh tế.\n\na) Rà soát;\n\nb) Báo cáo."), "a.pdf")
    assert lines(paper) == [
        " ".join(long.split()),
        "1. Giao Phòng Kinh tế.",
        "a) Rà soát;",
        "b) Báo cáo.",
    ]


def test_a_letterhead_is_read_column_by_column() -> None:
    assert lines(read(pdf(_LETTERHEAD), "a.pdf")) == [
        "ỦY BAN NHÂN DÂN",
        "XÃ LAM KHÊ",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lam Khê, ngày 3 tháng 2 năm 2025",
        "KẾ HOẠCH",
    ]


def test_ruled_tables_keep_merged_cells_and_wrapped_lines() -> None:
    source = """
    Mở đầu
    #table(columns: (1cm, 5cm, 3cm, 3cm),
      table.cell(rowspan: 2)[TT], table.cell(rowspan: 2)[Nhiệm vụ], table.cell(colspan: 2)[Cơ quan],
      [Chủ trì], [Phối hợp],
      table.cell(colspan: 4)[I. Nhóm thứ nhất],
      [1], [Trồng cây xanh tại các thôn và chăm sóc cây đã trồng], [Phòng Kinh tế], [])
    Kết thúc
    """
    paper = read(pdf(source), "a.pdf")
    assert seen(paper) == [
        (0, 0, 2, 1, "TT"),
        (0, 1, 2, 1, "Nhiệm vụ"),
        (0, 2, 1, 2, "Cơ quan"),
        (1, 2, 1, 1, "Chủ trì"),
        (1, 3, 1, 1, "Phối hợp"),
        (2, 0, 1, 4, "I. Nhóm thứ nhất"),
        (3, 0, 1, 1, "1"),
        (3, 1, 1, 1, "Trồng cây xanh tại các thôn và chăm sóc cây đã trồng"),
        (3, 2, 1, 1, "Phòng Kinh tế"),
        (3, 3, 1, 1, ""),
    ]
    assert (lines(paper)[0], lines(paper)[-1]) == ("Mở đầu", "Kết thúc")
    assert paper.tables[0].page == 1


def test_a_table_over_pages_is_one_table_with_one_header() -> None:
    source = """
    #table(columns: (1cm, 8cm, 4cm), table.header([TT], [Nhiệm vụ], [Thời hạn]),
      ..range(1, 141).map(i => ([#i], [Trồng #(i * 10) cây xanh tại thôn số #i], [Quý II/2025]))
        .flatten())
    """
    paper = read(pdf(source), "a.pdf")
    (table,) = paper.tables
    found = rows(paper)
    assert (len(found), table.page) == (141, 1)
    assert found[0] == ["TT", "Nhiệm vụ", "Thời hạn"]
    assert found[140] == ["140", "Trồng 1400 cây xanh tại thôn số 140", "Quý II/2025"]
    assert [row[0] for row in found[1:]] == [str(count) for count in range(1, 141)]


def test_a_row_cut_by_the_end_of_a_page_is_one_row() -> None:
    words = "Rà soát, lập danh sách và chăm sóc cây xanh đã trồng từ năm trước, " * 9
    source = f"""
    #v(20cm)
    #table(columns: (1cm, 6cm, 4cm, 3cm), [1], [{words}báo cáo.], [Phòng Kinh tế], [2025],
      [2], [Tưới cây.], [Công an xã], [2026])
    """
    paper = read(pdf(source), "a.pdf")
    assert rows(paper) == [
        ["1", f"{words}báo cáo.", "Phòng Kinh tế", "2025"],
        ["2", "Tưới cây.", "Công an xã", "2026"],
    ]


def test_page_numbers_go_and_a_running_line_is_kept_once() -> None:
    source = """
    #set page(header: [TÀI LIỆU NỘI BỘ], footer: context align(center, counter(page).display()))
    Trang đầu #pagebreak() Trang giữa #pagebreak() Trang cuối
    """
    assert lines(read(pdf(source), "a.pdf")) == [
        "TÀI LIỆU NỘI BỘ",
        "Trang đầu",
        "Trang giữa",
        "Trang cuối",
    ]


def test_footnotes_go_to_the_end_with_their_marks_taken_out() -> None:
    source = """
    #set super(typographic: false)
    #set par(justify: true)
    Tỷ lệ che phủ đạt 95%#footnote[Số liệu quý I.] trên diện tích 12 km#super[2]. #pagebreak() Hết.
    """
    assert lines(read(pdf(source), "a.pdf")) == [
        "Tỷ lệ che phủ đạt 95% trên diện tích 12 km2.",
        "Hết.",
        "Số liệu quý I.",
    ]


def _turned(data: bytes, angle: int) -> bytes:
    """Return the same pages drawn turned, with the order to turn them back when shown."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        wide, high = page.get_size()
        drawn = {
            90: (0, 1, -1, 0, high, 0),
            180: (-1, 0, 0, -1, wide, high),
            270: (0, -1, 1, 0, 0, wide),
        }[angle]
        matrix = raw.FS_MATRIX(*drawn)
        raw.FPDFPage_TransFormWithClip(page.raw, ctypes.byref(matrix), None)
        page.set_mediabox(0, 0, *((high, wide) if angle % 180 else (wide, high)))
        page.set_rotation(angle)
    return _saved(document)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(angle: int) -> None:
    source = "#set page(flipped: true)\nMở đầu\n#table(columns: 2, [TT], [Việc], [1], [Trồng cây])"
    upright = pdf(source)
    turned = read(_turned(upright, angle), "a.pdf")
    assert replace(turned, unseen="") == replace(read(upright, "a.pdf"), unseen="")


def _pictures(source: str) -> pypdfium2.PdfDocument:
    """Return a PDF of pictures of the pages of another."""
    images = [page.render(scale=2).to_pil() for page in pypdfium2.PdfDocument(pdf(source))]
    held = io.BytesIO()
    images[0].save(held, "PDF", save_all=True, append_images=images[1:])
    return pypdfium2.PdfDocument(held.getvalue())


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_pages_that_are_pictures_need_ocr() -> None:
    refusal = refused(_saved(_pictures("Một #pagebreak() Hai")), "scan.pdf")
    assert (refusal.code, refusal.data) == ("needs_ocr", {"pages": 2})


def test_pages_that_are_pictures_among_others_are_named() -> None:
    document = pypdfium2.PdfDocument(pdf("Trang một #pagebreak() Trang hai"))
    document.import_pages(_pictures("Ba"), index=1)
    paper = read(_saved(document), "mixed.pdf")
    assert lines(paper) == ["Trang một", "Trang hai"]
    assert [(note.code, note.data) for note in paper.notes] == [
        ("pages_without_text", {"pages": "2"})
    ]


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_file_that_was_cut_off_is_refused(share: float) -> None:
    data = pdf("Kế hoạch")
    assert refused(data[: int(len(data) * share)], "cut.pdf").code == "damaged"
