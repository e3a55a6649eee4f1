"""Which found fact is which marked one."""

import pytest

from tests.reading.evaluation.marks import mark
from tools.evaluation.matching import alike, match, plain


def counted(kind, labels, found):
    matched = match(kind, labels, found)
    return len(matched.hits), len(matched.missed), len(matched.false)


def test_more_than_half_of_the_shorter_must_be_shared():
    label = mark("task", 0, 100)

    assert counted("task", [label], [mark("task", 80, 119)]) == (1, 0, 0)
    assert counted("task", [label], [mark("task", 80, 120)]) == (0, 1, 1)
    assert counted("task", [label], [mark("task", 40, 50)]) == (1, 0, 0)
    assert counted("task", [label], [mark("unit", 0, 100)]) == (0, 1, 0)


@pytest.mark.parametrize(
    ("kind", "label", "right", "wrong"),
    [
        ("citation", {"number": "45-NQ/TW"}, {"number": "45-NQ/TW"}, {"number": "45-NQ/TU"}),
        ("date", {"iso": "2025-06"}, {"iso": "2025-06", "role": "event"}, {"iso": "2025-06-15"}),
        ("target", {"value": 80}, {"value": 80.0, "unit": "%"}, {"value": 81}),
        ("target", {"value": [5, 6]}, {"value": [5.0, 6.0]}, {"value": [5, 7]}),
        ("result", {"value": 12, "done": 1}, {"value": 12}, {"done": 1, "total": 2}),
        ("result", {"done": 20, "total": 24}, {"done": 20, "total": 24}, {"done": 20, "total": 25}),
        ("result", {"growth_percent": 8.1}, {"growth_percent": 8.1}, {"percent_of_plan": 8.1}),
        ("unit", {"name": "Sở Y tế"}, {"name": "SỞ Y  TẾ"}, {"name": "Sở Y tế Phố Cây"}),
        ("person", {"name": "Lê Thị Hoa"}, {"name": "Lê Thị Hoa"}, {"name": "Lê Thị Hòe"}),
        ("event", {"name": "Hội nghị"}, {"name": "Hội nghị tổng kết"}, None),
    ],
)
def test_what_makes_a_kind_must_be_the_same(kind, label, right, wrong):
    labels = [mark(kind, 0, 10, **label)]

    assert counted(kind, labels, [mark(kind, 0, 10, **right)]) == (1, 0, 0)
    if wrong is not None:
        assert counted(kind, labels, [mark(kind, 0, 10, **wrong)]) == (0, 1, 1)


def test_other_values_that_are_right_too_count():
    label = mark("date", 0, 8, iso="XXXX-06-15", also={"iso": ["2025-06-15"]})

    assert counted("date", [label], [mark("date", 0, 8, iso="2025-06-15")]) == (1, 0, 0)
    assert counted("date", [label], [mark("date", 0, 8, iso="2024-06-15")]) == (0, 1, 1)


def test_the_closest_pair_is_taken_first_and_each_mark_once():
    labels = [mark("task", 0, 100), mark("task", 50, 100)]
    found = [mark("task", 45, 100), mark("task", 0, 98)]

    hits = match("task", labels, found).hits

    assert [(label.start, fact.start) for label, fact in hits] == [(0, 0), (50, 45)]
    assert counted("task", labels, [mark("task", 0, 100)]) == (1, 1, 0)


def test_what_is_optional_counts_neither_way():
    sure, loose = mark("task", 0, 10), mark("task", 20, 30, optional=True)

    assert counted("task", [sure, loose], [mark("task", 0, 10)]) == (1, 0, 0)
    assert counted("task", [sure, loose], [mark("task", 20, 30)]) == (0, 1, 0)
    assert counted("task", [loose], [loose]) == (0, 0, 0)


def test_a_sure_label_has_the_first_right_to_a_finding():
    labels = [mark("task", 0, 100, optional=True), mark("task", 0, 60)]

    assert counted("task", labels, [mark("task", 0, 100)]) == (1, 0, 0)


def test_a_relation_is_its_triple_wherever_it_stands_and_counts_once():
    triple = {"source": "15/KH-UBND", "target": "45-NQ/TW", "relation": "implements"}
    label = mark("relation", 0, 10, **triple)
    found = [mark("relation", 500, 510, **triple), mark("relation", 900, 910, **triple)]

    assert counted("relation", [label], found) == (1, 0, 0)
    other = mark("relation", 0, 10, **triple | {"relation": "based_on"})
    assert counted("relation", [label], [other]) == (0, 1, 1)


def test_values_are_alike_up_to_rounding_only():
    assert alike(0.1 + 0.2, 0.3)
    assert alike([5, 6.5], (5, 6.5))
    assert not alike([5], [5, 6])
    assert not alike(1, 1.001)
    assert not alike(True, 1.0) or alike(1, 1.0)
    assert alike(None, None)


def test_names_are_compared_without_case_diacritics_article_and_marks():
    assert plain("The Department of Health,") == "department of health"
    assert plain("  UỶ BAN\n nhân dân;") == plain("Ủy ban nhân dân")
    assert plain(None) == ""
