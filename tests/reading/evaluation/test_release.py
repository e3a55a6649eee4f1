"""Gains, losses and floors against the last release."""

from pathlib import Path

import pytest

from tests.reading.evaluation.marks import mark
from tools.evaluation import freezing, release
from tools.evaluation.drafts import Mark
from tools.evaluation.scores import DocumentScore, score


def worded(kind: str, start: int, text: str, **fields: object) -> Mark:
    return Mark(kind, start, start + len(text), text, fields)


def scored(labels: list[Mark], found: list[Mark], name: str = "kh.vi.txt") -> DocumentScore:
    matched, counts, fields = score(labels, found, [])
    return DocumentScore(name, "vi", "txt", counts, fields, matched)


UNITS = [
    worded("unit", 0, "Sở A", name="Sở A"),
    worded("unit", 10, "Sở B", name="Sở B"),
    worded("unit", 20, "Sở A", name="Sở A"),
]


def test_nothing_changed_is_nothing_gained_or_lost():
    now = scored(UNITS, UNITS[:2])
    change = release.changes(release.outcome([now], "1"), [now])["unit"]

    assert (change.gained, change.lost) == ([], [])
    assert (change.false_before, change.false_now) == (0, 0)


def test_gains_and_losses_name_their_words():
    before = release.outcome([scored(UNITS, UNITS[:2])], "1")
    false = worded("unit", 50, "Sở C", name="Sở C")

    change = release.changes(before, [scored(UNITS, [UNITS[1], UNITS[2], false])])["unit"]

    assert change.gained == ["kh.vi.txt: Sở A"]
    assert change.lost == ["kh.vi.txt: Sở A"]
    assert (change.false_before, change.false_now) == (0, 1)


def test_labels_that_moved_in_the_text_are_the_same_labels():
    before = release.outcome([scored(UNITS, UNITS[:2])], "1")
    moved = [worded("unit", unit.start + 7, unit.text, **unit.fields) for unit in UNITS]

    change = release.changes(before, [scored(moved, moved[:2])])["unit"]

    assert (change.gained, change.lost) == ([], [])


def test_new_documents_and_new_labels_are_neither_gained_nor_lost():
    before = release.outcome([scored(UNITS[:1], UNITS[:1])], "1")

    change = release.changes(before, [scored(UNITS, UNITS), scored(UNITS, [], "new.txt")])["unit"]

    assert (change.gained, change.lost) == ([], [])


def test_floors_lie_a_point_below_and_kinds_without_figures_have_none():
    one = scored(UNITS, UNITS[:2])  # F1 .8

    assert release.floors([one]) == {"unit": 0.79}
    assert release.floors([scored(UNITS, [])]) == {"unit": 0.0}


def test_a_fall_below_a_floor_is_found():
    before = release.outcome([scored(UNITS, UNITS[:2])], "1")

    assert release.fallen(before, [scored(UNITS, UNITS[:2])]) == []
    assert release.fallen(before, [scored(UNITS, UNITS[:1])]) == ["unit: 0.5 < 0.79"]
    assert release.fallen(before, [scored(UNITS, [], "new.txt")]) == ["unit: None < 0.79"]


def test_an_outcome_is_kept_and_read_again(tmp_path: Path):
    kept = release.outcome([scored([mark("task", 0, 5)], [])], "7")

    assert release.load(tmp_path) is None
    release.save(tmp_path, kept)
    assert release.load(tmp_path) == kept


@pytest.mark.parametrize("fault", ["changed", "new", "gone"])
def test_every_change_of_the_frozen_set_is_found(tmp_path: Path, fault):
    folder = tmp_path / "held_out" / "a"
    folder.mkdir(parents=True)
    (folder / "x.jsonl").write_text("one")
    (folder / "y.jsonl").write_text("two")
    (folder / "x.labels.jsonl").write_text("derived")
    assert freezing.freeze(tmp_path) == 2
    assert freezing.changed(tmp_path) == []

    (folder / "x.labels.jsonl").unlink()
    if fault == "changed":
        (folder / "x.jsonl").write_text("other")
    elif fault == "new":
        (folder / "z.jsonl").write_text("three")
    else:
        (folder / "y.jsonl").unlink()

    names = {"changed": "a/x.jsonl", "new": "a/z.jsonl", "gone": "a/y.jsonl"}
    assert freezing.changed(tmp_path) == [names[fault]]
