"""Reporting regimes as they are known, and which of their periods may be opened."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lotrinh.apps.duties.selectors import working_days
from lotrinh.apps.reporting.models import Collection, Regime, RegimeStage
from lotrinh.rules import regimes as rules
from lotrinh.rules.cut_offs import SendBy, Sending, send_by
from lotrinh.rules.period_codes import of_kind
from lotrinh.rules.periods import Period


@dataclass(frozen=True, slots=True)
class PeriodAsked:
    """A period that a regime asks for; ``collection`` where it was opened."""

    asked: rules.Asked
    collection: Collection | None

    @property
    def period(self) -> Period:
        """Its days."""
        return self.asked.period


def regimes_known(*, on: date) -> tuple[Regime, ...]:
    """Return every regime that has not ended by a day, the one set up last first."""
    rows = Regime.objects.select_related("kind", "owed_to").exclude(until__lte=on)
    return tuple(rows.order_by("-since", "-pk"))


def regimes_ended(*, on: date) -> tuple[Regime, ...]:
    """Return every regime that has ended by a day, the one that ended last first."""
    rows = Regime.objects.select_related("kind", "owed_to").filter(until__lte=on)
    return tuple(rows.order_by("-until", "-pk"))


def regime_by_uid(uid: UUID) -> Regime | None:
    """Return the regime, or None. Which regimes there are is known to everyone."""
    return Regime.objects.select_related("kind", "owed_to").filter(uid=uid).first()


def stages_said(*, regime: Regime) -> tuple[RegimeStage, ...]:
    """Return the stages of a regime, the first first; kept with the regime at hand."""
    known = regime.__dict__.get("_stages")
    if known is None:
        known = tuple(regime.stages.order_by("position"))
        regime.__dict__["_stages"] = known
    return tuple(known)


def asked_by(rule: rules.Regime, *, since: date, until: date) -> tuple[rules.Asked, ...]:
    """Return what a regime that is only thought of would ask for, the earliest first."""
    return tuple(rules.asked_for(rule, since=since, until=until, calendar=working_days()))


def period_asked(*, regime: Regime, since: date, until: date) -> Period | None:
    """Return the period of these days where the regime may be opened for it, else None.

    Its days are those of the regime's kind, and its data close while the regime is in force.
    """
    if until <= since:
        return None
    period, kind = Period(since, until, regime.kind.code), regime.kind.rule
    if kind is not None and of_kind(period, [kind]).kind != kind.code:
        return None
    closes = regime.kind.cut_off.data_of(period).last
    has_ended = regime.until is not None and closes >= regime.until
    return None if closes < regime.since or has_ended else period


def collection_of(*, regime: Regime, period: Period) -> Collection | None:
    """Return what a regime has opened for a period, None where it has not."""
    rows = regime.collections.filter(period__starts=period.since, period__ends=period.until)
    return rows.select_related("period__kind").first()


def days_of_sending(*, regime: Regime, period: Period) -> tuple[SendBy, ...]:
    """Return by when each stage of a regime is due for a period, in their order."""
    stages = stages_said(regime=regime)
    return send_by(
        period,
        cut_off=regime.kind.cut_off,
        sendings=[Sending(str(one.position), one.day, one.months) for one in stages],
        calendar=working_days(),
        working_days=regime.working_days,
    )


def periods_asked(*, regime: Regime, since: date, until: date) -> tuple[PeriodAsked, ...]:
    """Return the periods whose data close on ``[since, until)``, the latest first.

    A regime of any days asks for none by itself.
    """
    kind = regime.kind.rule
    if kind is None:
        return ()
    stages = stages_said(regime=regime)
    rule = rules.Regime(
        kind=kind,
        sendings=tuple(Sending(str(one.position), one.day, one.months) for one in stages),
        cut_off=regime.kind.cut_off,
        since=regime.since,
        until=regime.until,
        working_days=regime.working_days,
    )
    asked = asked_by(rule, since=since, until=until)
    opened = {
        (one.period.starts, one.period.ends): one
        for one in regime.collections.select_related("period", "regime")
    }
    return tuple(
        PeriodAsked(one, opened.get((one.period.since, one.period.until)))
        for one in reversed(asked)
    )
