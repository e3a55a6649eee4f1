"""The way of a request through the application, beside Django's own entry for such servers.

Two web servers on one database, each with one process: ours, and the same application behind the
entry that Django brings. They answer in turn: a page of a stranger, a small file, and a pass that
is shown at a door. What an answer costs is the processor time of the web server alone.

    make bench NAME=handling
"""

import argparse
import json
import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.management import call_command

from bench.served import served
from bench.units import scratch
from lotrinh.cli.serving import choose_port

if TYPE_CHECKING:
    from bench.checkin_city import City

_SIDES = {"ours": "lotrinh.config.asgi:application", "Django's": "bench.handling_plain:application"}
_EACH = 200
Ask = Callable[[HTTPConnection, int], None]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds: int = parser.parse_args().rounds
    os.chdir(Path(__file__).resolve().parents[1])
    with tempfile.TemporaryDirectory(prefix="lotrinh-bench-") as state:
        os.environ |= {"LOTRINH_STATE": state, "LOTRINH_TODAY": "2024-08-07"}
        with scratch():
            # these need Django, which reads its settings from what was said just now
            city: City = import_module("bench.checkin_city").fill(10, 2 * _EACH * (rounds + 1))
            call_command("collectstatic", interactive=False, verbosity=0)
            found = _measured(_questions(city), rounds, Path(state))
    ratios = {what: round(one["Django's"] / one["ours"], 2) for what, one in found.items()}
    for what, one in found.items():
        print(f"{what:20}" + "".join(f"{side} {ms:.2f} ms  " for side, ms in one.items()))
    told = {"name": "handling", "compared": list(_SIDES), "figures, CPU ms": found}
    print(json.dumps(told | {"ratios": ratios}))


def _questions(city: "City") -> dict[str, Ask]:
    passes = iter([(place.door, one) for place in city.places for one in place.passes])
    device = str(uuid4())

    def scan(line: HTTPConnection, _number: int) -> None:
        door, one = next(passes)
        shown = [[one, datetime.now(UTC).isoformat()]]
        said = _asked(
            line, f"/doors/{door}/passes/", json.dumps({"device": device, "passes": shown})
        )
        if list(json.loads(said)["answers"].values()) != ["admitted"]:
            raise SystemExit(said.decode())

    return {
        "a pass at a door": scan,
        "a page": partial(_get, "/account/sign-in/"),
        "a small file": partial(_get, "/static/build/mark.svg"),
    }


def _get(path: str, line: HTTPConnection, _number: int) -> None:
    _asked(line, path)


def _asked(line: HTTPConnection, path: str, body: str | None = None) -> bytes:
    line.request("GET" if body is None else "POST", path, body)
    answer = line.getresponse()
    said = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return said


def _measured(questions: dict[str, Ask], rounds: int, state: Path) -> dict[str, dict[str, float]]:
    """Return the middle of the milliseconds by question and side; the first round is left out."""
    seen = import_module("bench.reporting_seen")
    taken: dict[str, dict[str, list[float]]] = {
        what: {side: [] for side in _SIDES} for what in questions
    }
    with ExitStack() as held:
        sides = {
            side: held.enter_context(_served(program, state)) for side, program in _SIDES.items()
        }
        for number in range(rounds + 1):
            for what, ask in questions.items():
                for side, (port, pid) in sides.items():
                    line, spent = HTTPConnection("localhost", port, timeout=30), seen.Spent(pid)
                    for place in range(_EACH):
                        ask(line, place)
                    line.close()
                    if number:
                        taken[what][side].append(1000 * spent.seconds() / _EACH)
    return {
        what: {side: round(statistics.median(one), 3) for side, one in sides.items()}
        for what, sides in taken.items()
    }


@contextmanager
def _served(program: str, state: Path) -> Iterator[tuple[int, int]]:
    """Run one web server; give its port and its process."""
    port = choose_port(None)
    words = ["granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port)]
    with served([*words, "--no-access-log", program], port, state / f"{port}.log") as pid:
        yield port, pid


if __name__ == "__main__":
    main()
