"""A paper with tables from rows of words, printed cell by cell as every reader prints them."""

from collections.abc import Iterator, Sequence
from typing import Any

from lotrinh.reading import Cell, Paper, Reading, Table, Task, read_paper
from lotrinh.reading.facts import Event, Fact, Result, Target

LEFT, UP = "<", "^"  # the place is covered by the cell to the left, or by the one above
Rows = Sequence[Sequence[str]]


def paper(*tables: tuple[str, Rows]) -> Paper:
    """Return a paper with each table below the lines that stand before it."""
    text = ""
    found: list[Table] = []
    for before, rows in tables:
        text += f"{before}\n" if before else ""
        cells: list[dict[str, int]] = []
        covering: dict[tuple[int, int], dict[str, int]] = {}
        for row, words in enumerate(rows):
            for column, word in enumerate(words):
                covered = {LEFT: (row, column - 1), UP: (row - 1, column)}.get(word)
                if covered is not None:
                    cell = covering[row, column] = covering[covered]
                    cell["rows"] = max(cell["rows"], row - cell["row"] + 1)
                    cell["columns"] = max(cell["columns"], column - cell["column"] + 1)
                    continue
                place = {"row": row, "column": column, "start": len(text), "rows": 1, "columns": 1}
                covering[row, column] = place | {"end": len(text) + len(word)}
                cells.append(covering[row, column])
                text += word + "\n"
        found.append(Table(tuple(Cell(**cell) for cell in cells)))
    return Paper(text, tuple(found))


def reading(*tables: tuple[str, Rows]) -> Reading:
    """Return the reading of a paper with these tables."""
    return read_paper(paper(*tables))


def _kept(fact: Fact) -> dict[str, Any]:
    return {key: value for key, value in fact.fields().items() if value not in (None, [], False)}


def _listed(found: Reading, kind: type[Fact]) -> Iterator[tuple[str, dict[str, Any]]]:
    for fact in found.facts:
        assert found.text[fact.start : fact.end] == fact.text
        if isinstance(fact, kind):
            yield fact.text, _kept(fact)


def tasks(before: str, rows: Rows) -> list[tuple[str, dict[str, Any]]]:
    """Return text and stated fields of all tasks of a paper with one table."""
    return list(_listed(reading((before, rows)), Task))


def targets(before: str, rows: Rows) -> list[tuple[str, dict[str, Any]]]:
    """Return text and stated fields of all targets of a paper with one table."""
    return list(_listed(reading((before, rows)), Target))


def results(before: str, rows: Rows) -> list[tuple[str, dict[str, Any]]]:
    """Return text and stated fields of all results of a paper with one table."""
    return list(_listed(reading((before, rows)), Result))


def gatherings(before: str, rows: Rows) -> list[tuple[str, dict[str, Any]]]:
    """Return text and stated fields of all events of a paper with one table."""
    return list(_listed(reading((before, rows)), Event))
