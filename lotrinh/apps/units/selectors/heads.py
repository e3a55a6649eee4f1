"""Who stands at the head of a unit on a day, for those who have to be told of something."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Subquery
from django.db.models.functions import Cast

from lotrinh.apps.units.ltree import LtreeField
from lotrinh.apps.units.models import Appointment, Person, Placement, Unit
from lotrinh.apps.units.selectors.held import appointments_in_force
from lotrinh.apps.units.selectors.trees import MAIN_TREE


def paths_on(unit_ids: Iterable[int], *, on: date) -> dict[int, tuple[int, ...]]:
    """Return by unit the ids from the root to it on that day; units that stand nowhere are absent.

    In the tree over which rights are exercised.
    """
    rows = Placement.objects.filter(
        tree__code=MAIN_TREE, unit_id__in=set(unit_ids), valid__contains=on
    ).values_list("unit_id", "path")
    return {unit_id: tuple(int(one) for one in str(path).split(".")) for unit_id, path in rows}


def units_above(unit_id: int, *, on: date) -> tuple[Unit, ...]:
    """Return the units from the root to this one on that day; none where it stands nowhere.

    In the tree over which rights are exercised.
    """
    standing = Placement.objects.filter(tree__code=MAIN_TREE, valid__contains=on)
    own = Cast(Subquery(standing.filter(unit_id=unit_id).values("path")[:1]), LtreeField())
    rows = standing.filter(path__above=own).select_related("unit")
    return tuple(row.unit for row in sorted(rows, key=lambda row: str(row.path).count(".")))


def present_in(unit_ids: Iterable[int], *, on: date) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return by unit (rank, person id) of those who hold its posts and can sign in, best first."""
    rows = (
        Appointment.objects.filter(appointments_in_force(on=on), post__unit_id__in=set(unit_ids))
        .order_by("post__rank", "pk")
        .values_list("post__unit_id", "post__rank", "person_id")
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for unit_id, rank, person_id in rows:
        found.setdefault(unit_id, []).append((rank, person_id))
    return {unit_id: tuple(held) for unit_id, held in found.items()}


def head_of(
    path: Iterable[int], present: Mapping[int, tuple[tuple[int, int], ...]]
) -> tuple[int, ...]:
    """Return the ids of who holds the first posts at the end of a path, or nearest above it."""
    for unit_id in reversed(tuple(path)):
        held = present.get(unit_id, ())
        if held:
            return tuple(dict.fromkeys(person for rank, person in held if rank == held[0][0]))
    return ()


def first_units(person_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Return by person the unit of the post by which he is known that day; nobody without one."""
    rows = (
        Appointment.objects.filter(person_id__in=list(person_ids), valid__contains=on)
        .order_by("person_id", "held_as", "post__rank", "id")
        .distinct("person_id")
    )
    return dict(rows.values_list("person_id", "post__unit_id"))


def people_by_ids(ids: Iterable[int]) -> tuple[Person, ...]:
    """Return these people in the order of given names."""
    return tuple(Person.objects.filter(pk__in=list(ids)).order_by("sort_key", "id"))
