"""The one answer to "may this account do this there on that day?", and the reason for it.

A right comes from a post held on the day (appointed, acting or lent) or from a mandate in force. It
holds at every unit that stands on that day at or below the scope. A unit that has ended is judged
where the unit stands that answers for it, so that its papers go where its duties went; where nobody
answers, it is judged where it last stood.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    BigIntegerField,
    CharField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)

from lotrinh.apps.units.models import (
    Appointment,
    Change,
    Mandate,
    Placement,
    Purpose,
    Role,
)
from lotrinh.apps.units.selectors.asked import Asked, Inspection, Scopes, asked_here
from lotrinh.apps.units.selectors.ended import ended_units
from lotrinh.apps.units.selectors.trees import MAIN_TREE
from lotrinh.rules.actions import Action

_ACTIONS = ArrayField(CharField(max_length=40), null=True)
_Right = tuple[
    list[str], list[str] | None, str | None, UUID | None, UUID | None, int | None, int | None
]
"""What is carried, what of it is lent, the path of the scope (None: it stands nowhere); of a
mandate its uid and its unit, of a post its unit and its scope."""

_SOMEBODY, _SOME_DAY = -1, date.min


def may(*, user_id: int, action: Action, unit_id: int, on: date) -> bool:
    """Say whether the account may do ``action`` at the unit on that day."""
    asked = asked_here() or Asked(is_page=False)
    if asked.is_page:
        return unit_id in reach(user_id=user_id, action=action, on=on)
    scopes = _scopes_asked(asked, user_id=user_id, on=on).get(action, ())
    if (unit_id, on) not in asked.judged:
        asked.judged[unit_id, on] = judged_at(unit_id, on=on)
    path = asked.judged[unit_id, on]
    return path is not None and any(at_or_below(path, scope) for scope in scopes)


def reach(*, user_id: int, action: Action, on: date) -> frozenset[int]:
    """Return the ids of all units at which ``may`` would say yes for that action and day."""
    asked = asked_here() or Asked()
    paths = _scopes_asked(asked, user_id=user_id, on=on).get(action, ())
    if (paths, on) not in asked.reached:
        asked.reached[paths, on] = frozenset(_reached(paths, on=on)) if paths else frozenset()
    return asked.reached[paths, on]


def may_throughout(*, user_id: int, action: Action, on: date) -> bool:
    """Say whether the account may do ``action`` at the root of the main tree, and so everywhere."""
    root = Placement.objects.filter(tree__code=MAIN_TREE, parent=None, valid__contains=on).first()
    return root is not None and may(user_id=user_id, action=action, unit_id=root.unit_id, on=on)


def judged_at(unit_id: int, *, on: date) -> str | None:
    """Return the path at which rights over the unit are judged that day; None: nowhere."""
    standing = Placement.objects.filter(tree__code=MAIN_TREE, unit_id=unit_id, valid__contains=on)
    path = standing.values_list("path", flat=True).first()
    return path if path is not None else ended_units(on=on).judged.get(unit_id)


def may_change(*, change: Change, user_id: int, on: date) -> bool:
    """Say whether the account may take a change back: at every unit that it touches."""
    touched = change.units.values_list("pk", flat=True)
    return all(
        may(user_id=user_id, action=Action.CHANGE_UNIT, unit_id=unit_id, on=on)
        for unit_id in asked_in_place_of(touched, on=on)
    )


def asked_in_place_of(unit_ids: Iterable[int], *, on: date) -> set[int]:
    """Return at which units a change of these is asked for: one still to begin has a superior."""
    asked: set[int] = set()
    wanted = set(unit_ids)
    while wanted:
        first: dict[int, Placement] = {}
        for place in Placement.objects.filter(unit_id__in=wanted).order_by("valid"):
            first.setdefault(place.unit_id, place)
        later = {pk: place for pk, place in first.items() if place.valid.lower > on}
        asked |= wanted - later.keys() | {pk for pk, place in later.items() if not place.parent_id}
        wanted = {place.parent_id for place in later.values() if place.parent_id}
    return asked


def role_by_code(code: str) -> Role | None:
    """Return the role with this code, or None."""
    return Role.objects.filter(code=code).first()


def roles() -> tuple[Role, ...]:
    """Return every role, in the order in which they were defined."""
    return tuple(Role.objects.order_by("pk"))


def mandates_held(*, user_id: int, on: date) -> tuple[Mandate, ...]:
    """Return the mandates by which an account inspects that day."""
    found = Mandate.objects.filter(people__user_id=user_id, valid__contains=on)
    return tuple(found.select_related("scope", "role").order_by("pk"))


def appointments_in_force(*, on: date) -> Q:
    """Return the condition on appointments that they give rights that day.

    An account that is closed gives none, what is lent ends with the lender, and a post for
    inspection needs a mandate.
    """
    lender_holds = Q(lent_by__isnull=True) | Q(lent_by__valid__contains=on)
    return (
        lender_holds
        & Q(valid__contains=on, person__user__is_active=True)
        & ~Q(post__role__purpose=Purpose.INSPECTION)
    )


def goes_on(*, on: date) -> Q:
    """Return the condition on appointments and mandates that they hold on that day or later.

    A mandate that was withdrawn before it began has no days at all and does not go on.
    """
    open_ended = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=on)
    return open_ended & Q(valid__isempty=False)


def inspections(*, user_id: int, on: date) -> tuple[Inspection, ...]:
    """Return by which mandates an account inspects that day."""
    asked = asked_here()
    if asked is not None and (user_id, on) in asked.inspecting:
        return asked.inspecting[user_id, on]
    held = mandates_held(user_id=user_id, on=on)
    return tuple(Inspection(mandate.uid, mandate.scope.uid) for mandate in held)


def acts_for(*, user_id: int, on: date) -> frozenset[int]:
    """Return the units for which the account acts that day by its office, not from above.

    Those in which it holds a post, and those with which the reach of a post begins: an office that
    works for the whole city acts for the city, and only oversees the units below.
    """
    asked = asked_here()
    if asked is not None:
        _scopes_asked(asked, user_id=user_id, on=on)
        return asked.acting[user_id, on]
    held = Appointment.objects.filter(appointments_in_force(on=on), person__user_id=user_id)
    pairs = held.values_list("post__unit_id", "post__scope_id")
    return frozenset(unit_id for pair in pairs for unit_id in pair)


def _scopes_asked(asked: Asked, *, user_id: int, on: date) -> Scopes:
    """Return what the account may do on that day, asked for once."""
    if (user_id, on) not in asked.scopes:
        asked.scopes[user_id, on] = _scopes(user_id=user_id, on=on)
    return asked.scopes[user_id, on]


def _scopes(*, user_id: int, on: date) -> Scopes:
    """Return what the account may do on that day, and below which paths."""
    paths: dict[str, set[str]] = {}
    inspecting: list[Inspection] = []
    acting: set[int] = set()
    for carried, lent, path, mandate, scope, *own in _rights_held(user_id=user_id, on=on):
        acting.update(unit_id for unit_id in own if unit_id is not None)
        if path is None:
            continue
        if mandate is not None and scope is not None:
            inspecting.append(Inspection(mandate, scope))
        for action in carried if lent is None else set(carried) & set(lent):
            paths.setdefault(action, set()).add(path)
    asked = asked_here()
    if asked is not None:
        asked.inspecting[user_id, on] = tuple(inspecting)
        asked.acting[user_id, on] = frozenset(acting)
    return {action: tuple(sorted(found)) for action, found in paths.items()}


def _rights_held(*, user_id: int, on: date) -> list[_Right]:
    """Return what every post and every mandate gives the account that day."""
    question, values = _question()
    asked: dict[Any, Any] = {_SOMEBODY: user_id, _SOME_DAY: on}
    with connection.cursor() as cursor:
        cursor.execute(question, [asked.get(value, value) for value in values])
        rows: list[_Right] = cursor.fetchall()
    return rows


@cache
def _question() -> tuple[str, tuple[Any, ...]]:
    """Return how the database is asked, and with what: ``_SOMEBODY`` and ``_SOME_DAY`` for now.

    Every act asks this, and putting it into words takes several times longer than the answer.
    """
    return _rights(user_id=_SOMEBODY, on=_SOME_DAY).query.sql_with_params()


def _rights(*, user_id: int, on: date) -> QuerySet[Any, _Right]:
    """Return what every post and every mandate gives.

    Where a scope stands is looked up for each row: a join of it all takes the database many times
    longer to plan than to answer.
    """
    held = Appointment.objects.filter(
        appointments_in_force(on=on), person__user_id=user_id
    ).values_list(
        "post__role__actions",
        "actions",
        _path_of("post__scope_id", on=on),
        Value(None, UUIDField()),
        Value(None, UUIDField()),
        "post__unit_id",
        "post__scope_id",
    )
    mandates = Mandate.objects.filter(
        people__user_id=user_id, people__user__is_active=True, valid__contains=on
    ).values_list(
        "role__actions",
        Value(None, _ACTIONS),
        _path_of("scope_id", on=on),
        "uid",
        "scope__uid",
        Value(None, BigIntegerField()),
        Value(None, BigIntegerField()),
    )
    return held.order_by().union(mandates.order_by(), all=True)


def _path_of(unit: str, *, on: date) -> Subquery:
    """Return where the unit that a column names stands in the main tree that day."""
    places = Placement.objects.filter(
        tree__code=MAIN_TREE, unit_id=OuterRef(unit), valid__contains=on
    )
    return Subquery(places.values("path")[:1])


def _reached(paths: Iterable[str], *, on: date) -> Iterator[int]:
    """Give the units below the paths, and the ended ones that are judged there."""
    scopes = tuple(paths)
    standing = Placement.objects.filter(_below(scopes), tree__code=MAIN_TREE, valid__contains=on)
    yield from standing.values_list("unit_id", flat=True)
    for unit_id, path in ended_units(on=on).judged.items():
        if any(at_or_below(path, scope) for scope in scopes):
            yield unit_id


def _below(paths: Iterable[str]) -> Q:
    """Return the condition "at or below one of these paths"; no path means nowhere."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__within=path)
    return condition


def at_or_below(path: str, scope: str) -> bool:
    """Say whether a path leads to the scope or below it."""
    return path == scope or path.startswith(f"{scope}.")
