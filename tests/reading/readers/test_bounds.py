"""Tables that claim to be larger than anybody could lay out."""

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from lotrinh.reading.paper import Table
from tests.reading.readers.samples import read, refused, saved, seen


def _word(span: str, column: int) -> bytes:
    document = Document()
    table = document.add_table(2, 2)
    for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(place)
    reach = OxmlElement("w:gridSpan")
    reach.set(qn("w:val"), span)
    table.cell(0, column)._tc.get_or_add_tcPr().append(reach)
    return saved(document)


def test_a_cell_reaches_over_no_more_columns_than_there_may_be() -> None:
    assert seen(read(_word("99999999", 1), "a.docx")) == [
        (0, 0, 1, 1, "0"),
        (0, 1, 1, 999, "1"),
        (1, 0, 1, 1, "2"),
        (1, 1, 1, 1, "3"),
    ]


def test_words_beyond_the_last_column_are_refused() -> None:
    refusal = refused(_word("99999999", 0), "a.docx")
    assert (refusal.code, refusal.data) == (
        "too_large",
        {"what": "cells", "found": 99999999, "limit": 1000},
    )


def test_a_cell_of_a_web_page_reaches_over_no_more_rows_than_there_are() -> None:
    page = '<table><tr><td>a</td><td colspan="5000" rowspan="9">b</td></tr></table>'
    assert seen(read(page.encode(), "a.html")) == [(0, 0, 1, 1, "a"), (0, 1, 1, 999, "b")]


def test_a_table_of_too_many_places_is_refused() -> None:
    wide = '<tr><td colspan="1000">a</td></tr>' + "<tr><td>b</td></tr>" * 3_000
    refusal = refused(f"<table>{wide}</table>".encode(), "a.html")
    assert (refusal.code, refusal.data["found"]) == ("too_large", 3_001_000)


@pytest.mark.parametrize(
    "cell",
    [[0, 1, 0, 0, 1, 1_000], [0, -1, 0, 0, 1, 1], [3_000_000, 0, 0, 0, 1, 2], [0, 0, 0, 0, 1, 0]],
)
def test_a_record_of_a_table_beyond_bounds_is_no_table(cell: list[int]) -> None:
    with pytest.raises(ValueError, match="beyond bounds"):
        Table.from_record({"name": None, "page": None, "cells": [cell]})


def test_a_text_with_a_thousand_bars_stays_a_text() -> None:
    assert read(("|" + "a|" * 1_001 + "\n").encode() * 2, "a.txt").tables == ()
    assert len(read(("|" + "a|" * 1_000 + "\n").encode() * 2, "a.txt").tables) == 1
