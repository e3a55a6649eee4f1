"""Reflections that are written after a conference: how many are due, how many were handed in.

Each unit tells it and confirms it; texts are not kept. What a unit never told is missing, not zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lotrinh.rules.formats import number


@dataclass(frozen=True, slots=True)
class Reflected:
    """What one unit told last."""

    due: int
    handed_in: int
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Reflections of a part of the tree: of ``units`` so many ``told`` and ``confirmed``."""

    units: int
    told: int
    confirmed: int
    due: int
    handed_in: int

    @property
    def silent(self) -> int:
        """How many units told nothing."""
        return self.units - self.told


def handed_in_of(units: Iterable[Reflected | None]) -> HandedIn:
    """Add units up; None is one that told nothing.

    >>> handed_in_of([Reflected(30, 28, True), None])
    HandedIn(units=2, told=1, confirmed=1, due=30, handed_in=28)
    """
    held = list(units)
    told = [one for one in held if one is not None]
    return HandedIn(
        units=len(held),
        told=len(told),
        confirmed=sum(one.is_confirmed for one in told),
        due=sum(one.due for one in told),
        handed_in=sum(one.handed_in for one in told),
    )


def handed_in_words(found: HandedIn, *, until: date, language: str) -> str:
    """Return how many reflections were handed in; who told nothing is said.

    >>> handed_in_words(HandedIn(2, 1, 1, 30, 28), until=date(2024, 6, 9), language="vi")
    'Đến hạn 9/6/2024 đã nộp 28/30 bài thu hoạch của 1/2 đơn vị; 1 đơn vị chưa báo.'
    """
    written = f"{_n(found.handed_in, language)}/{_n(found.due, language)}"
    units = f"{_n(found.told, language)}/{_n(found.units, language)}"
    if language == "en":
        said = f"Due by {until.day} {until:%B} {until.year}: {written} reflections handed in, told "
        said += f"by {units} units"
        missing = f"; {_n(found.silent, language)} told nothing"
    else:
        said = f"Đến hạn {until.day}/{until.month}/{until.year} đã nộp {written} bài thu hoạch của "
        said += f"{units} đơn vị"
        missing = f"; {_n(found.silent, language)} đơn vị chưa báo"
    return f"{said}{missing if found.silent else ''}."


def _n(value: int, language: str) -> str:
    return number(value, language=language)
