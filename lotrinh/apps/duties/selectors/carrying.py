"""Carrying a duty down: which unit of a group would owe what, and what it has become.

The same reading serves the preview and the act, so that what was shown is what is done.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lotrinh.apps.duties.models import Duty, DutyPart
from lotrinh.apps.duties.selectors.seen import visible
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Group, Person
from lotrinh.rules.actions import Action
from lotrinh.rules.clarities import Clarity, missing_clarities
from lotrinh.rules.duty_states import BINDING, EXPLANATION, SENT, DutyState

_TERMS = (
    "title",
    "unit_id",
    "person_id",
    "leader_id",
    "due",
    "recurrence",
    "responsibility",
    "deliverable",
    "authority",
)
"""The fields that say how clear a duty is."""


@dataclass(frozen=True, slots=True)
class Own:
    """What one unit of a group owes otherwise than the others; None and empty: as the others."""

    due: date | None = None
    deliverable: str = ""
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit would owe. With something ``missing`` it would be a draft and bind nobody."""

    unit: units.PlacedUnit
    person: Person | None
    due: date | None
    deliverable: str
    missing: tuple[Clarity, ...]
    is_allowed: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """A duty carried to a group: the ``shares`` of its units, and who is ``left_out`` and why.

    ``strangers`` are units of which something is said and which are not in the group; ``misplaced``
    are the units whose person holds no post there.
    """

    shares: tuple[Share, ...]
    left_out: tuple[tuple[units.PlacedUnit, str], ...]
    strangers: frozenset[int]
    misplaced: frozenset[int]

    @property
    def clear(self) -> int:
        """How many units would owe it at once."""
        return sum(1 for share in self.shares if not share.missing)

    @property
    def is_allowed(self) -> bool:
        """Whether the account may issue to every one of the units."""
        return all(share.is_allowed for share in self.shares)


@dataclass(frozen=True, slots=True)
class PartsCounted:
    """How the duties that serve another stand: those that bind, are refused or cancelled, drafts.

    ``done`` are among those ``issued``; ``clear`` among the drafts, which wait for being issued
    alone; ``lacking`` says of how many drafts each clarity is missing.
    """

    issued: int
    done: int
    ended: int
    drafts: int
    clear: int
    lacking: Mapping[Clarity, int]

    @property
    def given(self) -> int:
        """All together."""
        return self.issued + self.ended + self.drafts


def spread_of(
    *,
    duty: Duty,
    group: Group,
    as_of: date,
    left_out: Mapping[int, str],
    own: Mapping[int, Own],
    seen_by: int,
    on: date,
) -> Spread:
    """Return what the duty would be for each unit that the group means on ``as_of``.

    In tree order. Persons and rights are those of ``on``; who holds the first post of a unit acts
    for it unless ``own`` names somebody else.
    """
    members = units.members_of(group=group, on=as_of)
    known = {unit.id for unit in members}
    chosen = [unit for unit in members if unit.id not in left_out]
    ids = [unit.id for unit in chosen]
    people = units.first_holders(unit_ids=ids, on=on)
    standing = units.standing_among(ids, on=on)
    allowed = units.reach(user_id=seen_by, action=Action.ISSUE_DUTY, on=on)
    named = {unit_id: said.person for unit_id, said in own.items() if said.person}
    holding = units.holding_posts_in(people=named.values(), on=on)
    shares = tuple(
        _share(
            duty,
            unit,
            own.get(unit.id, Own()),
            people.get(unit.id),
            stands=unit.id in standing,
            is_allowed=unit.id in allowed,
        )
        for unit in chosen
    )
    return Spread(
        shares=shares,
        left_out=tuple((unit, left_out[unit.id]) for unit in members if unit.id in left_out),
        strangers=frozenset({*left_out, *own} - known),
        misplaced=frozenset(
            unit_id for unit_id, person in named.items() if (person.pk, unit_id) not in holding
        ),
    )


def parts_of(*, duty: Duty, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return the duties that serve this one, as far as the account may see them.

    One that asks to explain it, or that is owed for a period of it, is no part of it.
    """
    found = (
        visible(seen_by=seen_by, on=on).filter(superior=duty, period="").exclude(kind=EXPLANATION)
    )
    return found.exclude(state=DutyState.WITHDRAWN)


def parts_counted(*, duty: Duty, seen_by: int, on: date) -> PartsCounted:
    """Return how the duties that serve this one stand: those that bind whoever asks, none left out.

    A draft binds nobody and is told only to who may see it.
    """
    parts = duty.parts.filter(state__in=SENT, period="").exclude(kind=EXPLANATION)
    sent = Counter(parts.values_list("state", flat=True))
    drafts = parts_of(duty=duty, seen_by=seen_by, on=on).filter(state=DutyState.DRAFT)
    missing = missing_in(drafts)
    return PartsCounted(
        issued=sum(sent[state] for state in BINDING),
        done=sent[DutyState.DONE],
        ended=sum(sent[state] for state in SENT if state not in BINDING),
        drafts=len(missing),
        clear=sum(not codes for codes in missing.values()),
        lacking=Counter(code for codes in missing.values() for code in codes),
    )


def missing_in(drafts: QuerySet[Duty]) -> dict[int, tuple[Clarity, ...]]:
    """Return by id which of the six clarities each draft lacks."""
    bare = drafts.select_related(None).prefetch_related(None).order_by()
    return {one.pk: missing_clarities(one.terms) for one in bare.only(*_TERMS)}


def taking_part(*, duty: Duty) -> tuple[DutyPart, ...]:
    """Return the parts that other units take in the duty today, by what they do."""
    rows = duty.taken_parts.filter(ended_on=None).select_related("unit")
    return tuple(rows.order_by("part", "unit__sort_key", "id"))


def part_by_uid(uid: UUID | None, *, duty: Duty) -> DutyPart | None:
    """Return one of the parts that units take in the duty, or None."""
    if uid is None:
        return None
    return duty.taken_parts.select_related("unit").filter(uid=uid).first()


def may_spread(*, duty: Duty, seen_by: int, on: date) -> bool:
    """Say whether the account may carry the duty down and take it back: where it is owed to."""
    place = duty.owed_to_id
    return units.may(user_id=seen_by, action=Action.ISSUE_DUTY, unit_id=place, on=on)


def may_break_down(*, duty: Duty, seen_by: int, on: date) -> bool:
    """Say whether the account may make duties that serve this one: where it is owed."""
    place = duty.unit_id
    return place is not None and units.may(
        user_id=seen_by, action=Action.ASSIGN_DUTY, unit_id=place, on=on
    )


def _share(
    duty: Duty,
    unit: units.PlacedUnit,
    own: Own,
    first: Person | None,
    *,
    stands: bool,
    is_allowed: bool,
) -> Share:
    person = (own.person or first) if stands else None
    terms = replace(
        duty.terms,
        lead=stands,
        person=person is not None,
        due=own.due or duty.due,
        deliverable=own.deliverable or duty.deliverable,
    )
    return Share(
        unit=unit,
        person=person,
        due=terms.due,
        deliverable=terms.deliverable,
        missing=missing_clarities(terms),
        is_allowed=is_allowed,
    )
