"""What one check-in costs: pretix's single scans, ours, and our batches of fifty.

Both run as they run in production, each with a server of the same PostgreSQL; everybody shows a
ticket or pass of their own, in interleaved rounds, and must be there once in the end. The cost is
the time on a core of the web processes and of the database: first with one web process and one
device, then with two and eight. Run as ``python -m bench.peers.pretix.checkins PROGRAMS`` with the
folder of the programs of the environment in which pretix is installed.
"""

import argparse
import os
import platform
import subprocess
import tempfile
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from bench.checkin import Log, _sent
from bench.peers.kept import keep_in
from bench.peers.pretix import event as events
from bench.peers.pretix import site as sites
from bench.reporting import _database, _served
from bench.units import scratch
from lotrinh.engine import Engine, layout_for

if TYPE_CHECKING:
    from bench.peers.pretix.sides import Crowd, Side

CHECKOUT = Path(__file__).resolve().parents[3]
RESULT = Path(__file__).parent / "result-2026-11.json"
SETTINGS = ((1, 1), (2, 8))
"""The web processes of each site, and the devices that ask at once."""
PLACES = 100
GOALS = {"one scan": 30, "batches of 50": 500}


def main() -> None:
    """Measure, print, and leave the result."""
    os.chdir(CHECKOUT)
    told = _asked_for()
    with tempfile.TemporaryDirectory(prefix="lotrinh-bench-") as folder:
        os.environ |= {"LOTRINH_STATE": folder, "LOTRINH_TODAY": "2024-08-07"}
        with sites.running(told.programs.resolve()) as pretix, scratch():
            crowd, state = _crowd(pretix, told.rounds), Path(folder)
            found = [_measured(pretix, crowd, state, told.rounds, *one) for one in SETTINGS]
            once = _told_once(pretix, crowd, state)
            known = _versions(pretix)
    for part in found:
        name = f"{part['web processes of each']} web, {part['devices']} at once"
        keep_in(RESULT, known, name, part | {"each is there once": once})
        _print(name, part)
    print(once)


def _asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", type=Path, help="where the programs of pretix lie")
    parser.add_argument("--rounds", type=int, default=10)
    return parser.parse_args()


def _crowd(pretix: sites.Site, rounds: int) -> "Crowd":
    """Fill both sites with as many as will be shown."""
    # these need Django, which reads its settings from what was said just now
    sides, cities = map(import_module, ("bench.peers.pretix.sides", "bench.checkin_city"))
    needed = {
        name: len(SETTINGS) * (count // 10 + rounds * count)
        for name, count in sides.REQUESTS.items()
    }
    with pretix.served(2):
        event = events.make(pretix, needed[sides.SCAN] + needed[sides.OLDER])
    print(f"pretix has {len(event.tickets)} tickets", flush=True)
    alone, batches = (-(-needed[name] // PLACES) for name in (sides.SINGLE, sides.BATCH))
    city = cities.fill(PLACES, PLACES * (alone + sides.PASSES * batches))
    engine = Engine(layout_for(name=os.environ["LOTRINH_CLUSTER"]))
    address = engine.url(os.environ["LOTRINH_DATABASE"], "postgres")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    print(f"ours has {city.people} passes", flush=True)
    crowd: Crowd = sides.Crowd(event, city, needed)
    return crowd


def _measured(
    pretix: sites.Site, crowd: "Crowd", state: Path, rounds: int, processes: int, devices: int
) -> dict[str, Any]:
    """Ask every side in turn, round by round."""
    with pretix.served(processes) as web, _served(state, processes) as (port, pid):
        asked = _sides(pretix, crowd, web, pid, port, devices)
        before = os.getloadavg()
        for side in asked:
            side.warm_up()
        for _ in range(rounds):
            for side in asked:
                side.ask()
        after = os.getloadavg()
    scan, older, single, batch = asked
    return {
        "web processes of each": processes,
        "devices": devices,
        "rounds": rounds,
        "load before and after": [[round(one, 2) for one in load] for load in (before, after)],
        "figures": {side.name: side.figures() for side in asked},
        "ratios, pretix / ours": {
            "one scan": scan.times(single),
            "one scan at its list": older.times(single),
            "batches of 50": scan.times(batch),
        },
        "goals of the cost": GOALS,
    }


def _sides(
    pretix: sites.Site, crowd: "Crowd", web: int, pid: int, port: int, devices: int
) -> "list[Side]":
    sides = import_module("bench.peers.pretix.sides")
    theirs = {"web": web, "database": pretix.database}
    theirs |= {"worker": pretix.worker, "Redis": pretix.redis}
    ours = {"web and worker": pid, "worker": sides.worker_in(pid), "database": _database()}
    event = crowd.event
    return [
        sides.Side(sides.SCAN, 1, crowd.theirs(event.redeem, devices), theirs),
        sides.Side(sides.OLDER, 1, crowd.theirs(event.redeem_at_list, devices), theirs),
        sides.Side(sides.SINGLE, 1, crowd.ours(sides.SINGLE, port, devices), ours),
        sides.Side(sides.BATCH, sides.PASSES, crowd.ours(sides.BATCH, port, devices), ours),
    ]


def _told_once(pretix: sites.Site, crowd: "Crowd", state: Path) -> dict[str, Any]:
    """Return how many are there by each site's own word; an error unless each is there once.

    Some of either are shown once more before, which may let in nobody.
    """
    with pretix.served(1):
        door = events.Interface(f"Device {crowd.event.device}")
        said = [crowd.event.answer_again(door, one) for one in crowd.event.tickets[:20]]
        counted = crowd.event.counted(events.Interface(f"Token {pretix.token}"))
    log = Log()
    with _served(state, 1) as (port, _pid):
        _sent(crowd.sent[:20], port, 1, log)
    there = import_module("lotrinh.apps.dissemination.models").CheckIn.objects.count()
    shown = sum(len(passes) for _place, passes in crowd.sent)
    if set(said) != {"already_redeemed"} or set(counted.values()) != {len(crowd.event.tickets)}:
        raise SystemExit(f"pretix: not each once: {counted}, and anew {said}")
    if log.let_in or {there, len(crowd.let_in)} != {shown}:
        raise SystemExit(f"ours: not each once: {shown} shown, {there} there, anew {log.let_in}")
    return {"pretix": counted, "ours": {"passes": shown, "check-ins": there}}


def _versions(pretix: sites.Site) -> dict[str, str]:
    """Return the versions of both sites and of what they run on."""
    engine = Engine(layout_for(name=os.environ["LOTRINH_CLUSTER"]))
    with psycopg.connect(engine.url("postgres", "postgres")) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    commit = subprocess.run(
        ["/usr/bin/git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
    )
    return {f"pretix's {name}": one for name, one in sites.versions(pretix).items()} | {
        "Lotrinh, commit": commit.stdout.strip(),
        "our Django": version("django"),
        "our granian": version("granian"),
        "our Python": platform.python_version(),
        "our PostgreSQL": str(row[0]) if row else "",
    }


def _print(name: str, part: dict[str, Any]) -> None:
    print(f"\n{name}, load {part['load before and after']}")
    for side, figures in part["figures"].items():
        print(f"  {side}: " + "; ".join(f"{what} {one}" for what, one in figures.items()))
    for what, ratios in part["ratios, pretix / ours"].items():
        print(f"  {what}: " + "; ".join(f"{kind} {one}x" for kind, one in ratios.items()))


if __name__ == "__main__":
    main()
