"""What a reporting regime asks for: which period, with whose days' data, sent up by when.

A regime is data: a kind of period, a rule for closing, a day of sending for each level, and the
days on which it is in force. It asks for a period on the day on which its data close: so each is
asked for once, however the time that is looked at is cut.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lotrinh.rules.cut_offs import AT_THE_END, CutOff, SendBy, Sending, send_by
from lotrinh.rules.periods import Period, PeriodKind
from lotrinh.rules.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Regime:
    """What is asked for on the days ``[since, until)``; None has no such end.

    ``sendings`` name the levels from the lowest up.
    """

    kind: PeriodKind
    sendings: tuple[Sending, ...]
    cut_off: CutOff = AT_THE_END
    since: date | None = None
    until: date | None = None
    working_days: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """One report that a regime asks for: the period, the days of its data, and when it is sent."""

    period: Period
    data: Period
    send_by: tuple[SendBy, ...]

    @property
    def closes(self) -> date:
        """The last day whose data count."""
        return self.data.last


def asked_for(
    regime: Regime, *, since: date, until: date, calendar: WorkingDays
) -> Iterator[Asked]:
    """Yield what a regime asks for whose data close on one of the days ``[since, until)``.

    Nothing that closes while the regime is not in force; what closes in force is asked for whole,
    also where the regime came in the midst of it.
    """
    first = max(since, regime.since or since)
    end = min(until, regime.until or until)
    if end <= first:
        return
    found = regime.kind.on(first)
    period = found or next(regime.kind.between(first, date.max), None)
    if period is None:
        return
    while regime.cut_off.data_of(period).last >= first:
        period = regime.kind.previous(period)
    while (data := regime.cut_off.data_of(period)).last < end:
        if data.last >= first:
            yield Asked(period, data, _sent(regime, period, calendar))
        period = regime.kind.next(period)


def _sent(regime: Regime, period: Period, calendar: WorkingDays) -> tuple[SendBy, ...]:
    return send_by(
        period,
        cut_off=regime.cut_off,
        sendings=regime.sendings,
        calendar=calendar,
        working_days=regime.working_days,
    )
