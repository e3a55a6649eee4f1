"""Names as people type them: which unit and which person is meant.

A form offers names and takes names back, in the language of the page, so that it works without a
script and reads like a form on paper. A name that two bear is offered with what tells them apart.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property
from uuid import UUID

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.selectors import Holder, PlacedUnit
from lotrinh.rules.names import name_key, search_key
from lotrinh.web.formatting import named

MOST_OFFERED = 1000
"""Units that a form lists; of more it offers those that are alike what is typed."""
_MOST_ALIKE = 20


class UnitNames:
    """The names of the units that stand in the tree on a day."""

    def __init__(self, placed: Sequence[PlacedUnit]) -> None:
        self._given: Sequence[PlacedUnit] | None = placed
        self._on: date | None = None

    @classmethod
    def standing(cls, *, on: date) -> "UnitNames":
        """Return the names of a day; the units are read when the first of them is asked for."""
        names = cls(())
        names._given, names._on = None, on
        return names

    @cached_property
    def _placed(self) -> Sequence[PlacedUnit]:
        if self._given is None and self._on is not None:
            return units.tree_on(on=self._on)
        return self._given or ()

    @cached_property
    def _labels(self) -> dict[int, str]:
        by_id = {unit.id: unit for unit in self._placed}
        bearers = Counter(name_key(named(unit)) for unit in self._placed)
        labels: dict[int, str] = {}
        for unit in self._placed:
            label = named(unit)
            above = by_id.get(unit.path[-2]) if unit.depth else None
            if bearers[name_key(label)] > 1 and above is not None:
                label = f"{label}, {named(above)}"
            labels[unit.id] = label
        return labels

    @cached_property
    def _ids(self) -> dict[str, int]:
        meant = Counter(name_key(label) for label in self._labels.values())
        return {
            name_key(label): unit_id
            for unit_id, label in self._labels.items()
            if meant[name_key(label)] == 1
        }

    @property
    def are_few(self) -> bool:
        """Say whether a form can list them all."""
        if self._given is None and self._on is not None:
            return units.count_standing(on=self._on) <= MOST_OFFERED
        return len(self._placed) <= MOST_OFFERED

    @property
    def offered(self) -> tuple[str, ...]:
        """The names that a form lists: all of them, or none where they are too many."""
        return self.labels if self.are_few else ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The names to offer, in the order of the tree."""
        return tuple(self._labels.values())

    def labels_of(self, unit_ids: Collection[int]) -> list[str]:
        """Return the names of some units, in the order of the tree."""
        return [label for unit_id, label in self._labels.items() if unit_id in unit_ids]

    def label(self, unit_id: int) -> str | None:
        """Return the name of a unit, or None where it does not stand."""
        return self._labels.get(unit_id)

    def find_offered(self, typed: str) -> int | None:
        """Return the id of the unit that is offered by this name, asking nobody else."""
        return self._ids.get(name_key(typed))

    def find(self, typed: str) -> int | None:
        """Return the id of the one standing unit that is meant, by its name or an alias."""
        offered = self.find_offered(typed)
        if offered is not None:
            return offered
        other = units.unit_named(typed)
        return other.pk if other is not None and other.pk in self._labels else None

    def find_plain(self, typed: str) -> int | None:
        """Return what ``find`` finds, else the one standing unit whose name differs by marks alone.

        In either language, and only where no marks were typed at all.
        """
        found, plain = self.find(typed), search_key(typed)
        if found is not None or name_key(typed) != plain:
            return found
        alike = {unit_id for unit_id, name in self._labels.items() if search_key(name) == plain}
        alike |= {
            unit.pk
            for unit, name in units.units_found(typed)
            if name.search_key == plain and unit.pk in self._labels
        }
        return alike.pop() if len(alike) == 1 else None


def names_like(typed: str, *, on: date) -> list[str]:
    """Return names of units that stand that day and are alike what is typed, the likeliest first.

    Each is the very name by which ``UnitNames`` knows its unit.
    """
    found = [unit.pk for unit, _ in units.units_found(typed, most=3 * _MOST_ALIKE)]
    alike = units.namesakes_of(found)
    placed = units.standing_among({*found, *alike}, on=on)
    above = {unit.path[-2] for unit in placed.values() if unit.depth} - set(placed)
    placed |= units.standing_among(above, on=on)
    names = UnitNames(tuple(placed.values()))
    return [label for unit_id in found if (label := names.label(unit_id))][:_MOST_ALIKE]


class PeopleNames:
    """The names of those who hold posts on a day."""

    def __init__(self, holders: Sequence[Holder], names: UnitNames) -> None:
        self._holders = tuple(holders)
        self._labels = tuple(
            f"{holder.person_name} ({named(holder, 'title')}, {names.label(holder.unit_id) or ''})"
            for holder in holders
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """The names to offer: name, title and unit."""
        return self._labels

    def find(self, typed: str, *, unit_id: int) -> frozenset[UUID]:
        """Return whom of the unit the typed name can mean: nobody, one, or several."""
        key = name_key(typed)
        rows = [
            (holder, label)
            for holder, label in zip(self._holders, self._labels, strict=True)
            if holder.unit_id == unit_id
        ]
        by_label = {holder.person_uid for holder, label in rows if name_key(label) == key}
        by_name = {holder.person_uid for holder, _ in rows if name_key(holder.person_name) == key}
        return frozenset(by_label or by_name)
