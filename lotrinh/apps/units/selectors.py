"""Reads of units as of a day, and the one answer to "may this account do this there?"."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Case, Prefetch, Q, QuerySet, When

from lotrinh.apps.units.models import Appointment, Person, Placement, Post, Role, Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.names import name_key

MAIN_TREE = "political-system"
"""The code of the tree over whose subtrees rights are exercised."""

Scopes = Mapping[str, tuple[str, ...]]
"""By action, the paths at or below which it may be done."""


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
    legal_basis: str = ""

    @property
    def depth(self) -> int:
        """How far below the root it stands; 0 at the root."""
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


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a post on one day, as one names him: name, title, unit."""

    unit_id: int
    person_uid: UUID
    person_name: str
    title_vi: str
    title_en: str


@dataclass(slots=True)
class _Asked:
    """What one page has learnt about rights so far."""

    scopes: dict[tuple[int, date], Scopes] = field(default_factory=dict)
    reached: dict[tuple[tuple[str, ...], date], frozenset[int]] = field(default_factory=dict)


_ASKED: ContextVar[_Asked | None] = ContextVar("asked", default=None)


@contextmanager
def rights_asked_once() -> Iterator[None]:
    """Let the rights of an account be read once and hold for all that is read inside.

    For the making of one page, whose parts should be judged alike. Nothing that moves a post, a
    role or a unit belongs inside.
    """
    token = _ASKED.set(_ASKED.get() or _Asked())
    try:
        yield
    finally:
        _ASKED.reset(token)


def may(*, user_id: int, action: Action, unit_id: int, on: date) -> bool:
    """Say whether the account may do ``action`` at the unit on that day.

    A right holds where a post of the account's person, held on that day, carries the action, and
    the unit stands on that day in the main tree at or below the scope of the post. A unit that no
    longer stands is judged where it last stood: its papers stay with those who answered for it.
    """
    if _ASKED.get() is not None:
        return unit_id in reach(user_id=user_id, action=action, on=on)
    scopes = _scopes(user_id=user_id, on=on).get(action, ())
    return _last_places(on=on).filter(_below(scopes), unit_id=unit_id).exists()


def reach(*, user_id: int, action: Action, on: date) -> frozenset[int]:
    """Return the ids of all units at which ``may`` would say yes for that action and day."""
    asked = _ASKED.get() or _Asked()
    if (user_id, on) not in asked.scopes:
        asked.scopes[user_id, on] = _scopes(user_id=user_id, on=on)
    paths = asked.scopes[user_id, on].get(action, ())
    if (paths, on) not in asked.reached:
        below = _last_places(on=on).filter(_below(paths))
        asked.reached[paths, on] = frozenset(below.values_list("unit_id", flat=True))
    return asked.reached[paths, on]


def tree_on(*, on: date, tree: str = MAIN_TREE) -> tuple[PlacedUnit, ...]:
    """Return every unit that stands in the tree that day, parents first, in Vietnamese order.

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


def unit_by_id(unit_id: int) -> Unit | None:
    """Return the unit with this id, which another selector gave, or None."""
    return Unit.objects.filter(pk=unit_id).first()


def unit_by_code(code: str) -> Unit | None:
    """Return the unit with this code, whether or not it still stands."""
    return Unit.objects.filter(code=code).first()


def role_by_code(code: str) -> Role | None:
    """Return the role with this code, or None."""
    return Role.objects.filter(code=code).first()


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
    """Return the units from the root down to the unit itself that day; empty if it stands not."""
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


def posts_of(*, unit_id: int, as_of: date, seen_by: int, on: date) -> tuple[PostHeld, ...] | None:
    """Return the posts of a unit and who holds them on ``as_of``.

    None where the account may not see that on ``on``, the present day: the day that somebody asks
    about never decides what he may ask.
    """
    if not may(user_id=seen_by, action=Action.READ_PEOPLE, unit_id=unit_id, on=on):
        return None
    current = Appointment.objects.filter(valid__contains=as_of).select_related("person")
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


def unit_named(name: str) -> Unit | None:
    """Return the one unit that bears this name or alias in either language, or None.

    Case, spaces, dashes and the place of a tone do not count. A name that two units bear means
    neither.
    """
    key = name_key(name)
    found = list(Unit.objects.filter(name_keys__contains=[key])[:2]) if key else []
    return found[0] if len(found) == 1 else None


def units_named(names: Iterable[str]) -> dict[str, Unit]:
    """Return for each name the one unit that ``unit_named`` would give; others are absent."""
    keys = {name: name_key(name) for name in names}
    wanted = sorted({key for key in keys.values() if key})
    bearers: dict[str, list[Unit]] = {key: [] for key in wanted}
    for unit in Unit.objects.filter(name_keys__overlap=wanted) if wanted else ():
        for key in bearers.keys() & set(unit.name_keys):
            bearers[key].append(unit)
    return {name: bearers[key][0] for name, key in keys.items() if len(bearers.get(key, ())) == 1}


def holders(*, first: Iterable[int], seen_by: int, on: date, most: int) -> tuple[Holder, ...]:
    """Return at most ``most`` holders of posts whom the account may see, those of ``first`` first.

    ``first`` are ids of units; within a unit the posts come by rank.
    """
    reached = reach(user_id=seen_by, action=Action.READ_PEOPLE, on=on)
    near = Case(When(post__unit_id__in=list(first), then=0), default=1)
    rows = (
        Appointment.objects.filter(post__unit_id__in=reached, valid__contains=on)
        .order_by(near, "post__unit_id", "post__rank", "id")
        .values_list(
            "post__unit_id",
            "person__uid",
            "person__full_name",
            "post__title_vi",
            "post__title_en",
        )
    )
    return tuple(Holder(*row) for row in rows[:most])


def posts_with(*, action: Action, unit_id: int, on: date, most: int = 3) -> tuple[Post, ...]:
    """Return filled posts that carry the action at the unit on that day, the nearest scope first.

    For the sentence "this may be done by ...": it names posts, never persons.
    """
    place = place_of(unit_id=unit_id, on=on) or last_place_of(unit_id=unit_id)
    if place is None:
        return ()
    found = Post.objects.filter(
        scope_id__in=place.path,
        role__actions__contains=[action],
        appointments__valid__contains=on,
    )
    near = Case(*(When(scope_id=above, then=-depth) for depth, above in enumerate(place.path)))
    return tuple(found.select_related("unit").distinct().order_by(near, "rank", "id")[:most])


def _scopes(*, user_id: int, on: date) -> Scopes:
    """Return what the account may do on that day, and below which paths."""
    held = Appointment.objects.filter(
        person__user_id=user_id,
        person__user__is_active=True,
        valid__contains=on,
        post__scope__placements__tree__code=MAIN_TREE,
        post__scope__placements__valid__contains=on,
    ).values_list("post__role__actions", "post__scope__placements__path")
    paths: dict[str, set[str]] = {}
    for actions, path in held:
        for action in actions:
            paths.setdefault(action, set()).add(path)
    return {action: tuple(sorted(found)) for action, found in paths.items()}


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
        legal_basis=row.legal_basis,
    )
