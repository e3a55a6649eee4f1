"""Those who report at ``bench.reporting``: people with a browser each, over HTTP on this machine.

Units begin evenly over the given minutes. In each, one opens the grid, enters the first cells as
the page's script sends them when a cell is left, saves all the others by the form, reads the report
and hands it in; then the other one reads it and approves. Meanwhile files are fetched. Whoever is
not answered, or with a fault, sends the same again with its key, as the page does.
"""

import gzip
import http.client
import re
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.message import Message

from uuid_utils.compat import uuid7

from bench.reporting_city import FIGURES, City, Owed

HANDS = 24
"""How many people are served at the same time at most."""
CELLS = 5
"""How many cells of a report are sent one by one before the form is saved."""
EXPORTS = 100
_PATIENCE = 60.0
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="(client_key|content|language)" value="([^"]+)"')
_OVER = re.compile(r'name="(o-[0-9a-f-]{36})" value="(\d*)"')

GRID, CELL, SAVE = "open the grid", "one cell", "enter 200 figures"
READ, HAND_IN, JUDGE, APPROVE = (
    "read before handing in",
    "hand in",
    "read before approving",
    "approve",
)
AFTER = "see the report after"
ROOM_XLSX, ROOM_CSV, BOOK = "export: collection xlsx", "export: collection csv", "export: workbook"


class Refused(Exception):
    """The server answered with something else than was due."""


@dataclass(slots=True)
class Log:
    """What was seen: seconds by kind, what was sent again, what was answered."""

    took: dict[str, list[float]] = field(default_factory=dict)
    again: Counter[str] = field(default_factory=Counter)
    approved: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    late: float = 0.0
    """By how many seconds somebody began later than he wanted, because all hands were busy."""
    bytes: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, seconds: float, size: int) -> None:
        """Keep one answer."""
        with self.lock:
            self.took.setdefault(kind, []).append(seconds)
            self.bytes[kind] += size


