"""Changes of an organisation that already works: each an event with its day and legal basis.

What a change will do is worked out by ``rules.placement`` and can be asked for first
(``selectors.preview``). Nothing that stood before the day is touched, and until the day is reached
the change can be taken back whole: a change remembers what it cut short. Whoever changes the tree
has its turn, so that two changes never read the same tree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.units.models import (
    Appointment,
    Change,
    NameKind,
    Placement,
    Succession,
    Tree,
    Unit,
    UnitCode,
    UnitName,
)
from lotrinh.apps.units.selectors.changes import history_around
from lotrinh.apps.units.selectors.rights import asked_in_place_of, may, may_change
from lotrinh.apps.units.services.setting_up import CodeTaken, create_unit, place_unit
from lotrinh.apps.units.services.turns import await_organisation
from lotrinh.rules.actions import Action
from lotrinh.rules.placement import LaterChangeKnown, StandsNowhere, Step
from lotrinh.rules.sorting import sort_key
from lotrinh.rules.succession import ChangeKind, Edge, WrongForm, leads_back, wrong_forms

Dated = Placement | UnitName | UnitCode | Appointment
"""The rows that a change may cut short."""

_TABLES: dict[str, type[Dated]] = {
    "place": Placement,
    "name": UnitName,
    "code": UnitCode,
    "appointment": Appointment,
}
"""Their tables, by the word under which a change remembers them."""


class ChangeNotAllowed(Exception):
    """The account may not change the organisation at this unit."""


class LegalBasisMissing(Exception):
    """A change names the document that orders it."""


class ChangeReached(Exception):
    """The day of the change has come: it is history and cannot be taken back."""


class WrongSuccession(Exception):
    """Who follows whom does not have the form of this kind of change."""

    def __init__(self, forms: set[WrongForm]) -> None:
        super().__init__(", ".join(sorted(forms)))
        self.forms = forms


@dataclass(frozen=True, slots=True)
class Follows:
    """That ``target`` follows ``source``; ``share`` of ``share_of`` where the text states one."""

    source: Unit
    target: Unit
    answers: bool = True
    whole: bool = True
    share: Decimal | None = None
    share_of: str = ""


@transaction.atomic
def establish_unit(
    *,
    code: str,
    kind: str,
    name_vi: str,
    name_en: str,
    tree: Tree,
    parent: Unit,
    day: date,
    legal_basis: str,
    user: User,
    client_key: UUID | None = None,
    on: date,
    at: datetime,
) -> Change:
    """Let a new unit begin under ``parent`` on ``day``.

    Raises ChangeNotAllowed, LegalBasisMissing, CodeTaken, ParentNotInForce.
    """
    _allowed(user, parent, on=on)
    await_organisation()
    if known := _sent_before(client_key):
        return known
    if Unit.objects.filter(code=code).exists():
        raise CodeTaken(code)
    change = _open(ChangeKind.CREATE, day=day, basis=legal_basis, key=client_key, at=at)
    unit = create_unit(
        code=code,
        kind=kind,
        name_vi=name_vi,
        name_en=name_en,
        since=day,
        actor=user.named,
        at=at,
    )
    place_unit(
        unit=unit,
        tree=tree,
        parent=parent,
        since=day,
        legal_basis=legal_basis,
        change=change,
        actor=user.named,
        at=at,
    )
    return _close(change, [unit], [], actor=user.named, at=at)


@transaction.atomic
def rename_unit(
    *,
    unit: Unit,
    name_vi: str,
    name_en: str,
    day: date,
    legal_basis: str,
    user: User,
    client_key: UUID | None = None,
    on: date,
    at: datetime,
) -> Change:
    """Let a unit bear other official names from ``day``; the old ones stay for the days before.

    Raises ChangeNotAllowed, LegalBasisMissing, LaterChangeKnown.
    """
    _allowed(user, unit, on=on)
    await_organisation()
    if known := _sent_before(client_key):
        return known
    change = _open(ChangeKind.RENAME, day=day, basis=legal_basis, key=client_key, at=at)
    held = UnitName.objects.filter(unit=unit, kind=NameKind.OFFICIAL, valid__endswith__isnull=True)
    ended = []
    for row in held:
        if row.valid.lower is not None and row.valid.lower >= day:
            raise LaterChangeKnown(unit.pk, row.valid.lower)
        ended.append(_cut("name", row, day))
    for language, text in (("vi", name_vi), ("en", name_en)):
        UnitName.of(
            unit,
            NameKind.OFFICIAL,
            text,
            valid=DateRange(day, None),
            language=language,
            legal_basis=legal_basis,
            change=change,
        ).save()
    _take_name(unit, on=on)
    return _close(change, [unit], ended, actor=user.named, at=at)


@transaction.atomic
def move_unit(
    *,
    unit: Unit,
    tree: Tree,
    parent: Unit,
    day: date,
    legal_basis: str,
    user: User,
    client_key: UUID | None = None,
    on: date,
    at: datetime,
) -> Change:
    """Let a unit and everyone below it stand under another parent from ``day``.

    The account needs the right at both. Raises ChangeNotAllowed, LegalBasisMissing, and what
    ``TreeHistory.move`` refuses.
    """
    _allowed(user, unit, on=on)
    _allowed(user, parent, on=on)
    await_organisation()
    if known := _sent_before(client_key):
        return known
    change = _open(ChangeKind.RESUBORDINATE, day=day, basis=legal_basis, key=client_key, at=at)
    history = history_around(unit_id=unit.pk, others=[parent.pk], tree=tree, day=day)
    step = history.move(unit.pk, parent.pk, day)
    ended = _take(step, tree, change)
    moved = Unit.objects.filter(pk__in={place.unit for place in step.begun})
    return _close(change, moved, ended, actor=user.named, at=at)


@transaction.atomic
def abolish_unit(
    *,
    unit: Unit,
    receiver: Unit,
    day: date,
    legal_basis: str,
    user: User,
    client_key: UUID | None = None,
    on: date,
    at: datetime,
) -> Change:
    """Let a unit stand no more from ``day``; ``receiver`` answers for what it still owed.

    Its posts end with it. Raises ChangeNotAllowed, LegalBasisMissing, WrongSuccession, and what
    ``TreeHistory.end`` refuses.
    """
    _allowed(user, unit, on=on)
    _allowed(user, receiver, on=on)
    return change_organisation(
        kind=ChangeKind.ABOLISH,
        follows=[Follows(unit, receiver)],
        ending=[unit],
        day=day,
        legal_basis=legal_basis,
        client_key=client_key,
        actor=user.named,
        at=at,
    )


@transaction.atomic
def change_organisation(
    *,
    kind: ChangeKind,
    follows: Iterable[Follows],
    ending: Iterable[Unit],
    day: date,
    legal_basis: str,
    client_key: UUID | None = None,
    actor: Named,
    at: datetime,
) -> Change:
    """Record one succession: who ends on ``day`` and who follows whom. The caller checks the right.

    Every target must stand on that day, somewhere, and nobody may come to answer for himself.
    Raises LegalBasisMissing, WrongSuccession, LaterChangeKnown, StandsNowhere, and what
    ``TreeHistory.end`` refuses.
    """
    edges, gone = list(follows), list(ending)
    forms = wrong_forms(
        kind,
        [Edge(one.source.pk, one.target.pk, one.answers, one.whole, one.share) for one in edges],
        ending=[unit.pk for unit in gone],
    )
    if forms:
        raise WrongSuccession(forms)
    await_organisation()
    if known := _sent_before(client_key):
        return known
    ends = {unit.pk for unit in gone}
    _check_answers([edge for edge in edges if edge.answers and edge.source.pk in ends])
    change = _open(kind, day=day, basis=legal_basis, key=client_key, at=at)
    ended = [row for unit in gone for row in _end(unit, day)]
    for edge in edges:
        if not Placement.objects.filter(unit=edge.target, valid__contains=day).exists():
            raise StandsNowhere(edge.target.pk, day)
        Succession.objects.create(
            change=change,
            source=edge.source,
            target=edge.target,
            answers=edge.answers and edge.source.pk in ends,
            whole=edge.whole,
            share=edge.share,
            share_of=edge.share_of,
        )
    touched = {unit.pk: unit for edge in edges for unit in (edge.source, edge.target)}
    return _close(change, touched.values(), ended, actor=actor, at=at)


@transaction.atomic
def undo_change(*, change: Change, user: User, on: date, at: datetime) -> Change:
    """Take a change back whole; allowed until the day before it takes effect.

    Raises ChangeNotAllowed, ChangeReached, LaterChangeKnown. Undoing twice is undoing once.
    """
    await_organisation()
    held = Change.objects.select_for_update().get(pk=change.pk)
    if held.undone_at is not None:
        return held
    units = list(held.units.all())
    if not may_change(change=held, user_id=user.pk, on=on):
        raise ChangeNotAllowed(str(held.uid))
    if held.day <= on:
        raise ChangeReached(held.day.isoformat())
    later = Change.objects.filter(undone_at=None, pk__gt=held.pk, units__in=units).order_by("pk")
    if latest := later.first():
        raise LaterChangeKnown(units[0].pk, latest.day)
    _check_nobody_stands_on(held)
    Placement.objects.filter(change=held).delete()
    UnitName.objects.filter(change=held).delete()
    Succession.objects.filter(change=held).delete()
    try:
        with transaction.atomic():
            for row in held.ended:
                _uncut(row, held.day)
    except IntegrityError as taken:
        raise LaterChangeKnown(units[0].pk, held.day) from taken
    _check_restored(held)
    held.undone_at = at
    held.save(update_fields=["undone_at"])
    journal.record(
        "change.undone", held.named, actor=user.named, at=at, data={"kind": str(held.kind)}
    )
    return held


@transaction.atomic
def take_names(*, on: date, at: datetime) -> int:
    """Let every unit whose new name has begun by that day bear it; return how many there were.

    Run often: a planned change of name needs nobody at midnight.
    """
    due = Change.objects.filter(kind=ChangeKind.RENAME, undone_at=None, day__lte=on)
    renamed = Unit.objects.filter(changes__in=due).distinct()
    taken = [unit for unit in renamed if _take_name(unit, on=on)]
    for unit in taken:
        journal.record("unit.renamed", unit.named, actor=SYSTEM, at=at, unit_uid=unit.uid)
    return len(taken)


def _check_answers(edges: Sequence[Follows]) -> None:
    """Refuse a second end of one unit, and units that would answer for each other."""
    known = Succession.objects.filter(answers=True, change__undone_at=None)
    heirs = {
        source: (day, target)
        for source, day, target in known.values_list("source_id", "change__day", "target_id")
    }
    for edge in edges:
        if edge.source.pk in heirs:
            raise LaterChangeKnown(edge.source.pk, heirs[edge.source.pk][0])
    for edge in edges:
        if leads_back(Edge(edge.source.pk, edge.target.pk), heirs):
            raise WrongSuccession({WrongForm.ANSWERS_IN_CIRCLE})


def _check_nobody_stands_on(change: Change) -> None:
    """Refuse to take back a place on which a unit that came later stands."""
    for place in Placement.objects.filter(change=change):
        later = Placement.objects.filter(
            tree=place.tree_id, path__within=place.path, valid__overlap=place.valid
        ).exclude(change=change)
        if found := later.first():
            raise LaterChangeKnown(found.unit_id, found.valid.lower)


def _allowed(user: User, unit: Unit, *, on: date) -> None:
    """Raise ChangeNotAllowed without the right; a unit still to begin is judged at its superior."""
    asked = asked_in_place_of([unit.pk], on=on)
    if not all(may(user_id=user.pk, action=Action.CHANGE_UNIT, unit_id=pk, on=on) for pk in asked):
        raise ChangeNotAllowed(unit.code)


def _sent_before(client_key: UUID | None) -> Change | None:
    """Return the change that this form has made already: sending it twice is sending it once."""
    return Change.objects.filter(client_key=client_key).first() if client_key else None


def _open(kind: ChangeKind, *, day: date, basis: str, key: UUID | None, at: datetime) -> Change:
    if not basis.strip():
        raise LegalBasisMissing(kind)
    return Change.objects.create(
        kind=kind, day=day, legal_basis=basis.strip(), client_key=key, recorded_at=at
    )


def _close(
    change: Change,
    units: Iterable[Unit],
    ended: Sequence[dict[str, object]],
    *,
    actor: Named,
    at: datetime,
) -> Change:
    """Keep what the change touched and cut short, and record it."""
    touched = list(units)
    change.units.set(touched)
    change.ended = list(ended)
    change.save(update_fields=["ended"])
    journal.record(
        "unit.changed",
        change.named,
        actor=actor,
        at=at,
        unit_uid=touched[0].uid if touched else None,
        data={
            "kind": str(change.kind),
            "day": change.day.isoformat(),
            "units": sorted(str(unit.uid) for unit in touched),
        },
    )
    return change


def _end(unit: Unit, day: date) -> list[dict[str, object]]:
    """End a unit in every tree, with its codes and the holders of its posts."""
    trees = Tree.objects.filter(placements__unit=unit, placements__valid__contains=day).distinct()
    if not trees:
        raise StandsNowhere(unit.pk, day)
    ended: list[dict[str, object]] = []
    for tree in trees.order_by("code"):
        history = history_around(unit_id=unit.pk, others=(), tree=tree, day=day)
        ended += _take(history.end(unit.pk, day), tree, None)
    for code in UnitCode.objects.filter(unit=unit, valid__contains=day):
        ended.append(_cut("code", code, day))
    reaching = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=day)
    for held in Appointment.objects.filter(reaching, post__unit=unit):
        if held.valid.lower >= day:
            raise LaterChangeKnown(unit.pk, held.valid.lower)
        ended.append(_cut("appointment", held, day))
    return ended


def _take(step: Step, tree: Tree, change: Change | None) -> list[dict[str, object]]:
    """Write a step of a tree; return what it cut short."""
    rows = {
        (row.unit_id, row.valid.lower): row
        for row in Placement.objects.filter(
            tree=tree, unit_id__in=[place.unit for place in step.ended]
        )
    }
    ended = [_cut("place", rows[place.unit, place.since], step.day) for place in step.ended]
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


def _cut(table: str, row: Dated, day: date) -> dict[str, object]:
    """End a row on ``day``; return what has to be known to take that back."""
    was = row.valid.upper.isoformat() if row.valid.upper else None
    _give_end(table, row, day)
    return {"table": table, "id": row.pk, "until": was}


def _uncut(kept: dict[str, Any], day: date) -> None:
    """Give a row the end again that it had before; one that ends otherwise by now stays."""
    table = str(kept["table"])
    until = date.fromisoformat(str(kept["until"])) if kept["until"] else None
    for row in _TABLES[table].objects.filter(pk=kept["id"], valid__endswith=day):
        _give_end(table, row, until)


def _check_restored(change: Change) -> None:
    """Refuse to restore a place whose superior has ended or moved meanwhile."""
    restored = [row["id"] for row in change.ended if row["table"] == "place"]
    for place in Placement.objects.filter(pk__in=restored, parent__isnull=False):
        above, _, _ = str(place.path).rpartition(".")
        stands = Placement.objects.filter(
            tree=place.tree_id, unit=place.parent_id, path=above, valid__contains=place.valid
        )
        if place.parent_id is not None and not stands.exists():
            raise LaterChangeKnown(place.parent_id, change.day)


def _give_end(table: str, row: Dated, until: date | None) -> None:
    _TABLES[table].objects.filter(pk=row.pk).update(valid=DateRange(row.valid.lower, until))


def _take_name(unit: Unit, *, on: date) -> bool:
    """Let the row of the unit show the official names of that day; say whether it did not."""
    rows = UnitName.objects.filter(unit=unit, kind=NameKind.OFFICIAL, valid__contains=on)
    names = dict(rows.values_list("language", "text"))
    name_vi, name_en = names.get("vi", unit.name_vi), names.get("en", unit.name_en)
    if (name_vi, name_en) == (unit.name_vi, unit.name_en):
        return False
    Unit.objects.filter(pk=unit.pk).update(
        name_vi=name_vi, name_en=name_en, sort_key=sort_key(name_vi)
    )
    return True
