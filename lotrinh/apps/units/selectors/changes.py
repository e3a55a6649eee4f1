"""Reads of changes: what happened to the organisation, who follows whom, what a step would do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from lotrinh.apps.units.models import (
    Appointment,
    Change,
    Placement,
    Succession,
    Tree,
    Unit,
    UnitName,
)
from lotrinh.apps.units.selectors.asked import asked_here
from lotrinh.apps.units.selectors.ended import Heirs, ended_units
from lotrinh.apps.units.selectors.trees import MAIN_TREE
from lotrinh.rules.placement import Place, StandsNowhere, Step, TreeHistory
from lotrinh.rules.succession import ChangeKind, answering

_LED_TO = """
WITH RECURSIVE answering AS NOT MATERIALIZED (
    SELECT succession.source_id, change.day, succession.target_id
    FROM units_succession AS succession JOIN units_change AS change ON change.id = change_id
    WHERE succession.answers AND change.day <= %(on)s
), led AS (
    SELECT * FROM answering WHERE source_id = ANY(%(units)s)
    UNION
    SELECT answering.* FROM answering JOIN led ON answering.source_id = led.target_id
)
SELECT source_id, day, target_id FROM led
"""
"""Every succession that leads on from some units; UNION ends a circle that should not be."""


@dataclass(frozen=True, slots=True)
class Followed:
    """That one unit follows another since a day, wholly or in part."""

    source: Unit
    target: Unit
    kind: str
    day: date
    legal_basis: str
    answers: bool
    whole: bool
    share: Decimal | None
    share_of: str


@dataclass(frozen=True, slots=True)
class TreeChanges:
    """What differs between two days of one tree, as ids of units."""

    come: tuple[int, ...]
    gone: tuple[int, ...]
    moved: tuple[int, ...]
    renamed: tuple[int, ...]


def change_by_uid(uid: UUID) -> Change | None:
    """Return the change with this uid, or None."""
    return Change.objects.prefetch_related("units").filter(uid=uid).first()


def change_by_key(client_key: UUID | None) -> Change | None:
    """Return the change that a form with this key has made, or None."""
    return Change.objects.filter(client_key=client_key).first() if client_key else None


def begun_names(*, change: Change) -> tuple[UnitName, ...]:
    """Return the official names that began with a change."""
    rows = UnitName.objects.filter(change=change).select_related("unit")
    return tuple(rows.order_by("unit_id", "language"))


def begun_places(*, change: Change) -> tuple[Placement, ...]:
    """Return the places that began with a change, the highest first."""
    rows = Placement.objects.filter(change=change).select_related("unit", "parent", "tree")
    return tuple(rows.order_by("path"))


def successions_in(*, change: Change) -> tuple[Followed, ...]:
    """Return who follows whom by a change, in the order of Vietnamese names."""
    rows = Succession.objects.filter(change=change).select_related("source", "target", "change")
    found = rows.order_by("source__sort_key", "-answers", "target__sort_key")
    return tuple(_followed(row) for row in found)


def past_changes(*, on: date) -> QuerySet[Change]:
    """Return the changes whose day has come, the latest first."""
    found = Change.objects.filter(undone_at=None, day__lte=on)
    return found.prefetch_related("units").order_by("-day", "-pk")


def planned_changes(*, on: date) -> QuerySet[Change]:
    """Return the changes whose day is still to come, the nearest first."""
    found = Change.objects.filter(undone_at=None, day__gt=on)
    return found.prefetch_related("units").order_by("day", "pk")


def changes_after(found: QuerySet[Change], uid: UUID, *, on: date) -> QuerySet[Change]:
    """Return what follows the change ``uid`` in ``past_changes`` or ``planned_changes``."""
    last = found.filter(uid=uid).values_list("day", "pk").first()
    if last is None:
        return found.none()
    day, pk = last
    if day > on:
        return found.filter(Q(day__gt=day) | Q(day=day, pk__gt=pk))
    return found.filter(Q(day__lt=day) | Q(day=day, pk__lt=pk))


def changes_of(*, unit_id: int) -> tuple[Change, ...]:
    """Return what happened to a unit, the earliest first; what was taken back is not among it."""
    return tuple(Change.objects.filter(undone_at=None, units=unit_id).order_by("day", "pk"))


def establishment_undone(*, unit_id: int) -> Change | None:
    """Return the establishment of a unit that was taken back, so that it never began; else None."""
    return _undone_establishments().filter(units=unit_id).first()


def never_begun() -> frozenset[int]:
    """Return the ids of units whose establishment was taken back: their rows stay, unlisted."""
    return frozenset(_undone_establishments().values_list("units", flat=True))


def _undone_establishments() -> QuerySet[Change]:
    return Change.objects.filter(kind=ChangeKind.CREATE, undone_at__isnull=False)


def successions_of(*, unit_id: int) -> tuple[tuple[Followed, ...], tuple[Followed, ...]]:
    """Return the units that a unit follows, then those that follow it, the one that answers first.

    Each in the order of days and of Vietnamese names.
    """
    rows = Succession.objects.filter(Q(source_id=unit_id) | Q(target_id=unit_id))
    found = rows.select_related("source", "target", "change").order_by(
        "change__day", "-answers", "source__sort_key", "target__sort_key"
    )
    before = tuple(_followed(row) for row in found if row.target_id == unit_id)
    after = tuple(_followed(row) for row in found if row.source_id == unit_id)
    return before, after


def answerable_for(unit_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Return for each unit the unit that answers on that day for what it owed.

    A unit that has not ended by that day answers for itself.
    """
    wanted = list(unit_ids)
    asked = asked_here()
    whole = asked is not None and asked.is_page
    heirs = heirs_by(on=on) if whole else _heirs_from(wanted, on=on)
    return {unit_id: answering(unit_id, on, heirs) for unit_id in wanted}


