"""The rules of tables: each has a confidence, is told to readers of the output, and finds rows."""

from lotrinh.reading import read_paper, vocabulary
from lotrinh.reading.tables.rules import RULES, confidence
from tests.reading.tables.paper import Rows, paper

_TABLES: dict[str, tuple[str, Rows]] = {
    "table.task": (
        "",
        [["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], ["1", "Trồng cây", "UBND xã", "3/2026"]],
    ),
    "table.target": (
        "",
        [["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2026"], ["1", "Tỷ lệ che phủ rừng", "%", "42"]],
    ),
    "table.result": (
        "",
        [["TT", "Chỉ tiêu", "ĐVT", "Thực hiện 2025"], ["1", "Tỷ lệ che phủ rừng", "%", "41"]],
    ),
    "table.allocated": (
        "Giao chỉ tiêu trồng rừng cho các xã",
        [["TT", "Đơn vị", "Rừng trồng mới (ha)"], ["1", "Xã Hồ Sen", "12"]],
    ),
    "table.event": (
        "",
        [["Ngày", "Nội dung", "Địa điểm"], ["15/6/2026", "Giao ban công tác tuần", "Tầng 3"]],
    ),
}


def test_every_rule_finds_a_row() -> None:
    assert set(_TABLES) == set(RULES)
    for rule, table in _TABLES.items():
        found = read_paper(paper(table)).facts
        assert [fact.rule for fact in found if fact.rule.startswith("table.")] == [rule]
        assert {fact.confidence for fact in found if fact.rule == rule} == {confidence(rule)}
        assert 0.5 <= confidence(rule) < 1


def test_the_vocabulary_names_them() -> None:
    named = vocabulary()["rule"]
    assert isinstance(named, list)
    assert set(RULES) <= set(named)
