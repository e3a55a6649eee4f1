"""Laws of reading tables: whatever stands in the cells, each fact is exactly what stands there."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.reading import Cell, Paper, Table, read_paper
from lotrinh.reading.facts import DateFact, Result, Target, Task
from lotrinh.reading.tables.grid import without_markup
from lotrinh.reading.text import read_source
from tests.reading.span_laws import FORMS, Form, in_form

HEADINGS = st.sampled_from(
    [
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm"),
        ("STT", "Nội dung", "Đơn vị thực hiện", "Tiến độ", "Kết quả"),
        ("TT", "Chỉ tiêu", "Đơn vị", "Năm 2025", "Năm 2030", "Ghi chú"),
        ("No.", "Task", "Lead", "Deadline", "Deliverable"),
        ("Ngày", "Thời gian", "Nội dung", "Địa điểm", "Thành phần"),
        ("A", "B"),
    ]
)
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "1",
            "II",
            "a)",
            "Rà soát quy hoạch\nvà công bố",
            "Sở Y tế; Sở Nội vụ, các địa phương",
            "Quý II/2025",
            "Trước ngày 15/6",
            "2025 và những năm tiếp theo",
            "Thường xuyên",
            "≥ 80%",
            "40 - 50",
            "nt",
            "e\u0301\u0323",
            "Báo cáo",
            "31/12/2025 17:00",
        ]
    ),
)


def lay_out(rows: list[list[str]], before: str, form: Form | None) -> Paper:
    """Print a table cell by cell behind a line; every third row is one merged cell."""
    text = in_form(before, form) + "\n"
    cells = []
    for number, row in enumerate(rows):
        merged = number % 3 == 2
        for column, written in enumerate(row[:1] if merged else row):
            said = in_form(written, form).strip()
            start = len(text)
            text += said
            width = len(row) if merged else 1
            cells.append(Cell(number, column, start, start + len(said), 1, width))
            text += "\n" if said else ""
    return Paper(text, (Table(tuple(cells)),))


def words(text: str) -> str:
    return " ".join(read_source(text).composed.split())


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    headings = list(draw(HEADINGS))
    body = draw(
        st.lists(st.lists(CELLS, min_size=len(headings), max_size=len(headings)), max_size=6)
    )
    before = draw(st.sampled_from(["", "PHỤ LỤC\nChỉ tiêu năm 2025", "Số: 12/KH-UBND"]))
    return lay_out([headings, *body], before, draw(FORMS))


@settings(max_examples=300, deadline=None)
@given(paper=papers())
def test_a_fact_of_a_table_is_the_text_at_its_place(paper: Paper) -> None:
    reading = read_paper(paper)
    assert reading.text == paper.text
    for fact in reading.facts:
        assert 0 <= fact.start < fact.end <= len(paper.text)
        assert paper.text[fact.start : fact.end] == fact.text
    places = [(fact.start, fact.end, fact.kind) for fact in reading.facts]
    assert places == sorted(places)


@settings(max_examples=200, deadline=None)
@given(paper=papers())
def test_a_commitment_of_a_table_lies_in_one_cell(paper: Paper) -> None:
    spans = [(cell.start, cell.end) for cell in paper.cells()]
    for fact in read_paper(paper).facts:
        if isinstance(fact, Task | Target | Result) and fact.rule.startswith("table."):
            assert any(start <= fact.start and fact.end <= end for start, end in spans)


@settings(max_examples=200, deadline=None)
@given(paper=papers())
def test_cells_that_no_field_took_are_kept_in_their_words(paper: Paper) -> None:
    written = {words(without_markup(paper.text[cell.start : cell.end])) for cell in paper.cells()}
    for fact in read_paper(paper).facts:
        if isinstance(fact, Task | Target) and fact.columns is not None:
            for _, kept in fact.columns:
                assert kept
                assert words(kept) in written


@settings(max_examples=100, deadline=None)
@given(paper=papers())
def test_the_same_paper_gives_the_same_reading(paper: Paper) -> None:
    assert read_paper(paper) == read_paper(paper)


@settings(max_examples=100, deadline=None)
@given(paper=papers())
def test_no_day_is_invented(paper: Paper) -> None:
    """Every year of a date in a table stands in the text, or is none."""
    for fact in read_paper(paper).facts:
        if isinstance(fact, DateFact):
            for year in fact.iso.replace("/", "-").split("-")[:1]:
                assert year == "XXXX" or year in unicodedata.normalize("NFC", paper.text)
