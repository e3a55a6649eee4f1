"""Small marks for tests of matching and counting."""

from typing import Any

from tools.evaluation.drafts import Mark


def mark(kind: str, start: int, end: int, **fields: Any) -> Mark:
    optional = fields.pop("optional", False)
    also = fields.pop("also", {})
    return Mark(kind, start, end, "x" * (end - start), fields, optional, also)
