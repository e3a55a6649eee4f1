"""Correcting an approved figure: another takes its place, says why, and all totals above move.

The old one stays and is seen. Of two who correct one figure at once the second is told.
"""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.reporting.models import Figure
from lotrinh.apps.reporting.services.approving import (
    keep_act,
    keep_delta,
    keep_entry,
    known_act,
    require_two,
    row_of,
    take_turn_of,
)
from lotrinh.apps.reporting.services.refusals import (
    FigureSuperseded,
    KeyTaken,
    NoReason,
    NothingCorrected,
)
from lotrinh.apps.reporting.services.telling import Change, Entry, Told, said_by
from lotrinh.apps.targets.models import Measure
from lotrinh.rules.ledger import FigureTooLarge, WrongFigureForm


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
    take_turn_of(unit=old.unit, period=old.period, basis=old.basis)
    series = old.unit_id, old.period_id, old.basis
    known = known_act(client_key=client_key, user=user, told=series)
    if known is not None:
        repeated = known.figures.filter(supersedes=old).first()
        if repeated is None:
            raise KeyTaken(str(client_key))
        return repeated
    require_two(unit=old.unit, entry=entry, user=user, on=on)
    before, after = _as_told(old), _placed(old.measure, told)
    _require_correction(old, before, after, reason)
    changes = [*_gone(before), *_change(after, 1)]
    act = keep_act(
        unit=old.unit,
        period=old.period,
        basis=old.basis,
        entry=entry,
        user=user,
        client_key=client_key,
        on=on,
        at=at,
    )
    made = row_of(act=act, told=after, supersedes=old, reason=reason.strip()[:2000])
    made.save()
    keep_delta(act=act, changes=changes)
    keep_entry(verb="figure.corrected", act=act, told=[after], user=user, at=at, of=str(old.uid))
    return made


def _require_correction(old: Figure, before: Told, after: Told, reason: str) -> None:
    if not reason.strip():
        raise NoReason(str(old.uid))
    later = Figure.objects.filter(supersedes=old).select_related("approval").first()
    if later is not None:
        raise FigureSuperseded(later)
    if said_by(figure=before) == said_by(figure=after):
        raise NothingCorrected(str(old.uid))


def _placed(measure: Measure, told: Told | None) -> Told:
    """Return what is told as of this measure; without any number where nothing is told."""
    return Told(measure) if told is None else replace(told, measure=measure)


def _change(told: Told, sign: int) -> list[Change]:
    return [(told.measure, sign, told.counted)] if told.says_something else []


def _gone(told: Told) -> list[Change]:
    """Return what goes with an old figure: nothing where its measure has had another rule since.

    Totals are made anew once a rule is another, and a figure of the old form is in none of them.
    """
    try:
        return _change(told, -1)
    except (WrongFigureForm, FigureTooLarge):
        return []


def _as_told(figure: Figure) -> Told:
    return Told(figure.measure, figure.value, figure.numerator, figure.denominator, figure.weight)
