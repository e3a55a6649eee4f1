"""The outline that a review begins with: data of the office, read from ``outlines.toml``."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A part of an outline; ``fill`` names what is written into it at first, if anything."""

    level: int
    mark: str
    name_vi: str
    name_en: str
    fill: str

    def heading(self, language: str) -> str:
        """Return its heading in a language."""
        return self.name_en if language == "en" else self.name_vi


def outline_on(day: date) -> tuple[OutlinePart, ...]:
    """Return the parts of the outline in force; LookupError where there is none that day."""
    held = [row for row in _outlines() if row["since"] <= day]
    if not held:
        raise LookupError(day.isoformat())
    last = max(held, key=lambda row: row["since"])
    return tuple(
        OutlinePart(part["level"], part["mark"], part["vi"], part["en"], part["fill"])
        for part in last["part"]
    )


@cache
def _outlines() -> list[dict[str, Any]]:
    text = resources.files(__package__).joinpath("outlines.toml").read_text("utf-8")
    return list(tomllib.loads(text)["outline"])
