"""Rows that a change begins and cuts short, and how each gets back the end that it had.

Nothing here asks who may or keeps what was done: that is for the acts in ``changes`` and for
``undoing``.
"""

from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from lotrinh.apps.units.models import (
    Appointment,
    Change,
    Placement,
    Post,
    Tree,
    Unit,
    UnitCode,
    UnitName,
)
from lotrinh.apps.units.selectors.changes import history_around
from lotrinh.rules.placement import LaterChangeKnown, StandsNowhere, Step

Dated = Placement | UnitName | UnitCode | Appointment | Post
"""The rows that a change may cut short."""

_TABLES: dict[str, type[Dated]] = {
    "place": Placement,
    "name": UnitName,
    "code": UnitCode,
    "appointment": Appointment,
    "post": Post,
}
"""Their tables, by the word under which a change remembers them."""


def end_unit(*, unit: Unit, day: date) -> list[dict[str, object]]:
    """End a unit in every tree, with its codes, its posts and their holders."""
    trees = Tree.objects.filter(placements__unit=unit, placements__valid__contains=day).distinct()
    if not trees:
        raise StandsNowhere(unit.pk, day)
    ended: list[dict[str, object]] = []
    for tree in trees.order_by("code"):
        history = history_around(unit_id=unit.pk, others=(), tree=tree, day=day)
        ended += take_step(step=history.end(unit.pk, day), tree=tree)
    for code in UnitCode.objects.filter(unit=unit, valid__contains=day):
        ended.append(cut(table="code", row=code, day=day))
    reaching = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=day)
    for held in Appointment.objects.filter(reaching, post__unit=unit):
        if held.valid.lower >= day:
            raise LaterChangeKnown(unit.pk, held.valid.lower)
        ended.append(cut(table="appointment", row=held, day=day))
    for post in Post.objects.filter(reaching, unit=unit):
        if post.valid.lower is not None and post.valid.lower >= day:
            raise LaterChangeKnown(unit.pk, post.valid.lower)
        ended.append(cut(table="post", row=post, day=day))
    return ended


def end_with_unit(*, table: str, row: Post | UnitCode, day: date) -> None:
    """Keep that a new row ends on ``day`` with its unit alone: undoing that end takes its end."""
    kept = {**cut(table=table, row=row, day=day), "until": None}
    for place in Placement.objects.filter(unit=row.unit, valid__endswith=day):
        ending = [{"table": "place", "id": place.pk}]
        for change in Change.objects.filter(undone_at=None, day=day, ended__contains=ending)[:1]:
            change.ended = [*change.ended, kept]
            change.save(update_fields=["ended"])
            return


def take_step(*, step: Step, tree: Tree, change: Change | None = None) -> list[dict[str, object]]:
    """Write a step of a tree; return what it cut short."""
    rows = {
        (row.unit_id, row.valid.lower): row
        for row in Placement.objects.filter(
            tree=tree, unit_id__in=[place.unit for place in step.ended]
        )
    }
    ended = [
        cut(table="place", row=rows[place.unit, place.since], day=step.day) for place in step.ended
    ]
    Placement.objects.bulk_create(
        Placement(
            unit_id=place.unit,
            tree=tree,
            parent_id=place.parent,
            path=".".join(map(str, place.path)),
            valid=DateRange(place.since, place.until),
            legal_basis=change.legal_basis if change else "",
            change=change,
        )
        for place in step.begun
    )
    return ended


def cut(*, table: str, row: Dated, day: date) -> dict[str, object]:
    """End a row on ``day``; return what has to be known to take that back."""
    was = row.valid.upper.isoformat() if row.valid.upper else None
    _give_end(table, row, day)
    return {"table": table, "id": row.pk, "until": was}


def uncut(*, kept: dict[str, Any], day: date) -> None:
    """Give a row the end again that it had before; one that ends otherwise by now stays."""
    table = str(kept["table"])
    until = date.fromisoformat(str(kept["until"])) if kept["until"] else None
    for row in _TABLES[table].objects.filter(pk=kept["id"], valid__endswith=day):
        _give_end(table, row, until)


def _give_end(table: str, row: Dated, until: date | None) -> None:
    _TABLES[table].objects.filter(pk=row.pk).update(valid=DateRange(row.valid.lower, until))
