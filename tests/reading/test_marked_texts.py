"""Texts in the manner of real ones, marked by hand before any rule had seen them.

The floors hold what is reached now. They are figures of training: the first readings of the same
marks, before a rule was changed, are in the notes beside the texts.
"""

import tomllib

import pytest

from tests.reading.scoring import TEXTS, Tally, marked_texts, score

FLOORS = {
    "header": (1.0, 1.0),
    "citation": (1.0, 1.0),
    "date": (0.97, 0.97),
    "person": (1.0, 0.9),
    "target": (0.95, 0.97),
    "result": (0.95, 0.97),
    "task": (0.97, 0.97),
}


@pytest.mark.parametrize("name", marked_texts())
def test_every_mark_stands_once_in_its_text(name: str) -> None:
    marks = tomllib.loads((TEXTS / f"{name}.toml").read_text())
    text = (TEXTS / f"{name}.txt").read_text()
    for kind in ("target", "result", "task"):
        for mark in marks.get(kind, []):
            assert text.count(mark["quote"]) == 1, mark["quote"]


@pytest.mark.parametrize("kind", FLOORS)
def test_no_kind_is_read_worse_than_before(kind: str) -> None:
    tally = Tally()
    for name in marked_texts():
        tally.add(score(name)[kind])
    precision, recall = FLOORS[kind]
    assert tally.precision >= precision, tally.false
    assert tally.recall >= recall, tally.missed
    assert tally.fields >= 0.97 * tally.asked, tally.wrong_fields
