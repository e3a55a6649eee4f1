"""Reporting regimes as they are known, and which of their periods may be opened."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lotrinh.apps.duties.selectors import working_days
from lotrinh.apps.reporting.models import Collection, Regime
from lotrinh.rules import regimes as rules
from lotrinh.rules.cut_offs import Sending
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


def regime_by_uid(uid: UUID) -> Regime | None:
    """Return the regime, or None. Which regimes there are is known to everyone."""
    return Regime.objects.select_related("kind", "owed_to").filter(uid=uid).first()


def periods_asked(*, regime: Regime, since: date, until: date) -> tuple[PeriodAsked, ...]:
    """Return the periods whose data close on ``[since, until)``, the latest first.

    A regime of any days asks for none by itself.
    """
    kind = regime.kind.rule
    if kind is None:
        return ()
    stages = regime.stages.order_by("position")
    rule = rules.Regime(
        kind=kind,
        sendings=tuple(Sending(str(one.position), one.day, one.months) for one in stages),
        cut_off=regime.kind.cut_off,
        since=regime.since,
        until=regime.until,
        working_days=regime.working_days,
    )
    asked = list(rules.asked_for(rule, since=since, until=until, calendar=working_days()))
    opened = {
        (one.period.starts, one.period.ends): one
        for one in regime.collections.select_related("period")
    }
    return tuple(
        PeriodAsked(one, opened.get((one.period.since, one.period.until)))
        for one in reversed(asked)
    )
