"""Reads of mandates: who inspects what by which decision, and who may know of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from lotrinh.apps.units.models import Mandate, Person, Purpose, Role
from lotrinh.apps.units.selectors.rights import reach
from lotrinh.rules.actions import Action


@dataclass(frozen=True, slots=True)
class MandateHeld:
    """A mandate, those of its holders whom the reader may see, and how many others there are."""

    mandate: Mandate
    holders: tuple[Person, ...]
    others: int


def mandates_seen(*, seen_by: int, on: date) -> tuple[MandateHeld, ...]:
    """Return the mandates in force and to come that the account may know of, the first day first.

    Those are its own, and those over units of whose people it may read or over which it may give
    mandates.
    """
    going_on = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=on)
    rows = mandates_known(seen_by=seen_by, on=on).filter(going_on, valid__isempty=False)
    return held_by(rows.order_by("valid", "pk"), seen_by=seen_by, on=on)


def mandates_known(*, seen_by: int, on: date) -> QuerySet[Mandate]:
    """Return every mandate that the account may know of, ended ones too, the last given first."""
    reached = _reached(seen_by, on=on)
    rows = Mandate.objects.filter(Q(scope__in=reached) | Q(people__user_id=seen_by))
    return (
        Mandate.objects.filter(pk__in=rows.values("pk"))
        .select_related("scope", "role")
        .prefetch_related(Prefetch("people", Person.objects.order_by("sort_key", "id")))
        .order_by("-pk")
    )


def mandates_after(found: QuerySet[Mandate], uid: UUID) -> QuerySet[Mandate]:
    """Return what follows the mandate ``uid`` in the order of ``mandates_known``."""
    last = found.filter(uid=uid).values_list("pk", flat=True).first()
    return found.none() if last is None else found.filter(pk__lt=last)


def held_by(rows: Iterable[Mandate], *, seen_by: int, on: date) -> tuple[MandateHeld, ...]:
    """Return mandates with those of their holders whom the account may see."""
    mandates: Sequence[Mandate] = list(rows)
    reached = reach(user_id=seen_by, action=Action.READ_PEOPLE, on=on)
    known = set(
        Person.objects.filter(Q(appointments__post__unit__in=reached) | Q(user_id=seen_by))
        .filter(mandates__in=mandates)
        .values_list("pk", flat=True)
    )
    found = []
    for row in mandates:
        people = tuple(row.people.all())
        seen = tuple(person for person in people if person.pk in known)
        found.append(MandateHeld(row, seen, len(people) - len(seen)))
    return tuple(found)


def mandate_by_key(client_key: UUID | None) -> Mandate | None:
    """Return the mandate that a form with this key has given, or None."""
    return Mandate.objects.filter(client_key=client_key).first() if client_key else None


def inspecting_roles() -> tuple[Role, ...]:
    """Return the roles that a mandate may carry, in the order in which they were defined."""
    return tuple(Role.objects.filter(purpose=Purpose.INSPECTION).order_by("pk"))


def _reached(seen_by: int, *, on: date) -> frozenset[int]:
    """Return the units over which the account may know of mandates."""
    people = reach(user_id=seen_by, action=Action.READ_PEOPLE, on=on)
    return people | reach(user_id=seen_by, action=Action.GIVE_MANDATE, on=on)
