"""Owners who are not there: people in charge of open duties without a post where these are owed.

A unit has many duties and few people: they are asked for once for each pair of unit and person,
however many duties each has.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.units import selectors as units
from lotrinh.rules.duty_states import OPEN

Pair = tuple[int, int]
"""The unit that owes and the person in charge, by their ids."""


@dataclass(frozen=True, slots=True)
class Away:
    """How many open duties each pair has whose person is ``gone`` or sits ``elsewhere``.

    He is gone who holds no post that day; elsewhere, who holds none in the unit that answers.
    ``orphaned`` are the units of open duties that have ended and for which none that stands
    answers. ``seats`` tells by person where he sits, ``answers`` by unit which one answers.
    """

    gone: Mapping[Pair, int]
    elsewhere: Mapping[Pair, int]
    orphaned: frozenset[int]
    seats: Mapping[int, frozenset[int]]
    answers: Mapping[int, int]


def away_among(found: QuerySet[Duty], *, on: date) -> Away:
    """Return which owners of the open duties among these are not there that day."""
    rows = found.filter(state__in=OPEN).order_by().values_list("unit_id", "person_id")
    held: dict[Pair, int] = {
        (unit_id, who): n for unit_id, who, n in rows.annotate(n=Count("pk")) if who is not None
    }
    return away_of(held, on=on)


def away_of(held: Mapping[Pair, int], *, on: date) -> Away:
    """Return ``away_among`` of duties that are at hand, by how many each pair has."""
    seats = units.units_of_people({who for _, who in held}, on=on) if held else {}
    answers = units.answerable_for({unit_id for unit_id, _ in held}, on=on) if held else {}
    ended = units.ended_by(on=on) if held else frozenset()
    return Away(
        gone={pair: n for pair, n in held.items() if pair[1] not in seats},
        elsewhere={
            pair: n
            for pair, n in held.items()
            if pair[1] in seats and answers[pair[0]] not in seats[pair[1]]
        },
        orphaned=frozenset(unit_id for unit_id, heir in answers.items() if heir in ended),
        seats=seats,
        answers=answers,
    )


def held_by(pairs: Collection[Pair], among: QuerySet[Duty]) -> list[int]:
    """Return the ids of the open duties of these pairs."""
    if not pairs:
        return []
    wanted = set(pairs)
    rows = among.filter(
        state__in=OPEN,
        unit_id__in={unit_id for unit_id, _ in wanted},
        person_id__in={who for _, who in wanted},
    )
    found = rows.order_by().values_list("pk", "unit_id", "person_id")
    return [pk for pk, unit_id, who in found if (unit_id, who) in wanted]
