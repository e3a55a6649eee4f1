"""The simulation of one city in several processes, each with duties and a seed of its own.

All write into one database. Between two rests each takes the same steps whatever the others do: a
duty is touched by the process alone that began it, but for the periods that fall due, which
whoever comes first opens.
"""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, connections

from bench.simulation_city import YEARS, City
from lotrinh.demo.simulation import Simulation


@dataclass(frozen=True, slots=True)
class Halves:
    """The processes, by the ends of the pipes to them."""

    pipes: tuple[Any, ...]

    def run(self, *, until: date) -> tuple[int, int]:
        """Let all happen by the end of that day; return the steps taken and refused so far."""
        for pipe in self.pipes:
            pipe.send(until)
        told = [pipe.recv() for pipe in self.pipes]
        return sum(taken for taken, _ in told), sum(refused for _, refused in told)


@contextmanager
def halves(city: City, *, duties: int, seed: int, processes: int) -> Iterator[Halves]:
    """Start the processes, and end them."""
    for one in connections.all():
        one.close()
        one.close_pool()  # a pool and its threads stay with the process that made them
    fork, pipes, started = multiprocessing.get_context("fork"), [], []
    for number in range(processes):
        ours, theirs = fork.Pipe()
        many = duties // processes + (number < duties % processes)
        child = fork.Process(target=_serve, args=(theirs, city, many, f"{seed}/{number}"))
        child.start()
        theirs.close()
        pipes.append(ours)
        started.append(child)
    try:
        yield Halves(tuple(pipes))
        for pipe in pipes:
            pipe.send(None)
    finally:
        for pipe in pipes:
            pipe.close()
        for child in started:
            child.join(timeout=10)
            child.kill()


def _serve(pipe: Any, city: City, duties: int, seed: str) -> None:
    """Run one part as far as it is told to, until it is told nothing more."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")  # steps are measured, not the disk
    running = Simulation(city.parties, YEARS, duties=duties, seed=seed)
    try:
        while (until := pipe.recv()) is not None:
            running.run(until=until)
            pipe.send((running.taken, running.refused))
    except EOFError:  # whoever asked is gone
        pass
    connection.close()
