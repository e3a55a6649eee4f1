"""The ways of checking in that are compared, and what each has spent so far.

A side is asked in rounds. Its processes are watched only while it is asked: what they do for
themselves meanwhile is another's turn.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.checkin import Job, Log, _sent
from bench.checkin_city import City
from bench.peers.pretix.event import Event, Interface
from bench.reporting_seen import Spent, children_of

PASSES = 50
SCAN, OLDER = "pretix, one scan", "pretix, one scan at its list"
SINGLE, BATCH = "ours, one scan", "ours, batches of 50"
REQUESTS = {SCAN: 100, OLDER: 40, SINGLE: 300, BATCH: 60}
"""How many requests a round makes of each side; a tenth of it warms each up beforehand."""
_READING = 0.2
"""Seconds by which readings may be off: each process is told in hundredths."""


@dataclass(slots=True)
class Side:
    """One way of checking in: ``send`` sends so many requests and says how long each took.

    ``processes`` has by name the process whose tree is watched; our worker lies in that of our web
    server, and is taken off it.
    """

    name: str
    people: int
    send: Callable[[int], Sequence[float]]
    processes: Mapping[str, int]
    took: list[float] = field(default_factory=list)
    spent: list[dict[str, float]] = field(default_factory=list)
    seconds: float = 0.0

    def warm_up(self) -> None:
        """Send what does not count."""
        self.send(REQUESTS[self.name] // 10)

    def ask(self) -> None:
        """Send one round."""
        watched = {name: Spent(pid) for name, pid in self.processes.items()}
        begun = time.perf_counter()
        self.took += self.send(REQUESTS[self.name])
        self.seconds += time.perf_counter() - begun
        spent = {name: one.seconds() for name, one in watched.items()}
        if "web and worker" in spent:
            spent["web"] = spent.pop("web and worker") - spent["worker"]
        if min(spent.values()) < -_READING:
            raise SystemExit(f"{self.name}: its processes could not be watched: {spent}")
        self.spent.append(spent)

    def cost(self) -> float:
        """Return what one check-in has cost the web processes and the database, in seconds."""
        spent = sum(one["web"] + one["database"] for one in self.spent)
        return spent / (self.people * len(self.took))

    def times(self, other: "Side") -> dict[str, float]:
        """Return how many times the other's check-in ours costs, and how long doors wait."""
        return {
            "cost of a check-in": round(self.cost() / other.cost(), 1),
            "p50 of a request": round(median(self.took) / median(other.took), 1),
        }

    def figures(self) -> dict[str, object]:
        """Return what one check-in has cost, in milliseconds on a core, and what a door saw."""
        people = self.people * len(self.took)
        cost = {name: 1000 * sum(one[name] for one in self.spent) for name in self.spent[0]}
        a_round = self.people * REQUESTS[self.name]
        each = [1000 * (one["web"] + one["database"]) / a_round for one in self.spent]
        return {
            "check-ins": people,
            "web and database, ms": round(1000 * self.cost(), 4),
            "least and most of a round, ms": [round(min(each), 4), round(max(each), 4)],
            **{f"{name}, ms": round(spent / people, 4) for name, spent in sorted(cost.items())},
            "p50 of a request, ms": round(1000 * median(self.took), 2),
            "check-ins a second": round(people / self.seconds, 1),
        }


class Crowd:
    """Who has a ticket or a pass and was not shown yet; and who was let in."""

    def __init__(self, event: Event, city: City, needed: Mapping[str, int]) -> None:
        self.event = event
        self.tickets = iter(event.tickets)
        alone = -(-needed[SINGLE] // len(city.places))
        self.jobs = {
            SINGLE: _parted(city, 0, alone, 1),
            BATCH: _parted(city, alone, len(city.places[0].passes), PASSES),
        }
        self.sent: list[Job] = []
        self.let_in: set[str] = set()

    def theirs(
        self, redeem: Callable[[Interface, str], None], devices: int
    ) -> Callable[[int], list[float]]:
        """Return what checks in the next tickets at pretix, by so many devices."""

        def work(own: Sequence[str]) -> list[float]:
            door, took = Interface(f"Device {self.event.device}"), []
            for ticket in own:
                begun = time.perf_counter()
                redeem(door, ticket)
                took.append(time.perf_counter() - begun)
            return took

        def send(requests: int) -> list[float]:
            shown = [next(self.tickets) for _ in range(requests)]
            with ThreadPoolExecutor(devices) as pool:
                parts = pool.map(work, [shown[turn::devices] for turn in range(devices)])
                return [one for part in parts for one in part]

        return send

    def ours(self, name: str, port: int, devices: int) -> Callable[[int], list[float]]:
        """Return what sends the next batches to us, by so many devices."""

        def send(requests: int) -> list[float]:
            log, jobs = Log(), [next(self.jobs[name]) for _ in range(requests)]
            _sent(jobs, port, devices, log)
            if log.other or log.again:
                raise SystemExit(f"not let in: {log.other}, sent again: {log.again}")
            self.sent += jobs
            self.let_in |= log.let_in
            return log.took

        return send


def worker_in(pid: int) -> int:
    """Return the process of our worker, in the tree of ``lotrinh serve``."""
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        if b"worker" in Path(f"/proc/{one}/cmdline").read_bytes().split(b"\0"):
            return one
        waiting += children_of(one)
    raise SystemExit("our worker does not run")


def _parted(city: City, first: int, last: int, batch: int) -> Iterator[Job]:
    """Part the passes between two places of each site's line into batches, all of one size."""
    for at in range(first, last - batch + 1, batch):
        for place in city.places:
            yield place, place.passes[at : at + batch]
