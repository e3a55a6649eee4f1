"""Setting up a reporting regime, and ending it. What a regime says is never changed.

An office that asks otherwise from some day on ends the regime there and sets up another: so each
period is reported as the regime of its time had it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.reporting.models import PeriodKind, Regime, RegimeMeasure, RegimeStage
from lotrinh.apps.reporting.services.refusals import (
    KeyTaken,
    NobodyAsked,
    NotAllowed,
    RegimeChangedMeanwhile,
    RegimeEnds,
    WrongPeriod,
)
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.figures import Basis
from lotrinh.rules.report_states import Stage, require_chain


@dataclass(frozen=True, slots=True)
class StageSaid:
    """A stage, and the day of the month (so many months after the period's last) to pass it by."""

    stage: Stage
    day: int
    months: int = 0


@dataclass(frozen=True, slots=True)
class RegimeSaid:
    """What a regime asks for, see ``models.Regime``. ``until`` of None: without an end."""

    name: str
    language: str
    kind: str
    basis: Basis
    owed_to: Unit
    group: str
    measures: Sequence[Measure]
    stages: Sequence[StageSaid]
    since: date
    until: date | None = None
    legal_basis: str = ""
    content: str = ""
    method: str = ""
    working_days: int = 1


@transaction.atomic
def set_regime(*, said: RegimeSaid, user: User, client_key: UUID, on: date, at: datetime) -> Regime:
    """Let units of a group report to a unit as it is said, and return the regime.

    The same key again is once. Raises NotAllowed where the account may not assign at the unit that
    is reported to, NobodyAsked without measures or where the group is unknown, WrongPeriod,
    RegimeEnds, KeyTaken, and WrongChain (``rules.report_states``).
    """
    take_turn("regime", client_key)
    if not units.may(user_id=user.pk, action=Action.ASSIGN_DUTY, unit_id=said.owed_to.pk, on=on):
        raise NotAllowed(f"{Action.ASSIGN_DUTY} at {said.owed_to.code}")
    known = Regime.objects.filter(client_key=client_key).first()
    if known is not None:
        if known.set_by_id != user.pk:
            raise KeyTaken(str(client_key))
        return known
    kind = _require_sound(said)
    made = Regime.objects.create(
        name=said.name.strip()[:300],
        language=said.language,
        legal_basis=said.legal_basis.strip()[:500],
        content=said.content.strip()[:4000],
        method=said.method.strip()[:300],
        kind=kind,
        basis=said.basis,
        owed_to=said.owed_to,
        group=said.group,
        working_days=said.working_days,
        since=said.since,
        until=said.until,
        set_by=user,
        client_key=client_key,
    )
    _keep_form(made, said)
    journal.record(
        "regime.established",
        made.named,
        actor=user.named,
        at=at,
        unit_uid=said.owed_to.uid,
        data={
            "kind": said.kind,
            "basis": str(said.basis),
            "group": said.group,
            "since": said.since.isoformat(),
            "measures": [str(measure.uid) for measure in said.measures],
        },
    )
    return made


@transaction.atomic
def end_regime(
    *, regime_id: int, version: int, until: date, user: User, on: date, at: datetime
) -> Regime:
    """Let a regime ask for nothing whose data close on ``until`` or later, and return it.

    What was opened before stays owed. Raises NotAllowed, RegimeChangedMeanwhile, RegimeEnds where
    that is no later than its first day.
    """
    regime = (
        Regime.objects.select_for_update(of=("self",)).select_related("owed_to").get(pk=regime_id)
    )
    if not units.may(user_id=user.pk, action=Action.ASSIGN_DUTY, unit_id=regime.owed_to_id, on=on):
        raise NotAllowed(f"{Action.ASSIGN_DUTY} at {regime.owed_to.code}")
    if regime.until == until:
        return regime
    if regime.version != version:
        raise RegimeChangedMeanwhile(f"version {regime.version}, shown {version}")
    if until <= regime.since:
        raise RegimeEnds(regime.since)
    regime.until, regime.version = until, regime.version + 1
    regime.save(update_fields=["until", "version"])
    journal.record(
        "regime.ended",
        regime.named,
        actor=user.named,
        at=at,
        unit_uid=regime.owed_to.uid,
        data={"until": until.isoformat()},
    )
    return regime


def _require_sound(said: RegimeSaid) -> PeriodKind:
    require_chain([one.stage for one in said.stages])
    if not said.measures or not units.meanings_of(code=said.group):
        raise NobodyAsked(said.group)
    if said.until is not None and said.until <= said.since:
        raise RegimeEnds(said.since)
    kind = PeriodKind.objects.filter(code=said.kind).first()
    if kind is None:
        raise WrongPeriod(said.kind)
    return kind


def _keep_form(made: Regime, said: RegimeSaid) -> None:
    """Write the lines of the form and the stages, in their order."""
    measures = dict.fromkeys(said.measures)
    RegimeMeasure.objects.bulk_create(
        RegimeMeasure(regime=made, measure=measure, position=position)
        for position, measure in enumerate(measures)
    )
    RegimeStage.objects.bulk_create(
        RegimeStage(
            regime=made,
            position=position,
            step=one.stage.step,
            height=one.stage.height,
            day=one.day,
            months=one.months,
        )
        for position, one in enumerate(said.stages)
    )
