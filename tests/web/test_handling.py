"""A request goes through the application in one thread, and an open answer holds none."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from django.core import signals
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from lotrinh.web.handling import THREADS, Handler
from tests.loops import finished


async def asked(handler: Handler, *, gone: asyncio.Event | None = None) -> list[dict[str, Any]]:
    """Return what a handler sends to somebody who asks for a page, until he is gone."""
    out: list[dict[str, Any]] = []
    waiting = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop()
        await (gone or asyncio.Event()).wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        out.append(message)
        if gone is not None and message.get("body"):
            gone.set()

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "http_version": "1.1",
    }
    await handler(scope, receive, send)
    return out


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Handler]:
    """Return a handler whose chain is one function."""

    def make(view: Callable[[HttpRequest], HttpResponseBase]) -> Handler:
        handler = Handler()
        monkeypatch.setattr(handler, "get_response", view)
        return handler

    return make


def body_of(out: list[dict[str, Any]]) -> bytes:
    return b"".join(one.get("body", b"") for one in out)


def test_what_begins_and_ends_a_request_runs_in_the_thread_of_its_view(answering) -> None:
    seen: list[tuple[str, str]] = []

    def note(what: str) -> Callable[..., None]:
        return lambda **_: seen.append((what, threading.current_thread().name))

    begun, ended = note("begun"), note("ended")

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(("view", threading.current_thread().name))
        return HttpResponse("yes")

    signals.request_started.connect(begun)
    signals.request_finished.connect(ended)
    try:
        assert body_of(finished(asked(answering(view)))) == b"yes"
    finally:
        signals.request_started.disconnect(begun)
        signals.request_finished.disconnect(ended)
    assert [what for what, _ in seen] == ["begun", "view", "ended"]
    assert {name.rpartition("_")[0] for _, name in seen} == {"answering"}
    assert len({name for _, name in seen}) == 1


def test_a_file_goes_out_piece_by_piece_and_is_closed(answering, tmp_path) -> None:
    size = 3 * Handler.chunk_size + 5
    (tmp_path / "long").write_bytes(b"x" * size)
    held = (tmp_path / "long").open("rb")
    out = finished(asked(answering(lambda _request: FileResponse(held))))
    sizes = [len(one["body"]) for one in out if one.get("body")]
    assert sizes == [*[Handler.chunk_size] * 3, 5]
    assert held.closed


def test_an_answer_that_stays_open_ends_with_its_reader_and_holds_no_thread(answering) -> None:
    ended: list[str] = []

    async def lines() -> AsyncIterator[str]:
        try:
            while True:
                yield "now"
                await asyncio.sleep(3600)
        finally:
            ended.append("yes")

    async def many() -> list[list[dict[str, Any]]]:
        handler = answering(lambda _request: StreamingHttpResponse(lines()))
        gone = [asyncio.Event() for _ in range(2 * THREADS)]
        return await asyncio.wait_for(
            asyncio.gather(*(asked(handler, gone=one) for one in gone)), 30
        )

    assert [body_of(out) for out in finished(many())] == [b"now"] * (2 * THREADS)
    assert len(ended) == 2 * THREADS
