"""The names under which rows are found, each with its confidence."""

from lotrinh.reading.tables.headings import TABLES

RULES: dict[str, float] = TABLES["rules"]


def confidence(rule: str) -> float:
    """Return the share of the findings of a rule that are right, as far as is known."""
    return RULES[rule]
