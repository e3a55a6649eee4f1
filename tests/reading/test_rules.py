"""Every rule finds its own examples and leaves its counterexamples alone."""

import pytest

from lotrinh.reading import read_text
from lotrinh.reading.grammar import Rule, rules


def _cases(which: str) -> list[tuple[str, str]]:
    return [(rule.id, text) for rule in rules().values() for text in getattr(rule, which)]


@pytest.mark.parametrize(("rule", "text"), _cases("examples"))
def test_an_example_is_read_by_its_rule(rule: str, text: str) -> None:
    assert rule in {fact.rule for fact in read_text(text).facts}


@pytest.mark.parametrize(("rule", "text"), _cases("counterexamples"))
def test_a_counterexample_is_not_read_by_its_rule(rule: str, text: str) -> None:
    assert rule not in {fact.rule for fact in read_text(text).facts}


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_a_rule_has_both_and_says_how_sure_it_is(rule: Rule) -> None:
    assert rule.examples and rule.counterexamples
    assert 0.5 <= rule.confidence < 1
