"""The lines of a forecast in the drawing of a target: the pace asked for, and what it leads to."""

from dataclasses import dataclass
from datetime import date

from lotrinh.rules.forecasting import Forecast, PaceLine
from lotrinh.web.presenters.target_chart import Spot


@dataclass(frozen=True, slots=True)
class Ahead:
    """Spots of the pace line of a level, of the forecast, and of the range at its end.

    Of amounts that grow from New Year the plan is drawn as that line already.
    """

    pace: tuple[Spot, ...]
    line: tuple[Spot, ...]
    band: tuple[Spot, ...]


def ahead_of(made: Forecast, since: date, until: date) -> Ahead | None:
    """Return what is drawn of a forecast between two days; None where it leads beyond them."""
    if made.because is not None or made.as_of is None or made.until is None:
        return None
    if made.reached is None or made.value is None or not since <= made.as_of < made.until <= until:
        return None
    begins = (made.as_of, made.reached)
    ends = (
        ()
        if made.low is None or made.high is None
        else (
            (made.until, made.low),
            (made.until, made.high),
        )
    )
    return Ahead(
        pace=() if made.is_flow or made.line is None else _within(made.line, since, until),
        line=(begins, (made.until, made.value)),
        band=(begins, *ends) if ends else (),
    )


def _within(line: PaceLine, since: date, until: date) -> tuple[Spot, ...]:
    """Return the part of a line that lies between two days."""
    first = line.by(since)
    inner = tuple(spot for spot in line.spots if since < spot[0] <= until)
    last = line.by(until)
    beyond = ((until, last),) if last is not None and line.spots[-1][0] > until else ()
    return (*(((since, first),) if first is not None else ()), *inner, *beyond)
