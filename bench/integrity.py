"""Questions of integrity: how many manipulations are asked about, and how many honest units.

Invented cities of 100 units that report honestly, and the same with units that do what a rule asks
about, from half of their figures to all of them. The limits are those that an installation begins
with; they were tuned on the cities of the seeds 1 to 3, and these are others.

    make bench NAME=integrity
"""

import importlib
import json
import random
import sys
import time
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bench.integrity_city import UNITS, honest_city, with_manipulators
from lotrinh.rules.integrity import Facts, IntegrityRule, Limits, Question, integrity_questions

SEEDS = range(101, 109)
CHEATS = 5
"""So many units of a planted city follow each of its rules."""
HALVES = (tuple(IntegrityRule)[::2], tuple(IntegrityRule)[1::2])
"""Half of the rules are planted in one city, half in another, so that most units stay honest."""


def beginning() -> Limits:
    """Return the limits that an installation begins with."""
    migration = importlib.import_module("lotrinh.apps.reporting.migrations.0007_integrity_settings")
    said: dict[str, Any] = dict(migration.LIMITS)
    said["chance"] = float(said["chance"])
    said["last"] = timedelta(minutes=said.pop("last_minutes"))
    return Limits(
        **{name: Fraction(one) if isinstance(one, Decimal) else one for name, one in said.items()}
    )


def planted(
    city: Facts, rules: tuple[IntegrityRule, ...], seed: int
) -> tuple[Facts, dict[IntegrityRule, set[int]]]:
    """Return a city in which some units follow each of the rules, and which these are."""
    units = random.Random(seed).sample(range(UNITS), CHEATS * len(rules))
    cheats = {}
    for place, rule in enumerate(rules):
        chosen = units[place * CHEATS : (place + 1) * CHEATS]
        city = with_manipulators(city, rule, chosen, seed)
        cheats[rule] = set(chosen)
    return city, cheats


def asked_of(found: tuple[Question, ...], rule: IntegrityRule) -> set[int]:
    """Return the units that a rule asks."""
    return {one.unit for one in found if one.rule is rule}


def main() -> int:
    """Print how many are asked; return 0."""
    limits, caught, clean, honest = beginning(), Counter[str](), Counter[str](), 0
    flagged, figures, seconds = 0, 0, 0.0
    for seed in SEEDS:
        city = honest_city(seed)
        began = time.perf_counter()
        found = integrity_questions(city, limits)
        seconds += time.perf_counter() - began
        figures += len(city.told)
        honest += UNITS
        flagged += len({one.unit for one in found})
        clean.update({str(rule): len(asked_of(found, rule)) for rule in IntegrityRule})
        for rules in HALVES:
            facts, cheats = planted(city, rules, seed)
            found = integrity_questions(facts, limits)
            caught.update(
                {str(rule): len(asked_of(found, rule) & chosen) for rule, chosen in cheats.items()}
            )
        print(f"seed {seed}: {flagged} of {honest} honest units asked so far", file=sys.stderr)
    sent = CHEATS * len(SEEDS)
    print(f"{'rule':<16}{'planted':>9}{'asked':>7}{'recall':>8}{'honest asked':>14}")
    for rule in IntegrityRule:
        share = caught[rule] / sent
        print(f"{rule:<16}{sent:>9}{caught[rule]:>7}{share:>8.3f}{clean[rule]:>9}/{honest}")
    print(f"honest units that any rule asks: {flagged} of {honest} ({flagged / honest:.1%})")
    told = {
        "name": "integrity",
        "compared": "planted manipulations and honest cities, invented and seeded",
        "figures": {
            "planted": sent,
            "honest_units": honest,
            "honest_asked": flagged,
            "told": figures,
            "seconds": round(seconds, 1),
        },
        "ratios": {str(rule): caught[rule] / sent for rule in IntegrityRule}
        | {"honest": flagged / honest},
    }
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
