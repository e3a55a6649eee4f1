"""Reads of people and posts as the rows of a sheet."""

from dataclasses import replace
from datetime import date

from lotrinh.apps.units.models import Appointment, Person, Post
from lotrinh.rules.people_sheet import PostRow
from lotrinh.rules.sheets import tidy


def post_rows() -> tuple[PostRow, ...]:
    """Return every appointment, every post that nobody held, everyone who held none, as rows.

    A post that ended and that nobody ever held is not among them: there is nothing to say of it.
    """
    appointments = Appointment.objects.select_related(
        "person__user", "post__unit", "post__scope", "post__role"
    )
    rows = {_appointment_row(held) for held in appointments}
    held_posts = {row.post for row in rows}
    waiting = Post.objects.filter(appointments=None, valid__endswith__isnull=True)
    for post in waiting.select_related("unit", "scope", "role"):
        row = _post_row(post)
        if row.post not in held_posts:
            rows.add(row)
    for person in Person.objects.filter(appointments=None).select_related("user"):
        rows.add(_person_row(person))
    return tuple(sorted(rows, key=_post_order))


def _post_order(row: PostRow) -> tuple[object, ...]:
    post = (not row.unit, row.unit, row.rank, row.title_vi, row.title_en, row.role, row.scope)
    who = (row.full_name, row.sign_in, row.held_as, row.until or date.max, row.legal_basis)
    return (*post, row.since or date.min, *who, row.actions or ())


def _post_row(post: Post) -> PostRow:
    return PostRow(
        line=0,
        unit=post.unit.code,
        title_vi=tidy(post.title_vi),
        title_en=tidy(post.title_en),
        role=post.role.code,
        scope=post.scope.code,
        rank=post.rank,
    )


def _person_row(person: Person) -> PostRow:
    return PostRow(
        line=0,
        unit="",
        title_vi="",
        title_en="",
        role="",
        scope="",
        full_name=tidy(person.full_name),
        sign_in=person.user.sign_in_name if person.user else "",
    )


def _appointment_row(held: Appointment) -> PostRow:
    whose = _person_row(held.person)
    return replace(
        _post_row(held.post),
        full_name=whose.full_name,
        sign_in=whose.sign_in,
        since=held.valid.lower,
        until=held.valid.upper,
        held_as=held.held_as,
        legal_basis=tidy(held.legal_basis),
        actions=None if held.actions is None else tuple(held.actions),
    )
