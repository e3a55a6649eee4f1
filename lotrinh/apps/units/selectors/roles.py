"""Reads of roles: what each carries, how many hold it, and who may change that."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Q, QuerySet

from lotrinh.apps.units.models import Appointment, Mandate, Person, Placement, Post, Role, Unit
from lotrinh.apps.units.selectors.held import appointments_in_force
from lotrinh.apps.units.selectors.rights import goes_on, may
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


def definers(*, on: date) -> frozenset[int]:
    """Return the ids of the accounts that may define roles on that day by a post of theirs."""
    root = root_unit(on=on)
    if root is None:
        return frozenset()
    held = Appointment.objects.filter(_defining(), appointments_in_force(on=on), post__scope=root)
    return frozenset(held.values_list("person__user_id", flat=True))


def somebody_defines(
    *, on: date, without_unit: int | None = None, by_password: bool = False
) -> bool:
    """Say whether some open account may define roles on that day.

    ``without_unit`` leaves the posts of that unit out, as if it had ended. ``by_password``: an
    account that can be entered by a password, for one without any may be entered by nobody.
    """
    root = root_unit(on=on)
    if root is None:
        return False
    held = Appointment.objects.filter(_defining(), appointments_in_force(on=on), post__scope=root)
    if by_password:
        held = held.exclude(person__user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return held.exclude(post__unit=without_unit).exists()


def days_of_definers(*, since: date) -> tuple[date, ...]:
    """Return ``since`` and every later day on which somebody begins or ends to define roles."""
    held = Appointment.objects.filter(_defining(), goes_on(on=since)).values_list(
        "valid", flat=True
    )
    bounds = {day for valid in held for day in (valid.lower, valid.upper) if day is not None}
    return tuple(sorted({since, *(day for day in bounds if day > since)}))


def _defining() -> Q:
    """Return the condition on appointments that they carry the definition of roles."""
    defining = [Action.DEFINE_ROLE]
    whole = Q(actions__isnull=True) | Q(actions__contains=defining)
    return whole & Q(post__role__actions__contains=defining)


def holds_role(role: Role, *, user_id: int, on: date) -> bool:
    """Say whether the account has the role from that day on, or will: by post, lent, by mandate."""
    return _who_have(role, on=on).filter(user_id=user_id).exists()


def others_who_define(role: Role, *, on: date, most: int = 3) -> tuple[Post, ...]:
    """Return filled posts whose holders may define roles and have not this one themselves."""
    root = root_unit(on=on)
    held = Appointment.objects.filter(_defining(), appointments_in_force(on=on), post__scope=root)
    others = held.exclude(person__in=_who_have(role, on=on))
    posts = Post.objects.filter(pk__in=others.values("post")).select_related("unit")
    return tuple(posts.order_by("rank", "pk")[:most])


def _who_have(role: Role, *, on: date) -> QuerySet[Person]:
    """Return the people who have the role on that day or later."""
    posts = Appointment.objects.filter(goes_on(on=on), post__role=role).values("person")
    mandates = Mandate.objects.filter(goes_on(on=on), role=role, people__isnull=False).values(
        "people"
    )
    return Person.objects.filter(Q(pk__in=posts) | Q(pk__in=mandates))


def roles_held(*, on: date) -> tuple[RoleHeld, ...]:
    """Return every role with how many bear and hold it, in the order of their definition."""
    holding = Q(posts__appointments__in=Appointment.objects.filter(appointments_in_force(on=on)))
    filled = Q(posts__appointments__valid__contains=on)
    rows = Role.objects.order_by("pk").annotate(
        post_count=Count("posts", filter=Q(posts__valid__contains=on), distinct=True),
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
