"""People as pages show them: their posts of a day and of all days, and whom a typed name means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from lotrinh.apps.units import selectors as units
from lotrinh.rules.names import name_key
from lotrinh.web.formatting import named
from lotrinh.web.wording import HELD_AS, word
from lotrinh.web.wording_of_rights import ACTIONS

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Appointment, Person

_ONE_DAY = timedelta(days=1)
MOST_OFFERED = 400


@dataclass(frozen=True, slots=True)
class PostNow:
    """A post held today, with its unit; ``held_text`` is empty for a plain appointment."""

    post_text: str
    unit_name: str
    unit_url: str
    held_text: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in the list, with the posts of today."""

    uid: UUID
    name: str
    posts: tuple[PostNow, ...]


@dataclass(frozen=True, slots=True)
class PersonLink:
    """Somebody by name, with what tells him apart from others of that name."""

    name: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post through its days. ``last`` is the last day, None while none is known.

    ``when`` is "now", "past" or "soon". ``lender`` lent it; ``lent_to`` have it lent for a time.
    """

    uid: UUID
    post: PostNow
    scope_text: str
    since: date
    last: date | None
    when: str
    basis: str
    lender: PersonLink | None
    actions_text: str
    lent_to: tuple[PersonLink, ...]
    may_end: bool
    may_lend: bool


def person_rows(people: Iterable["Person"]) -> tuple[PersonRow, ...]:
    """Return the rows of the list."""
    return tuple(
        PersonRow(person.uid, person.full_name, tuple(map(post_now, posts_today(person))))
        for person in people
    )


def posts_today(person: "Person") -> Sequence["Appointment"]:
    """Return the posts of today that came with the person."""
    found: Sequence[Appointment] = getattr(person, "current", ())
    return found


def post_now(held: "Appointment") -> PostNow:
    """Return a post with its unit."""
    unit = held.post.unit
    return PostNow(
        post_text=named(held.post, "title"),
        unit_name=named(unit),
        unit_url=reverse("unit", kwargs={"uid": unit.uid}),
        held_text="" if held.held_as == "appointed" else word(HELD_AS, held.held_as),
    )


def person_label(person: "Person") -> str:
    """Return the name with the first post of today: what tells two of one name apart."""
    held = posts_today(person)
    if not held:
        return person.full_name
    return f"{person.full_name} ({named(held[0].post, 'title')}, {named(held[0].post.unit)})"


def person_link(person: "Person", *, note: str = "") -> PersonLink:
    """Return a link to somebody's page."""
    return PersonLink(person.full_name, reverse("person", kwargs={"uid": person.uid}), note)


def same_named_links(people: Iterable["Person"]) -> tuple[PersonLink, ...]:
    """Return others of one name, each with post and unit."""
    return tuple(
        person_link(person, note=person_label(person)[len(person.full_name) :].strip(" ()"))
        for person in people
    )


def person_names(*, seen_by: int, on: date) -> tuple[str, ...]:
    """Return the names that a form offers: whoever holds a post today, with post and unit."""
    found = units.people_seen(seen_by=seen_by, on=on)[:MOST_OFFERED]
    return tuple(person_label(person) for person in found)


def people_typed(typed: str, *, seen_by: int, on: date) -> tuple["Person", ...]:
    """Return whom a typed name can mean: by name alone, or as it is offered with post and unit."""
    name = typed.partition(" (")[0].strip()
    key = name_key(name)
    found = [
        person
        for person in units.people_seen(seen_by=seen_by, on=on, words=name)
        if name_key(person.full_name) == key or person.search_key == key
    ]
    offered = [person for person in found if name_key(person_label(person)) == name_key(typed)]
    return tuple(offered or (found if name == typed.strip() else ()))


def post_lines(held: Iterable["Appointment"], *, seen_by: int, on: date) -> tuple[PostLine, ...]:
    """Return the posts of a person with what the reader may do about each."""
    rows = tuple(held)
    going_on = (row.post for row in rows if row.valid.upper is None or row.valid.upper > on)
    fillable = {post.pk for post in units.fillable(going_on, user_id=seen_by, on=on)}
    return tuple(_line(row, may_fill=row.post_id in fillable, on=on) for row in rows)


def _line(row: "Appointment", *, may_fill: bool, on: date) -> PostLine:
    since, until = row.valid.lower, row.valid.upper
    goes_on = until is None or until > on
    may = goes_on and may_fill
    return PostLine(
        uid=row.uid,
        post=post_now(row),
        scope_text="" if row.post.scope_id == row.post.unit_id else named(row.post.scope),
        since=since,
        last=until - _ONE_DAY if until else None,
        when="soon" if since > on else "now" if goes_on else "past",
        basis=row.legal_basis,
        lender=person_link(row.lent_by.person) if row.lent_by else None,
        actions_text="; ".join(word(ACTIONS, action) for action in row.actions or ()),
        lent_to=tuple(
            person_link(lent.person, note=f"{_plain(lent.valid.lower)}–{_plain(_last(lent))}")
            for lent in row.lent.all()
        ),
        may_end=may,
        may_lend=may and row.held_as != "delegated",
    )


def _last(held: "Appointment") -> date:
    last: date = held.valid.upper - _ONE_DAY
    return last


def _plain(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
