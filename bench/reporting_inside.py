"""The clients of ``bench.reporting`` in one process with the application, for what an answer costs.

What is asked goes to the application as the server hands it over; the views run in a thread.
"""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from importlib import import_module
from statistics import median
from typing import Any

import psycopg
from django.core.management import call_command

from bench.reporting_city import City
from bench.reporting_clients import Browser, Log, report

WARM = 2
"""Units whose rounds are not counted: what is made once is made by then."""


class Cost:
    """What the answers cost, by kind."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}
        self.queries: dict[str, list[int]] = {}
        self.sizes: dict[str, list[tuple[int, int]]] = {}
        self.asked = 0
        """How many statements went to the database until now."""

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count every statement, by whichever way it goes to the database."""
        plain = psycopg.Cursor.execute

        def counted(cursor: Any, *given: Any, **more: Any) -> Any:
            self.asked += 1
            return plain(cursor, *given, **more)

        psycopg.Cursor.execute = counted  # type: ignore[method-assign]
        try:
            yield
        finally:
            psycopg.Cursor.execute = plain  # type: ignore[method-assign]

    def row(self, kind: str) -> dict[str, float]:
        """Return what an answer of a kind costs in the middle."""
        return {
            "count": len(self.seconds[kind]),
            "ms": round(1000 * median(self.seconds[kind]), 1),
            "statements": median(self.queries[kind]),
            "kB": round(median(whole for whole, _ in self.sizes[kind]) / 1000, 1),
            "kB sent": round(median(sent for _, sent in self.sizes[kind]) / 1000, 1),
        }


class Inside(Browser):
    """A browser in the process of the application: what is asked is answered without a network."""

    def __init__(self, session: str, log: Log, server: "Server", cost: Cost) -> None:
        super().__init__(80, session, log)
        self._server, self._cost, self._spent = server, cost, (0.0, 0, 0)

    def _answered(self, method: str, path: str, body: bytes | None, kind: str, code: int) -> bytes:
        said = super()._answered(method, path, body, kind, code)
        seconds, asked, sent = self._spent
        self._cost.seconds.setdefault(kind, []).append(seconds)
        self._cost.queries.setdefault(kind, []).append(asked)
        self._cost.sizes.setdefault(kind, []).append((len(said), sent))
        return said

    def _sent(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes, Message]:
        begun, asked = time.process_time(), self._cost.asked
        status, said, told = self._server.answer(method, path, body or b"", headers)
        self._spent = (time.process_time() - begun, self._cost.asked - asked, len(said))
        return status, said, told


class Server:
    """The application as the server of ``lotrinh serve`` runs it: its views in a thread."""

    def __init__(self) -> None:
        self._application = import_module("lotrinh.config.asgi").application
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    def answer(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes, Message]:
        """Return the code, the body and the headers of an answer."""
        asked = self._asked(method, path, body, headers)
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result()

    async def _asked(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes, Message]:
        sent: list[dict[str, Any]] = []
        given = asyncio.Queue[dict[str, Any]]()
        given.put_nowait({"type": "http.request", "body": body, "more_body": False})
        told = {name.lower(): value for name, value in headers.items()}
        told["content-length"] = str(len(body))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in told.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self._application(scope, given.get, send)
        answered = Message()
        for name, value in sent[0]["headers"]:
            answered[name.decode()] = value.decode()
        said = b"".join(one.get("body", b"") for one in sent[1:])
        return int(sent[0]["status"]), said, answered


def play(city: City) -> Cost:
    """Let one unit after another report, and return what the answers cost."""
    call_command("collectstatic", interactive=False, verbosity=0)
    server, log, cost = Server(), Log(), Cost()
    for place, owed in enumerate(city.owed):
        if place == WARM:
            cost = Cost()
        with cost.counting():
            writer, other = (Inside(key, log, server, cost) for key in (owed.writer, owed.approver))
            report(city, owed, writer=writer, other=other)
    return cost
