"""Asking a site as a browser does: signed in, one connection kept open, whole pages.

What a request cost is told twice: by the clock, and by the work of the site's own processes and of
its sessions in the database, which other work on the machine hardly touches.
"""

import gzip
import http.client
import os
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.peers.redmine import site

_IDLE = 5  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole; ``size`` is what went over the wire."""

    status: int
    text: str
    size: int
    seconds: float
    place: str


@dataclass
class Browser:
    """One person at one site."""

    port: int
    headers: dict[str, str] = field(default_factory=lambda: {"Accept-Encoding": "gzip"})
    cookies: dict[str, str] = field(default_factory=dict)
    line: http.client.HTTPConnection = field(init=False)
    asked: float = 0.0

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("localhost", self.port, timeout=1800)

    def ask(
        self, path: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request and read the answer to its end."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {**self.headers, **(headers or {}), **({"Cookie": cookies} if cookies else {})}
        if time.perf_counter() - self.asked > _IDLE:
            self.line.close()  # a server hangs up on who says nothing for a while
        self.asked = begun = time.perf_counter()
        self.line.request("GET" if body is None else "POST", path, body=body, headers=sent)
        answer = self.line.getresponse()
        raw = answer.read()
        seconds = time.perf_counter() - begun
        for one in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: said.value for name, said in SimpleCookie(one).items()}
        packed = answer.headers.get("Content-Encoding") == "gzip"
        text = (gzip.decompress(raw) if packed else raw).decode()
        place = answer.headers.get("Location") or ""
        return Answer(answer.status, text, len(raw), seconds, place)

    def send(self, path: str, form: Mapping[str, str]) -> Answer:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(path, body=urlencode(form).encode(), headers=kind)


def signed_in_with_us(port: int, login: str, password: str) -> Browser:
    """Return a browser that has signed in at our site by the form."""
    browser = Browser(port)
    page = browser.ask("/account/sign-in/")
    token = hidden(page.text, "csrfmiddlewaretoken")
    form = {"csrfmiddlewaretoken": token, "login": login, "password": password}
    return _let_in(browser, browser.send("/account/sign-in/", form))


def signed_in_with_them(port: int, login: str, password: str) -> Browser:
    """Return a browser that has signed in at Redmine by the form."""
    browser = Browser(port)
    token = hidden(browser.ask("/login").text, "authenticity_token")
    form = {"authenticity_token": token, "username": login, "password": password}
    return _let_in(browser, browser.send("/login", form))


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    field_of = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', field_of.group(0)) if field_of else None
    if value is None:
        raise SystemExit(f"the page has no field {name}")
    return value.group(1)


def work(name: str, database: str) -> float:
    """Return the seconds that a site's web processes and its database sessions have worked.

    Counted in hundredths of a second, and so fit for the mean of many requests alone.
    """
    pids = set(_below(int((site.HOME / f"{name}.pid").read_text())))
    with site.connect() as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s", [database]
        ).fetchall()
    return sum(_worked(pid) for pid in pids | {int(str(pid)) for (pid,) in rows})


def load() -> list[float]:
    """Return the load of the machine in the last 1, 5 and 15 minutes."""
    return [float(one) for one in Path("/proc/loadavg").read_text().split()[:3]]


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value below which this share of them lies, by the nearest rank."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def _let_in(browser: Browser, answer: Answer) -> Browser:
    if answer.status not in {302, 303} or "in" in urlsplit(answer.place).path.split("-")[1:]:
        raise SystemExit(f"not signed in: {answer.status} {answer.place}")
    return browser


def _below(pid: int) -> Iterable[int]:
    """Return a process and all that it has started, but for our worker and what keeps it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            children.setdefault(_parent(folder), []).append(int(folder.name))
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        if b"worker" not in _words(one):
            yield one
            waiting += children.get(one, [])


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _words(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return [b"worker"]


def _worked(pid: int) -> float:
    """Return the seconds that a process has been on a core, with threads that are no more."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
