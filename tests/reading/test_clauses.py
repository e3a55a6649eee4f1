"""Lines become clauses as ever, and a line of nothing but blanks or dots costs what it is long."""

import re

import pytest

from lotrinh.reading.layout.clauses import find_clauses, find_sentences
from lotrinh.reading.text import read_source

LONG = 300_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "  \n\t\n",
        "Một\nHai",
        "  Một  \n\n   Hai\n",
        "\n \u3000\nMột\r\n\x0b\x0cHai\x85Ba\u2028Bốn\n \n",
        "1. Một\n a) Hai\n\n\n- Ba \n",
    ],
)
def test_a_clause_is_a_line_that_holds_more_than_blanks(text: str) -> None:
    source = read_source(text)

    lines = [
        (found.start() + len(line) - len(line.lstrip()), found.start() + len(line.rstrip()))
        for found in re.finditer(r"[^\n]*\S[^\n]*", source.folded)
        for line in [found.group()]
    ]

    assert [(clause.start, clause.end) for clause in find_clauses(source)] == lines


@pytest.mark.parametrize("blank", [" ", "\t", "\u3000", "\r"])
def test_a_long_line_of_blanks_is_passed_over(blank: str) -> None:
    """Tried from every blank anew this would take hours."""
    source = read_source(f"Một\n{blank * LONG}\nHai")

    assert [source.raw[clause.start : clause.end] for clause in find_clauses(source)] == [
        "Một",
        "Hai",
    ]


@pytest.mark.parametrize("stop", [".", "…", "!", ". ", ".'"])
def test_a_long_run_of_stops_is_read_once(stop: str) -> None:
    source = read_source("Mục lục " + stop * LONG + "5")
    clauses = find_clauses(source)

    found = find_sentences(source, clauses)

    assert found[0].start == 0
    assert found[-1].end == clauses[-1].end
