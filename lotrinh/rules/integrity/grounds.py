"""On what a question rests, as text: the same rows are the same bytes, and are asked about once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from lotrinh.rules.integrity.facts import IntegrityRule


def content_of(rule: IntegrityRule, unit: str, period: str, rows: Sequence[str]) -> str:
    """Return the hash of what is asked of whom: of the rows, not of what others tell besides."""
    said = [str(rule), unit, period, sorted(rows)]
    return hashlib.sha256(_canonical(said).encode()).hexdigest()


def grounds_text(
    rows: Sequence[str], data: Mapping[str, int | Decimal], *, others: Sequence[str], setting: str
) -> str:
    """Return canonical JSON: rows, numbers as text, other units, the day of the limits.

    >>> grounds_text(["figure:a"], {"alike": 7, "ratio": Decimal("2.50")}, others=[], setting="x")
    '{"limits":"x","numbers":{"alike":"7","ratio":"2.5"},"others":[],"rows":["figure:a"]}'
    """
    numbers = {name: f"{Decimal(value).normalize():f}" for name, value in data.items()}
    return _canonical(
        {
            "limits": setting,
            "numbers": numbers,
            "others": sorted(others),
            "rows": sorted(rows),
        }
    )


def _canonical(said: object) -> str:
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
