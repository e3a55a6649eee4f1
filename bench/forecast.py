"""A simulated city of targets is forecast again, day by day as it was known, and held against it.

Seasons, storms, rushes at the end of the year, late and partial reports, figures put right later,
and plans that nobody could have met (``forecast_city``). The forecasts are made by the rules alone;
against them stand two rules that look at no course: the share of these targets that was met, which
is known afterwards only, and an even chance. Run as ``python -m bench.forecast [--targets N]
[--seed N]``.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import median_low
from time import perf_counter
from typing import Any

from bench.forecast_city import city
from lotrinh.rules.forecasting import Closed, Forecast, brier, lead_of, number_of, setting_on
from lotrinh.rules.forecasting.settings import Setting

_TARGETS, _SEED = 300, 20240807
_YEARS = (2, 3)
_AHEAD = (30, 90, 180)
_TODAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Held:
    """A forecast beside what came."""

    made: Forecast
    is_met: bool
    came: Fraction


def main() -> None:
    """Forecast, hold against what came, print."""
    told = _asked_for()
    setting = setting_on(_TODAY)
    if setting is None:
        raise SystemExit("no setting of forecasts holds today")
    print(
        f"{'years':>5} {'ahead':>6} {'kind':8}{'said':>6}{'none':>6}{'met':>6}{'right':>7}"
        f"{'brier':>7}{'base':>7}{'ratio':>7}{'within':>8}"
    )
    found: dict[str, Any] = {}
    for years in _YEARS:
        targets = [one.closed for one in city(told.targets, years=years, seed=told.seed)]
        found |= _of_years(targets, years, setting)
    print(json.dumps(_summary(told, found)))


def _of_years(targets: Sequence[Closed], years: int, setting: Setting) -> dict[str, Any]:
    found: dict[str, Any] = {}
    began, made = perf_counter(), 0
    for ahead in _AHEAD:
        held = [(one, _held(one, ahead, setting)) for one in targets]
        made += len(held)
        for kind in ("all", "added", "grown", "level"):
            chosen = [said for one, said in held if kind in {"all", one.ledger.flow.value}]
            found |= {f"{years}y {ahead}d {kind}": _row(chosen, years, ahead, kind)}
    each = (perf_counter() - began) / made * 1000
    leads = [lead_of(one, is_met=bool(one.is_met), setting=setting) for one in targets]
    ranked = sorted(-1 if lead is None else lead for lead in leads)
    print(
        f"{years:5} verdict right for good, days before the due day: "
        f"{median_low(ranked)} for half, never for {ranked.count(-1)} of {len(ranked)}; "
        f"{each:.1f} ms a forecast with its ledger"
    )
    return found | {f"{years}y lead": median_low(ranked), f"{years}y ms": round(each, 2)}


def _held(one: Closed, ahead: int, setting: Setting) -> Held:
    due = one.aim.due or _TODAY
    last = one.ledger.by(date.max)
    came = last.reached(number_of(due, last.every))
    return Held(
        one.said(due - timedelta(days=ahead), setting), bool(one.is_met), came or Fraction(0)
    )


def _row(held: Iterable[Held], years: int, ahead: int, kind: str) -> dict[str, float]:
    """Print and return one line: what was said, what came, and both scores."""
    chosen = list(held)
    said = [(one.made.probability, one.is_met) for one in chosen]
    known = [(chance, met) for chance, met in said if chance is not None]
    if not known:
        print(f"{years:5} {ahead:6} {kind:8}{0:6}{len(chosen):6}   too few trials for a chance")
        return {"said": 0, "none": len(chosen)}
    score, share = brier(known) or Fraction(0), Fraction(sum(met for _, met in known), len(known))
    right = Fraction(sum((chance >= Fraction(1, 2)) is met for chance, met in known), len(known))
    ranged = [
        one.made.low <= one.came <= one.made.high
        for one in chosen
        if one.made.low is not None and one.made.high is not None
    ]
    base = share * (1 - share)
    row = {
        "said": len(known),
        "none": len(chosen) - len(known),
        "met": float(share),
        "right": float(right),
        "brier": float(score),
        "base": float(base),
        "ratio": float(score / base) if base else 0.0,
        "within": sum(ranged) / len(ranged),
    }
    print(
        f"{years:5} {ahead:6} {kind:8}{row['said']:6}{row['none']:6}{row['met']:6.2f}"
        f"{row['right']:7.2f}{row['brier']:7.3f}{row['base']:7.3f}{row['ratio']:7.2f}"
        f"{row['within']:8.2f}"
    )
    return {name: round(number, 3) for name, number in row.items()}


def _asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--targets", type=int, default=_TARGETS)
    parser.add_argument("--seed", type=int, default=_SEED)
    return parser.parse_args()


def _summary(told: argparse.Namespace, found: dict[str, Any]) -> dict[str, Any]:
    rows = {name: row for name, row in found.items() if isinstance(row, dict)}
    return {
        "name": "forecast",
        "compared": ["forecasts of the rules", "the share that was met, known afterwards"],
        "figures": {"targets": told.targets, "seed": told.seed, **found},
        "ratios": {name: row["ratio"] for name, row in rows.items() if "ratio" in row},
    }


if __name__ == "__main__":
    main()
