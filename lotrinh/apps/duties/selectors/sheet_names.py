"""The names of units in a sheet of duties: how an export writes them, and whom a cell means."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.apps.units.selectors import PlacedUnit
from lotrinh.rules.names import name_key

_WITH_CODE = re.compile(r".*\[([A-Za-z0-9_-]+)\]\s*")
_MOST_NEAR, _ALIKE = 3, 0.75
_MOST_SOUGHT = 30
"""Unknown names of a sheet for which near ones are looked for: each costs a walk over all units."""


class SheetNames:
    """The units that stand on a day, by every name that a sheet may write."""

    def __init__(self, *, on: date) -> None:
        self._on = on
        self._gone: dict[int, Unit] = {}
        self._placed = {unit.id: unit for unit in units.tree_on(on=on)}
        self._codes = {unit.code: unit.id for unit in self._placed.values()}
        self._bearers: dict[str, set[int]] = {}
        for unit in self._placed.values():
            for name in (unit.name_vi, unit.name_en):
                self._bearers.setdefault(name_key(name), set()).add(unit.id)
        self._asked: dict[str, int | None] = {}
        self._near: dict[str, tuple[str, ...]] = {}

    def learn(self, names: Iterable[str]) -> None:
        """Ask once for the aliases and former names among these."""
        unknown = sorted({name for name in names if self._here(name) is None})
        found = units.units_named(unknown, on=self._on) if unknown else {}
        self._asked |= {name: unit.pk for name, unit in found.items() if unit.pk in self._placed}

    def find(self, name: str) -> int | None:
        """Return the id of the one standing unit that is meant, by a name, a code or "A [code]"."""
        here = self._here(name)
        return self._asked.get(name) if here is None else here

    def near(self, name: str, language: str) -> tuple[str, ...]:
        """Return the names of units that are nearly called so, the nearest first."""
        if name not in self._near and len(self._near) < _MOST_SOUGHT:
            keys = get_close_matches(name_key(name), self._bearers, _MOST_NEAR, _ALIKE)
            found = dict.fromkeys(one for key in keys for one in sorted(self._bearers[key]))
            self._near[name] = tuple(self.label(one, language) for one in found)
        return self._near.get(name, ())

    def label(self, unit_id: int, language: str) -> str:
        """Return how a sheet writes a unit: its name, with the code unless it alone bears it."""
        unit = self._placed.get(unit_id)
        if unit is None:
            return self.text(self._one_gone(unit_id), language)
        name = _name_of(unit, language)
        alone = len(self._bearers[name_key(name)]) == 1
        return name if alone else f"{name} [{unit.code}]"

    def text(self, unit: Unit | None, language: str) -> str:
        """Return how a sheet writes a unit, also one that stands no more."""
        if unit is None:
            return ""
        if unit.pk in self._placed:
            return self.label(unit.pk, language)
        return f"{_name_of(unit, language)} [{unit.code}]"

    def _one_gone(self, unit_id: int) -> Unit:
        if unit_id not in self._gone:
            self._gone |= units.units_by_ids([unit_id])
        return self._gone[unit_id]

    def _here(self, name: str) -> int | None:
        coded = _WITH_CODE.fullmatch(name)
        code = coded[1] if coded else name.strip()
        if code in self._codes:
            return self._codes[code]
        bearers = self._bearers.get(name_key(name), set())
        return next(iter(bearers)) if len(bearers) == 1 else None


def _name_of(unit: PlacedUnit | Unit, language: str) -> str:
    is_english = language.startswith("en")
    return (unit.name_en or unit.name_vi) if is_english else (unit.name_vi or unit.name_en)
