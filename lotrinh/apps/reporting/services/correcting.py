"""Correcting an approved figure: another takes its place, says why, and all totals above move.

The old one stays and is seen. Of two who correct one figure at once the second is told.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.reporting.models import Figure
from lotrinh.apps.reporting.services.approving import (
    Entry,
    Told,
    keep_act,
    keep_delta,
    keep_entry,
    known_act,
    require_two,
    said_by,
)
from lotrinh.apps.reporting.services.refusals import (
    FigureSuperseded,
    KeyTaken,
    NoReason,
    NothingCorrected,
)
from lotrinh.apps.targets.models import Measure
from lotrinh.rules.ledger import Counted


@transaction.atomic
def correct_figure(
    *,
    figure_id: int,
    told: Told | None,
    reason: str,
    entry: Entry,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Figure:
    """Let other numbers stand in the place of a figure, and return the row that holds them.

    ``told`` of None withdraws the figure: its unit has then not answered. ``told.measure`` is not
    looked at: a figure stays one of its measure. The same key again is once. Raises NoReason,
    FigureSuperseded, NothingCorrected, and as ``approve_figures`` does.
    """
    old = Figure.objects.select_related("approval", "unit", "period", "measure").get(pk=figure_id)
    take_turn("figures", f"{old.unit_id}:{old.period_id}:{old.basis}")
    series = old.unit_id, old.period_id, old.basis
    known = known_act(client_key=client_key, user=user, told=series)
    if known is not None:
        repeated = known.figures.filter(supersedes=old).first()
        if repeated is None:
            raise KeyTaken(str(client_key))
        return repeated
    if not reason.strip():
        raise NoReason(str(old.uid))
    later = Figure.objects.filter(supersedes=old).select_related("approval").first()
    if later is not None:
        raise FigureSuperseded(later)
    require_two(unit=old.unit, entry=entry, user=user, on=on)
    before, after = _as_told(old), told or Told(old.measure)
    if said_by(before) == said_by(after):
        raise NothingCorrected(str(old.uid))
    changes = [
        *_change(before, -1),
        *_change(Told(old.measure, after.value, *_rest(after)), 1),
    ]
    act = keep_act(old.unit, old.period, old.basis, entry, user, client_key, on, at)
    made = Figure.objects.create(
        approval=act,
        unit=old.unit,
        measure=old.measure,
        period=old.period,
        basis=old.basis,
        value=after.value,
        numerator=after.numerator,
        denominator=after.denominator,
        weight=after.weight,
        supersedes=old,
        reason=reason.strip()[:2000],
    )
    keep_delta(act, changes)
    keep_entry("figure.corrected", act, [made], user, at, of=str(old.uid))
    return made


def _change(told: Told, sign: int) -> list[tuple[Measure, int, Counted]]:
    return [(told.measure, sign, told.counted)] if told.says_something else []


def _rest(told: Told) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return told.numerator, told.denominator, told.weight


def _as_told(figure: Figure) -> Told:
    return Told(figure.measure, figure.value, figure.numerator, figure.denominator, figure.weight)
