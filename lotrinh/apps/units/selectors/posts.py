"""Reads for those who appoint: whom they may see, through all of time, and which posts they fill.

A person is seen where at least one of his posts, of any day, belongs to a unit of whose people the
reader may read; of his posts only those are shown.

A post from which others get their rights is filled, lent and ended by those alone who define roles.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Prefetch, Q, QuerySet, When

from lotrinh.apps.units.models import Appointment, Person, Post
from lotrinh.apps.units.selectors.people import may_appoint
from lotrinh.apps.units.selectors.rights import reach
from lotrinh.apps.units.selectors.roles import may_define
from lotrinh.rules.actions import STRONG, Action
from lotrinh.rules.names import name_key, search_key


def people_seen(*, seen_by: int, on: date, words: str = "") -> QuerySet[Person]:
    """Return the people whom the account may see, by given name, each with his posts of that day.

    ``words`` narrows them to names that hold every word; a word without marks finds every marking
    of it, a word with marks only itself. The posts stand in ``current`` of each row.
    """
    reached = reach(user_id=seen_by, action=Action.READ_PEOPLE, on=on)
    held = Appointment.objects.filter(post__unit__in=reached)
    current = held.filter(valid__contains=on).select_related("post__unit", "lent_by__person")
    found = Person.objects.filter(pk__in=held.values("person"))
    for word in search_key(words).split():
        found = found.filter(search_key__contains=word)
    marked = {word for word in name_key(words).split() if word != search_key(word)}
    if marked:
        named = found.values_list("pk", "full_name")
        found = found.filter(
            pk__in=[pk for pk, name in named if marked <= set(name_key(name).split())]
        )
    return found.order_by("sort_key", "id").prefetch_related(
        Prefetch("appointments", current.order_by("post__rank", "id"), to_attr="current")
    )


def people_after(found: QuerySet[Person], uid: UUID) -> QuerySet[Person]:
    """Return what follows the person ``uid`` in the order of ``people_seen``: the next page."""
    last = found.filter(uid=uid).values_list("sort_key", "pk").first()
    if last is None:
        return found.none()
    key, pk = last
    return found.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=pk))


def person_seen(uid: UUID, *, seen_by: int, on: date) -> Person | None:
    """Return the person, or None where he is missing or may not be seen."""
    return people_seen(seen_by=seen_by, on=on).filter(uid=uid).first()


def same_named(person: Person, *, seen_by: int, on: date) -> tuple[Person, ...]:
    """Return the others of this name whom the account may see."""
    found = people_seen(seen_by=seen_by, on=on).filter(search_key=person.search_key)
    key = name_key(person.full_name)
    return tuple(row for row in found.exclude(pk=person.pk) if name_key(row.full_name) == key)


def appointments_of(*, person: Person, seen_by: int, on: date) -> tuple[Appointment, ...]:
    """Return the posts of a person through time that the account may see, the latest first."""
    reached = reach(user_id=seen_by, action=Action.READ_PEOPLE, on=on)
    rows = Appointment.objects.filter(person=person, post__unit__in=reached).select_related(
        "post__unit", "post__scope", "post__role", "lent_by__person"
    )
    lent = Appointment.objects.select_related("person").order_by("valid", "pk")
    return tuple(rows.prefetch_related(Prefetch("lent", lent)).order_by("-valid", "pk"))


def appointment_seen(uid: UUID, *, seen_by: int, on: date) -> Appointment | None:
    """Return the appointment, or None where it is missing or may not be seen."""
    reached = reach(user_id=seen_by, action=Action.READ_PEOPLE, on=on)
    rows = Appointment.objects.filter(post__unit__in=reached)
    return rows.select_related("person", "post__unit", "post__role").filter(uid=uid).first()


def appointment_by_key(client_key: UUID | None) -> Appointment | None:
    """Return the appointment that a form with this key has made, or None."""
    rows = Appointment.objects.select_related("person")
    return rows.filter(client_key=client_key).first() if client_key else None


def posts_to_fill(*, unit_id: int, user_id: int, on: date) -> tuple[Post, ...]:
    """Return the posts of a unit that the account may fill, with their holders in ``current``."""
    current = Appointment.objects.filter(valid__contains=on).select_related("person")
    posts = (
        Post.objects.filter(Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=on))
        .filter(unit_id=unit_id)
        .select_related("unit", "role")
        .prefetch_related(Prefetch("appointments", current, to_attr="current"))
        .order_by("rank", "id")
    )
    return fillable(posts, user_id=user_id, on=on)


def fillable(posts: Iterable[Post], *, user_id: int, on: date) -> tuple[Post, ...]:
    """Return those of the posts that the account may fill, lend and end; see ``may_appoint``."""
    reached = [post for post in posts if may_appoint(post=post, user_id=user_id, on=on)]
    strong = {id(post) for post in reached if STRONG & set(post.role.actions)}
    defines = bool(strong) and may_define(user_id=user_id, on=on)
    return tuple(post for post in reached if defines or id(post) not in strong)


def may_fill(*, post: Post, user_id: int, on: date) -> bool:
    """Say whether the account may fill a post, lend it and end it; it need not be written yet."""
    return bool(fillable([post], user_id=user_id, on=on))


def post_seen(uid: UUID, *, seen_by: int, on: date) -> Post | None:
    """Return the post, or None where it is missing or its holders may not be seen."""
    reached = reach(user_id=seen_by, action=Action.READ_PEOPLE, on=on)
    rows = Post.objects.filter(unit__in=reached).select_related("unit", "scope", "role")
    return rows.filter(uid=uid).first()


def post_by_key(client_key: UUID | None) -> Post | None:
    """Return the post that a form with this key has opened, or None."""
    rows = Post.objects.select_related("unit")
    return rows.filter(client_key=client_key).first() if client_key else None


@dataclass(frozen=True, slots=True)
class PostOffered:
    """A post that can be named in a form, with who holds it on the day; empty: it is vacant."""

    post: Post
    held_by: str


def posts_offered(
    *, first: Iterable[int], seen_by: int, as_of: date, on: date, most: int
) -> tuple[PostOffered, ...]:
    """Return at most ``most`` posts there are on ``as_of`` whose holders the account may see.

    Those of the units ``first`` come first.
    """
    reached = reach(user_id=seen_by, action=Action.READ_PEOPLE, on=on)
    near = Case(When(unit_id__in=list(first), then=0), default=1)
    rows = Post.objects.filter(unit__in=reached, valid__contains=as_of).select_related("unit")
    found = tuple(rows.order_by(near, "unit_id", "rank", "pk")[:most])
    names = names_in_posts([one.pk for one in found], on=as_of)
    return tuple(PostOffered(one, names.get(one.pk, "")) for one in found)


def names_in_posts(post_ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Return by post who holds it on a day; of several whoever holds it longest."""
    rows = Appointment.objects.filter(post__in=list(post_ids), valid__contains=on)
    found = rows.order_by("post_id", "valid", "pk").values_list("post_id", "person__full_name")
    names: dict[int, str] = {}
    for post_id, name in found:
        names.setdefault(post_id, name)
    return names


def holders_of(*, post: Post) -> tuple[Appointment, ...]:
    """Return everybody who held, holds or will hold a post, the latest first."""
    rows = Appointment.objects.filter(post=post).select_related("person", "lent_by__person")
    return tuple(rows.order_by("-valid", "pk"))


def held_after(*, post: Post, day: date) -> tuple[Appointment, ...]:
    """Return those appointments to a post that give something on ``day`` or later."""
    return tuple(
        row for row in holders_of(post=post) if row.valid.upper is None or row.valid.upper > day
    )
