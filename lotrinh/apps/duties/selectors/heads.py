"""Who is told of a duty: the one who is named, or where he is not there any more, the head."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.units import selectors as units


@dataclass(frozen=True, slots=True)
class Heads:
    """Who is where on the day: by unit its path, and who can sign in there."""

    paths: dict[int, tuple[int, ...]]
    present: dict[int, tuple[tuple[int, int], ...]]

    def of(self, unit_id: int, *, above: int = 0) -> tuple[int, ...]:
        """Return the head of the unit, or of the one so many levels above it."""
        path = self.paths.get(unit_id, ())
        return units.head_of(path[: max(len(path) - above, 1)], self.present)

    def or_head(self, person_id: int | None, unit_id: int) -> tuple[int, ...]:
        """Return the person where he can still sign in for the unit, else its head."""
        if person_id is not None and self._holds_a_post(person_id, unit_id):
            return (person_id,)
        return self.of(unit_id)

    def _holds_a_post(self, person_id: int, unit_id: int) -> bool:
        """Say whether somebody can sign in for the unit, or for the one that answers for it."""
        there = {unit_id, *self.paths.get(unit_id, ())[-1:]}
        return any(person_id == held for one in there for _, held in self.present.get(one, ()))


def heads_around(duties: Iterable[Duty], *, on: date) -> Heads:
    """Return who is at the units of these duties and above them; ended ones are answered for."""
    concerned = {unit for duty in duties for unit in (duty.unit_id, duty.owed_to_id) if unit}
    answering = units.answerable_for(concerned, on=on)
    paths = units.paths_on(answering.values(), on=on)
    around = {one for path in paths.values() for one in path}
    present = units.present_in(around | concerned, on=on)
    return Heads({unit: paths.get(answering[unit], ()) for unit in concerned}, present)
