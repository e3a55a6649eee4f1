"""Telling many open pages at once what has just changed, over one connection each.

A page that shows something live keeps an answer open (server-sent events). Each process of the web
server listens to the database once, however many pages it serves: a service that changes something
notifies, the process asks once what it is now, and hands every page the same line. A page without a
script, or behind something that holds such answers back, asks again every few seconds instead.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import psycopg
from django.db import connection

Now = Mapping[str, Mapping[str, Any]]
"""What a subject is now: parts by name, each by its keys, as JSON holds them."""
Ask = Callable[[UUID], Awaitable[Now | None]]
Tidy = Callable[[], Awaitable[None]]

PACE: Final = 0.5
"""Seconds: a subject that changes all the time is asked no sooner again."""
BREATH: Final = 8.0
"""Seconds after which a page hears that the line still stands, and what lies between, too."""


@dataclass(slots=True)
class Subject:
    """What some pages look at, as it was told last, and the pages by the queues they wait at."""

    now: Now | None = None
    told: str = ""
    """All of it, as the line for a page that has just opened or is behind."""
    queues: set[asyncio.Queue[str]] = field(default_factory=set)


class Hub:
    """Hands the changes of a kind of subject to the pages of this process."""

    def __init__(self, channel: str, ask: Ask, tidy: Tidy) -> None:
        self._channel, self._ask, self._tidy = channel, ask, tidy
        self._subjects: dict[UUID, Subject] = {}
        self._task: asyncio.Task[None] | None = None

    @property
    def listeners(self) -> int:
        """How many pages listen in this process."""
        return sum(len(one.queues) for one in self._subjects.values())

    async def lines(self, subject: UUID) -> AsyncIterator[str]:
        """Yield what the subject is, now and whenever it changes, as events of a page."""
        held = self._subjects.setdefault(subject, Subject())
        queue: asyncio.Queue[str] = asyncio.Queue(maxsize=1)
        held.queues.add(queue)
        try:
            if not held.told:
                await self._renew(subject)
            with suppress(asyncio.QueueEmpty):
                queue.get_nowait()  # what came meanwhile is in all of it
            if held.told:
                yield held.told
            self._watch()
            while True:
                try:
                    yield await asyncio.wait_for(queue.get(), BREATH)
                except TimeoutError:
                    yield "event: breath\ndata:\n\n"
        finally:
            held.queues.discard(queue)
            if not held.queues:
                self._subjects.pop(subject, None)

    def _watch(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        """Follow the notices of the database while somebody listens; come back after a loss."""
        while self._subjects:
            with suppress(psycopg.OperationalError, OSError):
                await self._follow()
            await asyncio.sleep(PACE)
            for subject in tuple(self._subjects):
                with suppress(Exception):  # asked again at the next change
                    await self._renew(subject)

    async def _follow(self) -> None:
        given = connection.get_connection_params()
        named = {key: given[key] for key in _ADDRESS if key in given}
        async with await psycopg.AsyncConnection.connect(**named, autocommit=True) as listening:
            await listening.execute(f"LISTEN {self._channel}")
            while self._subjects:
                changed: set[UUID] = set()
                async for notice in listening.notifies(timeout=PACE, stop_after=1):
                    changed.add(UUID(notice.payload))
                await self._tidy()
                for subject in changed & self._subjects.keys():
                    await self._renew(subject)
                if changed:
                    await asyncio.sleep(PACE)  # what comes meanwhile is told together

    async def _renew(self, subject: UUID) -> None:
        """Ask what a subject is, and tell every page of it where that is something new."""
        now = await self._ask(subject)
        held = self._subjects.get(subject)
        if now is None or held is None:
            return
        news = now if held.now is None else changes(held.now, now)
        if not news:
            return
        held.now, held.told = now, _line(now)
        line = _line(news)
        for queue in held.queues:
            try:
                queue.put_nowait(line)
            except asyncio.QueueFull:  # a page that is behind is told all of it, once
                queue.get_nowait()
                queue.put_nowait(held.told)


def changes(before: Now, now: Now) -> Now:
    """Return what is new or otherwise in each part; what is gone from a subject stays unsaid.

    >>> changes({"sites": {"a": 1, "b": 2}}, {"sites": {"a": 1, "b": 3}})
    {'sites': {'b': 3}}
    """
    found = {
        name: {key: said for key, said in part.items() if before.get(name, {}).get(key) != said}
        for name, part in now.items()
    }
    return {name: part for name, part in found.items() if part}


def _line(said: Now) -> str:
    return f"data: {json.dumps(said, ensure_ascii=False, separators=(',', ':'))}\n\n"


_ADDRESS = ("host", "port", "dbname", "user", "password")
