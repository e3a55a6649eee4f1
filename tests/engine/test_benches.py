"""Two benches of one checkout at once have a server each: the first to end leaves the other's."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cluster import CHECKOUT

_BENCH = """
import sys
import psycopg
from bench.seats import own_engine, seat
with own_engine() as engine:
    print(seat(), engine.owned, flush=True)
    for _ in sys.stdin:
        with psycopg.connect(engine.url("postgres", "postgres")) as connection:
            print(connection.execute("SELECT 6 * 7").fetchone()[0], flush=True)
"""


class Bench:
    """A process that does what a bench does: it takes a server and asks it, line by line."""

    def __init__(self, home: Path) -> None:
        environment = {**os.environ, "LOTRINH_HOME": str(home), "PYTHONPATH": str(CHECKOUT)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _BENCH],
            env=environment,
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def line(self) -> str:
        """Return the next line that it prints; nothing once it has ended."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def ask(self) -> str:
        """Let it ask its server once."""
        assert self.process.stdin is not None
        self.process.stdin.write("ask\n")
        self.process.stdin.flush()
        return self.line()

    def end(self) -> int:
        """Let it end by itself, and return its exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(60)

    def kill(self) -> None:
        """End it whatever it does."""
        self.process.kill()
        self.process.wait(60)


@pytest.fixture
def begin() -> Iterator[Callable[[], Bench]]:
    """Return what starts a bench in a home that all of them share and nobody else has."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lotrinh-benches-")))
        folder.chmod(0o755)

        def begun() -> Bench:
            bench = Bench(folder)
            stack.callback(bench.kill)
            return bench

        yield begun


def test_the_bench_that_ends_first_leaves_the_other_its_server(
    begin: Callable[[], Bench],
) -> None:
    first, second = begin(), begin()
    seats = [bench.line().split() for bench in (first, second)]
    assert [owned for _, owned in seats] == ["True", "True"]
    assert seats[0][0] != seats[1][0]
    assert [first.ask(), second.ask()] == ["42", "42"]

    assert first.end() == 0

    assert second.ask() == "42"
    assert second.end() == 0


def test_the_seat_of_a_bench_that_was_killed_is_free_again(begin: Callable[[], Bench]) -> None:
    killed = begin()
    name = killed.line().split()[0]
    killed.kill()

    after = begin()

    seat, owned = after.line().split()
    assert (seat <= name, owned) == (True, "True")  # an earlier one may have become free meanwhile
    assert after.ask() == "42"
