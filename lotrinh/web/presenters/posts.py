"""A post as its page shows it: what it may do and where, its days, who held it when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from lotrinh.rules.actions import Action
from lotrinh.web.formatting import named
from lotrinh.web.presenters.people import PersonLink, person_link
from lotrinh.web.wording import HELD_AS, word
from lotrinh.web.wording_of_rights import ACTIONS

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Appointment, Post

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post. ``since`` is None where no beginning is known, ``last`` where no end is.

    ``when`` is "now", "past" or "soon".
    """

    uid: UUID
    title: str
    other_title: str
    unit_name: str
    unit_url: str
    scope_name: str
    scope_url: str
    role_name: str
    actions_text: str
    since: date | None
    last: date | None
    when: str
    basis: str


@dataclass(frozen=True, slots=True)
class HolderLine:
    """That somebody held a post; ``end_url`` leads to where that can be ended."""

    uid: UUID
    person: PersonLink
    held_text: str
    since: date
    last: date | None
    when: str
    basis: str
    end_url: str | None


def post_facts(post: "Post", *, on: date) -> PostFacts:
    """Return what there is to say of a post on that day."""
    since, until = post.valid.lower, post.valid.upper
    titles = {post.title_vi, post.title_en} - {named(post, "title")}
    return PostFacts(
        uid=post.uid,
        title=named(post, "title"),
        other_title=next(iter(titles), ""),
        unit_name=named(post.unit),
        unit_url=reverse("unit", kwargs={"uid": post.unit.uid}),
        scope_name=named(post.scope),
        scope_url=reverse("unit", kwargs={"uid": post.scope.uid}),
        role_name=named(post.role),
        actions_text=actions_text(post.role.actions),
        since=since,
        last=until - _ONE_DAY if until else None,
        when=_when(since, until, on=on),
        basis=post.legal_basis,
    )


def actions_text(carried: Iterable[str]) -> str:
    """Return what a role carries in words, in the order of the product."""
    held = set(carried)
    return ", ".join(word(ACTIONS, action) for action in Action if action in held)


def holder_lines(
    held: Iterable["Appointment"], *, may_end: bool, on: date
) -> tuple[HolderLine, ...]:
    """Return who held the post and when, with the way to end what goes on."""
    return tuple(_holder(row, may_end=may_end, on=on) for row in held)


def _holder(row: "Appointment", *, may_end: bool, on: date) -> HolderLine:
    since, until = row.valid.lower, row.valid.upper
    when = _when(since, until, on=on)
    end = reverse("appointment-end", kwargs={"uid": row.uid})
    return HolderLine(
        uid=row.uid,
        person=person_link(row.person),
        held_text="" if row.held_as == "appointed" else word(HELD_AS, row.held_as),
        since=since,
        last=until - _ONE_DAY if until else None,
        when=when,
        basis=row.legal_basis,
        end_url=end if may_end and when != "past" else None,
    )


def _when(since: date | None, until: date | None, *, on: date) -> str:
    if until is not None and until <= on:
        return "past"
    return "soon" if since is not None and since > on else "now"
