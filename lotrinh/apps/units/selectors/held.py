"""What the posts and the mandates of an account give it on a day: the question that is asked first.

An act asks for the rights alone, of the few units that it touches. A page asks in the same breath
which units stand below each scope and which have ended, for all that it shows is narrowed by these,
and as whom the account is known, for its frame says so.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
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
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject

from lotrinh.apps.journal.statements import SOME_DAY, SOME_ID, ask, worded
from lotrinh.apps.units.models import Appointment, Mandate, Placement, Purpose
from lotrinh.apps.units.selectors.asked import KnownAs
from lotrinh.apps.units.selectors.ended import Ended, EndedRow, ended_rows, understood
from lotrinh.apps.units.selectors.trees import MAIN_TREE

Right = tuple[
    list[str], list[str] | None, str | None, UUID | None, UUID | None, int | None, int | None
]
"""What is carried, what of it is lent, the path of the scope (None: it stands nowhere); of a
mandate its uid and its unit, of a post its unit and its scope."""

_ACTIONS = ArrayField(CharField(max_length=40), null=True)

_AND_REACH = """
WITH held (carried, lent, path, mandate, scope, post_unit, post_scope) AS MATERIALIZED ({rights})
SELECT carried, lent, path, mandate, scope, post_unit, post_scope, ARRAY({standing}), (
    SELECT json_agg(
        json_build_array(unit_id, in_tree, path, heir, heir_day, heir_path) ORDER BY begun
    )::text
    FROM ({ended}) AS ended (unit_id, in_tree, path, heir, heir_day, heir_path, begun)
), ({known_as})::text
FROM held
"""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a page learns of an account: its rights, and what it asks for in the same breath.

    ``below`` tells by the path of a scope which units stand at or below it.
    """

    rights: list[Right]
    below: Mapping[str, frozenset[int]]
    ended: Ended
    known_as: KnownAs | None


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


def rights_held(*, user_id: int, on: date) -> list[Right]:
    """Return what every post and every mandate gives the account that day."""
    return ask(_of_acts(), about=user_id, on=on)


def learn(*, user_id: int, on: date) -> Learnt | None:
    """Return ``rights_held`` with all that a page wants to know; None where there is no right."""
    rows = ask(_of_pages(), about=user_id, on=on)
    if not rows:
        return None
    *_, ended, known_as = rows[0]
    return Learnt(
        rights=[row[:7] for row in rows],
        below={row[2]: frozenset(row[7]) for row in rows if row[2] is not None},
        ended=understood(_told(ended), on=on),
        known_as=_person(json.loads(known_as)) if known_as else None,
    )


def who_is(*, user_id: int, on: date) -> KnownAs | None:
    """Return as whom an account is known that day, by its first post; None without a post."""
    told = _posts(user_id=user_id, on=on).first()
    return _person(told) if told else None


def _told(rows: str | None) -> list[EndedRow]:
    """Return the ended units as the database wrote them down; it writes nothing for none."""
    return [
        (unit_id, tree, path, heir, date.fromisoformat(day) if day else None, heir_path)
        for unit_id, tree, path, heir, day, heir_path in json.loads(rows or "[]")
    ]


def _person(told: Mapping[str, Any]) -> KnownAs:
    return KnownAs(**{**told, "unit_uid": UUID(told["unit_uid"])})


@cache
def _of_pages() -> str:
    """Return how a page asks."""
    rights, of_rights = _question()
    here = RawSQL("held.path::ltree", [])
    places = Placement.objects.filter(
        path__within=here, tree__code=MAIN_TREE, valid__contains=SOME_DAY
    )
    standing, of_standing = places.values("unit_id").query.sql_with_params()
    ended, of_ended = ended_rows(on=SOME_DAY).query.sql_with_params()
    first = _posts(user_id=SOME_ID, on=SOME_DAY)[:1]
    known_as, of_known = first.query.sql_with_params()
    words = _AND_REACH.format(rights=rights, standing=standing, ended=ended, known_as=known_as)
    return worded(words, (*of_rights, *of_standing, *of_ended, *of_known))


@cache
def _of_acts() -> str:
    """Return how an act asks."""
    return worded(*_question())


def _question() -> tuple[str, tuple[Any, ...]]:
    """Return how the database is asked, and with what: ``SOME_ID`` and ``SOME_DAY`` for now."""
    return _rights(user_id=SOME_ID, on=SOME_DAY).query.sql_with_params()


def _rights(*, user_id: int, on: date) -> QuerySet[Any, Right]:
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


def _posts(*, user_id: int, on: date) -> QuerySet[Appointment, Any]:
    """Return the posts of an account that day as ``KnownAs`` tells them, the first one first.

    Also those that give no right.
    """
    held = Appointment.objects.filter(person__user_id=user_id, valid__contains=on)
    told = JSONObject(
        person_name="person__full_name",
        title_vi="post__title_vi",
        title_en="post__title_en",
        unit_id="post__unit_id",
        unit_uid="post__unit__uid",
        name_vi="post__unit__name_vi",
        name_en="post__unit__name_en",
    )
    return held.order_by("held_as", "post__rank", "id").values_list(told, flat=True)


def _path_of(unit: str, *, on: date) -> Subquery:
    """Return where the unit that a column names stands in the main tree that day."""
    places = Placement.objects.filter(
        tree__code=MAIN_TREE, unit_id=OuterRef(unit), valid__contains=on
    )
    return Subquery(places.values("path")[:1])
