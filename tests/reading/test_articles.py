"""The five real articles: what a careful reader finds in them, the machine finds too.

The articles lie beside the checkout and are not part of it; without them these tests are skipped.
"""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from lotrinh.reading import (
    Citation,
    Event,
    PersonMention,
    Reading,
    Relation,
    Result,
    Target,
    Task,
    compare,
    read_text,
)
from lotrinh.reading.facts import Fact, Plain
from tests.reading.gold import GOLD

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the five articles are not here")


@cache
def article(number: str) -> Reading:
    path = next(CORPUS.glob(f"{number}_*.txt"))
    return read_text(path.read_bytes().decode("utf-8-sig"))


def said(fact: Fact, *names: str) -> list[Plain]:
    """Return some fields as the machine-readable output gives them."""
    fields = fact.fields()
    return [fields[name] for name in names]


def results(number: str) -> list[Result]:
    return [fact for fact in article(number).facts if isinstance(fact, Result)]


@pytest.mark.parametrize("number", sorted(GOLD))
def test_every_numbered_document_and_no_other(number: str) -> None:
    found = [f for f in article(number).facts if isinstance(f, Citation)]
    assert [(f.start, f.end, f.number) for f in found] == GOLD[number]


def test_they_are_sixty_three() -> None:
    assert [len(GOLD[number]) for number in sorted(GOLD)] == [18, 20, 4, 9, 12]


@pytest.mark.parametrize("number", ["000", "001"])
def test_the_conference_of_618_sites(number: str) -> None:
    (event,) = [f for f in article(number).facts if isinstance(f, Event)]
    assert said(event, "date", "sites", "participants") == ["XXXX-05-09", 618, 29000]


@pytest.mark.parametrize("number", ["000", "001"])
def test_the_five_targets_for_2030(number: str) -> None:
    targets = [f for f in article(number).facts if isinstance(f, Target)]
    assert [said(t, "comparator", "value", "unit", "due") for t in targets] == [
        ["=", 100, "%", "2030"],
        ["<", 3, "%", "2030"],
        ["=", 100, "%", "2030"],
        ["=", 100, "%", "2030"],
        ["=", 70, "%", "2030"],
    ]


def test_the_measures_of_two_targets() -> None:
    targets = {t.value: t for t in article("001").facts if isinstance(t, Target)}
    assert targets[Decimal(3)].metric == "tỷ lệ thất nghiệp"
    assert (targets[Decimal(70)].metric or "").startswith("lực lượng lao động")


def test_twenty_of_twenty_four_targets_are_expected() -> None:
    ratio = next(r for r in results("002") if r.total == 24)
    assert said(ratio, "done", "unit", "estimated") == [20, "target", True]
    above = next(r for r in results("002") if r.value == 6)
    assert (above.unit, above.estimated) == ("target", True)


def test_state_budget_revenue() -> None:
    revenue = next(r for r in results("002") if r.percent_of_plan is not None)
    assert revenue.value == 492_309_000_000_000
    assert (revenue.unit, revenue.percent_of_plan) == ("VND", Decimal("120.5"))
    assert (revenue.growth_percent, revenue.estimated) == (Decimal("19.6"), True)


def test_fifteen_of_twenty_tasks_and_a_thirty_fold_revenue() -> None:
    ratios = [said(r, "done", "total") for r in results("004") if r.total is not None]
    assert ratios == [[15, 20], [9, 9]]
    revenue = next(r for r in results("004") if r.multiplier is not None)
    assert said(revenue, "value", "unit") == [45_370_000_000, "VND"]
    assert said(revenue, "percent_of_plan", "multiplier") == [126, 30]
    assert revenue.estimated is False


def test_the_six_tasks_of_the_directive() -> None:
    reading = article("004")
    tasks = [f for f in reading.facts if isinstance(f, Task)]
    items = {c.label: c for c in reading.clauses if c.label and c.label.endswith("ly")}
    assert list(items) == ["Firstly", "Secondly", "Thirdly", "Fourthly", "Fifthly", "Sixthly"]
    for clause in items.values():
        assert any(clause.start <= task.start < clause.end for task in tasks)


def test_the_paragraph_after_fifthly_belongs_to_it() -> None:
    clauses = article("004").clauses
    fifth = next(i for i, clause in enumerate(clauses) if clause.label == "Fifthly")
    after = clauses[fifth + 1]
    assert (after.label, after.kind, after.level) == (None, "paragraph", clauses[fifth].level + 1)
    tasks = [f for f in article("004").facts if isinstance(f, Task)]
    assert sum(after.start <= task.start < after.end for task in tasks) == 2


def test_dates_of_issue_in_two_places() -> None:
    dates = {f.number: f.date for f in article("004").facts if isinstance(f, Citation) and f.date}
    assert dates == {
        "47-KH/ĐU": "2023-02-14",
        "24-CT/TU": "2023-08-07",
        "15-NQ/TW": "2022-05-05",
        "59/2019/NĐ-CP": "2019-07-01",
    }


@pytest.mark.parametrize("number", ["000", "001"])
def test_which_document_does_what_to_which(number: str) -> None:
    found = [f for f in article(number).facts if isinstance(f, Relation)]
    assert [(f.source, f.relation, f.target) for f in found] == [
        ("30-CTr/TU", "implements", "45-NQ/TW"),
        ("45-NQ/TW", "continues", "27-NQ/TW"),
        ("32-CTr/TU", "implements", "42-NQ/TW"),
        ("29-CTr/TU", "implements", "43-NQ/TW"),
    ]


def test_people_keep_their_posts() -> None:
    posts = {f.name: f.role for f in article("001").facts if isinstance(f, PersonMention)}
    assert posts["Nguyễn Hồng Sơn"] == "Giám đốc Sở KH&CN TP"
    assert posts["Nguyễn Doãn Toản"] == (
        "Ủy viên Ban Thường vụ Thành ủy, Trưởng Ban Tuyên giáo Thành ủy"
    )
    assert len(posts) == 9  # the byline has no post and is left alone


def test_the_translation_is_the_same_document() -> None:
    comparison = compare(article("000"), article("001"))
    assert comparison.verdict == "same"
    assert comparison.score > 0.9
    elsewhere = [d for d in comparison.differences if d.kind == "unit.place"]
    assert [d.about for d in elsewhere] == ["Nguyen Hong Son", "Bach Lien Huong"]
    assert (elsewhere[0].a, elsewhere[0].b) == (
        "Director of the Department of Science and Technology of Ho Chi Minh City",
        "Giám đốc Sở KH&CN TP",
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("000", "002"), ("000", "003"), ("001", "004"), ("002", "003"), ("002", "004")],
)
def test_other_articles_are_other_documents(one: str, other: str) -> None:
    assert compare(article(one), article(other)).verdict == "different"
