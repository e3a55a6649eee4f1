"""A conference is let in: scan by scan, and in batches as devices at the doors send them.

Against the very server that ``lotrinh serve`` starts, on this machine: first single scans, then
batches, as fast as they are taken; some batches are sent once more, as after a lost answer.
Everybody has to be there once. What a scan costs is the processor time of the web server and of
PostgreSQL together; what it costs pretix is measured beside ours by hand (``bench/peers``), and its
last figure is read here. Run as ``python -m bench.checkin``; ``--sites 60 --people 3000`` is a
small one.
"""

import argparse
import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bench.reporting import _database, _served
from bench.units import scratch

if TYPE_CHECKING:
    from bench.checkin_city import City, Place

_PEER = Path(__file__).parent / "peers/pretix/result-2026-11.json"
_GOALS = {"single, times pretix": 30, "batches, times pretix": 500, "p99, s": 1.0}
_LET_IN = frozenset({"admitted", "guest"})


@dataclass(slots=True)
class Log:
    """What the doors saw: how long answers took, and who was let in by them."""

    took: list[float] = field(default_factory=list)
    let_in: set[str] = field(default_factory=set)
    other: dict[str, int] = field(default_factory=dict)
    again: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, seconds: float, answers: dict[str, str]) -> None:
        """Keep an answer."""
        with self.lock:
            self.took.append(seconds)
            for written, said in answers.items():
                if said in _LET_IN:
                    self.let_in.add(written)
                else:
                    self.other[said] = self.other.get(said, 0) + 1

    def p99(self) -> float:
        """Return the seconds within which all but one of a hundred answers came."""
        return sorted(self.took)[int(len(self.took) * 0.99)] if self.took else 0.0


def main() -> None:
    """Measure and print."""
    os.chdir(Path(__file__).resolve().parents[1])
    told = _asked_for()
    with tempfile.TemporaryDirectory(prefix="lotrinh-bench-") as state:
        os.environ |= {"LOTRINH_STATE": state, "LOTRINH_TODAY": "2024-08-07"}
        with scratch():
            # these need Django, which reads its settings from what was said just now
            city: City = import_module("bench.checkin_city").fill(told.sites, told.people)
            figures, lost = _measured(city, told, Path(state))
    for name, value in figures.items():
        print(f"{name:32}{value:12.3f}")
    pretix = _of_pretix()
    ratios = {
        "single, times pretix": pretix / figures["single, CPU ms"],
        "batches, times pretix": pretix / figures["batches, CPU ms"],
    }
    print(
        json.dumps(
            {
                "name": "checkin",
                "compared": ["pretix 2026.8.0, measured apart", "single scans", "batches"],
                "sites": told.sites,
                "people": told.people,
                "figures": figures,
                "ratios": ratios,
                "goals": _GOALS,
                "lost": lost,
            }
        )
    )
    if lost:
        raise SystemExit(1)


def _of_pretix() -> float:
    """Return the milliseconds of processor that pretix spent on a scan, with one process."""
    said = json.loads(_PEER.read_text())["1 web, 1 at once"]["figures"]["pretix, one scan"]
    return float(said["web and database, ms"])


def _asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=618)
    parser.add_argument("--people", type=int, default=29_000)
    parser.add_argument("--batch", type=int, default=50)
    parser.add_argument("--singles", type=int, default=3000, help="how many are let in one by one")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def _measured(city: "City", told: argparse.Namespace, state: Path) -> tuple[dict[str, float], int]:
    """Let everybody in, the first one by one, and look whether each is there once."""
    seen = import_module("bench.reporting_seen")
    singles = _parted(city, told.singles, told.sites, 1)
    rest = _parted(city, told.people, told.sites, told.batch, after=told.singles)
    figures: dict[str, float] = {}
    let_in: set[str] = set()
    with _served(state, told.processes) as (port, pid):
        for name, jobs in (("single", singles), ("batches", rest)):
            watched = [seen.Spent(pid), seen.Spent(_database())]
            log, begun = Log(), time.perf_counter()
            _sent(jobs, port, told.clients, log)
            seconds = time.perf_counter() - begun
            people = sum(len(passes) for _place, passes in jobs)
            spent = sum(one.seconds() for one in watched)
            figures |= {
                f"{name}, a second": people / seconds,
                f"{name}, CPU ms": 1000 * spent / people,
                f"{name}, p99 s": log.p99(),
            }
            let_in |= log.let_in
            print(f"{name}: {people} in {seconds:.1f} s, others {log.other}", flush=True)
        log = Log()
        _sent(rest[: len(rest) // 10], port, told.clients, log)  # sent once more, as after a loss
    there = import_module("lotrinh.apps.dissemination.models").CheckIn.objects.count()
    return figures, abs(there - city.people) + abs(len(let_in) - city.people)


Job = tuple["Place", tuple[str, ...]]


def _parted(city: "City", people: int, sites: int, batch: int, *, after: int = 0) -> list[Job]:
    """Part the passes between two places of the line into batches, site by site in turn."""
    first, last = -(-after // sites), -(-people // sites)
    jobs: list[list[Job]] = []
    for place in city.places:
        passes = place.passes[first:last] if after else place.passes[: -(-people // sites)]
        jobs.append([(place, passes[n : n + batch]) for n in range(0, len(passes), batch)])
    longest = max(map(len, jobs), default=0)
    return [held[n] for n in range(longest) for held in jobs if n < len(held)]


def _sent(jobs: list[Job], port: int, clients: int, log: Log) -> None:
    """Let so many devices send the batches."""
    todo: Iterator[Job] = iter(jobs)
    turn = threading.Lock()

    def work(_number: int) -> None:
        line = HTTPConnection("localhost", port, timeout=30)
        device = str(uuid4())
        while True:
            with turn:
                job = next(todo, None)
            if job is None:
                line.close()
                return
            line = _one(line, job, device, port, log)

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(work, range(clients)))


def _one(line: HTTPConnection, job: Job, device: str, port: int, log: Log) -> HTTPConnection:
    """Send one batch until it is answered, over a new line where the old one broke."""
    place, passes = job
    now = datetime.now(UTC).isoformat()
    body = json.dumps({"device": device, "passes": [[one, now] for one in passes]})
    while True:
        begun = time.perf_counter()
        try:
            line.request("POST", f"/doors/{place.door}/passes/", body)
            answer = line.getresponse()
            said: dict[str, Any] = json.loads(answer.read())
        except (OSError, ValueError):
            line.close()
            line = HTTPConnection("localhost", port, timeout=30)
            log.again += 1
            time.sleep(0.2)
            continue
        log.keep(time.perf_counter() - begun, said.get("answers", {}))
        return line


if __name__ == "__main__":
    main()
