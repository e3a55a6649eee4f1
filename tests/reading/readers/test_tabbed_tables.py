"""Tables pasted with tabs: what a paste breaks is put together again, and nothing else is."""

import pytest

from lotrinh.reading.readers.text_tables import find_tables

HEAD = "TT\tNhiệm vụ\tChủ trì\tThời hạn\tSản phẩm"
FIRST = "1\tXây dựng quy chế\tSở Xây dựng\tQuý II/2025\tQuyết định"
SECOND = "2\tRà soát trạm bơm\tSở Tài chính\t30/6/2025\tBáo cáo"
THIRD = "3\tTập huấn cán bộ\tSở Nội vụ\t\t"


def rows(text: str) -> list[list[str]]:
    """Return the words of the only table of a text, row by row."""
    (table,) = find_tables(text)
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).append(text[cell.start : cell.end])
    return list(found.values())


def cells(*lines: str) -> list[list[str]]:
    return [line.split("\t") for line in lines]


PLAIN = cells(HEAD, FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join([HEAD, FIRST, SECOND, THIRD]),
        "\n\n".join([HEAD, FIRST, SECOND, THIRD]),
        "PHỤ LỤC\nPhân công nhiệm vụ\n\n"
        + "\n".join([HEAD, FIRST, SECOND, THIRD])
        + "\n\nNơi nhận:",
    ],
    ids=["plain", "blank lines", "titles around"],
)
def test_rows_follow_one_another(text: str) -> None:
    assert rows(text) == PLAIN


def test_a_title_without_tabs_stands_between_rows_and_reaches_across() -> None:
    text = "\n".join([HEAD, "I. Nhóm nhiệm vụ thể chế", FIRST, "II. Nhóm khác", SECOND])

    (table,) = find_tables(text)

    assert rows(text) == [
        *cells(HEAD),
        ["I. Nhóm nhiệm vụ thể chế"],
        *cells(FIRST),
        ["II. Nhóm khác"],
        *cells(SECOND),
    ]
    assert [cell.columns for cell in table.cells if cell.column == 0] == [1, 5, 1, 5, 1]


def test_a_cell_broken_over_lines_is_one_cell() -> None:
    broken = "2\tRà soát trạm bơm\ntrên địa bàn\tSở Tài chính\t30/6/2025\t- Báo cáo\n- Bản đồ"

    assert rows("\n".join([HEAD, FIRST, broken, THIRD])) == [
        *cells(HEAD, FIRST),
        ["2", "Rà soát trạm bơm\ntrên địa bàn", "Sở Tài chính", "30/6/2025", "- Báo cáo\n- Bản đồ"],
        *cells(THIRD),
    ]


def test_a_broken_header_is_one_row() -> None:
    head = "TT\tNhiệm vụ\tCơ quan\nchủ trì\tThời gian\nhoàn thành\tSản phẩm"

    assert rows("\n".join([head, FIRST, SECOND]))[0] == [
        "TT",
        "Nhiệm vụ",
        "Cơ quan\nchủ trì",
        "Thời gian\nhoàn thành",
        "Sản phẩm",
    ]


def test_empty_cells_at_the_end_may_be_missing() -> None:
    short = "3\tTập huấn cán bộ\tSở Nội vụ"

    assert rows("\n".join([HEAD, FIRST, short, SECOND])) == [
        *cells(HEAD, FIRST),
        ["3", "Tập huấn cán bộ", "Sở Nội vụ"],
        *cells(SECOND),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI\nSố: 12/KH-UBND\tHà Nội, ngày 3/3/2025",
        "\tMột đoạn văn thụt dòng.\n\tMột đoạn khác.\n\tVà nữa.",
        "a\tb\tc\nMột dòng.\nHai dòng.\nBa dòng.\nBốn dòng.\nd\te\tf",
        "\t\t\n\t\t\n",
    ],
    ids=["letterhead", "indents", "far apart", "empty"],
)
def test_tabs_alone_make_no_table(text: str) -> None:
    assert find_tables(text) == ()
