"""Approving figures: they are written once, by two people, and totals follow.

One short transaction writes the act, its figures and one line of what they add. It locks nothing
that another unit's approval needs: whoever approves for the same unit, period and basis waits his
turn, all others pass. Nothing of it is ever changed; who was wrong corrects (``correcting``).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.reporting.models import Approval, Delta, Figure, Period
from lotrinh.apps.reporting.services.queueing import queue_fold
from lotrinh.apps.reporting.services.refusals import (
    AlreadyApproved,
    EnteredLater,
    EnteredTwice,
    KeyTaken,
    NotAllowed,
    NothingEntered,
    SamePerson,
    UnitNotThere,
)
from lotrinh.apps.reporting.services.telling import Change, Entry, Told, payload_of, said_by
from lotrinh.apps.reporting.services.writing import known_of, write_act
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.figures import Basis


@transaction.atomic
def approve_figures(
    *,
    figures: Sequence[Told],
    unit: Unit,
    period: Period,
    basis: Basis,
    entry: Entry,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Approval:
    """Let figures of a unit count for a period, and return the act; the same key again is once.

    Raises NotAllowed where the account may not approve at the unit that day, or the other might not
    enter there on his; SamePerson, EnteredLater, UnitNotThere, NothingEntered, EnteredTwice,
    AlreadyApproved, KeyTaken, and WrongFigureForm or FigureTooLarge for what cannot be added up.
    """
    take_turn_of(unit=unit, period=period, basis=basis)
    is_known, has_begun = known_of(
        client_key=client_key, figures=figures, unit=unit, period=period, basis=basis
    )
    if is_known:
        return act_by_key(client_key=client_key, user=user, told=(unit.pk, period.pk, basis))
    with units.rights_asked_once_an_act():
        require_two(unit=unit, entry=entry, user=user, on=on)
    _require_there(unit, period)
    _require_once(figures, unit)
    if has_begun:
        raise AlreadyApproved(_held(figures, unit, period, basis))
    act = write_act(
        figures=figures,
        changes=[(told.measure, 1, told.counted) for told in figures],
        unit=unit,
        period=period,
        basis=basis,
        entry=entry,
        user=user,
        client_key=client_key,
        on=on,
        at=at,
    )
    keep_entry(verb="figures.approved", act=act, told=figures, user=user, at=at)
    return act


def take_turn_of(*, unit: Unit, period: Period, basis: str) -> None:
    """Let whoever approves for the same unit, period and basis wait until this act is done."""
    take_turn("figures", f"{unit.pk}:{period.pk}:{basis}")


def known_act(*, client_key: UUID, user: User, told: tuple[int, int, str]) -> Approval | None:
    """Return the act that was taken with a key; None where it is new. Raises KeyTaken."""
    if not Approval.objects.filter(client_key=client_key).exists():
        return None
    return act_by_key(client_key=client_key, user=user, told=told)


def act_by_key(*, client_key: UUID, user: User, told: tuple[int, int, str]) -> Approval:
    """Return the act that was taken with a key. Raises KeyTaken where it was another's."""
    act = Approval.objects.get(client_key=client_key)
    if (act.unit_id, act.period_id, act.basis) != told or act.approved_by_id != user.pk:
        raise KeyTaken(str(client_key))
    return act


def require_two(*, unit: Unit, entry: Entry, user: User, on: date) -> None:
    """Raise unless one who might enter has entered, and another who may approve approves."""
    if entry.by.pk == user.pk:
        raise SamePerson(str(user.uid))
    if entry.on > on:
        raise EnteredLater(f"{entry.on} > {on}")
    if not units.may(user_id=user.pk, action=Action.APPROVE_FIGURE, unit_id=unit.pk, on=on):
        raise NotAllowed(f"{Action.APPROVE_FIGURE} at {unit.code}")
    enter = Action.ENTER_FIGURE
    if not units.may(user_id=entry.by.pk, action=enter, unit_id=unit.pk, on=entry.on):
        raise NotAllowed(f"{enter} at {unit.code}")


def keep_act(
    *,
    unit: Unit,
    period: Period,
    basis: str,
    entry: Entry,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Approval:
    """Write the act of an approval and return it."""
    return Approval.objects.create(
        unit=unit,
        period=period,
        basis=basis,
        entered_by=entry.by,
        entered_on=entry.on,
        approved_by=user,
        on=on,
        at=at,
        source=entry.source,
        client_key=client_key,
    )


def keep_delta(*, act: Approval, changes: Iterable[Change]) -> None:
    """Write what an act adds to the totals, and ask for it to be folded in once it is committed."""
    Delta.objects.create(
        approval=act,
        unit=act.unit,
        period=act.period,
        basis=act.basis,
        payload=payload_of(changes=changes),
    )
    transaction.on_commit(queue_fold)


def keep_entry(
    *, verb: str, act: Approval, told: Sequence[Told], user: User, at: datetime, **more: str
) -> None:
    """Let the journal know an act, with every number that it wrote."""
    journal.record(
        verb,
        act.named,
        actor=user.named,
        at=at,
        unit_uid=act.unit.uid,
        data={
            "period": str(act.period.uid),
            "basis": str(act.basis),
            "source": str(act.source or ""),
            "figures": [f"{one.measure.uid}={said_by(figure=one)}" for one in told],
            **more,
        },
    )


def row_of(*, act: Approval, told: Told, supersedes: Figure, reason: str) -> Figure:
    """Return the row of what is told, which is not written yet."""
    return Figure(
        approval=act,
        unit=act.unit,
        measure=told.measure,
        period=act.period,
        basis=act.basis,
        value=told.value,
        numerator=told.numerator,
        denominator=told.denominator,
        weight=told.weight,
        supersedes=supersedes,
        reason=reason,
    )


def _require_there(unit: Unit, period: Period) -> None:
    if not units.stood_within([unit.pk], since=period.starts, until=period.ends):
        raise UnitNotThere(f"{unit.code} in {period.code}")


def _require_once(figures: Sequence[Told], unit: Unit) -> None:
    if not figures:
        raise NothingEntered(unit.code)
    often = Counter(told.measure.pk for told in figures)
    twice = frozenset(measure for measure, times in often.items() if times > 1)
    if twice:
        raise EnteredTwice(twice)


def _held(figures: Sequence[Told], unit: Unit, period: Period, basis: str) -> tuple[Figure, ...]:
    """Return the figures that stand in the series of which some have begun."""
    asked = [told.measure.pk for told in figures]
    series = Figure.objects.filter(unit=unit, period=period, basis=basis, measure__in=asked)
    return tuple(series.filter(superseded_by=None).select_related("measure", "approval"))