class Browser:
    """The browser of one account: a connection that is kept, and the cookies."""

    def __init__(self, port: int, session: str, log: Log) -> None:
        self._port, self._log = port, log
        self._cookies = {"lotrinh_session": session}
        self._connection: http.client.HTTPConnection | None = None

    def get(self, path: str, kind: str) -> str:
        """Return a page."""
        return self.bytes_of(path, kind).decode()

    def bytes_of(self, path: str, kind: str) -> bytes:
        """Return what lies at an address."""
        return self._answered("GET", path, None, kind, 200)

    def post(self, path: str, fields: Mapping[str, str], kind: str, *, code: int = 303) -> str:
        """Send a form; its answer must have this code."""
        sent = urllib.parse.urlencode(fields).encode()
        return self._answered("POST", path, sent, kind, code).decode()

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _answered(self, method: str, path: str, body: bytes | None, kind: str, code: int) -> bytes:
        """Return the answer; the time runs until it is there, also where it is asked for again."""
        begun = time.perf_counter()
        while True:
            try:
                found, answer = self._once(method, path, body)
            except (OSError, http.client.HTTPException) as lost:
                self.close()
                found, answer = 0, repr(lost).encode()
            if found == code:
                self._log.note(kind, time.perf_counter() - begun, len(answer))
                return answer
            if 0 < found < 500 or time.perf_counter() - begun > _PATIENCE:
                raise Refused(f"{kind}: {found} for {method} {path}: {answer[:300]!r}")
            self._log.again[kind] += 1
            time.sleep(0.2)

    def _once(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "Accept-Encoding": "gzip", "Accept-Language": "vi"}
        headers["Host"] = f"localhost:{self._port}"
        if body is not None:
            origin = f"http://localhost:{self._port}"
            headers |= {"Origin": origin, "Referer": origin + path}
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, said, told = self._sent(method, path, body, headers)
        for line in told.get_all("Set-Cookie") or ():
            name, _, rest = line.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        return status, gzip.decompress(said) if told.get("Content-Encoding") == "gzip" else said

    def _sent(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes, Message]:
        """Return the code, the body and the headers of what is answered to one sending."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read(), answer.headers


def run(city: City, *, port: int, minutes: float) -> Log:
    """Let everybody report, beginning within so many minutes; return what was seen."""
    log, begun = Log(), time.perf_counter()
    acts: list[tuple[float, Callable[[], None]]] = [
        (60 * minutes * place / len(city.owed), _told(log, _reporting, city, owed, port, log))
        for place, owed in enumerate(city.owed)
    ]
    acts += [
        (60 * minutes * place / EXPORTS, _told(log, _exporting, city, place, port, log))
        for place in range(EXPORTS)
    ]
    with ThreadPoolExecutor(HANDS) as hands:
        for due, act in sorted(acts, key=lambda one: one[0]):
            time.sleep(max(0.0, begun + due - time.perf_counter()))
            hands.submit(_begun, log, begun + due, act)
    return log


def _begun(log: Log, due: float, act: Callable[[], None]) -> None:
    late = time.perf_counter() - due
    with log.lock:
        log.late = max(log.late, late)
    act()


def _told(log: Log, act: Callable[..., None], *given: object) -> Callable[[], None]:
    """Return the act with what it is given; what goes wrong in it is kept."""

    def done() -> None:
        try:
            act(*given)
        except Exception as failed:  # it is printed, and the bench fails
            with log.lock:
                log.failed.append(f"{type(failed).__name__}: {failed}")

    return done


def _reporting(city: City, owed: Owed, port: int, log: Log) -> None:
    """Enter, hand in and approve the report of one unit, over HTTP."""
    writer, other = (Browser(port, key, log) for key in (owed.writer, owed.approver))
    report(city, owed, writer=writer, other=other)
    with log.lock:
        log.approved.add(owed.uid)


def report(city: City, owed: Owed, *, writer: Browser, other: Browser) -> None:
    """Enter and hand in the report of one unit, and let the other one approve it."""
    path = f"/reports/{owed.uid}/"
    page = writer.get(path, GRID)
    for place in range(CELLS):
        sent = _one_cell(city, owed, place, page)
        writer.post(path, sent, CELL, code=200)
    writer.post(path, _whole_form(city, owed, writer.get(path, GRID)), SAVE)
    writer.get(path, AFTER)
    _step(writer, path, "hand_in", READ, HAND_IN)
    writer.close()
    _step(other, path, "approve", JUDGE, APPROVE)
    other.close()


def _step(browser: Browser, path: str, step: str, reads: str, takes: str) -> None:
    """Read what a step is about, take it, and see the report afterwards."""
    page = browser.get(f"{path}step/{step}/", reads)
    browser.post(f"{path}step/{step}/", {**_hidden(page), "note": ""}, takes)
    browser.get(path, AFTER)


def _hidden(page: str) -> dict[str, str]:
    token = _TOKEN.search(page)
    if token is None:
        raise Refused(f"the page has no form: {page[:300]!r}")
    return dict(_HIDDEN.findall(page)) | {"csrfmiddlewaretoken": token.group(1)}


def _one_cell(city: City, owed: Owed, place: int, page: str) -> dict[str, str]:
    """Return what the script sends when a cell is left."""
    uid = city.measures[place][1]
    said = {f"c-{uid}": _typed(city.figure(owed, place)), f"k-{uid}": "", f"o-{uid}": ""}
    return {**_hidden(page), **said, "as": "lines", "client_key": str(uuid7())}


def _whole_form(city: City, owed: Owed, page: str) -> dict[str, str]:
    """Return what the form sends: each line with its figure and the entry that it stands over."""
    said = dict(_OVER.findall(page))
    if len(said) != FIGURES:
        raise Refused(f"the grid has {len(said)} lines")
    for place, (_, uid) in enumerate(city.measures):
        said[f"c-{uid}"], said[f"k-{uid}"] = _typed(city.figure(owed, place)), ""
    return {**_hidden(page), **said, "paste": "", "paste_at": city.measures[0][1]}


def _typed(value: int) -> str:
    """Return a number as it is written in Vietnamese."""
    return f"{value:,}".replace(",", ".")


def _exporting(city: City, place: int, port: int, log: Log) -> None:
    """Fetch one file: the list of the collection as either kind, or the workbook of a report."""
    kind = (ROOM_XLSX, ROOM_CSV, BOOK)[place % 3]
    owed = city.owed[place * 7 % len(city.owed)]
    browser = Browser(port, owed.writer if kind == BOOK else city.office, log)
    here = f"/collections/{city.collection}/room"
    paths = {
        ROOM_XLSX: f"{here}.xlsx",
        ROOM_CSV: f"{here}.csv",
        BOOK: f"/reports/{owed.uid}/book.xlsx",
    }
    browser.bytes_of(paths[kind], kind)
    browser.close()
