"""Names as people type them: which unit and which person is meant.

A form offers names and takes names back, in the language of the page, so that it works without a
script and reads like a form on paper. A name that two bear is offered with what tells them apart.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from uuid import UUID

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.selectors import Holder, PlacedUnit
from lotrinh.rules.names import name_key, search_key
from lotrinh.web.formatting import named

Bearers = Mapping[str, Sequence[int]]
"""By the key of a name, the ids of the units that bear it."""

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
    def _units(self) -> dict[int, PlacedUnit]:
        return {unit.id: unit for unit in self._placed}

    @cached_property
    def _labels(self) -> dict[int, str]:
        return _told_apart(self._units)

    @cached_property
    def _offered(self) -> Bearers:
        return _by_key((label, unit_id) for unit_id, label in self._labels.items())

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

    def full_label(self, unit_id: int) -> str:
        """Return the name of a standing unit with what stands above it."""
        label, unit = self._labels[unit_id], self._units[unit_id]
        above = self._units.get(unit.path[-2]) if unit.depth else None
        return label if above is None or label != named(unit) else f"{label}, {named(above)}"

    def uid(self, unit_id: int) -> UUID:
        """Return the uid of a standing unit."""
        return self._units[unit_id].uid

    def find_offered(self, typed: str) -> int | None:
        """Return the id of the unit that is offered by this name, asking nobody else."""
        found = self._offered.get(name_key(typed), ())
        return found[0] if len(found) == 1 else None

    def find(self, typed: str) -> int | None:
        """Return the id of the one standing unit that is meant; None for none and for several."""
        found = self.meant(typed)
        return found[0] if len(found) == 1 else None

    def meant(self, typed: str) -> tuple[int, ...]:
        """Return the ids of all standing units that a typed name can mean, in tree order.

        What is offered decides first, then a name with what stands above it, then the names of the
        day in either language, then aliases, abbreviations and former names. Only where no marks
        were typed, and nothing bears that name, are marks left out of account, in the same order.
        """
        key, plain = name_key(typed), search_key(typed)
        offered = self.find_offered(typed)
        if not key or offered is not None:
            return (offered,) if offered is not None else ()
        found = self._bearing(key, name_key) or self._known(units.units_bearing(typed))
        if not found and key == plain:
            others = (
                unit.pk for unit, name in units.units_found(typed) if name.search_key == plain
            )
            found = self._bearing(plain, search_key) or self._known(others)
        return found

    def _bearing(self, wanted: str, key: Callable[[str], str]) -> tuple[int, ...]:
        """Return who bears a name of the day, whose key is ``wanted``: the fullest name first."""
        full = (unit_id for unit_id in self._units if key(self.full_label(unit_id)) == wanted)
        plain = (
            unit.id
            for unit in self._units.values()
            if wanted in {key(unit.name_vi), key(unit.name_en)}
        )
        return tuple(full) or tuple(plain)

    def _known(self, found: Iterable[int]) -> tuple[int, ...]:
        wanted = set(found)
        return tuple(unit_id for unit_id in self._units if unit_id in wanted)


def _told_apart(standing: Mapping[int, PlacedUnit]) -> dict[int, str]:
    """Return a name for each unit: with as many of those above it as tell it from its namesakes."""
    labels = {unit_id: named(unit) for unit_id, unit in standing.items()}
    for height in range(2, max((len(unit.path) for unit in standing.values()), default=0) + 1):
        bearers = Counter(map(name_key, labels.values()))
        alike = [unit_id for unit_id, label in labels.items() if bearers[name_key(label)] > 1]
        for unit_id in alike:
            path = standing[unit_id].path
            above = standing.get(path[-height]) if len(path) >= height else None
            if above is not None:
                labels[unit_id] = f"{labels[unit_id]}, {named(above)}"
        if not alike:
            break
    return labels


def _by_key(names: Iterable[tuple[str, int]]) -> Bearers:
    found: dict[str, list[int]] = defaultdict(list)
    for name, unit_id in names:
        found[name_key(name)].append(unit_id)
    return found


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

    def fitting(self, name: str, role: str, *, unit_id: int) -> tuple[str, ...]:
        """Return the labels of the unit's people whom a text may mean by a name.

        Where several bear it, those whose title the named post begins with.
        """
        rows = [
            (holder, label)
            for holder, label in zip(self._holders, self._labels, strict=True)
            if holder.unit_id == unit_id and name_key(holder.person_name) == name_key(name)
        ]
        if len(rows) > 1:
            said = name_key(role)
            rows = [row for row in rows if said.startswith(name_key(row[0].title_vi))]
        return tuple(label for _holder, label in rows)
