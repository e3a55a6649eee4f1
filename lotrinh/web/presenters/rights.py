"""Roles, mandates and reasons as pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from lotrinh.apps.units.selectors import MandateHeld, RoleHeld
from lotrinh.rules.actions import Action
from lotrinh.web.formatting import named
from lotrinh.web.presenters.people import PersonLink
from lotrinh.web.wording import PURPOSES, word
from lotrinh.web.wording_of_rights import ACTIONS

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Mandate, Role

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role: for what it is given and how many bear and hold it; ``url`` leads to its form."""

    name: str
    purpose_text: str
    posts: int
    filled: int
    people: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Carried:
    """Whether one role carries the action of its row."""

    role_name: str
    carries: bool


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action and, for each role in order, whether it carries it."""

    text: str
    cells: tuple[Carried, ...]


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate; ``holders`` are those whom the reader may see, ``others`` how many more.

    ``state`` is "soon", "now", "past" or "withdrawn": before it would have begun.
    """

    uid: UUID
    scope_name: str
    scope_url: str
    role_name: str
    subject: str
    basis: str
    since: date | None
    last: date | None
    state: str
    url: str
    end_basis: str
    holders: tuple[PersonLink, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a role would carry more and less, and how many posts that concerns."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    posts: int
    filled: int
    people: int


def role_rows(roles: Iterable[RoleHeld], *, may_define: bool) -> tuple[RoleRow, ...]:
    """Return the roles; with a way to their form for those who may define them."""
    return tuple(
        RoleRow(
            name=named(held.role),
            purpose_text=word(PURPOSES, held.role.purpose),
            posts=held.posts,
            filled=held.filled,
            people=held.people,
            url=reverse("role", kwargs={"code": held.role.code}) if may_define else None,
        )
        for held in roles
    )


def action_rows(roles: Sequence[RoleHeld]) -> tuple[ActionRow, ...]:
    """Return every action that the product asks for, with which roles carry it."""
    return tuple(
        ActionRow(
            text=word(ACTIONS, action),
            cells=tuple(Carried(named(held.role), action in held.role.actions) for held in roles),
        )
        for action in Action
    )


def mandate_rows(mandates: Iterable[MandateHeld], *, on: date) -> tuple[MandateRow, ...]:
    """Return mandates with their days and those of their holders who may be seen."""
    return tuple(_mandate_row(held, on=on) for held in mandates)


def _mandate_row(held: MandateHeld, *, on: date) -> MandateRow:
    mandate = held.mandate
    since, until = mandate.valid.lower or mandate.begins, mandate.valid.upper
    return MandateRow(
        uid=mandate.uid,
        scope_name=named(mandate.scope),
        scope_url=reverse("unit", kwargs={"uid": mandate.scope.uid}),
        role_name=named(mandate.role),
        subject=mandate.subject,
        basis=mandate.legal_basis,
        since=since,
        last=until - _ONE_DAY if until else None,
        state=_state(mandate, on=on),
        url=reverse("mandate", kwargs={"uid": mandate.uid}),
        end_basis=mandate.end_basis,
        holders=tuple(
            PersonLink(person.full_name, reverse("person", kwargs={"uid": person.uid}))
            for person in held.holders
        ),
        others=held.others,
    )


def _state(mandate: "Mandate", *, on: date) -> str:
    if mandate.valid.isempty:
        return "withdrawn"
    if on in mandate.valid:
        return "now"
    return "soon" if mandate.valid.lower > on else "past"


def effect_of(role: "Role", wanted: Iterable[str], held: RoleHeld) -> Effect:
    """Return what would change for whoever holds a post with the role."""
    after, before = set(wanted), set(role.actions)
    return Effect(
        gained=tuple(word(ACTIONS, action) for action in Action if action in after - before),
        lost=tuple(word(ACTIONS, action) for action in Action if action in before - after),
        posts=held.posts,
        filled=held.filled,
        people=held.people,
    )
