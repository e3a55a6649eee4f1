"""Whatever is written into a form comes back as it was, in any order of its rows."""

import io
import re
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lotrinh.apps.reporting.books import write_book
from lotrinh.rules.amounts_typed import CellUnit
from lotrinh.rules.books import BookRow
from tests.apps.reporting.book_samples import a_book, given_back, read

UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
TEXTS = st.one_of(
    st.text(max_size=60),
    st.from_regex(r"[=+\-@\t\r\n'\"][\x20-\x7e]{0,20}", fullmatch=True),
    st.from_regex(r"[0-9]{1,40}([.,][0-9]{1,20})?%?", fullmatch=True),
    st.sampled_from(
        [
            "_x0041_",
            "_x000D_",
            "\u202e١٢٣",
            "\u200f",
            "שלום",
            "1/3",
            "true",
            "#N/A",
            "a\r\nb",
            " x ",
        ]
    ),
)
NAMES = st.text("Số hộ đạt danh hiệu =+-0129\n", max_size=20)
KEYS = st.from_regex(r"[0-9a-z-]{1,36}", fullmatch=True)
ROWS = st.lists(
    st.builds(
        BookRow,
        measure_key=KEYS,
        name=TEXTS,
        unit_words=TEXTS,
        cell_unit=st.just(CellUnit("x")),
        plan=st.one_of(st.none(), TEXTS, st.decimals(-(10**20), 10**20, places=6)),
        typed_text=st.one_of(st.none(), TEXTS),
        comment=TEXTS,
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row.measure_key,
)

PLAIN_ROWS = st.lists(
    st.builds(
        BookRow,
        measure_key=KEYS,
        name=NAMES,
        unit_words=NAMES,
        cell_unit=st.just(CellUnit("x")),
        typed_text=NAMES,
        comment=NAMES,
    ),
    min_size=2,
    max_size=6,
    unique_by=lambda row: row.measure_key,
)


def held(text: str) -> str:
    return UNHELD.sub("", text)


@settings(max_examples=150, deadline=None)
@given(rows=ROWS)
def test_every_text_comes_back_as_it_was(rows: list[BookRow]) -> None:
    data = write_book(a_book(rows))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))  # as strict as Excel

    found = read(data)

    assert {name: (cell.value, cell.before) for name, cell in found.cells.items()} == {
        row.measure_key: (held(row.typed_text or ""),) * 2 for row in rows
    }
    assert {name: cell.value for name, cell in found.comments.items()} == {
        row.measure_key: held(row.comment) for row in rows if held(row.comment)
    }
    assert found.faults == ()
    assert not any(cell.is_changed for cell in found.cells.values())


@settings(max_examples=25, deadline=None)
@given(rows=PLAIN_ROWS, data=st.data())
def test_no_order_of_whole_rows_changes_what_is_told(rows: list[BookRow], data) -> None:
    places = range(7, 7 + len(rows))
    order = data.draw(st.permutations(places))

    def shuffle(sheet) -> None:
        values = {row: [cell.value for cell in sheet[row]] for row in places}
        for row, source in zip(places, order, strict=True):
            for cell, value in zip(sheet[row], values[source], strict=True):
                cell.value = value
                if value is not None:
                    cell.data_type = "s"

    found = read(given_back(shuffle, data=write_book(a_book(rows))))

    assert {name: cell.value for name, cell in found.cells.items()} == {
        row.measure_key: row.typed_text for row in rows
    }
    assert found.faults == ()
