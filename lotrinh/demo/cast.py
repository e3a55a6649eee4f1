"""The people of the demonstration and what each comes to do."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

PASSWORD = "lo-trinh-2024"  # noqa: S105 - printed on purpose: the demonstration holds nothing real


@dataclass(frozen=True, slots=True)
class Member:
    """One person with post, scope of the role, and the sentence that a visitor reads."""

    name: str
    sign_in: str
    title_vi: str
    title_en: str
    unit: str
    scope: str
    role: str
    since: date
    language: str
    purpose_vi: str
    purpose_en: str


@cache
def data(name: str) -> dict[str, Any]:
    """Return one of the demonstration's data files."""
    text = resources.files(__package__).joinpath("data", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def day_of_demo() -> date:
    """Return the fixed day on which the demonstration stands."""
    day: date = data("decisions")["today"]
    return day


@cache
def members() -> tuple[Member, ...]:
    """Return the cast in the order in which a visitor should meet it."""
    return tuple(
        Member(
            name=row["name"],
            sign_in=row["sign_in"],
            title_vi=row["title_vi"],
            title_en=row["title_en"],
            unit=row["unit"],
            scope=row.get("scope", row["unit"]),
            role=row["role"],
            since=row["from"],
            language=row["language"],
            purpose_vi=row.get("purpose_vi", ""),
            purpose_en=row.get("purpose_en", ""),
        )
        for row in data("people")["person"]
    )


def purpose(sign_in: str, language: str) -> str:
    """Return in one sentence what this person comes to do, empty for anybody else."""
    found = next((member for member in members() if member.sign_in == sign_in), None)
    if found is None:
        return ""
    return found.purpose_en if language.startswith("en") else found.purpose_vi
