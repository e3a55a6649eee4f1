"""The names under which rows are found, each with its confidence."""

from lotrinh.reading.tables.headings import TABLES

RULES: dict[str, float] = TABLES["rules"]


_DOUBTED: float = TABLES["doubt"]["most"]


def confidence(rule: str, sure: bool = True) -> float:
    """Return the share of the findings of a rule that are right, as far as is known.

    What was read but not surely is right less often.
    """
    return RULES[rule] if sure else min(RULES[rule], _DOUBTED)
