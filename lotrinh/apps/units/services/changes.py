"""Changes of an organisation that already works: each an event with its day and legal basis.

What a change will do is worked out by ``rules.placement`` and can be asked for first
(``selectors.preview``). Nothing that stood before the day is touched, and until the day is reached
the change can be taken back whole (``undoing``): a change remembers what it cut short. Whoever
changes the tree has its turn, so that two changes never read the same tree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.units.models import (
    Change,
    NameKind,
    Placement,
    Succession,
    Tree,
    Unit,
    UnitName,
)
from lotrinh.apps.units.selectors.changes import history_around
from lotrinh.apps.units.selectors.rights import asked_in_place_of, may
from lotrinh.apps.units.services.change_rows import cut, end_unit, take_step
from lotrinh.apps.units.services.definers import definers_kept
from lotrinh.apps.units.services.setting_up import CodeTaken, create_unit, place_unit
from lotrinh.apps.units.services.turns import await_organisation
from lotrinh.rules.actions import Action
from lotrinh.rules.placement import LaterChangeKnown, StandsNowhere
from lotrinh.rules.sorting import sort_key
from lotrinh.rules.succession import ChangeKind, Edge, WrongForm, leads_back, wrong_forms


class ChangeNotAllowed(Exception):
    """The account may not change the organisation at this unit."""


class LegalBasisMissing(Exception):
    """A change names the document that orders it."""


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


class By(TypedDict):
    """Who does it, at which instant."""

    actor: Named
    at: datetime


class Told(TypedDict):
    """What every change says of itself: from which day, by which document, sent with which form."""

    day: date
    legal_basis: str
    client_key: NotRequired[UUID | None]
    at: datetime


class Ordered(Told):
    """A change that an account asks for, with its rights of the day ``on``."""

    user: User
    on: date


@transaction.atomic
def establish_unit(
    *,
    code: str,
    kind: str,
    name_vi: str,
    name_en: str,
    tree: Tree,
    parent: Unit,
    **order: Unpack[Ordered],
) -> Change:
    """Let a new unit begin under ``parent`` on ``day``.

    Raises ChangeNotAllowed, LegalBasisMissing, CodeTaken, ParentNotInForce.
    """
    if known := _in_turn(order, parent):
        return known
    if Unit.objects.filter(code=code).exists():
        raise CodeTaken(code)
    change = _open(ChangeKind.CREATE, order)
    by: By = {"actor": order["user"].named, "at": order["at"]}
    unit = create_unit(
        code=code, kind=kind, name_vi=name_vi, name_en=name_en, since=change.day, **by
    )
    place_unit(
        unit=unit,
        tree=tree,
        parent=parent,
        since=change.day,
        legal_basis=change.legal_basis,
        change=change,
        **by,
    )
    return _close(change, [unit], [], **by)


@transaction.atomic
def rename_unit(*, unit: Unit, name_vi: str, name_en: str, **order: Unpack[Ordered]) -> Change:
    """Let a unit bear other official names from ``day``; the old ones stay for the days before.

    Raises ChangeNotAllowed, LegalBasisMissing, LaterChangeKnown.
    """
    if known := _in_turn(order, unit):
        return known
    change = _open(ChangeKind.RENAME, order)
    held = UnitName.objects.filter(unit=unit, kind=NameKind.OFFICIAL, valid__endswith__isnull=True)
    ended = []
    for row in held:
        if row.valid.lower is not None and row.valid.lower >= change.day:
            raise LaterChangeKnown(unit.pk, row.valid.lower)
        ended.append(cut(table="name", row=row, day=change.day))
    for language, text in (("vi", name_vi), ("en", name_en)):
        UnitName.of(
            unit,
            NameKind.OFFICIAL,
            text,
            valid=DateRange(change.day, None),
            language=language,
            legal_basis=order["legal_basis"],
            change=change,
        ).save()
    _take_name(unit, on=order["on"])
    return _close(change, [unit], ended, actor=order["user"].named, at=order["at"])


@transaction.atomic
def move_unit(*, unit: Unit, tree: Tree, parent: Unit, **order: Unpack[Ordered]) -> Change:
    """Let a unit and everyone below it stand under another parent from ``day``.

    The account needs the right at both. Raises ChangeNotAllowed, LegalBasisMissing, NobodyDefines,
    and what ``TreeHistory.move`` refuses.
    """
    if known := _in_turn(order, unit, parent):
        return known
    change = _open(ChangeKind.RESUBORDINATE, order)
    history = history_around(unit_id=unit.pk, others=[parent.pk], tree=tree, day=change.day)
    step = history.move(unit.pk, parent.pk, change.day)
    with definers_kept(since=change.day, by=unit.code):
        ended = take_step(step=step, tree=tree, change=change)
    moved = Unit.objects.filter(pk__in={place.unit for place in step.begun})
    return _close(change, moved, ended, actor=order["user"].named, at=order["at"])


@transaction.atomic
def abolish_unit(*, unit: Unit, receiver: Unit, **order: Unpack[Ordered]) -> Change:
    """Let a unit stand no more from ``day``; ``receiver`` answers for what it still owed.

    Its posts end with it. Raises ChangeNotAllowed, LegalBasisMissing, WrongSuccession,
    NobodyDefines, and what ``TreeHistory.end`` refuses.
    """
    if known := _in_turn(order, unit, receiver):
        return known
    return change_organisation(
        kind=ChangeKind.ABOLISH,
        follows=[Follows(unit, receiver)],
        ending=[unit],
        day=order["day"],
        legal_basis=order["legal_basis"],
        client_key=order.get("client_key"),
        actor=order["user"].named,
        at=order["at"],
    )


@transaction.atomic
def change_organisation(
    *,
    kind: ChangeKind,
    follows: Iterable[Follows],
    ending: Iterable[Unit],
    actor: Named,
    **told: Unpack[Told],
) -> Change:
    """Record one succession: who ends on ``day`` and who follows whom. The caller checks the right.

    Every target must stand on that day, somewhere, and nobody may come to answer for himself.
    Raises LegalBasisMissing, WrongSuccession, LaterChangeKnown, StandsNowhere, NobodyDefines, and
    what ``TreeHistory.end`` refuses.
    """
    edges, gone = list(follows), list(ending)
    _check_form(kind, edges, gone)
    await_organisation()
    if known := _sent_before(told):
        return known
    ends = {unit.pk for unit in gone}
    _check_answers([edge for edge in edges if edge.answers and edge.source.pk in ends])
    change = _open(kind, told)
    with definers_kept(since=change.day, by=", ".join(unit.code for unit in gone)):
        ended = [row for unit in gone for row in end_unit(unit=unit, day=change.day)]
    for edge in edges:
        if not Placement.objects.filter(unit=edge.target, valid__contains=change.day).exists():
            raise StandsNowhere(edge.target.pk, change.day)
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
    return _close(change, touched.values(), ended, actor=actor, at=told["at"])


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


def _check_form(kind: ChangeKind, edges: Sequence[Follows], gone: Sequence[Unit]) -> None:
    told = [Edge(one.source.pk, one.target.pk, one.answers, one.whole, one.share) for one in edges]
    if forms := wrong_forms(kind, told, ending=[unit.pk for unit in gone]):
        raise WrongSuccession(forms)


def _in_turn(order: Ordered, *units: Unit) -> Change | None:
    """Wait for the turn, then ask for the right; return what this form has made already.

    The right is asked for behind the turn: whoever lost it while he waited has it no more. A unit
    still to begin is judged at its superior. Raises ChangeNotAllowed.
    """
    await_organisation()
    user_id, on = order["user"].pk, order["on"]
    for unit in units:
        asked = asked_in_place_of([unit.pk], on=on)
        if not all(
            may(user_id=user_id, action=Action.CHANGE_UNIT, unit_id=pk, on=on) for pk in asked
        ):
            raise ChangeNotAllowed(unit.code)
    return _sent_before(order)


def _sent_before(told: Told) -> Change | None:
    """Return the change that this form has made already: sending it twice is sending it once."""
    key = told.get("client_key")
    return Change.objects.filter(client_key=key).first() if key else None


def _open(kind: ChangeKind, told: Told) -> Change:
    basis = told["legal_basis"].strip()
    if not basis:
        raise LegalBasisMissing(kind)
    return Change.objects.create(
        kind=kind,
        day=told["day"],
        legal_basis=basis,
        client_key=told.get("client_key"),
        recorded_at=told["at"],
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
