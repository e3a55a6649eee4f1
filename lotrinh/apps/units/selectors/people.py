"""Reads of people: who held which post on which day, as far as the reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, When

from lotrinh.apps.units.models import Appointment, Person, Post
from lotrinh.apps.units.selectors.asked import asked_here
from lotrinh.apps.units.selectors.held import appointments_in_force
from lotrinh.apps.units.selectors.rights import judged_at, may, reach
from lotrinh.apps.units.selectors.trees import last_place_of
from lotrinh.rules.actions import Action


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
class PostPast:
    """That somebody held a post for ``[since, until)``; None is open."""

    title_vi: str
    title_en: str
    person_uid: UUID
    person_name: str
    held_as: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of a unit: as they are ``held`` on one day, and who held them in the ``past``."""

    held: tuple[PostHeld, ...]
    past: tuple[PostPast, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a post on one day, as one names him: name, title, unit."""

    unit_id: int
    person_uid: UUID
    person_name: str
    title_vi: str
    title_en: str


def posts_of(*, unit_id: int, as_of: date, seen_by: int, on: date) -> Posts | None:
    """Return the posts of a unit with who holds them on ``as_of``, and who held them when.

    None where the account may not see that on ``on``, the present day: the day that somebody asks
    about never decides what he may ask.
    """
    if not may(user_id=seen_by, action=Action.READ_PEOPLE, unit_id=unit_id, on=on):
        return None
    rows = Post.objects.filter(unit_id=unit_id).order_by("rank", "id", "-appointments__valid")
    held: list[PostHeld] = []
    past: list[PostPast] = []
    for _, found in groupby(rows.values(*_OF_POSTS), key=lambda row: row["pk"]):
        every = list(found)
        past += [_past(row) for row in every if row["appointments__valid"] is not None]
        if as_of not in every[0]["valid"]:
            continue
        now = [row for row in every if as_of in (row["appointments__valid"] or ())]
        held += [_held(row) for row in now] or [_held({**every[0], **_VACANT})]
    return Posts(tuple(held), tuple(past))


_OF_PERSON = ("pk", "uid", "full_name")
_VACANT = {f"appointments__person__{name}": None for name in _OF_PERSON}
_OF_POSTS = (
    "pk",
    "uid",
    "title_vi",
    "title_en",
    "valid",
    "role__name_vi",
    "role__name_en",
    "appointments__valid",
    "appointments__held_as",
    *_VACANT,
)


def _held(row: dict[str, Any]) -> PostHeld:
    return PostHeld(
        post_uid=row["uid"],
        title_vi=row["title_vi"],
        title_en=row["title_en"],
        role_vi=row["role__name_vi"],
        role_en=row["role__name_en"],
        person_id=row["appointments__person__pk"],
        person_uid=row["appointments__person__uid"],
        person_name=row["appointments__person__full_name"] or "",
    )


def _past(row: dict[str, Any]) -> PostPast:
    return PostPast(
        title_vi=row["title_vi"],
        title_en=row["title_en"],
        person_uid=row["appointments__person__uid"],
        person_name=row["appointments__person__full_name"],
        held_as=row["appointments__held_as"],
        since=row["appointments__valid"].lower,
        until=row["appointments__valid"].upper,
    )


def people_in(*, unit_id: int, on: date) -> tuple[Person, ...]:
    """Return the persons who hold a post of the unit on that day, in the order of given names."""
    found = Person.objects.filter(
        appointments__post__unit_id=unit_id, appointments__valid__contains=on
    )
    return tuple(found.distinct().order_by("sort_key", "id"))


def first_holders(
    *, unit_ids: Iterable[int], on: date, action: Action | None = None
) -> dict[int, Person]:
    """Return by unit id who holds the first of its filled posts on that day.

    The first is the one of the lowest rank; with an ``action`` of those whose role carries it.
    Units in which nobody holds such a post are absent.
    """
    carried = Q() if action is None else Q(post__role__actions__contains=[action])
    rows = (
        Appointment.objects.filter(carried, post__unit_id__in=list(unit_ids), valid__contains=on)
        .select_related("person", "post")
        .order_by("post__unit_id", "post__rank", "held_as", "id")
        .distinct("post__unit_id")
    )
    return {row.post.unit_id: row.person for row in rows}


def holding_posts_in(*, people: Iterable[Person], on: date) -> frozenset[tuple[int, int]]:
    """Return (person id, unit id) for every unit in which one of these holds a post that day."""
    rows = Appointment.objects.filter(person__in=list(people), valid__contains=on)
    return frozenset(rows.values_list("person_id", "post__unit_id"))


def units_of_people(person_ids: Iterable[int], *, on: date) -> dict[int, frozenset[int]]:
    """Return by person the units in which he holds a post that day; nobody who holds none."""
    held: dict[int, frozenset[int]] = {}
    found = Appointment.objects.filter(person_id__in=list(person_ids), valid__contains=on)
    for person_id, unit_id in found.order_by().values_list("person_id", "post__unit_id"):
        held[person_id] = held.get(person_id, frozenset()) | {unit_id}
    return held


def seats_left(person_ids: Iterable[int], *, on: date) -> dict[int, dict[int, date]]:
    """Return by person and unit the first day on which he held no post there any more.

    Of posts that had ended by that day, the last one in each unit.
    """
    left: dict[int, dict[int, date]] = {}
    rows = Appointment.objects.filter(person_id__in=list(person_ids), valid__endswith__lte=on)
    for person_id, unit_id, held in rows.values_list("person_id", "post__unit_id", "valid"):
        days = left.setdefault(person_id, {})
        days[unit_id] = max(days.get(unit_id, held.upper), held.upper)
    return left


def person_by_uid(uid: UUID) -> Person | None:
    """Return the person with this uid, or None."""
    return Person.objects.filter(uid=uid).first()


def person_of(*, user_id: int) -> Person | None:
    """Return the person behind an account, or None."""
    return Person.objects.filter(user_id=user_id).first()


def first_post(*, user_id: int, on: date) -> Appointment | None:
    """Return the appointment by which an account is known on that day, or None."""
    asked = asked_here()
    if asked is not None and (user_id, on) in asked.first_posts:
        return asked.first_posts[user_id, on]
    found = (
        Appointment.objects.filter(person__user_id=user_id, valid__contains=on)
        .select_related("person", "post__unit")
        .order_by("held_as", "post__rank", "id")
        .first()
    )
    if asked is not None:
        asked.first_posts[user_id, on] = found
    return found


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
    """Return posts whose holders may do it at the unit on that day, the nearest scope first.

    For the sentence "this may be done by ...": it names posts, never persons.
    """
    path = judged_at(unit_id, on=on)
    last = last_place_of(unit_id=unit_id) if path is None else None
    scopes = [int(label) for label in path.split(".")] if path else last.path if last else ()
    carried = Q(actions__isnull=True) | Q(actions__contains=[action])
    held = Appointment.objects.filter(appointments_in_force(on=on), carried)
    found = Post.objects.filter(
        scope_id__in=scopes,
        role__actions__contains=[action],
        pk__in=held.values("post"),
    )
    near = Case(*(When(scope_id=above, then=-depth) for depth, above in enumerate(scopes)))
    return tuple(found.select_related("unit").order_by(near, "rank", "id")[:most])


def may_appoint(*, post: Post, user_id: int, on: date) -> bool:
    """Say whether the account may fill a post: at its unit and at all that the post reaches."""
    return all(
        may(user_id=user_id, action=Action.APPOINT_PEOPLE, unit_id=unit_id, on=on)
        for unit_id in {post.unit_id, post.scope_id}
    )
