"""Whatever stands in a table, reading ends, and every row's fact lies in one cell of it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from lotrinh.reading import Paper, Table, read_paper
from tests.reading.tables.paper import LEFT, UP, paper

_WORDS = st.sampled_from(
    [
        *("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Phối hợp", "Thời hạn", "Kết quả", "Chỉ tiêu"),
        *("ĐVT", "Kế hoạch 2026", "Thực hiện 2025", "% hoàn thành", "Địa điểm", "Ngày"),
        *("I", "1", "1.1", "a)", "-", "nt", "", "Tổng cộng", "(1)", "(2)", "(3)"),
        *("Rà soát quỹ đất", "Sở Nội vụ, Sở Y tế", "12/2026", "Thường xuyên", "≥ 80%", "40 - 50"),
        *("Quý II, III/2026", "Trước 15/6", "1.250,5 tỷ đồng", "Trong đó: hộ nghèo", "%"),
    ]
)
_CELLS = st.one_of(_WORDS, st.text(max_size=8).map(lambda text: " ".join(text.split())))
_HEADS = [
    ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"],
    ["TT", "Chỉ tiêu", "ĐVT", "Thực hiện 2025", "Kế hoạch 2026", "% hoàn thành"],
    ["Ngày", "Thời gian", "Nội dung", "Địa điểm", "Thành phần", "Ghi chú"],
]


def _below(head: list[str]) -> st.SearchStrategy[list[list[str]]]:
    row = st.lists(_CELLS, min_size=len(head), max_size=len(head))
    return st.lists(row, max_size=7).map(lambda rows: [head, *rows])


_GRIDS = st.one_of(
    st.sampled_from(_HEADS).flatmap(_below),
    st.lists(_CELLS, min_size=2, max_size=6).flatmap(_below),
)


def _drawable(rows: list[list[str]]) -> list[list[str]]:
    return [["x" if word in {LEFT, UP} else word for word in row] for row in rows]


@given(_GRIDS, st.text(max_size=20))
def test_every_fact_of_a_row_lies_in_one_cell(rows: list[list[str]], before: str) -> None:
    written = paper((before, _drawable(rows)))
    cells = list(written.cells())
    for fact in read_paper(written).facts:
        assert written.text[fact.start : fact.end] == fact.text
        if fact.rule.startswith("table."):
            assert any(cell.start <= fact.start < fact.end <= cell.end for cell in cells)


@given(_GRIDS)
def test_letters_with_loose_marks_are_read_alike(rows: list[list[str]]) -> None:
    composed = paper(("", [[_composed(word) for word in row] for row in _drawable(rows)]))
    loose = paper(("", [[_loose(word) for word in row] for row in _drawable(rows)]))
    assert _fields(composed) == _fields(loose)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _loose(text: str) -> str:
    """Part letters from their marks; syllables of other scripts have parts that are no marks."""
    loose = [(letter, unicodedata.normalize("NFD", letter)) for letter in text]
    return "".join(
        parted if all(map(unicodedata.combining, parted[1:])) else letter
        for letter, parted in loose
    )


def _fields(written: Paper) -> list[tuple[str, str]]:
    facts = [fact for fact in read_paper(written).facts if fact.rule.startswith("table.")]
    return [(fact.kind, _composed(str(fact.fields()))) for fact in facts]


def test_a_table_without_cells_is_read() -> None:
    assert read_paper(Paper("", (Table(()),))).facts == ()
