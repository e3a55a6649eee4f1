"""One site tells, and every open live page shows it: how long the last of a thousand waits.

Against the very server that ``lotrinh serve`` starts, on this machine. So many pages keep their
line open (server-sent events); a site tells how many are there, ``--events`` times one after the
other; every page notes when the new number came. Beside it stands what the same costs where pages
ask again: the part of the page, asked for by a signed-in browser. Run as ``python -m bench.live``.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bench.reporting import _database, _served
from bench.units import scratch

if TYPE_CHECKING:
    from bench.live_city import Watched

_GOALS = {"last page, s": 1.0}
_QUIET = 30.0
_ASKED = 40


def main() -> None:
    """Measure and print."""
    os.chdir(Path(__file__).resolve().parents[1])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--sites", type=int, default=618)
    parser.add_argument("--events", type=int, default=10)
    parser.add_argument("--processes", type=int, default=2)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lotrinh-bench-") as state:
        os.environ |= {"LOTRINH_STATE": state, "LOTRINH_TODAY": "2024-08-07"}
        with scratch():
            # this needs Django, which reads its settings from what was said just now
            held: Watched = import_module("bench.live_city").fill(told.sites)
            with _served(Path(state), told.processes) as (port, pid):
                figures = asyncio.run(_measured(held, told, port, pid))
                figures |= _asked_again(held, port, pid)
    for name, value in figures.items():
        print(f"{name:40}{value:12.4f}")
    by_line = figures["line: CPU ms a page and event"]
    print(
        json.dumps(
            {
                "name": "live",
                "compared": ["pages told by a line", "pages that ask again"],
                "pages": told.pages,
                "sites": told.sites,
                "figures": figures,
                "ratios": {"asking / told, CPU": figures["asked again: CPU ms a page"] / by_line},
                "goals": _GOALS,
            }
        )
    )


async def _measured(
    held: "Watched", told: argparse.Namespace, port: int, pid: int
) -> dict[str, float]:
    """Open the pages, let sites tell, and look when each page had it."""
    seen = import_module("bench.reporting_seen")
    before = _memory(pid)
    pages = [_Page(port, held) for _ in range(told.pages)]
    for begin in range(0, len(pages), 50):
        await asyncio.gather(*(one.open() for one in pages[begin : begin + 50]))
    await asyncio.sleep(2)
    grown = _memory(pid) - before
    waits: list[float] = []
    lasts: list[float] = []
    watched = [seen.Spent(pid), seen.Spent(_database())]
    for turn in range(1, told.events + 1):
        total = turn * (turn + 1) // 2
        begun = time.perf_counter()
        await asyncio.to_thread(held.tell, held.sites[turn], turn)
        came = await asyncio.gather(*(one.shows(total) for one in pages))
        waits += [at - begun for at in came]
        lasts.append(max(came) - begun)
    spent = sum(one.seconds() for one in watched)
    for one in pages:
        one.close()
    return {
        "median page, s": statistics.median(waits),
        "last page, s": max(lasts),
        "last page of the median event, s": statistics.median(lasts),
        "memory a page, kB": grown / told.pages,
        "line: CPU ms a page and event": 1000 * spent / told.pages / told.events,
    }


class _Page:
    """An open live page: its line, read as it comes."""

    def __init__(self, port: int, held: "Watched") -> None:
        self._port, self._held = port, held
        self._shown: dict[int, float] = {}
        self._news = asyncio.Event()

    async def open(self) -> None:
        reader, self._writer = await asyncio.open_connection("localhost", self._port)
        self._writer.write(
            f"GET /conferences/{self._held.uid}/live/ HTTP/1.1\r\nHost: localhost\r\n"
            f"Cookie: lotrinh_session={self._held.session}\r\n\r\n".encode()
        )
        status = await reader.readline()
        if b" 200 " not in status:
            raise SystemExit(f"the line was not opened: {status!r}")
        self._reading = asyncio.create_task(self._read(reader))

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            at = time.perf_counter()
            if line.startswith(b"data: {"):
                said = json.loads(line[6:])["words"]["en"]["present"]
                self._shown.setdefault(int(said.replace(",", "")), at)
                self._news.set()

    async def shows(self, people: int) -> float:
        """Return when the page showed so many, or more."""
        async with asyncio.timeout(_QUIET):
            while not any(one >= people for one in self._shown):
                self._news.clear()
                await self._news.wait()
        return min(at for one, at in self._shown.items() if one >= people)

    def close(self) -> None:
        self._reading.cancel()
        self._writer.close()


def _asked_again(held: "Watched", port: int, pid: int) -> dict[str, float]:
    """Ask for the part of the page as a browser does where no line comes through."""
    seen = import_module("bench.reporting_seen")
    line = HTTPConnection("localhost", port, timeout=30)
    cookie = {"Cookie": f"lotrinh_session={held.session}"}
    watched = [seen.Spent(pid), seen.Spent(_database())]
    for _turn in range(_ASKED):
        line.request("GET", f"/conferences/{held.uid}/room/", headers=cookie)
        answer = line.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"the part was not given: {answer.status}")
    spent = sum(one.seconds() for one in watched)
    return {"asked again: CPU ms a page": 1000 * spent / _ASKED}


def _memory(pid: int) -> float:
    """Return the kB that a process and all that it started hold, of shared parts their share."""
    seen = import_module("bench.reporting_seen")
    kept, todo = 0, [pid]
    while todo:
        one = todo.pop()
        todo.extend(seen.children_of(one))
        for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kept += int(line.split()[1])
    return float(kept)


if __name__ == "__main__":
    main()
