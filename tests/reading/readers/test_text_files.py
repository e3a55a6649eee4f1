"""Plain text and Markdown: the text stays, tables in it are found."""

import pytest

from tests.reading.readers.samples import read, refused, rows, seen


def test_the_text_is_unchanged_but_for_the_mark() -> None:
    text = "Kế hoạch số 12.\r\n\r\n  Thụt đầu dòng.\tHết \n\n"
    assert read(b"\xef\xbb\xbf" + text.encode(), "a.txt").text == text


def test_a_table_of_markdown() -> None:
    text = "Mở\n\n| TT | Việc | Hạn |\n|---|:-:|---|\n"
    text += "| 1 | Trồng |  |\n| 2 | a \\| b | Quý II |\nHết\n"
    paper = read(text.encode(), "a.md")
    assert paper.text == text
    assert seen(paper) == [
        (0, 0, 1, 1, "TT"),
        (0, 1, 1, 1, "Việc"),
        (0, 2, 1, 1, "Hạn"),
        (1, 0, 1, 1, "1"),
        (1, 1, 1, 1, "Trồng"),
        (1, 2, 1, 1, ""),
        (2, 0, 1, 1, "2"),
        (2, 1, 1, 1, "a \\| b"),
        (2, 2, 1, 1, "Quý II"),
    ]


def test_a_table_with_tabs() -> None:
    paper = read("Phụ lục\nTT\tViệc\tHạn\n1\tTrồng cây\t2025\n\nTT\tb\n".encode(), "a.txt")
    assert [rows(paper, table) for table in paper.tables] == [
        [["TT", "Việc", "Hạn"], ["1", "Trồng cây", "2025"]]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI\nSố: 12\tLam Khê\n",
        "\t\tThụt vào\n\t\tThụt vào nữa\n",
        "| Chỉ một dòng | không | phải bảng |\n",
        "Chọn a | b | c\nhoặc d | e | f\n",
    ],
)
def test_these_are_no_tables(text: str) -> None:
    assert read(text.encode(), "a.txt").tables == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (bytes(range(256)) * 4, "binary"),
        (b"{\\rtf1 x}", "type"),
        (b"\x89PNG\r\n", "type"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    assert refused(data, "a.txt").code == code


def test_bold_cells_of_markdown_are_read_without_their_asterisks() -> None:
    text = "| TT | Việc | Hạn |\n|---|---|---|\n| **I** | **Nhóm một** | 2025 |\n"
    text += "| 1 | **Trồng** cây **xanh** | __6/2025__ |\n"
    (table,) = read(text.encode(), "a.md").tables
    assert [text[cell.start : cell.end] for cell in table.cells[3:]] == [
        "I",
        "Nhóm một",
        "2025",
        "1",
        "**Trồng** cây **xanh**",
        "6/2025",
    ]
