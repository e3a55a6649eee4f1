"""Reads of roles: what each carries, how many hold it, and who may change that."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from lotrinh.apps.units.models import Appointment, Mandate, Placement, Role, Unit
from lotrinh.apps.units.selectors.rights import appointments_in_force, may
from lotrinh.apps.units.selectors.trees import MAIN_TREE
from lotrinh.rules.actions import Action


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role, how many posts bear it, how many of them are filled, how many people hold those.

    Of people only those count to whom their post gives rights that day, or a mandate does.
    """

    role: Role
    posts: int
    filled: int
    people: int


def root_unit(*, on: date) -> Unit | None:
    """Return the unit at the head of the main tree on that day, or None."""
    places = Placement.objects.filter(
        tree__code=MAIN_TREE, parent__isnull=True, valid__contains=on
    ).select_related("unit")
    first = places.order_by("unit_id").first()
    return first.unit if first is not None else None


def may_define(*, user_id: int, on: date) -> bool:
    """Say whether the account may define roles: a role holds everywhere, so the root is asked."""
    root = root_unit(on=on)
    return root is not None and may(
        user_id=user_id, action=Action.DEFINE_ROLE, unit_id=root.pk, on=on
    )


def somebody_defines(*, on: date) -> bool:
    """Say whether some account may define roles on that day."""
    root = root_unit(on=on)
    held = Appointment.objects.filter(
        appointments_in_force(on=on), post__role__actions__contains=[Action.DEFINE_ROLE]
    )
    whole = Q(actions__isnull=True) | Q(actions__contains=[Action.DEFINE_ROLE])
    return root is not None and held.filter(whole, post__scope=root).exists()


def roles_held(*, on: date) -> tuple[RoleHeld, ...]:
    """Return every role with how many bear and hold it, in the order of their definition."""
    holding = Q(posts__appointments__in=Appointment.objects.filter(appointments_in_force(on=on)))
    filled = Q(posts__appointments__valid__contains=on)
    rows = Role.objects.order_by("pk").annotate(
        post_count=Count("posts", distinct=True),
        filled_count=Count("posts", filter=filled, distinct=True),
        person_count=Count("posts__appointments__person", filter=holding, distinct=True),
    )
    inspecting = dict(
        Mandate.objects.filter(valid__contains=on)
        .values_list("role_id")
        .annotate(Count("people", distinct=True))
    )
    return tuple(
        RoleHeld(
            role=row,
            posts=row.post_count,
            filled=row.filled_count,
            people=row.person_count or inspecting.get(row.pk, 0),
        )
        for row in rows
    )
