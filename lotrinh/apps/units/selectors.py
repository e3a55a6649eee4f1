"""Reads of units as of a day, and the one answer to "may this account do this there?"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from lotrinh.apps.units.models import Appointment, Person, Placement, Post, Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.names import name_key

MAIN_TREE = "political-system"
"""The code of the tree over whose subtrees rights are exercised."""


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit where it stands on one day. ``depth`` is 0 at the root; ``path`` holds unit ids."""

    id: int
    uid: UUID
    code: str
    kind: str
    name_vi: str
    name_en: str
    path: tuple[int, ...]
    since: date
    until: date | None

    @property
    def depth(self) -> int:
        return len(self.path) - 1


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post on one day and who holds it; several holders are several rows, none is one row."""

    post_uid: UUID
    title_vi: str
    title_en: str
    role_vi: str
    role_en: str
    person_id: int | None
    person_uid: UUID | None
    person_name: str


def may(*, user_id: int, action: Action, unit_id: int, on: date) -> bool:
    """Say whether the account may do ``action`` at the unit on that day.

    A right holds where a post of the account's person, held on that day, carries the action, and
    the unit stands on that day in the main tree at or below the scope of the post. A unit that no
    longer stands is judged where it last stood: its papers stay with those who answered for it.
    """
    return (
        _last_places(on=on)
        .filter(_below(_scopes(user_id=user_id, action=action, on=on)), unit_id=unit_id)
        .exists()
    )


def reach(*, user_id: int, action: Action, on: date) -> frozenset[int]:
    """Return the ids of all units at which ``may`` would say yes for that action and day."""
    below = _below(_scopes(user_id=user_id, action=action, on=on))
    return frozenset(_last_places(on=on).filter(below).values_list("unit_id", flat=True))


def tree_on(*, on: date, tree: str = MAIN_TREE) -> tuple[PlacedUnit, ...]:
    """Return every unit that stands in the tree on that day, parents first, Vietnamese order.

    Which units exist is known to everyone who can sign in.
    """
    rows = Placement.objects.filter(tree__code=tree, valid__contains=on).select_related("unit")
    placed = {row.unit_id: row for row in rows}
    keys = {unit_id: (row.unit.sort_key, unit_id) for unit_id, row in placed.items()}

    def order(row: Placement) -> list[tuple[str, int]]:
        return [keys.get(unit_id, ("", unit_id)) for unit_id in _ids(row.path)]

    return tuple(_placed(row) for row in sorted(placed.values(), key=order))


def unit_by_uid(uid: UUID) -> Unit | None:
    """Return the unit with this uid, whether or not it still stands."""
    return Unit.objects.filter(uid=uid).first()


def unit_by_code(code: str) -> Unit | None:
    """Return the unit with this code, whether or not it still stands."""
    return Unit.objects.filter(code=code).first()


def place_of(*, unit_id: int, on: date, tree: str = MAIN_TREE) -> PlacedUnit | None:
    """Return where the unit stands on that day, or None where it does not."""
    row = (
        Placement.objects.filter(unit_id=unit_id, tree__code=tree, valid__contains=on)
        .select_related("unit")
        .first()
    )
    return _placed(row) if row else None


def last_place_of(*, unit_id: int, tree: str = MAIN_TREE) -> PlacedUnit | None:
    """Return the latest place of the unit, past or future, or None where it never stood."""
    rows = Placement.objects.filter(unit_id=unit_id, tree__code=tree).select_related("unit")
    latest = rows.order_by("-valid").first()
    return _placed(latest) if latest else None


def lineage(*, unit_id: int, on: date, tree: str = MAIN_TREE) -> tuple[PlacedUnit, ...]:
    """Return the units from the root down to the unit itself on that day; empty if it stands not."""
    place = place_of(unit_id=unit_id, on=on, tree=tree)
    if place is None:
        return ()
    rows = Placement.objects.filter(
        unit_id__in=place.path, tree__code=tree, valid__contains=on
    ).select_related("unit")
    return tuple(sorted((_placed(row) for row in rows), key=lambda found: found.depth))


def children_of(*, unit_id: int, on: date, tree: str = MAIN_TREE) -> tuple[PlacedUnit, ...]:
    """Return the units directly below on that day, in Vietnamese order."""
    rows = (
        Placement.objects.filter(parent_id=unit_id, tree__code=tree, valid__contains=on)
        .select_related("unit")
        .order_by("unit__sort_key", "unit_id")
    )
    return tuple(_placed(row) for row in rows)


def posts_of(*, unit_id: int, on: date, seen_by: int) -> tuple[PostHeld, ...] | None:
    """Return the posts of a unit and who holds them that day; None where that may not be seen."""
    if not may(user_id=seen_by, action=Action.READ_PEOPLE, unit_id=unit_id, on=on):
        return None
    current = Appointment.objects.filter(valid__contains=on).select_related("person")
    posts = (
        Post.objects.filter(unit_id=unit_id)
        .select_related("role")
        .prefetch_related(Prefetch("appointments", current, to_attr="current"))
        .order_by("rank", "id")
    )
    return tuple(
        PostHeld(
            post_uid=post.uid,
            title_vi=post.title_vi,
            title_en=post.title_en,
            role_vi=post.role.name_vi,
            role_en=post.role.name_en,
            person_id=person.pk if person else None,
            person_uid=person.uid if person else None,
            person_name=person.full_name if person else "",
        )
        for post in posts
        for person in ([held.person for held in getattr(post, "current", [])] or [None])
    )


def people_in(*, unit_id: int, on: date) -> tuple[Person, ...]:
    """Return the persons who hold a post of the unit on that day, in the order of given names."""
    found = Person.objects.filter(
        appointments__post__unit_id=unit_id, appointments__valid__contains=on
    )
    return tuple(found.distinct().order_by("sort_key", "id"))


def person_by_uid(uid: UUID) -> Person | None:
    """Return the person with this uid, or None."""
    return Person.objects.filter(uid=uid).first()


def person_of(*, user_id: int) -> Person | None:
    """Return the person behind an account, or None."""
    return Person.objects.filter(user_id=user_id).first()


def first_post(*, user_id: int, on: date) -> Appointment | None:
    """Return the appointment by which an account is known on that day, or None."""
    return (
        Appointment.objects.filter(person__user_id=user_id, valid__contains=on)
        .select_related("person", "post__unit")
        .order_by("post__rank", "id")
        .first()
    )


def accounts_with_posts(*, on: date) -> tuple[Appointment, ...]:
    """Return the appointments of that day whose person can sign in, by unit and rank.

    For the demonstration's choice of a role; no page of a real installation asks it.
    """
    held = Appointment.objects.filter(valid__contains=on, person__user__is_active=True)
    return tuple(
        held.select_related("person__user", "post__unit", "post__role").order_by(
            "post__unit_id", "post__rank", "id"
        )
    )


def _scopes(*, user_id: int, action: Action, on: date) -> list[str]:
    """Return the paths below which the account may do ``action`` on that day."""
    held = Appointment.objects.filter(
        person__user_id=user_id,
        person__user__is_active=True,
        valid__contains=on,
        post__role__actions__contains=[action],
    )
    standing = Placement.objects.filter(
        unit__posts_over__appointments__in=held, tree__code=MAIN_TREE, valid__contains=on
    )
    return sorted(set(standing.values_list("path", flat=True)))


def _below(paths: Iterable[str]) -> Q:
    """Return the condition "at or below one of these paths"; no path means nowhere."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__within=path)
    return condition


def _last_places(*, on: date) -> QuerySet[Placement]:
    """Return for every unit the place where it stands on that day, else where it last stood."""
    begun = Placement.objects.filter(tree__code=MAIN_TREE, valid__startswith__lte=on)
    latest = begun.order_by("unit_id", "-valid__startswith").distinct("unit_id")
    return Placement.objects.filter(pk__in=latest.values("pk"))


def _ids(path: str) -> tuple[int, ...]:
    return tuple(int(label) for label in path.split("."))


def _placed(row: Placement) -> PlacedUnit:
    return PlacedUnit(
        id=row.unit_id,
        uid=row.unit.uid,
        code=row.unit.code,
        kind=row.unit.kind,
        name_vi=row.unit.name_vi,
        name_en=row.unit.name_en,
        path=_ids(row.path),
        since=row.valid.lower,
        until=row.valid.upper,
    )


def unit_named(name: str) -> Unit | None:
    """Return the one unit that bears this name or alias in either language, or None.

    Case, spaces, dashes and the place of a tone do not count. A name that two units bear means
    neither.
    """
    key = name_key(name)
    found = Unit.objects.filter(name_keys__contains=[key])[:2] if key else ()
    return found[0] if len(found) == 1 else None
