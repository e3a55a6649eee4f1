"""Counts, shares, fields, rows of tables, and intervals that can be repeated."""

import pytest

from tests.reading.evaluation.marks import mark
from tools.evaluation.scores import (
    KINDS,
    ROW,
    Count,
    DocumentScore,
    FieldCount,
    field_total,
    interval,
    score,
    total,
    year,
)


def scored(name, **counts):
    held = {kind: Count(*counts.get(kind, (0, 0, 0))) for kind in KINDS}
    return DocumentScore(name, "vi", "txt", held)


def test_shares_of_a_count():
    count = Count(hits=6, missed=2, false=4)

    assert (count.precision, count.recall, count.f1) == (0.6, 0.75, pytest.approx(2 / 3))
    assert count.labelled == 8
    assert (Count().precision, Count().recall, Count().f1) == (None, None, None)
    assert Count(false=3).f1 == 0.0
    assert Count(1, 2, 3) + Count(10, 20, 30) == Count(11, 22, 33)


def test_a_document_is_scored_kind_by_kind():
    labels = [mark("unit", 0, 5, name="Sở A"), mark("unit", 10, 15, name="Sở B")]
    found = [mark("unit", 0, 5, name="Sở A"), mark("unit", 20, 25, name="Sở C")]

    _, counts, _ = score(labels, found, [])

    assert counts["unit"] == Count(1, 1, 1)
    assert counts["task"] == Count()


def test_fields_are_asked_where_the_label_states_them():
    label = mark(
        "task", 0, 50, lead=["Sở A", "Sở B"], due="2025-06", deliverable="kế hoạch tổng thể"
    )
    fact = mark(
        "task",
        0,
        50,
        lead=["sở b", "The Sở A"],
        due="2025",
        recurrence="yearly",
        deliverable="kế hoạch",
    )

    _, _, fields = score([label], [fact], [])

    assert fields["task", "lead"] == FieldCount(right=1, asked=1)
    assert fields["task", "due"] == FieldCount(right=0, asked=1)
    assert fields["task", "recurrence"] == FieldCount(added=1)
    assert fields["task", "coordinate"] == FieldCount()
    assert fields["task", "deliverable"] == FieldCount(right=0, asked=1)


def test_wording_is_right_when_more_than_half_of_the_longer_is_shared():
    label = mark("target", 0, 50, value=5, metric="tỷ lệ hộ nghèo", due="2026/2030")
    near = mark("target", 0, 50, value=5, metric="tỷ lệ hộ nghèo đa chiều", due="2030")

    _, _, fields = score([label], [near], [])

    assert fields["target", "metric"] == FieldCount(right=1, asked=1)
    assert fields["target", "due year"] == FieldCount(right=1, asked=1)
    assert fields["target", "due"] == FieldCount(right=0, asked=1)


@pytest.mark.parametrize(
    ("iso", "last"),
    [("2026/2030", "2030"), ("2025-Q2", "2025"), ("XXXX-06-15", "XXXX"), (None, None)],
)
def test_the_year_of_a_due_date(iso, last):
    assert year(iso) == last


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ({"lead": ["Sở A"], "due": "2025-06", "deliverable": "Kế hoạch;"}, True),
        ({"lead": ["Sở A"], "due": "2025-06"}, False),
        ({"lead": ["Sở A", "Sở B"], "due": "2025-06", "deliverable": "kế hoạch"}, False),
        ({"lead": ["Sở A"], "due": "2025", "deliverable": "kế hoạch"}, False),
        (
            {"lead": ["Sở A"], "due": "2025-06", "deliverable": "kế hoạch", "recurrence": "yearly"},
            False,
        ),
        (
            {"lead": ["Sở A"], "due": "2025-06", "deliverable": "kế hoạch", "coordinate": ["B"]},
            False,
        ),
    ],
)
def test_a_row_is_right_only_with_all_its_fields(said, right):
    label = mark("task", 0, 40, lead=["Sở A"], due="2025-06", deliverable="kế hoạch")

    _, counts, _ = score([label], [mark("task", 0, 40, **said)], [(0, 40), (41, 50)])

    assert counts["task"] == Count(hits=1)
    assert counts[ROW] == (Count(hits=1) if right else Count(missed=1, false=1))


def test_tasks_outside_of_tables_are_no_rows():
    label = mark("task", 0, 40, lead=["Sở A"])

    _, counts, _ = score([label], [mark("task", 0, 40, lead=["Sở A"])], [(41, 90)])

    assert (counts["task"], counts[ROW]) == (Count(hits=1), Count())


def test_totals_are_over_documents():
    scores = [scored("a", task=(3, 1, 0)), scored("b", task=(1, 0, 2))]
    scores[0].fields["task", "lead"] = FieldCount(2, 3, 1)
    scores[1].fields["task", "lead"] = FieldCount(1, 1, 0)

    assert total(scores, "task") == Count(4, 1, 2)
    assert field_total(scores, "task", "lead") == FieldCount(3, 4, 1)


def test_an_interval_lies_around_the_figure_and_is_the_same_each_time():
    scores = [scored(str(number), task=(number, 10 - number, 1)) for number in range(3, 10)]

    bounds = interval(scores, "task")

    figure = total(scores, "task").f1
    assert bounds == interval(scores, "task")
    assert bounds is not None
    assert figure is not None
    assert 0.45 < bounds[0] < figure < bounds[1] < 0.85
    assert interval(scores, "event") is None


def test_documents_that_are_all_alike_leave_no_interval():
    scores = [scored(str(number), task=(3, 1, 0)) for number in range(5)]

    assert interval(scores, "task") == (total(scores, "task").f1, total(scores, "task").f1)
