"""The run of ``bench.simulation``, in an installation that is set up."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import recount, simulation_city
from bench.recount_compared import Compared, compare
from bench.simulation_city import YEARS, City
from bench.simulation_halves import Halves, halves
from bench.units_asked import learn
from lotrinh.apps.duties.models import Duty
from lotrinh.demo.simulation import Simulation, Years

_RESTS = (date(2023, 9, 15), date(2023, 12, 31), date(2024, 4, 1), YEARS.last)
_LATER = YEARS.last + timedelta(days=100)
_RHYTHM = date(2023, 8, 15)
_STOPS = (date(2022, 9, 15), date(2023, 1, 31), _RHYTHM, *_RESTS)
_AFTER = Years(date(2024, 12, 2), date(2024, 12, 30))
_AGAIN, _ROUNDS = 80, 3
"""When and how many duties run with the rights asked once and anew, and how often in turns.

All in one month, so that nothing else is owed anew meanwhile.
"""


@dataclass(slots=True)
class Found:
    """What was compared, what it took, and how the ways of asking for rights compare."""

    compared: Compared = field(default_factory=Compared)
    figures: dict[str, object] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)


def measure(*, units: int, duties: int, seed: int, processes: int) -> Found:
    """Found the city, let the years pass, rest on some days to recount, then compare the speed."""
    found, started = Found(), time.perf_counter()
    city = simulation_city.build(many=units)
    learn()
    found.figures["founding, s"] = round(time.perf_counter() - started, 1)
    with halves(city, duties=duties, seed=seed, processes=processes) as running:
        _live(found, city, running, seed)
    _recount(found, city, _LATER)
    issued = Duty.objects.exclude(issued_on=None)
    found.figures["duties with those for periods"] = issued.count()
    found.figures["processes"] = processes
    _speed(found, city)
    return found


def _live(found: Found, city: City, running: Halves, seed: int) -> None:
    """Let the years pass, and recount on every day on which they rest."""
    spent, taken, refused = 0.0, 0, 0
    for on in _STOPS:
        started = time.perf_counter()
        taken, refused = running.run(until=on)
        spent += time.perf_counter() - started
        print(f"{on}: {taken} steps in {spent:.0f} s", flush=True)
        learn()  # as a server does by itself
        if on == _RHYTHM:
            simulation_city.say_rhythm(city, on=on)
        if on in _RESTS:
            _recount(found, city, on)
            happened = simulation_city.change(city, on=on + timedelta(days=1), seed=seed)
            print(f"then {happened}", flush=True)
    found.figures |= {
        "steps": taken,
        "not taken": refused,
        "running, s": round(spent, 1),
        "steps a second": round(taken / spent, 1),
    }


def _recount(found: Found, city: City, on: date) -> None:
    counted = recount.read(on)
    for name, user in city.asking.items():
        one = compare(user.pk, on=on, city=counted)
        found.compared.add(one)
        many, differ = sum(one.counts.values()), len(one.differences)
        print(f"{on}, {name}: {many} answers, {differ} differ", flush=True)
        for difference in one.differences[:10]:
            print(f"  {difference}", flush=True)


def _speed(found: Found, city: City) -> None:
    """Let the same few duties run in turns with the rights asked once a step and asked anew."""
    once, anew = [], []
    for turn in range(_ROUNDS):
        once.append(_timed(city, turn))
        with _asked_anew():
            anew.append(_timed(city, turn))
    fast, slow = min(once), min(anew)
    found.figures["ms a step"] = round(fast[0], 2)
    found.figures["ms a step, rights asked anew"] = round(slow[0], 2)
    found.figures["queries a step"] = round(fast[1], 2)
    found.figures["queries a step, rights asked anew"] = round(slow[1], 2)
    found.ratios["rights asked anew / once a step"] = round(slow[0] / fast[0], 2)


def _timed(city: City, turn: int) -> tuple[float, float]:
    """Return the milliseconds and the queries of a step, from duties of their own for each."""
    started = time.perf_counter()
    steps = _afterwards(city, f"timed {turn}").run(until=_AFTER.last)
    ms = (time.perf_counter() - started) * 1000 / steps
    running = _afterwards(city, "counted")
    with CaptureQueriesContext(connection) as asked:
        steps = running.run(until=_AFTER.first + timedelta(days=7))
    return ms, len(asked) / steps


def _afterwards(city: City, seed: str) -> Simulation:
    return Simulation(city.parties, _AFTER, duties=_AGAIN, seed=seed)


@contextmanager
def _asked_anew() -> Iterator[None]:
    """Let nothing be remembered of the rights within a step."""
    with patch("lotrinh.apps.units.selectors.rights.asked_here", return_value=None):
        yield
