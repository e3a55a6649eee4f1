"""Which form an official text has: by its system and the day whose rule it follows.

The forms are data, ``layouts.toml``. A text keeps the form of its day for good: printed again years
later, under newer rules, it looks as it did.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any


class LayoutUnknown(Exception):
    """No rule is known for texts of this system on this day."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The edges of the page that stay free, in millimetres."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the letters of each part are, in points; 0 for a part that the form lacks."""

    title: int
    motto: int
    superior: int
    issuer: int
    number: int
    place: int
    letter_about: int
    kind: int
    about: int
    body: int
    signature: int
    recipients_head: int
    recipients: int
    page_number: int


@dataclass(frozen=True, slots=True)
class FormWords:
    """The words that a form prints, in one language."""

    title: tuple[str, ...]
    title_rule: int
    number: str
    letter_about: str
    addressed: str
    recipients: str
    file_word: str
    file_line: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One form, in force from ``since``. ``page_number`` is empty where no source says where."""

    code: str
    system: str
    source: str
    since: date
    margins: Margins
    margins_least: Margins
    margins_most: Margins
    sizes: Sizes
    first_line: int
    line: int
    after: int
    page_number: str
    number_joint: str
    day_joint: str
    is_symbol_slashed: bool
    end_mark: str
    has_star: bool
    is_title_ruled: bool
    about_rule: str
    is_post_bold: bool
    recipients_style: str
    capacities: Mapping[str, str]
    does_deputy_stand_in: bool
    vi: FormWords
    en: FormWords

    def words(self, language: str) -> FormWords:
        """Return the words of the form in ``vi`` or ``en``."""
        return self.en if language.startswith("en") else self.vi


@cache
def layouts() -> tuple[Layout, ...]:
    """Return every form that is known, the oldest of each system first."""
    text = resources.files(__package__).joinpath("layouts.toml").read_text("utf-8")
    read = (_layout(row) for row in tomllib.loads(text)["layout"])
    return tuple(sorted(read, key=lambda layout: (layout.system, layout.since)))


def layout_for(system: str, day: date) -> Layout:
    """Return the form that a text of a system has by the rule in force on a day.

    >>> layout_for("party", date(2026, 5, 26)).source, layout_for("party", date(2026, 5, 27)).source
    ('Hướng dẫn 36-HD/VPTW', 'Hướng dẫn 05-HD/VPTW')

    Raises LayoutUnknown for another system and for days before the first rule that is known.
    """
    begun = [one for one in layouts() if one.system == system and one.since <= day]
    if not begun:
        raise LayoutUnknown(f"no layout of {system!r} texts is known for {day.isoformat()}")
    return begun[-1]


def _layout(row: Mapping[str, Any]) -> Layout:
    margins = ("margins", "margins_least", "margins_most")
    data = {**row, **{name: Margins(**row[name]) for name in margins}}
    words = {
        name: FormWords(**{**row[name], "title": tuple(row[name]["title"])})
        for name in ("vi", "en")
    }
    return Layout(**{**data, **words, "sizes": Sizes(**row["sizes"])})
