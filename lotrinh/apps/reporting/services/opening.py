"""Opening a period, and saying which units owe figures for it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named, Value
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.reporting.models import Collection, Period, PeriodKind
from lotrinh.apps.reporting.services.refusals import (
    KeyTaken,
    NobodyAsked,
    NotAllowed,
    WrongPeriod,
)
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.figures import Basis
from lotrinh.rules.period_codes import of_kind
from lotrinh.rules.periods import Period as PeriodRule


@transaction.atomic
def open_period(
    *, kind: str, starts: date, ends: date, on: date, actor: Named, at: datetime
) -> Period:
    """Let there be the period ``[starts, ends)`` of a kind, and return it; again is the same.

    Its data are those of the days by which the kind closes them. The caller has checked that the
    account may ask for figures. Raises WrongPeriod where the days are none of the kind, or the
    kind is not offered on the day ``on``.
    """
    offered = Q(since__isnull=True) | Q(since__lte=on)
    held = PeriodKind.objects.filter(offered, code=kind).exclude(until__lte=on).first()
    if held is None:
        raise WrongPeriod(kind)
    wanted = _wanted(held, starts, ends)
    take_turn("period", f"{kind}:{wanted.code}")
    known = Period.objects.filter(kind=held, code=wanted.code).select_related("kind").first()
    if known is not None:
        return known
    data = held.cut_off.data_of(wanted)
    made = Period.objects.create(
        kind=held,
        code=wanted.code,
        starts=starts,
        ends=ends,
        data_from=data.since,
        data_to=data.until,
    )
    journal.record(
        "period.opened", made.named, actor=actor, at=at, data={"kind": kind, "code": made.code}
    )
    return made


@transaction.atomic
def open_collection(
    *,
    period: Period,
    basis: Basis,
    measures: Sequence[Measure],
    unit_ids: Sequence[int],
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Collection:
    """Let each of the units owe a figure of each of the measures for the period.

    The same key again returns what it has opened. Raises NobodyAsked, KeyTaken, and NotAllowed
    where the account may not assign at one of the units.
    """
    take_turn("collection", client_key)
    known = Collection.objects.filter(client_key=client_key).first()
    if known is not None:
        if (known.period_id, known.basis, known.opened_by_id) != (period.pk, basis, user.pk):
            raise KeyTaken(str(client_key))
        return known
    wanted = Unit.objects.filter(pk__in=unit_ids)
    if not measures or not wanted:
        raise NobodyAsked(period.code)
    reach = units.reach(user_id=user.pk, action=Action.ASSIGN_DUTY, on=on)
    beyond = [unit.code for unit in wanted if unit.pk not in reach]
    if beyond:
        raise NotAllowed(f"{Action.ASSIGN_DUTY} at {', '.join(beyond)}")
    made = Collection.objects.create(
        period=period, basis=basis, opened_by=user, opened_on=on, client_key=client_key
    )
    made.measures.set(measures)
    made.units.set(wanted)
    data: dict[str, Value] = {
        "period": str(period.uid),
        "basis": str(basis),
        "measures": sorted(str(measure.uid) for measure in measures),
        "units": sorted(str(unit.uid) for unit in wanted),
    }
    journal.record("collection.opened", made.named, actor=user.named, at=at, data=data)
    return made


def _wanted(kind: PeriodKind, starts: date, ends: date) -> PeriodRule:
    try:
        wanted = PeriodRule(starts, ends, kind.code)
    except ValueError as error:
        raise WrongPeriod(kind.code) from error
    rule = kind.rule
    if rule is not None and of_kind(wanted, [rule]).kind != kind.code:
        raise WrongPeriod(f"{wanted.code} is no {kind.code}")
    return wanted