def answered_for_by(unit_id: int, *, on: date) -> tuple[int, ...]:
    """Return the ids of all ended units for which the unit answers on that day, itself first."""
    heirs = heirs_by(on=on)
    taken: dict[int, list[int]] = {}
    for source, (_, target) in heirs.items():
        taken.setdefault(target, []).append(source)
    if unit_id in heirs:
        return ()
    found = [unit_id]
    for held in found:
        found += taken.get(held, ())
    return tuple(found)


def heirs_by(*, on: date) -> Heirs:
    """Return for each unit that ended by that day when, and which unit answers since."""
    return ended_units(on=on).heirs


def _heirs_from(unit_ids: Iterable[int], *, on: date) -> Heirs:
    """Return of ``heirs_by`` what these units lead to, in one question."""
    with connection.cursor() as cursor:
        cursor.execute(_LED_TO, {"units": list(unit_ids), "on": on})
        return {source: (day, target) for source, day, target in cursor.fetchall()}


def tree_changes(*, first: date, last: date, tree: str = MAIN_TREE) -> TreeChanges:
    """Return what differs between two days, in either order of them."""
    if first == last:
        return TreeChanges((), (), (), ())
    rows = Placement.objects.filter(tree__code=tree)
    before = dict(rows.filter(valid__contains=first).values_list("unit_id", "parent_id"))
    after = dict(rows.filter(valid__contains=last).values_list("unit_id", "parent_id"))
    stayed = before.keys() & after.keys()
    renamed = (
        Change.objects.filter(
            kind="rename", undone_at=None, day__gt=min(first, last), day__lte=max(first, last)
        )
        .values_list("units", flat=True)
        .distinct()
    )
    return TreeChanges(
        come=tuple(sorted(after.keys() - before.keys())),
        gone=tuple(sorted(before.keys() - after.keys())),
        moved=tuple(sorted(unit for unit in stayed if before[unit] != after[unit])),
        renamed=tuple(sorted(stayed & set(renamed))),
    )


def preview_move(*, unit_id: int, parent_id: int, tree: Tree, day: date) -> Step:
    """Return what moving the unit would do. Raises what ``TreeHistory.move`` refuses."""
    history = history_around(unit_id=unit_id, others=[parent_id], tree=tree, day=day)
    return history.move(unit_id, parent_id, day)


def preview_end(*, unit_id: int, day: date) -> tuple[Step, ...]:
    """Return what ending the unit would do, tree by tree.

    Raises what ``TreeHistory.end`` refuses, and StandsNowhere.
    """
    trees = Tree.objects.filter(
        placements__unit=unit_id, placements__valid__contains=day
    ).distinct()
    steps = tuple(
        history_around(unit_id=unit_id, others=(), tree=tree, day=day).end(unit_id, day)
        for tree in trees
    )
    if not steps:
        raise StandsNowhere(unit_id, day)
    return steps


def posts_ending(*, unit_id: int, day: date) -> int:
    """Return how many appointments to posts of the unit reach beyond the day before ``day``."""
    reaching = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=day)
    return Appointment.objects.filter(reaching, post__unit=unit_id).count()


def history_around(*, unit_id: int, others: Iterable[int], tree: Tree, day: date) -> TreeHistory:
    """Return of a tree what a change of this unit on that day has to know.

    The unit and everyone below it from that day on, whoever stands directly under it, and the
    units of ``others``.
    """
    rows = Placement.objects.filter(tree=tree)
    paths = rows.filter(unit_id=unit_id, valid__contains=day).values_list("path", flat=True)
    wanted = Q(unit_id__in=[unit_id, *others]) | Q(parent_id=unit_id)
    for path in paths:
        wanted |= Q(path__within=path)
    reaching = rows.filter(Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=day))
    return TreeHistory(
        Place(
            unit=row.unit_id,
            parent=row.parent_id,
            path=tuple(int(label) for label in row.path.split(".")),
            since=row.valid.lower,
            until=row.valid.upper,
        )
        for row in reaching.filter(wanted)
    )


def _followed(row: Succession) -> Followed:
    return Followed(
        source=row.source,
        target=row.target,
        kind=row.change.kind,
        day=row.change.day,
        legal_basis=row.change.legal_basis,
        answers=row.answers,
        whole=row.whole,
        share=row.share,
        share_of=row.share_of,
    )


def days_of_change(*, tree: str = MAIN_TREE) -> tuple[date, ...]:
    """Return the days on which a unit begins or ends anywhere in the tree, the earliest first."""
    bounds = Placement.objects.filter(tree__code=tree).values_list("valid", flat=True).distinct()
    days = {day for held in bounds for day in (held.lower, held.upper) if day is not None}
    return tuple(sorted(days))
